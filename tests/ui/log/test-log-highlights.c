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
  while (fixture->view->rules.idle != 0)
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
  assert_highlighted (fixture, 1, "one {red:two}⟨LF⟩");
  assert_highlighted (fixture, 2, "one⟨U+202E⟩{red:two} {red:twO}{teal:⟨CR⟩⟨LF⟩}");
  assert_highlighted (fixture, 3, "end {blue:12}");
  set_rules (fixture, "[(true,'text','two',true,'red',false)]");
  assert_highlighted (fixture, 2, "one⟨U+202E⟩{red:two} twO⟨CR⟩⟨LF⟩");
  set_rules (fixture, "[(false,'text','two',true,'red',false),(true,'text','',true,'red',false)]");
  assert_highlighted (fixture, 1, "one two⟨LF⟩");
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
  log_put (fixture, PH_RECORD_JOINED, "some words");
  log_show (fixture);
  assert_selected (fixture, 0, "127.0.0.1", PH_SEARCH_TEXT, NULL);
  assert_selected (fixture, 1, "m two", PH_SEARCH_TEXT, "m two");
  assert_selected (fixture, 1, "one", PH_SEARCH_TEXT, "one");
  assert_selected (fixture, 1, log_row_at (fixture, 1)->line->text, PH_SEARCH_HEX, "6F 6E 65 1B 5B 30 6D 20 74 77 6F");
  assert_selected (fixture, 2, "some", PH_SEARCH_TEXT, "some");
  g_object_set (fixture->view, "mode", PH_LOG_MODE_BYTES, NULL);
  log_show (fixture);
  assert_selected (fixture, 1, "65 1B 5B", PH_SEARCH_HEX, "65 1B 5B");
  g_object_set (fixture->view, "mode", PH_LOG_MODE_TABLE, NULL);
  log_show (fixture);
  assert_selected (fixture, 0, "[0m two", PH_SEARCH_TEXT, "[0m two");
  assert_selected (fixture, 0, "127", PH_SEARCH_TEXT, NULL);
  g_object_set (fixture->view, "form", "hex", NULL);
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
  g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (fixture->view->floating.notice)), ==, "Select something in one line first.");
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
