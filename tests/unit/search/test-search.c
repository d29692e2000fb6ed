/* test-search.c: matches in records and their places, compared with a search that reads each record
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-codec.h"
#include "ph-hex.h"
#include "ph-matches.h"
#include "ph-search.h"

#include <string.h>

/* ---- a chunk of records ---- */

static PhChunk *
make_chunk (void)
{
  PhChunk *chunk = g_malloc0 (PH_CHUNK_SIZE);

  ph_chunk_init (chunk, 0, 0);

  return chunk;
}

static void
put_full (PhChunk *chunk, const PhRecord *like, const void *payload, gsize length, gsize gap)
{
  PhRecord *record = ph_chunk_record (chunk, chunk->count);

  *record = *like;
  record->offset = chunk->used + (guint32) gap;
  record->length = (guint32) length;
  memcpy ((guint8 *) chunk + record->offset, payload, length);
  chunk->used = record->offset + record->length;
  chunk->count++;
}

static void
put (PhChunk *chunk, PhRecordKind kind, const char *text)
{
  put_full (chunk, &(PhRecord) { .kind = kind, .peer = 1, .time = 1000 }, text, strlen (text), 0);
}

static PhSearchQuery
query_of (PhSearchMode mode, const char *charset, const char *text)
{
  return (PhSearchQuery) { .mode = mode, .text = text, .charset = ph_charset_find (charset), .kinds = PH_SEARCH_ALL };
}

static guint64 *
find_all (PhChunk *chunk, const PhSearchQuery *query)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PhSearch) search = ph_search_new (query, &error);
  guint64 *bits = g_new0 (guint64, chunk->count / 64 + 1);
  int stop = 0;

  g_assert_no_error (error);
  g_assert_true (ph_search_chunk (search, chunk, 0, chunk->count, &stop, bits));

  return bits;
}

static gboolean
is_set (const guint64 *bits, guint32 n)
{
  return (bits[n / 64] >> n % 64 & 1) != 0;
}

/* @expected: the numbers of the matching records, as "0 3 ". */
static void
assert_found (PhChunk *chunk, const PhSearchQuery *query, const char *expected)
{
  g_autofree guint64 *bits = find_all (chunk, query);
  g_autoptr (GString) found = g_string_new (NULL);

  for (guint32 i = 0; i < chunk->count; i++)
    if (is_set (bits, i))
      g_string_append_printf (found, "%u ", i);
  g_assert_cmpstr (found->str, ==, expected);
}

/* ---- tables ---- */

typedef struct
{
  PhSearchMode mode;
  const char *charset, *text;
  gboolean match_case;
  const char *payload;
  int length; /* -1: up to the NUL */
  const char *ranges; /* "2-4 " … */
} Row;

