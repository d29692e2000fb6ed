/* test-frames.c: each rule cuts the same frames however the bytes came, and loses none of them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <glib.h>
#include <string.h>

#include "ph-frames.h"
#include "slow-framers.h"

#define MS G_GINT64_CONSTANT (1000000)

/* ---- frames as a string: |frame|~outside|!cut|?unfinished, with bytes that are no letters as \xNN ---- */

typedef struct
{
  GString *shown;
  gsize taken;
  GArray *reads; /* of guint */
  GArray *times; /* of gint64 */
} Got;

static Got
got_new (void)
{
  return (Got){ g_string_new (NULL), 0, g_array_new (FALSE, FALSE, sizeof (guint)), g_array_new (FALSE, FALSE, sizeof (gint64)) };
}

static void
got_clear (Got *got)
{
  g_string_free (got->shown, TRUE);
  g_array_unref (got->reads);
  g_array_unref (got->times);
}

static void
got_cb (gpointer data, const PhFrame *frame)
{
  Got *got = data;

  g_string_append_c (got->shown, '|');
  if ((frame->flags & PH_FRAME_OUTSIDE) != 0)
    g_string_append_c (got->shown, '~');
  if ((frame->flags & PH_FRAME_CUT) != 0)
    g_string_append_c (got->shown, '!');
  if ((frame->flags & PH_FRAME_UNFINISHED) != 0)
    g_string_append_c (got->shown, '?');
  slow_show (got->shown, frame->bytes, frame->size);
  g_assert_cmpuint (frame->taken, >, 0);
  got->taken += frame->taken;
  g_array_append_val (got->reads, frame->reads);
  g_array_append_val (got->times, frame->time);
}

static PhFrameRule *
rule_of (const char *words)
{
  g_autoptr (GError) error = NULL;
  PhFrameRule *rule = ph_frame_rule_parse (words, &error);

  g_assert_no_error (error);

  return rule;
}

/* Feeds all in pieces of 1 to @most bytes. */
static char *
frames_of (const char *words, const guint8 *bytes, gsize n, gsize most)
{
  g_autoptr (PhFrameRule) rule = rule_of (words);
  Got got = got_new ();
  g_autoptr (PhFrames) frames = ph_frames_new (rule, got_cb, &got);
  char *shown;

  for (gsize at = 0; at < n;)
    {
      gsize piece = most == 1 ? 1 : (gsize) g_test_rand_int_range (1, (gint32) most + 1);

      piece = MIN (piece, n - at);
      ph_frames_feed (frames, bytes + at, piece, 0);
      at += piece;
    }
  ph_frames_end (frames);
  g_assert_cmpuint (got.taken, ==, n); /* nothing is left out */
  shown = g_strdup (got.shown->str);
  got_clear (&got);

  return shown;
}

/* ---- tables ---- */

