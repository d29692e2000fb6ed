/* test-expression.c: an expression finds what it finds in the whole text, and gives up between tries
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include <string.h>

#include "ph-expression.h"

#define LONG (60u * 1024u)

/* Expressions that take long for a long run of one letter. */
static const char *const slow[] = {
  "a(?=.*b)",      "a(?=.*c)",           "(a+)+$",    "(.*)(.*)(.*)x", "(?:a|aa)+$", "\\b.*?\\b.*?\\b.*?x", "(a*)*\\1c",
  "(.+)+\\1\\1\\d", "(a|a?)+c",          "a.*a.*a.*c", "[^c]*c",       "(?<=a)a*c",  "(?s).*.*.*=.*",       "(x+x+)+y|a[^b]*c",
  "(*COMMIT)a.*c", "a.*?c(*SKIP)|a.*?d", "\\Ga.*c",    "a{1,900}c",
};

static char *
make_text (gsize length, char last)
{
  char *text = g_strnfill (length, 'a');

  text[length - 1] = last;

  return text;
}

/* ---- what is found ---- */

/* All matches, as “2-4 ”. */
static char *
find_all (const char *pattern, const PhExpressionText *text)
{
  g_autoptr (PhExpression) expression = ph_expression_new (pattern, TRUE, NULL);
  const PhExpressionBudget budget = { 0, NULL };
  GString *found = g_string_new (NULL);
  gsize from = 0, start, end;
  PhExpressionResult result;

  while (from <= text->length
         && (result = ph_expression_next (expression, text, from, &budget, &start, &end)) == PH_EXPRESSION_FOUND)
    {
      g_string_append_printf (found, "%u-%u ", (guint) start, (guint) end);
      from = end + (end <= start);
      while (from < text->length && ((guchar) text->text[from] & 0xC0) == 0x80)
        from++;
    }
  if (from <= text->length && result == PH_EXPRESSION_UNKNOWN)
    g_string_append (found, "?");

  return g_string_free (found, FALSE);
}

static char *
find_all_at_once (const char *pattern, const char *text)
{
  g_autoptr (GRegex) regex = g_regex_new (pattern, 0, 0, NULL);
  g_autoptr (GMatchInfo) info = NULL;
  GString *found = g_string_new (NULL);
  int start, end;

  for (g_regex_match (regex, text, 0, &info); g_match_info_matches (info); g_match_info_next (info, NULL))
    if (g_match_info_fetch_pos (info, 0, &start, &end))
      g_string_append_printf (found, "%d-%d ", start, end);

  return g_string_free (found, FALSE);
}

/* Long enough for many windows, with matches of all lengths, at their borders too. */
static void
test_windows_do_not_change_what_is_found (void)
{
  static const char *const patterns[] = {
    "\\d+", "\\d+$", "^seq.*", ".*9$", ".*", "x*", "(?m)^.*7.*$", "seq=1\\d*(?=.*seq=2)", "(?<=\\n).", "\\bé\\w*\\b",
    "(\\d)\\1", "[^\\n]{600,}", "seq=(\\d+)(?:\\n.*){30}", "\\z", "$", "\\n", "é.é", "[]\\b]\\b|\\B\\d\\b", "(?:\\b\\d)+?\\b", "(?<!\\d)\\d{3}(?!\\d)", ".*?\\n",
  };
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; text->len < 5000; i++)
    g_string_append_printf (text, "seq=%u éé %.*s\n", i * 7, (int) (i % 40), "........................................");
  g_string_append_printf (text, "%0700d end 99", 7);
  for (gsize i = 0; i < G_N_ELEMENTS (patterns); i++)
    {
      PhExpressionText whole = { .text = text->str, .length = text->len, .limit = G_MAXSIZE };
      g_autofree char *found = find_all (patterns[i], &whole), *expected = find_all_at_once (patterns[i], text->str);

      g_test_message ("%s", patterns[i]);
      g_assert_cmpstr (found, ==, expected);
    }
}