static const Row rows[] = {
  { PH_SEARCH_TEXT, "utf-8", "lo w", FALSE, "hello world", -1, "3-7 " },
  { PH_SEARCH_TEXT, "utf-8", "LO", FALSE, "hello lo", -1, "3-5 6-8 " },
  { PH_SEARCH_TEXT, "utf-8", "LO", TRUE, "hello lo", -1, "" },
  { PH_SEARCH_TEXT, "utf-8", "aa", FALSE, "aAaAa", -1, "0-2 2-4 " },
  { PH_SEARCH_TEXT, "utf-8", "你", FALSE, "ab你", -1, "2-5 " },
  { PH_SEARCH_TEXT, "utf-8", "É", FALSE, "caf\xC3\xA9!", -1, "3-5 " },
  { PH_SEARCH_TEXT, "utf-8", "É", TRUE, "caf\xC3\xA9!", -1, "" },
  { PH_SEARCH_TEXT, "utf-8", "a.c", FALSE, "abc a.c", -1, "4-7 " },
  { PH_SEARCH_TEXT, "utf-8", "ПРИ", FALSE, "a.\xD0\xBF\xD1\x80\xD0\xB8", -1, "2-8 " },
  { PH_SEARCH_TEXT, "utf-8", "a much longer text than the payload", FALSE, "short", -1, "" },
  { PH_SEARCH_TEXT, "latin-1", "é", FALSE, "caf\xC9", -1, "3-4 " },
  { PH_SEARCH_TEXT, "gbk", "你", FALSE, "\xC4\xE3\xBA\xC3", -1, "0-2 " },
  { PH_SEARCH_TEXT, "gbk", "愫", FALSE, "\xC4\xE3\xBA\xC3", -1, "" }, /* E3 BA: half of one and half of the next */
  { PH_SEARCH_TEXT, "gbk", "a", FALSE, "\x81\x61 a \x81\x41 A", -1, "3-4 8-9 " },
  { PH_SEARCH_TEXT, "gbk", "腶", FALSE, "\xC4 \xC4\x41", -1, "" },
  { PH_SEARCH_TEXT, "big5", "\\", FALSE, "\xA5\x5C \\", -1, "3-4 " }, /* 功 has the backslash in it */
  { PH_SEARCH_TEXT, "shift-jis", "ソ", TRUE, "\x83\x5C", -1, "0-2 " },
  { PH_SEARCH_TEXT, "shift-jis", "\\", TRUE, "\x83\x5C\x5C", -1, "2-3 " },
  { PH_SEARCH_TEXT, "gb18030", "1", FALSE, "\x81\x31\x81\x31" "1", -1, "4-5 " },
  { PH_SEARCH_TEXT, "euc-jp", "あ", FALSE, "\xA4\xA4\xA2\xA4\xA4\xA2", -1, "4-6 " },
  { PH_SEARCH_TEXT, "utf-16le", "AB", FALSE, "\0a\0b\0a\0b\0", 9, "" },
  { PH_SEARCH_TEXT, "utf-16le", "AB", FALSE, "x\0a\0b\0", 6, "2-6 " },
  { PH_SEARCH_TEXT, "utf-16be", "ab", TRUE, "\0a\0b", 4, "0-4 " },
  { PH_SEARCH_HEX, "utf-8", "0D 0a", FALSE, "a\r\nb\r\n", -1, "1-3 4-6 " },
  { PH_SEARCH_HEX, "utf-8", "00", FALSE, "a\0b", 3, "1-2 " },
  { PH_SEARCH_HEX, "gbk", "E3BA", FALSE, "\xC4\xE3\xBA\xC3", -1, "1-3 " },
  { PH_SEARCH_HEX, "utf-8", "61", FALSE, "aA", -1, "0-1 " },
  { PH_SEARCH_REGEX, "utf-8", "[0-9]+", FALSE, "a12b345", -1, "1-3 4-7 " },
  { PH_SEARCH_REGEX, "utf-8", "^a", FALSE, "Aa", -1, "0-1 " },
  { PH_SEARCH_REGEX, "utf-8", "^a", TRUE, "Aa", -1, "" },
  { PH_SEARCH_REGEX, "utf-8", "x*", FALSE, "axxb", -1, "1-3 " },
  { PH_SEARCH_REGEX, "utf-8", "b.d", FALSE, "\xFF" "b\xFE" "d", -1, "1-4 " },
  { PH_SEARCH_REGEX, "gbk", "好.", FALSE, "\xC4\xE3\xBA\xC3!a", -1, "2-5 " },
  { PH_SEARCH_REGEX, "utf-16le", "b+", FALSE, "a\0b\0b\0c\0", 8, "2-6 " },
  { PH_SEARCH_REGEX, "utf-8", "a\\x00b", FALSE, "a\0b", 3, "0-3 " },
  { PH_SEARCH_REGEX, "utf-8", "b", FALSE, "\xE4" "b \xE4\xB8" "b", -1, "1-2 5-6 " }, /* unfinished bytes are not part of a match */
  { PH_SEARCH_REGEX, "utf-8", "a.", FALSE, "a\xE4", -1, "0-2 " },
  { PH_SEARCH_REGEX, "gbk", "\\s", FALSE, "\x81 b\x81", -1, "1-2 " },
};

static gsize
length_of (const Row *row)
{
  return row->length < 0 ? strlen (row->payload) : (gsize) row->length;
}