static const struct
{
  const char *words;
  const char *bytes; /* for slow_unescape() */
  const char *frames;
} rows[] = {
  { "line", "one\\ntwo\\n\\nrest", "|one\\x0A|two\\x0A|\\x0A|?rest" },
  { "line:drop", "one\\n\\ntwo\\n", "|one||two" },
  { "line:crlf", "a\\nb\\rc\\r\\r\\nd", "|a\\x0Ab\\x0Dc\\x0D\\x0D\\x0A|?d" },
  { "line:cr,drop", "a\\rb\\r", "|a|b" },
  { "line:any,drop", "a\\rb\\nc\\r\\nd\\n\\re\\r", "|a|b|c|d||e" },
  { "line:nul,drop", "a\\000b\\000", "|a|b" },
  { "delimiter:0D0A0D0A", "GET\\r\\n\\r\\nx\\r\\n", "|GET\\x0D\\x0A\\x0D\\x0A|?x\\x0D\\x0A" },
  { "delimiter:7E,drop", "a~~b~c", "|a||b|?c" },
  { "delimiter:6161", "aaab", "|aa|?ab" },
  { "between:02,03", "x\\002a\\003yz\\002b\\002c\\003\\003", "|~x|\\x02a\\x03|~yz|\\x02b\\x02c\\x03|~\\x03" },
  { "between:02,03", "\\002a", "|?\\x02a" },
  { "between:7E,7E,escape=7D", "x~a}~b~~c~d~", "|~x|~a}~b~|~c~|d~" },
  { "between:7E,7E", "~~~a~~~b~", "|~~~a~|~~b~" },
  { "between:5B,5D,escape=5C", "[a\\\\]b][c\\\\\\\\]", "|[a\\x5C]b]|[c\\x5C\\x5C]" },
  { "fixed:3", "abcdefg", "|abc|def|?g" },
  { "length:offset=1,size=1,order=big,add=2", "x\\002abx\\000x\\003abcx", "|x\\x02ab|x\\x00|x\\x03abc|?x" },
  { "length:offset=0,size=2,order=little", "\\003\\000a\\001\\000\\002\\000", "|\\x03\\x00a|~\\x01|?\\x00\\x02\\x00" },
  { "gap:20", "abc", "|abc" },
  { "slip", "\\300a\\333\\334b\\300\\300\\333\\335\\333x\\300y", "|a\\xC0b|\\xDB\\xDBx|?y" },
  { "cobs", "\\003ab\\001\\000\\001\\000\\377", "|ab\\x00||?\\xFF" },
  { "cobs", "\\005ab\\000\\002a\\000", "|~\\x05ab\\x00|a" },
  { "json", "{\"a\": \"}\\\\\"{\"}\\n [1,[2]] 12 true,nul \"s\"x", "|{\"a\": \"}\\x5C\"{\"}|[1,[2]]|12|true|~,nul \"s\"x" },
  { "json", "{}{}[]", "|{}|{}|[]" },
  { "json", "-1.5e3 {\"a\":", "|-1.5e3|? {\"a\":" },
  { "modbus-tcp", "\\000\\001\\000\\000\\000\\003\\001\\003\\002\\377\\000\\002\\000\\000\\000\\002\\001\\005",
    "|\\x00\\x01\\x00\\x00\\x00\\x03\\x01\\x03\\x02|~\\xFF|\\x00\\x02\\x00\\x00\\x00\\x02\\x01\\x05" },
  { "modbus-rtu", "\\001\\003\\000\\000\\000\\002\\304\\013\\377\\001\\203\\002\\300\\361",
    "|\\x01\\x03\\x00\\x00\\x00\\x02\\xC4\\x0B|~\\xFF|\\x01\\x83\\x02\\xC0\\xF1" },
  { "nmea", "xx$GPGGA,1*00\\r\\n$GP$GPRMC\\r\\n!AIVDM\\n$", "|~xx|$GPGGA,1*00\\x0D\\x0A|~$GP|$GPRMC\\x0D\\x0A|!AIVDM\\x0A|?$" },
  { "regex:[0-9]+:", "ab12:x\\n7:y8", "|~ab|12:x\\x0A|?7:y8" },
  { "regex:,", "a,b", "|~a|?,b" },
};

static void
test_frames_are_those_of_the_table (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GString) raw = g_string_new (NULL);
      g_autofree char *whole = NULL, *single = NULL;

      slow_unescape (raw, rows[i].bytes);
      g_test_message ("%s of %s", rows[i].words, rows[i].bytes);
      single = frames_of (rows[i].words, (const guint8 *) raw->str, raw->len, 1);
      g_assert_cmpstr (single, ==, rows[i].frames);
      whole = frames_of (rows[i].words, (const guint8 *) raw->str, raw->len, raw->len);
      g_assert_cmpstr (whole, ==, rows[i].frames);
    }
}

/* ---- against the slow ones ---- */

static void
test_random_streams_are_cut_as_the_slow_framers_cut_them (void)
{
  for (guint i = 0; i < slow_n; i++)
    for (guint round = 0; round < 300; round++)
      {
        g_autoptr (GByteArray) stream = slow_stream (&slow_rules[i]);
        g_autofree char *slow = slow_frames (&slow_rules[i], stream->data, stream->len), *fast = NULL, *single = NULL;

        fast = frames_of (slow_rules[i].words, stream->data, stream->len, (gsize) g_test_rand_int_range (2, 200));
        single = frames_of (slow_rules[i].words, stream->data, stream->len, 1);
        g_assert_cmpstr (fast, ==, slow);
        g_assert_cmpstr (single, ==, slow);
      }
}

/* ---- what the bytes do not say ---- */

static void
feed_text (PhFrames *frames, const char *text, gint64 time)
{
  ph_frames_feed (frames, (const guint8 *) text, strlen (text), time);
}

static void
test_silence_ends_a_frame_when_more_comes_or_at_its_deadline (void)
{
  g_autoptr (PhFrameRule) rule = rule_of ("gap:20");
  Got got = got_new ();
  g_autoptr (PhFrames) frames = ph_frames_new (rule, got_cb, &got);

  g_assert_cmpint (ph_frames_get_deadline (frames), ==, G_MAXINT64);
  feed_text (frames, "a", 100 * MS);
  feed_text (frames, "b", 119 * MS);
  g_assert_cmpint (ph_frames_get_deadline (frames), ==, 139 * MS);
  feed_text (frames, "c", 139 * MS);
  g_assert_cmpstr (got.shown->str, ==, "|ab");
  ph_frames_pass (frames, 158 * MS);
  g_assert_cmpstr (got.shown->str, ==, "|ab");
  ph_frames_pass (frames, 159 * MS);
  g_assert_cmpstr (got.shown->str, ==, "|ab|c");
  g_assert_cmpint (ph_frames_get_deadline (frames), ==, G_MAXINT64);
  got_clear (&got);
}

