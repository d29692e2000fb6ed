/* test-rules.c: highlight rules read from settings, valid or not
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-rules.h"

#include <string.h>

static GPtrArray *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) value = g_variant_parse (G_VARIANT_TYPE (PH_RULES_FORMAT), text, NULL, NULL, &error);

  g_assert_no_error (error);

  return ph_rules_parse (value);
}

static const PhRule *
at (const GPtrArray *rules, guint n)
{
  g_assert_cmpuint (n, <, rules->len);

  return g_ptr_array_index (rules, n);
}

static void
test_what_is_kept_is_read_again (void)
{
  static const char kept[] = "[(true, 'text', 'a \"b\" 你', false, 'yellow', false), (false, 'hex', '0D 0A', true, 'teal', true), "
                             "(true, 'regex', '(', false, 'green', false)]";
  g_autoptr (GPtrArray) rules = parse (kept);
  g_autoptr (GVariant) value = g_variant_ref_sink (ph_rules_serialise (rules));
  g_autofree char *printed = g_variant_print (value, FALSE);
  g_autoptr (GPtrArray) again = ph_rules_parse (value);

  g_assert_cmpuint (rules->len, ==, 3);
  g_assert_true (at (rules, 0)->on && !at (rules, 1)->on);
  g_assert_cmpint (at (rules, 1)->mode, ==, PH_SEARCH_HEX);
  g_assert_cmpint (at (rules, 1)->hue, ==, PH_HUE_TEAL);
  g_assert_true (at (rules, 1)->match_case && at (rules, 1)->whole);
  g_assert_cmpstr (at (rules, 2)->pattern, ==, "(");
  g_assert_cmpstr (printed, ==, kept);
  g_assert_cmpuint (rules->len, ==, again->len);
  g_assert_cmpuint (ph_rules_n_same (rules, again), ==, 3);
  ((PhRule *) g_ptr_array_index (again, 1))->whole = FALSE;
  g_assert_cmpuint (ph_rules_n_same (rules, again), ==, 1);
}

static void
test_what_makes_no_sense_is_left_out (void)
{
  g_autofree char *longest = g_strnfill (PH_RULE_PATTERN_MAX, 'x');
  g_autofree char *text = g_strdup_printf ("[(true, 'glob', 'a', false, 'red', false), (true, 'text', 'b', false, 'mauve', false), "
                                           "(true, 'text', 'c', false, 'red', false), (true, '', '', false, '', false), "
                                           "(true, 'text', '%s', false, 'red', false), (true, 'text', '%sx', false, 'red', false)]",
                                           longest, longest);
  g_autoptr (GPtrArray) rules = parse (text);
  g_autoptr (GVariant) other = g_variant_ref_sink (g_variant_new_string ("rules"));
  g_autoptr (GPtrArray) none = ph_rules_parse (other);

  g_assert_cmpuint (rules->len, ==, 2);
  g_assert_cmpstr (at (rules, 0)->pattern, ==, "c");
  g_assert_cmpstr (at (rules, 1)->pattern, ==, longest);
  g_assert_cmpuint (none->len, ==, 0);
}

static void
test_there_are_32_rules_at_most (void)
{
  g_autoptr (GPtrArray) rules = ph_rules_new ();
  g_autoptr (GVariant) value = NULL;
  g_autoptr (GPtrArray) again = NULL;

  for (guint i = 0; i < PH_RULES_MAX; i++)
    {
      g_autofree char *pattern = g_strdup_printf ("%u", i);

      g_assert_true (ph_rules_add (rules, PH_SEARCH_TEXT, pattern));
    }
  g_assert_cmpuint (rules->len, ==, 32);
  g_assert_false (ph_rules_add (rules, PH_SEARCH_TEXT, "one more"));
  g_assert_true (ph_rules_add (rules, PH_SEARCH_TEXT, "7")); /* exists already */
  g_assert_cmpuint (rules->len, ==, 32);
  g_ptr_array_add (rules, ph_rule_new (PH_SEARCH_TEXT, "too many", PH_HUE_RED));
  value = g_variant_ref_sink (ph_rules_serialise (rules));
  again = ph_rules_parse (value);
  g_assert_cmpuint (again->len, ==, 32);
}