static void
test_texts_bytes_and_expressions_are_found_where_they_are (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const Row *row = &rows[i];
      PhSearchQuery query = query_of (row->mode, row->charset, row->text);
      g_autofree PhChunk *chunk = make_chunk ();
      g_autoptr (GArray) ranges = g_array_new (FALSE, FALSE, sizeof (PhSearchRange));
      g_autoptr (GString) told = g_string_new (NULL);
      g_autoptr (PhSearch) search = NULL;

      g_test_message ("%s: “%s”", row->charset, row->text);
      query.match_case = row->match_case;
      search = ph_search_new (&query, NULL);
      g_assert_nonnull (search);
      put_full (chunk, &(PhRecord) { .kind = PH_RECORD_IN }, row->payload, length_of (row), 3);
      assert_found (chunk, &query, *row->ranges != '\0' ? "0 " : "");
      ph_search_ranges (search, ph_chunk_record (chunk, 0), NULL, (guint8 *) chunk + sizeof *chunk + 3, 0, ranges);
      for (guint n = 0; n < ranges->len; n++)
        g_string_append_printf (told, "%u-%u ", g_array_index (ranges, PhSearchRange, n).start,
                                g_array_index (ranges, PhSearchRange, n).end);
      g_assert_cmpstr (told->str, ==, row->ranges);
    }
}

static void
test_what_cannot_be_looked_for_is_told (void)
{
  static const struct
  {
    PhSearchMode mode;
    const char *charset, *text;
    GQuark (*domain) (void);
  } bad[] = {
    { PH_SEARCH_HEX, "utf-8", "0", ph_codec_error_quark },
    { PH_SEARCH_HEX, "utf-8", "xy", ph_codec_error_quark },
    { PH_SEARCH_TEXT, "latin-1", "你", ph_codec_error_quark },
    { PH_SEARCH_REGEX, "utf-8", "(a", g_regex_error_quark },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      PhSearchQuery query = query_of (bad[i].mode, bad[i].charset, bad[i].text);
      g_autoptr (GError) error = NULL;

      query.kinds = PH_SEARCH_IN | PH_SEARCH_OUT;
      g_assert_null (ph_search_new (&query, &error));
      g_assert_nonnull (error);
      g_assert_cmpuint (error->domain, ==, bad[i].domain ());
      g_assert_null (strstr (error->message, "LIMIT"));
    }
}

static void
test_direction_time_and_peer_narrow_it (void)
{
  g_autofree PhChunk *chunk = make_chunk ();
  PhSearchQuery query = query_of (PH_SEARCH_TEXT, "utf-8", "a");

  put_full (chunk, &(PhRecord) { .kind = PH_RECORD_PEER, .peer = 1 }, "10.0.0.1:80", 11, 0);
  put_full (chunk, &(PhRecord) { .kind = PH_RECORD_JOINED, .peer = 2 }, "host.A:81", 9, 0);
  put_full (chunk, &(PhRecord) { .kind = PH_RECORD_IN, .peer = 1, .time = 10 }, "a", 1, 0);
  put_full (chunk, &(PhRecord) { .kind = PH_RECORD_OUT, .peer = 2, .time = 20 }, "a", 1, 0);
  put_full (chunk, &(PhRecord) { .kind = PH_RECORD_IN, .peer = 2, .time = 30 }, "b", 1, 0);
  put_full (chunk, &(PhRecord) { .kind = PH_RECORD_LEFT, .peer = 2, .time = 40, .detail = PH_LEFT_CLOSED }, "", 0, 0);

  assert_found (chunk, &query, "1 2 3 5 "); /* the events too: it joined, host.A left */
  query.kinds = PH_SEARCH_IN | PH_SEARCH_OUT;
  assert_found (chunk, &query, "2 3 ");
  query.kinds = PH_SEARCH_OUT;
  assert_found (chunk, &query, "3 ");
  query.kinds = PH_SEARCH_ALL;
  query.peer = "HOST";
  assert_found (chunk, &query, "1 3 5 ");
  query.text = "";
  assert_found (chunk, &query, "1 3 4 5 ");
  query.peer = "host.a:8"; /* only whole ports match */
  assert_found (chunk, &query, "");
  query.peer = "a:81";
  assert_found (chunk, &query, "1 3 4 5 ");
  query.peer = NULL;
  query.from = 20;
  assert_found (chunk, &query, "3 4 5 ");
  query.until = 40;
  assert_found (chunk, &query, "3 4 ");
}