static void
test_a_frame_has_the_time_of_its_first_byte_and_counts_its_reads (void)
{
  static const guint reads[] = { 2, 1, 3, 1 };
  static const gint64 times[] = { 1, 2, 2, 5 };
  g_autoptr (PhFrameRule) rule = rule_of ("line");
  Got got = got_new ();
  g_autoptr (PhFrames) frames = ph_frames_new (rule, got_cb, &got);

  feed_text (frames, "a", 1);
  feed_text (frames, "b\nc\nd", 2);
  feed_text (frames, "e", 3);
  feed_text (frames, "f\n", 4);
  feed_text (frames, "g\n", 5);
  g_assert_cmpstr (got.shown->str, ==, "|ab\\x0A|c\\x0A|def\\x0A|g\\x0A");
  for (guint i = 0; i < G_N_ELEMENTS (reads); i++)
    {
      g_assert_cmpuint (g_array_index (got.reads, guint, i), ==, reads[i]);
      g_assert_cmpint (g_array_index (got.times, gint64, i), ==, times[i]);
    }
  got_clear (&got);
}

/* Reads that are over are forgotten now and then. */
static void
test_a_thousand_reads_are_counted_right (void)
{
  g_autoptr (PhFrameRule) rule = rule_of ("fixed:3");
  Got got = got_new ();
  g_autoptr (PhFrames) frames = ph_frames_new (rule, got_cb, &got);

  for (gint64 i = 0; i < 3000; i++)
    feed_text (frames, "x", i);
  for (guint i = 0; i < 1000; i++)
    {
      g_assert_cmpuint (g_array_index (got.reads, guint, i), ==, 3);
      g_assert_cmpint (g_array_index (got.times, gint64, i), ==, 3 * i);
    }
  got_clear (&got);
}

/* ---- limits ---- */

typedef struct
{
  gsize taken, largest;
  guint whole, cut, outside, unfinished;
} Counts;

static void
count_cb (gpointer data, const PhFrame *frame)
{
  Counts *counts = data;

  counts->taken += frame->taken;
  counts->largest = MAX (counts->largest, frame->size);
  counts->cut += (frame->flags & PH_FRAME_CUT) != 0;
  counts->outside += (frame->flags & PH_FRAME_OUTSIDE) != 0;
  counts->unfinished += (frame->flags & PH_FRAME_UNFINISHED) != 0;
  counts->whole += frame->flags == 0;
}

static Counts
count_frames (const char *words, const guint8 *bytes, gsize n, gsize piece)
{
  g_autoptr (PhFrameRule) rule = rule_of (words);
  Counts counts = { 0 };
  g_autoptr (PhFrames) frames = ph_frames_new (rule, count_cb, &counts);

  for (gsize at = 0; at < n; at += piece)
    ph_frames_feed (frames, bytes + at, MIN (piece, n - at), 0);
  ph_frames_end (frames);
  g_assert_cmpuint (counts.taken, ==, n);

  return counts;
}

static void
test_a_frame_that_is_too_long_is_cut_and_nothing_is_lost (void)
{
  const gsize n = 3 * PH_FRAME_MOST + 100;
  g_autofree guint8 *bytes = g_malloc (n);
  static const struct
  {
    const char *words;
    Counts counts; /* @taken is checked for all */
  } limits[] = {
    { "line", { .largest = PH_FRAME_MOST, .whole = 1, .cut = 3 } },
    { "between:7E,0A", { .largest = PH_FRAME_MOST, .outside = 4 } },
    { "between:61,0A", { .largest = PH_FRAME_MOST, .whole = 1, .cut = 3 } },
    { "gap:5", { .largest = PH_FRAME_MOST, .whole = 1, .cut = 3 } },
    { "slip", { .largest = PH_FRAME_MOST, .cut = 3, .unfinished = 1 } },
    { "json", { .largest = PH_FRAME_MOST, .outside = 4 } },
    { "length:offset=0,size=4,order=big", { .largest = PH_FRAME_MOST, .cut = 4, .unfinished = 1 } },
  };

  memset (bytes, 'a', n);
  bytes[n - 1] = '\n';
  for (guint i = 0; i < G_N_ELEMENTS (limits); i++)
    for (gsize piece = 1 << 16; piece <= 4u * PH_FRAME_MOST; piece = piece * 3 + 1)
      {
        Counts counts = count_frames (limits[i].words, bytes, n, piece);

        g_test_message ("%s by %" G_GSIZE_FORMAT, limits[i].words, piece);
        g_assert_cmpuint (counts.largest, ==, limits[i].counts.largest);
        g_assert_cmpuint (counts.whole, ==, limits[i].counts.whole);
        g_assert_cmpuint (counts.cut, ==, limits[i].counts.cut);
        g_assert_cmpuint (counts.outside, ==, limits[i].counts.outside);
        g_assert_cmpuint (counts.unfinished, ==, limits[i].counts.unfinished);
      }
}