static void
test_a_new_rule_has_a_colour_that_no_other_has_while_there_is_one (void)
{
  g_autoptr (GPtrArray) rules = ph_rules_new ();
  gboolean seen[PH_N_HUES] = { FALSE };

  ph_rules_add (rules, PH_SEARCH_TEXT, "a");
  ph_rules_add (rules, PH_SEARCH_TEXT, "b");
  g_assert_cmpint (at (rules, 0)->hue, ==, PH_HUE_YELLOW);
  g_assert_cmpint (at (rules, 1)->hue, ==, PH_HUE_ORANGE);
  g_ptr_array_remove_index (rules, 0);
  g_assert_cmpint (ph_rules_next_hue (rules), ==, PH_HUE_YELLOW);
  for (guint i = 1; i < PH_N_HUES; i++)
    ph_rules_add (rules, PH_SEARCH_TEXT, "");
  for (guint i = 0; i < rules->len; i++)
    {
      g_assert_false (seen[at (rules, i)->hue]);
      seen[at (rules, i)->hue] = TRUE;
    }
  g_assert_cmpint (ph_rules_next_hue (rules), ==, PH_HUE_YELLOW);
}

static void
test_what_is_there_already_is_switched_on (void)
{
  g_autoptr (GPtrArray) rules = parse ("[(false, 'text', 'a', false, 'red', false)]");

  g_assert_true (ph_rules_add (rules, PH_SEARCH_TEXT, "a"));
  g_assert_cmpuint (rules->len, ==, 1);
  g_assert_true (at (rules, 0)->on);
  g_assert_true (ph_rules_add (rules, PH_SEARCH_HEX, "a"));
  g_assert_cmpuint (rules->len, ==, 2);
}

static void
test_every_colour_has_an_id_and_a_name_of_its_own (void)
{
  for (guint i = 0; i < PH_N_HUES; i++)
    for (guint j = 0; j < i; j++)
      {
        g_assert_cmpstr (ph_hue_id (i), !=, ph_hue_id (j));
        g_assert_cmpstr (ph_hue_name (i), !=, ph_hue_name (j));
      }
}

static void
test_a_pattern_that_cannot_be_is_told_and_an_empty_one_finds_nothing (void)
{
  static const struct
  {
    PhSearchMode mode;
    const char *pattern;
    gboolean wrong;
  } rows[] = {
    { PH_SEARCH_TEXT, "", FALSE },     { PH_SEARCH_HEX, "", FALSE },    { PH_SEARCH_REGEX, "", FALSE },
    { PH_SEARCH_REGEX, "(a", TRUE },   { PH_SEARCH_HEX, "0G", TRUE },   { PH_SEARCH_REGEX, "(*LIMIT_MATCH=9", TRUE },
    { PH_SEARCH_REGEX, "(((a{1,100}){1,100}){1,100})", TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (PhRule) rule = ph_rule_new (rows[i].mode, rows[i].pattern, PH_HUE_RED);
      g_autoptr (GError) error = NULL;
      g_autoptr (PhSearch) search = ph_rule_compile (rule, ph_charset_find ("utf-8"), FALSE, &error);

      g_assert_null (search);
      g_assert_true ((error != NULL) == rows[i].wrong);
    }
}

/* ---- pieces of records ---- */

/* Searching piece by piece gives the same matches as searching at once, cut at the pieces. */
static void
assert_same_in_pieces (PhSearchMode mode, const char *charset, const char *pattern, const guint8 *payload, gsize length,
                       gsize piece)
{
  PhSearchQuery query = { .mode = mode, .text = pattern, .charset = ph_charset_find (charset), .kinds = PH_SEARCH_ALL };
  g_autoptr (PhSearch) search = ph_search_new (&query, NULL);
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (PhSearchRange));
  g_autoptr (GArray) pieces = g_array_new (FALSE, FALSE, sizeof (PhSearchRange));
  g_autofree guint8 *expected = g_malloc0 (length), *got = g_malloc0 (length);
  PhRecord record = { .kind = PH_RECORD_IN, .length = (guint32) length };

  ph_search_ranges (search, &record, NULL, payload, 0, all);
  for (gsize at = 0; at < length; at += piece)
    g_assert_true (ph_search_ranges_between (search, &record, NULL, payload, at, at + piece, 0, pieces));
  for (guint i = 0; i < all->len; i++)
    for (guint32 n = g_array_index (all, PhSearchRange, i).start; n < g_array_index (all, PhSearchRange, i).end; n++)
      expected[n] = 1;
  for (guint i = 0; i < pieces->len; i++)
    for (guint32 n = g_array_index (pieces, PhSearchRange, i).start; n < g_array_index (pieces, PhSearchRange, i).end; n++)
      got[n] = 1;
  g_assert_cmpuint (all->len, >, 10);
  g_assert_cmpmem (got, length, expected, length);
}