/* The sentence of an event is shown in any encoding. */
static void
test_events_are_found_though_the_encoding_lacks_the_text (void)
{
  g_autofree PhChunk *chunk = make_chunk ();
  PhSearchQuery query = query_of (PH_SEARCH_TEXT, "latin-1", "你");

  put_full (chunk, &(PhRecord) { .kind = PH_RECORD_JOINED, .peer = 1 }, "你:80", 6, 0);
  put (chunk, PH_RECORD_IN, "\xC4\xE3");
  put (chunk, PH_RECORD_IN, "?");
  assert_found (chunk, &query, "0 ");
}

static void
test_nothing_is_found_across_records_or_between_them (void)
{
  g_autofree PhChunk *chunk = make_chunk ();
  PhSearchQuery query = query_of (PH_SEARCH_TEXT, "utf-8", "abc");

  put (chunk, PH_RECORD_IN, "xab");
  put (chunk, PH_RECORD_IN, "c");
  memcpy ((guint8 *) chunk + chunk->used, "abc", 3);
  put_full (chunk, &(PhRecord) { .kind = PH_RECORD_IN }, "", 0, 3);
  put (chunk, PH_RECORD_IN, "");
  put (chunk, PH_RECORD_IN, "abcabc");
  put (chunk, PH_RECORD_IN, "");
  put (chunk, PH_RECORD_OUT, "ababc");
  assert_found (chunk, &query, "4 6 ");
}

static void
test_an_expression_that_explodes_is_given_up (void)
{
  g_autofree PhChunk *chunk = make_chunk ();
  PhSearchQuery query = query_of (PH_SEARCH_REGEX, "utf-8", "(a+)+$");
  g_autofree char *text = g_strnfill (64, 'a');
  gint64 start = g_get_monotonic_time ();

  text[63] = 'b';
  put (chunk, PH_RECORD_IN, text);
  put (chunk, PH_RECORD_IN, "aa");
  assert_found (chunk, &query, "1 ");
  g_assert_cmpint (g_get_monotonic_time () - start, <, 20 * G_TIME_SPAN_SECOND);
}

static void
test_a_search_stops_when_told (void)
{
  PhSearchQuery query = query_of (PH_SEARCH_REGEX, "utf-8", "a");
  g_autoptr (PhSearch) search = ph_search_new (&query, NULL);
  g_autofree PhChunk *chunk = make_chunk ();
  guint64 bits = 0;
  int stop = 1;

  put (chunk, PH_RECORD_IN, "a");
  put (chunk, PH_RECORD_IN, "a");
  g_assert_false (ph_search_chunk (search, chunk, 0, 2, &stop, &bits));
}

/* ---- the same as reading each record ---- */

/* The text of a record, in lower case if the query ignores case. */
static char *
dup_decoded (PhDecoder *decoder, const guint8 *bytes, gsize length, gboolean match_case)
{
  g_autoptr (GString) text = g_string_new (NULL);

  ph_decoder_decode (decoder, NULL, bytes, length, text);

  return match_case ? g_strdup (text->str) : g_ascii_strdown (text->str, -1);
}

/* Few different bytes, so that there are matches, with characters that begin inside others. */
static gsize
random_payload (guint8 *bytes)
{
  static const guint8 some[] = { 'a', 'A', 'b', 0xB0, 0xA1, 0xC4, 0xE3, 0x81, 0x31, 0x5C };
  gsize length = g_test_rand_int_range (0, 48) & ~1;

  for (gsize i = 0; i < length; i++)
    bytes[i] = some[g_test_rand_int_range (0, G_N_ELEMENTS (some))];

  return length;
}

static void
compare_one (PhChunk *chunk, const PhSearchQuery *query)
{
  g_autofree char *wanted = query->match_case ? g_strdup (query->text) : g_ascii_strdown (query->text, -1);
  g_autofree guint64 *bits = find_all (chunk, query);
  g_autoptr (PhDecoder) decoder = ph_decoder_new (query->charset);

  for (guint32 i = 0; i < chunk->count; i++)
    {
      const PhRecord *record = ph_chunk_record (chunk, i);
      const guint8 *payload = (const guint8 *) chunk + record->offset;
      g_autofree char *text = dup_decoded (decoder, payload, record->length, query->match_case);
      g_autoptr (GString) hex = NULL;

      if (is_set (bits, i) == (strstr (text, wanted) != NULL))
        continue;
      hex = g_string_new (NULL);
      ph_hex_append (hex, payload, record->length);
      g_error ("%s, “%s” in %s: found %d", query->charset->id, query->text, hex->str, is_set (bits, i));
    }
}

