/* test-highlights.c: what the highlight rules colour on which line, in all modes, and which of them wins
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include <string.h>

#include "lines-fixture.h"
#include "ph-log-highlights.h"

/* @text: as in the settings. */
static void
set_rules (Lines *lines, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) value = g_variant_parse (G_VARIANT_TYPE (PH_RULES_FORMAT), text, NULL, NULL, &error);
  g_autoptr (GPtrArray) rules = NULL;

  g_assert_no_error (error);
  rules = ph_rules_parse (value);
  ph_log_highlights_set_rules (lines->source, rules);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  return (int) ((const PhLogHighlight *) a)->start - (int) ((const PhLogHighlight *) b)->start;
}

/* A line with its colours: "a {red:b} c", and in front "red| " if the whole record has one. */
static char *
highlighted (Lines *lines, PhLogLine *line)
{
  GString *out = g_string_new (NULL);
  g_autoptr (GArray) highlights = NULL;
  guint32 done = 0;

  while (!ph_log_highlights_update (lines->source, line, g_get_monotonic_time () + G_TIME_SPAN_SECOND))
    continue;
  highlights = g_array_copy (line->highlights);
  g_array_sort (highlights, compare);
  if (line->band != PH_LOG_NO_HUE)
    g_string_append_printf (out, "%s| ", ph_hue_id (line->band));
  for (guint i = 0; i < highlights->len; i++)
    {
      const PhLogHighlight *highlight = &g_array_index (highlights, PhLogHighlight, i);

      g_string_append_len (out, line->text + done, highlight->start - done);
      g_string_append_printf (out, "{%s:", ph_hue_id (highlight->hue));
      g_string_append_len (out, line->text + highlight->start, highlight->end - highlight->start);
      g_string_append_c (out, '}');
      done = highlight->end;
    }
  g_string_append (out, line->text + done);

  return g_string_free (out, FALSE);
}

static void
assert_highlighted (Lines *lines, guint n, const char *expected)
{
  g_autoptr (PhLogLine) line = lines_dup (lines, n);
  g_autofree char *text = highlighted (lines, line);

  g_assert_cmpstr (text, ==, expected);
}