static void
test_a_record_in_pieces_has_the_same_finds (void)
{
  g_autoptr (GString) text = g_string_new ("beginning 1\n");
  g_autoptr (GBytes) gbk = NULL, wide = NULL;
  gsize length;

  while (text->len < 20000)
    g_string_append_printf (text, "needle 你好 %u. ", (guint) text->len);
  gbk = ph_charset_encode (ph_charset_find ("gbk"), text->str, text->len, NULL, NULL);
  wide = ph_charset_encode (ph_charset_find ("utf-16le"), text->str, text->len, NULL, NULL);
  for (gsize piece = 1000; piece < 5000; piece += 777)
    {
      const guint8 *bytes = (const guint8 *) text->str;

      assert_same_in_pieces (PH_SEARCH_TEXT, "utf-8", "needle 你", bytes, text->len, piece);
      assert_same_in_pieces (PH_SEARCH_HEX, "utf-8", "BD A0 E5", bytes, text->len, piece);
      assert_same_in_pieces (PH_SEARCH_REGEX, "utf-8", "好 [0-9]+", bytes, text->len, piece);
      assert_same_in_pieces (PH_SEARCH_REGEX, "utf-8", "^b|\\d+", bytes, text->len, piece);
      bytes = g_bytes_get_data (gbk, &length);
      assert_same_in_pieces (PH_SEARCH_TEXT, "gbk", "好", bytes, length, piece);
      assert_same_in_pieces (PH_SEARCH_REGEX, "gbk", "你.", bytes, length, piece);
      bytes = g_bytes_get_data (wide, &length);
      assert_same_in_pieces (PH_SEARCH_TEXT, "utf-16le", "好", bytes, length, piece);
      assert_same_in_pieces (PH_SEARCH_REGEX, "utf-16le", "好 \\d", bytes, length, piece);
    }
}

/* Characters can be told apart only from the beginning of the text. */
static void
test_a_long_text_without_a_line_break_has_the_same_finds_in_pieces (void)
{
  g_autoptr (GString) text = g_string_new ("x");

  for (guint i = 0; i < 5000; i++)
    g_string_append (text, i % 50 == 7 ? "大" : "中");
  for (guint i = 0; i < 3; i++)
    {
      const char *charset = ((const char *const[]) { "gbk", "gb18030", "utf-8" })[i];
      g_autoptr (GBytes) bytes = ph_charset_encode (ph_charset_find (charset), text->str, text->len, NULL, NULL);
      gsize length;
      const guint8 *data = g_bytes_get_data (bytes, &length);

      assert_same_in_pieces (PH_SEARCH_TEXT, charset, "大", data, length, 4096);
      assert_same_in_pieces (PH_SEARCH_REGEX, charset, "中大", data, length, 4096);
    }
}

static void
test_a_piece_is_given_up_when_it_takes_too_long (void)
{
  PhSearchQuery query = { .mode = PH_SEARCH_REGEX, .text = "a", .charset = ph_charset_find ("utf-8"), .kinds = PH_SEARCH_ALL };
  g_autoptr (PhSearch) search = ph_search_new (&query, NULL);
  g_autoptr (GArray) ranges = g_array_new (FALSE, FALSE, sizeof (PhSearchRange));
  PhRecord record = { .kind = PH_RECORD_IN, .length = 6 };

  g_assert_false (ph_search_ranges_between (search, &record, NULL, (const guint8 *) "aaaaaa", 0, 6, 1, ranges));
  g_assert_cmpuint (ranges->len, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/what_is_kept_is_read_again", test_what_is_kept_is_read_again);
  g_test_add_func ("/rules/what_makes_no_sense_is_left_out", test_what_makes_no_sense_is_left_out);
  g_test_add_func ("/rules/there_are_32_rules_at_most", test_there_are_32_rules_at_most);
  g_test_add_func ("/rules/a_new_rule_has_a_colour_that_no_other_has_while_there_is_one",
                   test_a_new_rule_has_a_colour_that_no_other_has_while_there_is_one);
  g_test_add_func ("/rules/what_is_there_already_is_switched_on", test_what_is_there_already_is_switched_on);
  g_test_add_func ("/rules/every_colour_has_an_id_and_a_name_of_its_own", test_every_colour_has_an_id_and_a_name_of_its_own);
  g_test_add_func ("/rules/a_pattern_that_cannot_be_is_told_and_an_empty_one_finds_nothing",
                   test_a_pattern_that_cannot_be_is_told_and_an_empty_one_finds_nothing);
  g_test_add_func ("/rules/a_record_in_pieces_has_the_same_finds", test_a_record_in_pieces_has_the_same_finds);
  g_test_add_func ("/rules/a_long_text_without_a_line_break_has_the_same_finds_in_pieces",
                   test_a_long_text_without_a_line_break_has_the_same_finds_in_pieces);
  g_test_add_func ("/rules/a_piece_is_given_up_when_it_takes_too_long", test_a_piece_is_given_up_when_it_takes_too_long);

  return g_test_run ();
}