static void
compare_with_naive (const char *charset, gboolean match_case)
{
  static const char *const texts[] = { "a", "ab", "Ab", "啊", "啊a", "aA", "\\", "你", "bab", "1", "陌", "é", "Жж", "ñ€", "ї", "ก", "ộ" };
  g_autofree PhChunk *chunk = make_chunk ();
  guint8 bytes[64];

  for (guint i = 0; i < 500; i++)
    put_full (chunk, &(PhRecord) { .kind = PH_RECORD_IN }, bytes, random_payload (bytes),
              g_test_rand_int_range (0, 3));
  for (gsize t = 0; t < G_N_ELEMENTS (texts); t++)
    {
      PhSearchQuery query = query_of (PH_SEARCH_TEXT, charset, texts[t]);
      g_autoptr (GBytes) there = ph_charset_encode (query.charset, texts[t], -1, NULL, NULL);

      query.match_case = match_case;
      if (there != NULL)
        compare_one (chunk, &query);
    }
}

static void
test_it_finds_what_reading_each_record_finds (void)
{
  guint n;
  const PhCharset *charsets = ph_charsets (&n);

  for (guint i = 0; i < n; i++)
    {
      compare_with_naive (charsets[i].id, TRUE);
      compare_with_naive (charsets[i].id, FALSE);
    }
}

/* The range of “b” and the character behind it holds exactly these. */
static void
compare_ranges (PhSearch *search, PhDecoder *decoder, const guint8 *payload, gsize length)
{
  PhRecord record = { .kind = PH_RECORD_IN, .length = (guint32) length };
  g_autoptr (GArray) ranges = g_array_new (FALSE, FALSE, sizeof (PhSearchRange));
  g_autofree char *text = dup_decoded (decoder, payload, length, TRUE);
  const char *at = text;
  guint n = 0;

  ph_search_ranges (search, &record, NULL, payload, 0, ranges);
  for (; (at = strchr (at, 'b')) != NULL && at[1] != '\0'; at = g_utf8_next_char (at + 1), n++)
    {
      const PhSearchRange *range = &g_array_index (ranges, PhSearchRange, n);
      g_autofree char *before = NULL, *found = NULL;

      g_assert_cmpuint (n, <, ranges->len);
      before = dup_decoded (decoder, payload, range->start, TRUE);
      found = dup_decoded (decoder, payload + range->start, range->end - range->start, TRUE);
      g_assert_cmpuint (strlen (before), ==, at - text);
      g_assert_cmpuint (strlen (found), ==, g_utf8_next_char (at + 1) - at);
      g_assert_true (g_str_has_prefix (text, before) && g_str_has_prefix (at, found));
    }
  g_assert_cmpuint (n, ==, ranges->len);
}

static void
test_the_place_of_what_an_expression_finds_is_that_of_its_bytes (void)
{
  guint n;
  const PhCharset *charsets = ph_charsets (&n);

  for (guint i = 0; i < n; i++)
    {
      PhSearchQuery query = { .mode = PH_SEARCH_REGEX, .text = "b.", .match_case = TRUE, .charset = &charsets[i] };
      g_autoptr (PhSearch) search = ph_search_new (&query, NULL);
      g_autoptr (PhDecoder) decoder = ph_decoder_new (&charsets[i]);
      guint8 bytes[64];

      for (guint round = 0; round < 200; round++)
        compare_ranges (search, decoder, bytes, random_payload (bytes));
    }
}

/* ---- the set of finds ---- */

static void
append_random (PhMatches *matches, GArray *model, guint64 *end)
{
  guint32 n = g_test_rand_int_range (0, 10) == 0 ? g_test_rand_int_range (60000, 90000) : g_test_rand_int_range (0, 300);
  int density = g_test_rand_int_range (0, 4);
  g_autofree guint64 *bits = g_new0 (guint64, n / 64 + 1);

  *end += g_test_rand_int_range (0, 8) == 0 ? 5 : 0; /* records that were dropped before they were searched */
  for (guint32 i = 0; i < n; i++)
    if (density == 3 || (density > 0 && g_test_rand_int_range (0, 40) < density))
      {
        guint64 seq = *end + i;

        bits[i / 64] |= G_GUINT64_CONSTANT (1) << i % 64;
        g_array_append_val (model, seq);
      }
  ph_matches_append (matches, *end, n, bits);
  *end += n;
}