static void
assert_last_highlighted (Lines *lines, guint n, const char *expected)
{
  g_autoptr (PhLogLine) line = lines_dup_last (lines, n);
  g_autofree char *text = highlighted (lines, line);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_rules_colour_what_they_find_in_text (Lines *lines, gconstpointer data)
{
  lines_put (lines, PH_RECORD_IN, "one two\none\xE2\x80\xAEtwo twO\r\nend 12");
  set_rules (lines, "[(true,'text','two',false,'red',false),(true,'regex','[0-9]+',false,'blue',false),"
                      "(true,'hex','0D0A',false,'teal',false)]");
  assert_highlighted (lines, 1, "one {red:two}⟨LF⟩");
  assert_highlighted (lines, 2, "one⟨U+202E⟩{red:two} {red:twO}{teal:⟨CR⟩⟨LF⟩}");
  assert_highlighted (lines, 3, "end {blue:12}");
  set_rules (lines, "[(true,'text','two',true,'red',false)]");
  assert_highlighted (lines, 2, "one⟨U+202E⟩{red:two} twO⟨CR⟩⟨LF⟩");
  set_rules (lines, "[(false,'text','two',true,'red',false),(true,'text','',true,'red',false)]");
  assert_highlighted (lines, 1, "one two⟨LF⟩");
}

static void
test_where_rules_overlap_the_first_has_it (Lines *lines, gconstpointer data)
{
  lines_put (lines, PH_RECORD_IN, "abcdefgh abcdefgh");
  set_rules (lines, "[(true,'text','cd',false,'red',false),(true,'text','f',false,'teal',false),"
                      "(true,'text','bcdefg',false,'blue',false),(true,'regex','.+',false,'green',false)]");
  assert_highlighted (lines, 1, "{green:a}{blue:b}{red:cd}{blue:e}{teal:f}{blue:g}{green:h a}{blue:b}{red:cd}{blue:e}{teal:f}"
                             "{blue:g}{green:h}");
  set_rules (lines, "[(true,'regex','.+',false,'green',false),(true,'text','cd',false,'red',false)]");
  assert_highlighted (lines, 1, "{green:abcdefgh abcdefgh}");
}

static void
test_matches_inside_of_another_rules_match_stay_that_rules (Lines *lines, gconstpointer data)
{
  lines_put (lines, PH_RECORD_IN, "xaxbxcx");
  set_rules (lines, "[(true,'regex','a.b.c',false,'red',false),(true,'text','x',false,'blue',false)]");
  assert_highlighted (lines, 1, "{blue:x}{red:axbxc}{blue:x}");
}

static void
test_bytes_are_coloured_in_hex (Lines *lines, gconstpointer data)
{
  lines_put (lines, PH_RECORD_IN, "0123456789abcdef.0\n");
  lines->format.mode = PH_LOG_MODE_BYTES;
  lines_apply (lines);
  set_rules (lines, "[(true,'text','789',false,'red',false),(true,'hex','66 2e',false,'pink',false)]");
  assert_highlighted (lines, 1, "000000  30 31 32 33 34 35 36 {red:37  38 39} 61 62 63 64 65 {pink:66}  0123456{red:789}abcde{pink:f}");
  assert_highlighted (lines, 2, "000010  {pink:2E} 30 0A                                          {pink:.}0·");
  lines->format.mode = PH_LOG_MODE_COMFORTABLE;
  lines->format.form = PH_FORM_HEX;
  lines->format.row = 32;
  lines_apply (lines);
  assert_highlighted (lines, 1, "30 31 32 33 34 35 36 {red:37 38 39} 61 62 63 64 65 {pink:66 2E} 30 0A");
}

static void
test_rows_of_the_table_and_events_are_coloured (Lines *lines, gconstpointer data)
{
  lines->format.mode = PH_LOG_MODE_TABLE;
  lines_apply (lines);
  lines_put (lines, PH_RECORD_IN, "a\xE2\x80\xAEtwo");
  lines_put (lines, PH_RECORD_JOINED, "two words");
  set_rules (lines, "[(true,'text','two',false,'red',false),(true,'text','words',false,'teal',true)]");
  assert_highlighted (lines, 0, "\t1\t← In\t127.0.0.1:4000\t7\ta⟨U+202E⟩{red:two}");
  assert_highlighted (lines, 1, "teal| \t2\t• Event\t127.0.0.1:4000\t\t{red:two} {teal:words} connected");
}

static void
test_a_whole_record_has_one_colour_and_what_was_found_in_it_stands_out (Lines *lines, gconstpointer data)
{
  lines_put (lines, PH_RECORD_IN, "fine\nbad news");
  lines_put (lines, PH_RECORD_IN, "fine");
  set_rules (lines, "[(true,'text','in',false,'yellow',false),(true,'text','bad',false,'red',true),"
                      "(true,'text','news',false,'blue',false),(true,'text','fine',false,'green',true)]");
  assert_highlighted (lines, 0, "red| ←\t127.0.0.1:4000  13 bytes");
  assert_highlighted (lines, 1, "red| f{yellow:in}e⟨LF⟩");
  assert_highlighted (lines, 2, "red| {red:bad} news");
  assert_highlighted (lines, 3, "green| ←\t127.0.0.1:4000  4 bytes");
  assert_highlighted (lines, 4, "green| {green:f}{yellow:in}{green:e}");
}

static void
test_another_encoding_colours_the_same_characters (Lines *lines, gconstpointer data)
{
  lines_put (lines, PH_RECORD_IN, "\xC4\xE3\xBA\xC3\xFF\xC4\xE3!");
  set_rules (lines, "[(true,'text','你',false,'red',false),(true,'regex','好',false,'blue',false)]");
  lines->format.charset = ph_charset_find ("gbk");
  lines_apply (lines);
  assert_highlighted (lines, 1, "{red:你}{blue:好}⟨FF⟩{red:你}!");
  lines->format.charset = ph_charset_find ("latin-1"); /* which does not have them */
  lines_apply (lines);
  assert_highlighted (lines, 1, "ÄãºÃÿÄã!");
}

static void
test_a_rule_that_cannot_be_leaves_the_others_working (Lines *lines, gconstpointer data)
{
  lines_put (lines, PH_RECORD_IN, "one (two");
  set_rules (lines, "[(true,'regex','(two',false,'red',true),(true,'text','one',false,'blue',false)]");
  assert_highlighted (lines, 1, "{blue:one} (two");
}

static void
test_what_arrives_later_is_coloured_too (Lines *lines, gconstpointer data)
{
  set_rules (lines, "[(true,'text','late',false,'red',false)]");
  lines_put (lines, PH_RECORD_IN, "too late");
  assert_highlighted (lines, 1, "too {red:late}");
}

/* A line in the middle of a long record costs no more than its own piece of the record. */
static void
test_the_middle_of_a_long_record_is_coloured (Lines *lines, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new (NULL);

  lines->format.mode = PH_LOG_MODE_STREAM;
  lines_apply (lines);
  for (guint i = 0; i < 60000; i++)
    g_string_append_printf (text, "line %05u\n", i);
  lines_put_bytes (lines->store, PH_RECORD_IN, 1, text->str, text->len);
  set_rules (lines, "[(true,'regex','[0-9]+$',false,'red',false),(true,'text','line 59990',false,'blue',true)]");
  assert_last_highlighted (lines, 0, "blue| line {red:59999}⟨LF⟩");
  assert_last_highlighted (lines, 9, "blue| {blue:line 59990}⟨LF⟩");
  set_rules (lines, "[(true,'regex','[0-9]{3}\\\\n',false,'red',false)]");
  assert_last_highlighted (lines, 0, "line 59{red:999}⟨LF⟩");
}

/* Backtracking without end, in every record: no call takes long, and all rules are tried at last. */
static void
test_a_slow_expression_holds_up_no_frame (Lines *lines, gconstpointer data)
{
  g_autofree char *text = g_strnfill (1400, 'a');
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) ph_log_line_unref);
  const PhRule *rule;
  gint64 longest = 0;
  guint rounds = 0;
  guint64 seq = 0;

  text[1399] = '!';
  for (guint i = 0; i < 30; i++)
    lines_put (lines, PH_RECORD_IN, text);
  for (guint i = 0; i < 60; i++)
    g_ptr_array_add (all, lines_dup (lines, i));
  set_rules (lines, "[(true,'regex','(a+)+$',false,'red',false),(true,'regex','(a|aa)+$',false,'blue',true),"
                    "(true,'regex','(\\\\w+\\\\s?)+\\\\d',false,'teal',false),"
                    "(true,'text','aaaa',false,'green',false)]");
  for (gboolean done = FALSE; !done; rounds++)
    {
      gint64 begin = lines_get_cpu (), until = g_get_monotonic_time () + 2000;

      done = TRUE;
      for (guint i = 0; i < all->len; i++)
        done = ph_log_highlights_update (lines->source, g_ptr_array_index (all, i), until) && done;
      longest = MAX (longest, lines_get_cpu () - begin);
    }
  g_test_message ("the longest of %u took %" G_GINT64_FORMAT " µs", rounds, longest);
  g_assert_cmpuint (rounds, >, 1);
  g_assert_cmpint (longest, <, 100 * G_TIME_SPAN_MILLISECOND);
  g_assert_cmpuint (((PhLogLine *) g_ptr_array_index (all, 59))->highlights->len, >, 0);
  rule = ph_log_highlights_take_slow (lines->source, &seq);
  g_assert_nonnull (rule);
  g_assert_cmpint (rule->mode, ==, PH_SEARCH_REGEX);
  g_assert_cmpuint (seq, ==, 1);
  g_assert_null (ph_log_highlights_take_slow (lines->source, &seq));
}

#define ADD(name) g_test_add ("/log/highlights/" #name, Lines, NULL, lines_set_up, test_##name, lines_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD (rules_colour_what_they_find_in_text);
  ADD (where_rules_overlap_the_first_has_it);
  ADD (matches_inside_of_another_rules_match_stay_that_rules);
  ADD (bytes_are_coloured_in_hex);
  ADD (rows_of_the_table_and_events_are_coloured);
  ADD (a_whole_record_has_one_colour_and_what_was_found_in_it_stands_out);
  ADD (another_encoding_colours_the_same_characters);
  ADD (a_rule_that_cannot_be_leaves_the_others_working);
  ADD (what_arrives_later_is_coloured_too);
  ADD (the_middle_of_a_long_record_is_coloured);
  ADD (a_slow_expression_holds_up_no_frame);

  return g_test_run ();
}