static void
test_what_depends_on_what_is_not_there_is_not_claimed (void)
{
  static const struct
  {
    const char *pattern, *expected;
  } rows[] = {
    { "\\d+", "2-4 " }, { "b$", "" }, { "c(?!d)", "" }, { "b", "4-5 " }, { "c*", "0-0 1-1 2-2 3-3 4-4 " }, { "\\bc\\b", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      PhExpressionText text = { .text = "a 12bc", .length = 6, .limit = G_MAXSIZE, .open = TRUE };
      g_autofree char *found = find_all (rows[i].pattern, &text);

      g_test_message ("%s", rows[i].pattern);
      g_assert_cmpstr (found, ==, rows[i].expected);
    }
}

/* ---- what it costs ---- */

/* The first match of a slow expression is right, or it is said that it is not known. */
static void
test_a_slow_expression_never_claims_what_it_has_not_seen (void)
{
  g_autofree char *text = make_text (LONG, 'b');

  for (gsize i = 0; i < G_N_ELEMENTS (slow); i++)
    {
      g_autoptr (PhExpression) expression = ph_expression_new (slow[i], TRUE, NULL);
      const PhExpressionText whole = { .text = text, .length = LONG, .limit = G_MAXSIZE };
      const PhExpressionBudget budget = { g_get_monotonic_time () + 100 * G_TIME_SPAN_MILLISECOND, NULL };
      gsize start = 0, end = 0;
      PhExpressionResult result = ph_expression_next (expression, &whole, 0, &budget, &start, &end);

      g_test_message ("%s: %d after %" G_GUINT64_FORMAT " tries", slow[i], result, ph_expression_get_tries (expression));
      g_assert_cmpint (result == PH_EXPRESSION_FOUND, ==, i == 0);
      g_assert_true (i != 0 || (start == 0 && end == 1));
    }
}

/* The clock and the stop are looked at before each further try, so none of them comes late by more than that. */
static void
test_it_stops_after_the_try_that_is_going_on (void)
{
  g_autofree char *text = make_text (LONG, 'b');
  int stop = 1;

  for (gsize i = 0; i < G_N_ELEMENTS (slow); i++)
    {
      g_autoptr (PhExpression) expression = ph_expression_new (slow[i], TRUE, NULL);
      const PhExpressionText whole = { .text = text, .length = LONG, .limit = G_MAXSIZE };
      const PhExpressionBudget over = { 1, NULL }, stopped = { 0, &stop };
      gsize start, end;

      ph_expression_next (expression, &whole, 0, &over, &start, &end);
      g_assert_cmpuint (ph_expression_get_tries (expression), <=, 4); /* of the first window */
      ph_expression_next (expression, &whole, 0, &stopped, &start, &end);
      g_assert_cmpuint (ph_expression_get_tries (expression), <=, 8);
    }
}

/* A text without a match costs a try for each window, not for each place; one that begins with “.*” does not begin everywhere. */
static void
test_an_ordinary_expression_takes_few_tries (void)
{
  static const char *const patterns[] = { "x\\d+", "foo.*bar", "^b", ".*foo", "\\d{4}-\\d\\d", "b\\b" };
  g_autofree char *text = make_text (LONG, 'a');

  for (gsize i = 0; i < G_N_ELEMENTS (patterns); i++)
    {
      g_autoptr (PhExpression) expression = ph_expression_new (patterns[i], TRUE, NULL);
      const PhExpressionText whole = { .text = text, .length = LONG, .limit = G_MAXSIZE };
      const PhExpressionBudget budget = { 0, NULL };
      gsize start, end;

      g_assert_cmpint (ph_expression_next (expression, &whole, 0, &budget, &start, &end), ==, PH_EXPRESSION_NONE);
      g_test_message ("%s: %" G_GUINT64_FORMAT, patterns[i], ph_expression_get_tries (expression));
      g_assert_cmpuint (ph_expression_get_tries (expression), <, LONG / 100);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/expression/windows_do_not_change_what_is_found", test_windows_do_not_change_what_is_found);
  g_test_add_func ("/expression/what_depends_on_what_is_not_there_is_not_claimed",
                   test_what_depends_on_what_is_not_there_is_not_claimed);
  g_test_add_func ("/expression/a_slow_expression_never_claims_what_it_has_not_seen",
                   test_a_slow_expression_never_claims_what_it_has_not_seen);
  g_test_add_func ("/expression/it_stops_after_the_try_that_is_going_on", test_it_stops_after_the_try_that_is_going_on);
  g_test_add_func ("/expression/an_ordinary_expression_takes_few_tries", test_an_ordinary_expression_takes_few_tries);

  return g_test_run ();
}