/* Checks all functions for record @seq. */
static void
assert_same (PhMatches *matches, GArray *model, guint64 seq)
{
  guint64 found, rank = 0;

  while (rank < model->len && g_array_index (model, guint64, rank) < seq)
    rank++;
  g_assert_cmpuint (ph_matches_rank (matches, seq), ==, rank);
  g_assert_cmpint (ph_matches_contains (matches, seq), ==,
                   rank < model->len && g_array_index (model, guint64, rank) == seq);
  g_assert_cmpint (ph_matches_next (matches, seq, &found), ==, rank < model->len);
  if (rank < model->len)
    g_assert_cmpuint (found, ==, g_array_index (model, guint64, rank));
  g_assert_cmpint (ph_matches_previous (matches, seq, &found), ==, rank > 0);
  if (rank > 0)
    g_assert_cmpuint (found, ==, g_array_index (model, guint64, rank - 1));
  g_assert_cmpint (ph_matches_nth (matches, rank, &found), ==, rank < model->len);
  if (rank < model->len)
    g_assert_cmpuint (found, ==, g_array_index (model, guint64, rank));
}

static void
test_matches_are_the_set_that_was_put_in (void)
{
  g_autoptr (PhMatches) matches = ph_matches_new ();
  g_autoptr (GArray) model = g_array_new (FALSE, FALSE, sizeof (guint64));
  guint64 end = 1000, first = 1000;

  ph_matches_reset (matches, end);
  for (guint round = 0; round < 60; round++)
    {
      append_random (matches, model, &end);
      if (round % 7 == 6)
        {
          guint gone = 0;

          first += g_test_rand_int_range (0, (int) (end - first)) / 2;
          ph_matches_trim (matches, first);
          while (gone < model->len && g_array_index (model, guint64, gone) < first)
            gone++;
          g_array_remove_range (model, 0, gone);
        }
      g_assert_cmpuint (ph_matches_count (matches), ==, model->len);
      g_assert_cmpuint (ph_matches_end (matches), ==, end);
      assert_same (matches, model, end);
      assert_same (matches, model, 0);
      for (guint i = 0; i < 8 && end > first; i++)
        assert_same (matches, model, first + g_test_rand_int () % (end - first));
    }
  ph_matches_trim (matches, end + 10);
  g_assert_cmpuint (ph_matches_count (matches), ==, 0);
  ph_matches_append (matches, end + 10, 1, (const guint64[]) { 1 });
  g_assert_true (ph_matches_contains (matches, end + 10));
}

static void
test_records_without_finds_join_a_part_whose_finds_are_gone (void)
{
  g_autoptr (PhMatches) matches = ph_matches_new ();
  g_autofree guint64 *nothing = g_new0 (guint64, 1000);
  guint64 found;

  ph_matches_reset (matches, 0);
  ph_matches_append (matches, 0, 64, (const guint64[]) { 1 });
  ph_matches_trim (matches, 10);
  for (guint64 first = 64; first < 1000000; first += 64000)
    ph_matches_append (matches, first, 64000, nothing);
  for (guint64 seq = 0; seq < 1000000; seq += 9999)
    {
      g_assert_cmpuint (ph_matches_rank (matches, seq), ==, 0);
      g_assert_false (ph_matches_contains (matches, seq));
      g_assert_false (ph_matches_next (matches, seq, &found));
    }
}

/* A server may have a hundred thousand connections a day, most of them from one host. */
static void
name_peer (PhSearch *search, guint32 number, const char *address)
{
  const PhRecord record = { .kind = PH_RECORD_PEER, .peer = number, .length = (guint32) strlen (address) };

  ph_search_name (search, &record, (const guint8 *) address);
}