static void
test_what_follows_a_cut_frame_of_known_length_begins_behind_it (void)
{
  const gsize length = 2 * PH_FRAME_MOST + 7;
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  const guint8 head[] = { 0, (guint8) (length >> 16), (guint8) (length >> 8), (guint8) length }, next[] = { 0, 0, 0, 5, 'x' };
  Counts counts;

  g_byte_array_append (bytes, head, sizeof head);
  g_byte_array_set_size (bytes, (guint) length);
  memset (bytes->data + sizeof head, 0, length - sizeof head);
  g_byte_array_append (bytes, next, sizeof next);
  counts = count_frames ("length:offset=0,size=4,order=big", bytes->data, bytes->len, 1000);
  g_assert_cmpuint (counts.cut, ==, 3);
  g_assert_cmpuint (counts.whole, ==, 1);
  g_assert_cmpuint (counts.outside + counts.unfinished, ==, 0);
}

/* ---- words ---- */

static void
test_words_mean_the_same_when_they_are_written_again (void)
{
  static const char *const words[] = {
    "none", "line", "line:crlf", "line:drop", "line:nul,drop", "delimiter:0D0A0D0A", "delimiter:7E,drop", "between:02,03",
    "between:7E,7E,escape=7D", "fixed:16", "length:offset=2,size=2,order=big,add=4", "length:offset=0,size=8,order=little,add=-3",
    "gap:20", "slip", "cobs", "json", "modbus-tcp", "modbus-rtu", "nmea", "regex:a,b:[c]", "line,across", "fixed:4,across",
  };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autoptr (PhFrameRule) rule = rule_of (words[i]);
      g_autofree char *again = ph_frame_rule_dup_words (rule);

      g_assert_cmpstr (again, ==, words[i]);
      g_assert_true (ph_frame_rule_is_across (rule) == g_str_has_suffix (words[i], "across"));
    }
}

static void
test_words_that_are_no_rule_are_refused (void)
{
  static const char *const words[] = {
    "", "lines", "line:", "line:lf,crlf", "line:drop,x", "delimiter", "delimiter:", "delimiter:7", "delimiter:xx", "delimiter:7E,dropped",
    "delimiter:000102030405060708090A0B0C0D0E0F10", "between:02", "between:02,03,04", "between:02,03,escape=0102", "fixed", "fixed:0",
    "fixed:524289", "fixed:-1", "fixed:4,5", "length", "length:offset=2", "length:size=0", "length:size=9", "length:size=2,order=middle",
    "gap:0", "gap:", "gap:99999999", "slip:x", "regex", "regex:", "regex:(", "none:1", ",across",
  };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", words[i]);
      g_assert_null (ph_frame_rule_parse (words[i], &error));
      g_assert_error (error, PH_FRAME_ERROR, PH_FRAME_ERROR_WORDS);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, test) g_test_add_func ("/frames/" name, test_##test)
  ADD ("frames-are-those-of-the-table", frames_are_those_of_the_table);
  ADD ("random-streams-are-cut-as-the-slow-framers-cut-them", random_streams_are_cut_as_the_slow_framers_cut_them);
  ADD ("silence-ends-a-frame-when-more-comes-or-at-its-deadline", silence_ends_a_frame_when_more_comes_or_at_its_deadline);
  ADD ("a-frame-has-the-time-of-its-first-byte-and-counts-its-reads", a_frame_has_the_time_of_its_first_byte_and_counts_its_reads);
  ADD ("a-thousand-reads-are-counted-right", a_thousand_reads_are_counted_right);
  ADD ("a-frame-that-is-too-long-is-cut-and-nothing-is-lost", a_frame_that_is_too_long_is_cut_and_nothing_is_lost);
  ADD ("what-follows-a-cut-frame-of-known-length-begins-behind-it", what_follows_a_cut_frame_of_known_length_begins_behind_it);
  ADD ("words-mean-the-same-when-they-are-written-again", words_mean_the_same_when_they_are_written_again);
  ADD ("words-that-are-no-rule-are-refused", words_that_are_no_rule_are_refused);

  return g_test_run ();
}
