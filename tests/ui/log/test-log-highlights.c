/* test-log-highlights.c: what the highlight rules colour on which line, in all modes, and which of them wins
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "log-fixture.h"

#include <string.h>

/* @text: as in the settings. */
static GPtrArray *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) value = g_variant_parse (G_VARIANT_TYPE (PH_RULES_FORMAT), text, NULL, NULL, &error);

  g_assert_no_error (error);

  return ph_rules_parse (value);
}

static void
set_rules (LogFixture *fixture, const char *text)
{
  g_autoptr (GPtrArray) rules = parse (text);

  ph_log_view_set_rules (fixture->view, rules);
  log_show (fixture);
  while (fixture->view->highlight_source != 0)
    g_main_context_iteration (NULL, TRUE);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  return (int) ((const PhLogHighlight *) a)->start - (int) ((const PhLogHighlight *) b)->start;
}

/* A row with its colours: "a {red:b} c", and in front "red| " if the whole record has one. */
static char *
highlighted (LogFixture *fixture, guint row)
{
  PhLogLine *line = log_row_at (fixture, row)->line;
  GString *out = g_string_new (NULL);
  g_autoptr (GArray) highlights = NULL;
  guint32 done = 0;

  g_assert_true (line->highlighted);
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
assert_highlighted (LogFixture *fixture, guint row, const char *expected)
{
  g_autofree char *text = NULL;

  log_show (fixture);
  text = highlighted (fixture, row);
  g_assert_cmpstr (text, ==, expected);
}

static void
test_rules_colour_what_they_find_in_text (LogFixture *fixture, gconstpointer data)
{
  log_put (fixture, PH_RECORD_IN, "one two\none\xE2\x80\xAEtwo twO\r\nend 12");
  set_rules (fixture, "[(true,'text','two',false,'red',false),(true,'regex','[0-9]+',false,'blue',false),"
                      "(true,'hex','0D0A',false,'teal',false)]");
  assert_highlighted (fixture, 1, "one {red:two}\\n");
  assert_highlighted (fixture, 2, "one⟨U+202E⟩{red:two} {red:twO}{teal:\\r\\n}");
  assert_highlighted (fixture, 3, "end {blue:12}");
  set_rules (fixture, "[(true,'text','two',true,'red',false)]");
  assert_highlighted (fixture, 2, "one⟨U+202E⟩{red:two} twO\\r\\n");
  set_rules (fixture, "[(false,'text','two',true,'red',false),(true,'text','',true,'red',false)]");
  assert_highlighted (fixture, 1, "one two\\n");
}

static void
test_where_rules_overlap_the_first_has_it (LogFixture *fixture, gconstpointer data)
{
  log_put (fixture, PH_RECORD_IN, "abcdefgh abcdefgh");
  set_rules (fixture, "[(true,'text','cd',false,'red',false),(true,'text','f',false,'teal',false),"
                      "(true,'text','bcdefg',false,'blue',false),(true,'regex','.+',false,'green',false)]");
  assert_highlighted (fixture, 1, "{green:a}{blue:b}{red:cd}{blue:e}{teal:f}{blue:g}{green:h a}{blue:b}{red:cd}{blue:e}{teal:f}"
                             "{blue:g}{green:h}");
  set_rules (fixture, "[(true,'regex','.+',false,'green',false),(true,'text','cd',false,'red',false)]");
  assert_highlighted (fixture, 1, "{green:abcdefgh abcdefgh}");
}

static void
test_finds_inside_of_another_rules_find_stay_that_rules (LogFixture *fixture, gconstpointer data)
{
  log_put (fixture, PH_RECORD_IN, "xaxbxcx");
  set_rules (fixture, "[(true,'regex','a.b.c',false,'red',false),(true,'text','x',false,'blue',false)]");
  assert_highlighted (fixture, 1, "{blue:x}{red:axbxc}{blue:x}");
}

static void
test_bytes_are_coloured_in_hex (LogFixture *fixture, gconstpointer data)
{
  log_put (fixture, PH_RECORD_IN, "0123456789abcdef.0\n");
  g_object_set (fixture->view, "mode", PH_LOG_MODE_HEX, NULL);
  set_rules (fixture, "[(true,'text','789',false,'red',false),(true,'hex','66 2e',false,'pink',false)]");
  assert_highlighted (fixture, 1, "000000  30 31 32 33 34 35 36 {red:37  38 39} 61 62 63 64 65 {pink:66}  0123456{red:789}abcde{pink:f}");
  assert_highlighted (fixture, 2, "000010  {pink:2E} 30 0A                                          {pink:.}0·");
  g_object_set (fixture->view, "mode", PH_LOG_MODE_LOG, "hex", TRUE, NULL);
  assert_highlighted (fixture, 1, "30 31 32 33 34 35 36 {red:37 38 39} 61 62 63 64 65 {pink:66 2E} 30 0A");
}

static void
test_rows_of_the_table_and_events_are_coloured (LogFixture *fixture, gconstpointer data)
{
  g_object_set (fixture->view, "mode", PH_LOG_MODE_TABLE, "show-time", FALSE, NULL);
  log_put (fixture, PH_RECORD_IN, "a\xE2\x80\xAEtwo");
  log_put (fixture, PH_RECORD_NOTE, "two words");
  set_rules (fixture, "[(true,'text','two',false,'red',false),(true,'text','words',false,'teal',true)]");
  assert_highlighted (fixture, 0, "\t2\t← In\t127.0.0.1:4000\t7\ta⟨U+202E⟩{red:two}");
  assert_highlighted (fixture, 1, "teal| \t3\t• Event\t127.0.0.1:4000\t\t{red:two} {teal:words}");
}

static void
test_a_whole_record_has_one_colour_and_what_was_found_in_it_stands_out (LogFixture *fixture, gconstpointer data)
{
  g_object_set (fixture->view, "show-time", FALSE, NULL);
  log_put (fixture, PH_RECORD_IN, "fine\nbad news");
  log_put (fixture, PH_RECORD_IN, "fine");
  set_rules (fixture, "[(true,'text','in',false,'yellow',false),(true,'text','bad',false,'red',true),"
                      "(true,'text','news',false,'blue',false),(true,'text','fine',false,'green',true)]");
  assert_highlighted (fixture, 0, "red| ←\t127.0.0.1:4000  13 bytes");
  assert_highlighted (fixture, 1, "red| f{yellow:in}e\\n");
  assert_highlighted (fixture, 2, "red| {red:bad} news");
  assert_highlighted (fixture, 3, "green| ←\t127.0.0.1:4000  4 bytes");
  assert_highlighted (fixture, 4, "green| {green:f}{yellow:in}{green:e}");
}

static void
test_another_encoding_colours_the_same_characters (LogFixture *fixture, gconstpointer data)
{
  log_put (fixture, PH_RECORD_IN, "\xC4\xE3\xBA\xC3\xFF\xC4\xE3!");
  set_rules (fixture, "[(true,'text','你',false,'red',false),(true,'regex','好',false,'blue',false)]");
  g_object_set (fixture->view, "encoding", "gbk", NULL);
  assert_highlighted (fixture, 1, "{red:你}{blue:好}⟨FF⟩{red:你}!");
  g_object_set (fixture->view, "encoding", "latin-1", NULL); /* which does not have them */
  assert_highlighted (fixture, 1, "ÄãºÃÿÄã!");
}

static void
test_a_rule_that_cannot_be_leaves_the_others_working (LogFixture *fixture, gconstpointer data)
{
  log_put (fixture, PH_RECORD_IN, "one (two");
  set_rules (fixture, "[(true,'regex','(two',false,'red',true),(true,'text','one',false,'blue',false)]");
  assert_highlighted (fixture, 1, "{blue:one} (two");
}

static void
test_what_arrives_later_is_coloured_too (LogFixture *fixture, gconstpointer data)
{
  set_rules (fixture, "[(true,'text','late',false,'red',false)]");
  log_put (fixture, PH_RECORD_IN, "too late");
  assert_highlighted (fixture, 1, "too {red:late}");
}

/* A line in the middle of a record of a megabyte costs no more than its own piece. */
static void
test_the_middle_of_a_long_record_is_coloured (LogFixture *fixture, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new (NULL);
  PhLogLine *line;

  for (guint i = 0; i < 60000; i++)
    g_string_append_printf (text, "line %05u\n", i);
  log_put_bytes (fixture->store, PH_RECORD_IN, 1, text->str, text->len);
  set_rules (fixture, "[(true,'regex','[0-9]+$',false,'red',false),(true,'text','line 59990',false,'blue',true)]");
  line = log_row_at (fixture, log_n_rows (fixture) - 5)->line;
  while (!line->highlighted)
    log_show (fixture);
  assert_highlighted (fixture, log_n_rows (fixture) - 1, "blue| line {red:59999}\\n");
  assert_highlighted (fixture, log_n_rows (fixture) - 10, "blue| {blue:line 59990}\\n");
  set_rules (fixture, "[(true,'regex','[0-9]{3}\\\\n',false,'red',false)]");
  assert_highlighted (fixture, log_n_rows (fixture) - 1, "line 59{red:999}\\n");
}

/* Backtracking without end, in every record on screen: no frame waits for it. */
static void
test_a_slow_expression_holds_up_no_frame (LogFixture *fixture, gconstpointer data)
{
  g_autofree char *text = g_strnfill (1400, 'a');
  g_autoptr (GPtrArray) rules = parse ("[(true,'regex','(a+)+$',false,'red',false),(true,'regex','(a|aa)+$',false,'blue',true),"
                                       "(true,'regex','(\\\\w+\\\\s?)+\\\\d',false,'teal',false),"
                                       "(true,'text','aaaa',false,'green',false)]");
  gint64 longest = 0;
  guint rounds = 0;

  text[1399] = '!';
  for (guint i = 0; i < 30; i++)
    log_put (fixture, PH_RECORD_IN, text);
  log_show (fixture);
  ph_log_highlights_set_rules (fixture->view->source, rules);
  for (gboolean done = FALSE; !done; rounds++)
    {
      gint64 begin = g_get_monotonic_time ();

      done = TRUE;
      for (guint i = 0; i < log_n_rows (fixture); i++)
        done = ph_log_highlights_update (fixture->view->source, log_row_at (fixture, i)->line, begin + 2000) && done;
      longest = MAX (longest, g_get_monotonic_time () - begin);
    }
  g_test_message ("the longest of %u took %" G_GINT64_FORMAT " µs", rounds, longest);
  g_assert_cmpuint (rounds, >, 1);
  g_assert_cmpint (longest, <, 100 * G_TIME_SPAN_MILLISECOND);
  g_assert_cmpuint (log_row_at (fixture, log_n_rows (fixture) - 1)->line->highlights->len, >, 0);
}

/* ---- a rule for what is selected ---- */

static void
assert_selected (LogFixture *fixture, guint row, const char *part, int mode, const char *expected)
{
  const PhLogLine *line = log_row_at (fixture, row)->line;
  guint32 start = (guint32) (strstr (line->text, part) - line->text);
  PhLogPos from = { line->entry, line->line, start }, to = { line->entry, line->line, start + (guint32) strlen (part) };
  PhSearchMode got = PH_SEARCH_REGEX;
  g_autofree char *pattern = NULL;

  ph_log_select_range (fixture->view, &from, &to);
  pattern = ph_log_rules_dup_selected (fixture->view, &got);
  g_assert_cmpstr (pattern, ==, expected);
  if (expected != NULL)
    g_assert_cmpint (got, ==, mode);
}

static void
test_what_is_selected_becomes_a_rule_that_finds_it (LogFixture *fixture, gconstpointer data)
{
  log_put (fixture, PH_RECORD_IN, "one\x1B[0m two");
  log_put (fixture, PH_RECORD_NOTE, "some words");
  log_show (fixture);
  assert_selected (fixture, 0, "127.0.0.1", PH_SEARCH_TEXT, NULL);
  assert_selected (fixture, 1, "m two", PH_SEARCH_TEXT, "m two");
  assert_selected (fixture, 1, "one", PH_SEARCH_TEXT, "one");
  assert_selected (fixture, 1, log_row_at (fixture, 1)->line->text, PH_SEARCH_HEX, "6F 6E 65 1B 5B 30 6D 20 74 77 6F");
  assert_selected (fixture, 2, "some", PH_SEARCH_TEXT, "some");
  g_object_set (fixture->view, "mode", PH_LOG_MODE_HEX, NULL);
  log_show (fixture);
  assert_selected (fixture, 1, "65 1B 5B", PH_SEARCH_HEX, "65 1B 5B");
  g_object_set (fixture->view, "mode", PH_LOG_MODE_TABLE, NULL);
  log_show (fixture);
  assert_selected (fixture, 0, "[0m two", PH_SEARCH_TEXT, "[0m two");
  assert_selected (fixture, 0, "127", PH_SEARCH_TEXT, NULL);
  g_object_set (fixture->view, "hex", TRUE, NULL);
  log_show (fixture);
  assert_selected (fixture, 0, "1B 5B", PH_SEARCH_HEX, "1B 5B");
}

static void
asked_cb (PhLogView *view, guint mode, const char *pattern, char **asked)
{
  *asked = g_strdup_printf ("%u %s", mode, pattern);
}

static void
test_the_action_asks_for_a_rule (LogFixture *fixture, gconstpointer data)
{
  g_autofree char *asked = NULL;

  log_put (fixture, PH_RECORD_IN, "one two");
  log_show (fixture);
  g_signal_connect (fixture->view, "highlight", G_CALLBACK (asked_cb), &asked);
  gtk_widget_activate_action (GTK_WIDGET (fixture->view), "log.highlight", NULL);
  g_assert_null (asked);
  g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (fixture->view->notice)), ==, "Select something in one line first.");
  assert_selected (fixture, 1, "two", PH_SEARCH_TEXT, "two");
  gtk_widget_activate_action (GTK_WIDGET (fixture->view), "log.highlight", NULL);
  g_assert_cmpstr (asked, ==, "0 two");
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    void (*run) (LogFixture *, gconstpointer);
  } tests[] = {
    { "rules_colour_what_they_find_in_text", test_rules_colour_what_they_find_in_text },
    { "where_rules_overlap_the_first_has_it", test_where_rules_overlap_the_first_has_it },
    { "finds_inside_of_another_rules_find_stay_that_rules", test_finds_inside_of_another_rules_find_stay_that_rules },
    { "bytes_are_coloured_in_hex", test_bytes_are_coloured_in_hex },
    { "rows_of_the_table_and_events_are_coloured", test_rows_of_the_table_and_events_are_coloured },
    { "a_whole_record_has_one_colour_and_what_was_found_in_it_stands_out",
      test_a_whole_record_has_one_colour_and_what_was_found_in_it_stands_out },
    { "another_encoding_colours_the_same_characters", test_another_encoding_colours_the_same_characters },
    { "a_rule_that_cannot_be_leaves_the_others_working", test_a_rule_that_cannot_be_leaves_the_others_working },
    { "what_arrives_later_is_coloured_too", test_what_arrives_later_is_coloured_too },
    { "the_middle_of_a_long_record_is_coloured", test_the_middle_of_a_long_record_is_coloured },
    { "a_slow_expression_holds_up_no_frame", test_a_slow_expression_holds_up_no_frame },
    { "what_is_selected_becomes_a_rule_that_finds_it", test_what_is_selected_becomes_a_rule_that_finds_it },
    { "the_action_asks_for_a_rule", test_the_action_asks_for_a_rule },
  };

  g_test_init (&argc, &argv, NULL);
  gtk_init ();
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strconcat ("/log-highlights/", tests[i].name, NULL);

      g_test_add (path, LogFixture, NULL, log_set_up, tests[i].run, log_tear_down);
    }

  return g_test_run ();
}