static void
test_the_last_of_very_many_connections_is_chosen_and_named_too (void)
{
  enum { PEERS = 100000 };
  PhSearchQuery by_peer = { .text = "", .charset = ph_charset_find ("utf-8"), .kinds = PH_SEARCH_ALL, .peer = "10.0.0.1" };
  PhSearchQuery by_word = { .text = "10.0.0.1:100000", .charset = by_peer.charset, .kinds = PH_SEARCH_ALL };
  g_autoptr (PhSearch) peers = ph_search_new (&by_peer, NULL), words = ph_search_new (&by_word, NULL);
  g_autofree PhChunk *chunk = make_chunk ();
  PhRecord left = { .kind = PH_RECORD_LEFT, .detail = PH_LEFT_CLOSED, .peer = PEERS };
  guint64 found_peer = 0, found_word = 0;
  int stop = 0;

  for (guint32 i = 1; i <= PEERS; i++)
    {
      g_autofree char *address = g_strdup_printf ("10.0.0.1:%u", i);

      name_peer (peers, i, address);
      name_peer (words, i, address);
    }
  put_full (chunk, &left, "", 0, 0);
  ph_search_chunk (peers, chunk, 0, 1, &stop, &found_peer);
  ph_search_chunk (words, chunk, 0, 1, &stop, &found_word);
  g_assert_cmpuint (found_peer, ==, 1);
  g_assert_cmpuint (found_word, ==, 1);
}

/* The peers that are known when a query is made: one that stayed while the others left, and the newest. */
static void
test_who_comes_after_very_many_others_is_named_though_some_of_them_are_not (void)
{
  enum { NEWEST = 100000, REMEMBERED = 65536, MORE = 70000 };
  PhSearchQuery query = { .text = "10.0.0.1:", .charset = ph_charset_find ("utf-8"), .kinds = PH_SEARCH_ALL };
  g_autoptr (PhSearch) search = ph_search_new (&query, NULL);
  g_autofree PhChunk *chunk = make_chunk ();
  int stop = 0;

  put_full (chunk, &(PhRecord) { .kind = PH_RECORD_LEFT, .detail = PH_LEFT_CLOSED }, "", 0, 0);
  name_peer (search, 1, "10.0.0.1:1");
  for (guint32 i = NEWEST - REMEMBERED + 2; i <= NEWEST; i++)
    name_peer (search, i, "10.0.0.1:2");
  for (guint32 i = NEWEST + 1; i <= NEWEST + MORE; i++)
    {
      guint64 found = 0;

      name_peer (search, i, "10.0.0.1:3");
      ph_chunk_record (chunk, 0)->peer = i;
      ph_search_chunk (search, chunk, 0, 1, &stop, &found);
      g_assert_cmpuint (found, ==, 1);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/search/texts_bytes_and_expressions_are_found_where_they_are",
                   test_texts_bytes_and_expressions_are_found_where_they_are);
  g_test_add_func ("/search/what_cannot_be_looked_for_is_told", test_what_cannot_be_looked_for_is_told);
  g_test_add_func ("/search/direction_time_and_peer_narrow_it", test_direction_time_and_peer_narrow_it);
  g_test_add_func ("/search/events_are_found_though_the_encoding_lacks_the_text",
                   test_events_are_found_though_the_encoding_lacks_the_text);
  g_test_add_func ("/search/nothing_is_found_across_records_or_between_them",
                   test_nothing_is_found_across_records_or_between_them);
  g_test_add_func ("/search/the_last_of_very_many_connections_is_chosen_and_named_too",
                   test_the_last_of_very_many_connections_is_chosen_and_named_too);
  g_test_add_func ("/search/who_comes_after_very_many_others_is_named_though_some_of_them_are_not",
                   test_who_comes_after_very_many_others_is_named_though_some_of_them_are_not);
  g_test_add_func ("/search/an_expression_that_explodes_is_given_up", test_an_expression_that_explodes_is_given_up);
  g_test_add_func ("/search/a_search_stops_when_told", test_a_search_stops_when_told);
  g_test_add_func ("/search/it_finds_what_reading_each_record_finds", test_it_finds_what_reading_each_record_finds);
  g_test_add_func ("/search/the_place_of_what_an_expression_finds_is_that_of_its_bytes",
                   test_the_place_of_what_an_expression_finds_is_that_of_its_bytes);
  g_test_add_func ("/search/matches_are_the_set_that_was_put_in", test_matches_are_the_set_that_was_put_in);
  g_test_add_func ("/search/records_without_finds_join_a_part_whose_finds_are_gone",
                   test_records_without_finds_join_a_part_whose_finds_are_gone);

  return g_test_run ();
}
