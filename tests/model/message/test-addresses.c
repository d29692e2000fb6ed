/* test-addresses.c: addresses that were used are remembered, named, found by parts of both, and not without end
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-addresses.h"

static PhAddresses *
make (const char *newest_last)
{
  g_auto (GStrv) texts = g_strsplit (newest_last, " ", -1);
  PhAddresses *addresses = ph_addresses_new ();

  for (guint i = 0; texts[i] != NULL; i++)
    ph_addresses_note (addresses, texts[i]);

  return addresses;
}

static guint
count (PhAddresses *addresses)
{
  return g_list_model_get_n_items (G_LIST_MODEL (addresses));
}

static char *
dup_found (PhAddresses *addresses, const char *words, guint most)
{
  g_autoptr (GPtrArray) found = ph_addresses_search (addresses, words, most);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < found->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "", ph_address_get_text (g_ptr_array_index (found, i)));

  return g_string_free (text, FALSE);
}

static void
assert_found (PhAddresses *addresses, const char *words, const char *expected)
{
  g_autofree char *found = dup_found (addresses, words, G_MAXUINT);

  g_assert_cmpstr (found, ==, expected);
}

static void
test_what_is_used_again_comes_first_and_is_there_once (void)
{
  g_autoptr (PhAddresses) addresses = make ("a:1 b:2 udp://A:1 [::1]:3 １２７．０．０．１：４");

  assert_found (addresses, "", "127.0.0.1:4 [::1]:3 A:1 b:2 a:1");
  ph_addresses_note (addresses, "b:2");
  ph_addresses_note (addresses, "b:2");
  assert_found (addresses, "", "b:2 127.0.0.1:4 [::1]:3 A:1 a:1");
}

static void
test_what_is_no_address_with_a_port_is_left_out (void)
{
  g_autoptr (PhAddresses) addresses = make ("a :1 a:0 a:99999 /path @name a:b:c");

  ph_addresses_note (addresses, "");
  ph_addresses_note (addresses, "a\xff:1");
  g_assert_cmpuint (count (addresses), ==, 0);
  g_assert_false (ph_addresses_set_name (addresses, "a:1", "nobody"));
  ph_addresses_remove (addresses, "a:1");
  g_assert_null (ph_addresses_find_name (addresses, "a:1"));
  g_assert_null (ph_addresses_find_name (addresses, NULL));
}

static void
test_a_name_stays_with_its_address_until_it_is_taken_away (void)
{
  g_autoptr (PhAddresses) addresses = make ("a:1 b:2");

  g_assert_true (ph_addresses_set_name (addresses, "a:1", "  PLC hall 3 "));
  g_assert_cmpstr (ph_addresses_find_name (addresses, "a:1"), ==, "PLC hall 3");
  assert_found (addresses, "", "b:2 a:1");
  ph_addresses_note (addresses, "a:1");
  assert_found (addresses, "", "a:1 b:2");
  g_assert_cmpstr (ph_addresses_find_name (addresses, "a:1"), ==, "PLC hall 3");
  g_assert_true (ph_addresses_set_name (addresses, "a:1", "two\nlines"));
  g_assert_null (strchr (ph_addresses_find_name (addresses, "a:1"), '\n'));
  g_assert_true (ph_addresses_set_name (addresses, "a:1", " "));
  g_assert_null (ph_addresses_find_name (addresses, "a:1"));
  ph_addresses_remove (addresses, "a:1");
  assert_found (addresses, "", "b:2");
}

static void
test_a_search_looks_at_names_and_addresses_and_their_beginnings_first (void)
{
  g_autoptr (PhAddresses) addresses = make ("10.0.0.1:80 10.0.0.2:80 192.168.10.7:502 host:80");

  ph_addresses_set_name (addresses, "10.0.0.1:80", "Pump hall 3");
  ph_addresses_set_name (addresses, "host:80", "the 10th");
  ph_addresses_set_name (addresses, "192.168.10.7:502", "水泵 3");
  assert_found (addresses, "pump", "10.0.0.1:80");
  assert_found (addresses, "3 HALL", "10.0.0.1:80");
  assert_found (addresses, "10", "10.0.0.2:80 10.0.0.1:80 host:80 192.168.10.7:502");
  assert_found (addresses, "水", "192.168.10.7:502");
  assert_found (addresses, "３", "192.168.10.7:502 10.0.0.1:80");
  assert_found (addresses, "nothing", "");
  assert_found (addresses, " ", "host:80 192.168.10.7:502 10.0.0.2:80 10.0.0.1:80");
}

static void
test_no_more_are_found_than_were_asked_for (void)
{
  g_autoptr (PhAddresses) addresses = make ("a:1 a:2 a:3");
  g_autofree char *found = dup_found (addresses, "a", 2);

  g_assert_cmpstr (found, ==, "a:3 a:2");
}

static void
test_the_limit_leaves_out_the_oldest_one_without_a_name (void)
{
  g_autoptr (PhAddresses) addresses = ph_addresses_new ();
  g_autofree char *long_name = g_strnfill (PH_ADDRESSES_NAME_MAX + 1, 'n');

  for (guint i = 1; i <= PH_ADDRESSES_LIMIT; i++)
    {
      g_autofree char *text = g_strdup_printf ("a:%u", i);

      ph_addresses_note (addresses, text);
    }
  ph_addresses_set_name (addresses, "a:1", long_name);
  g_assert_cmpuint (strlen (ph_addresses_find_name (addresses, "a:1")), ==, PH_ADDRESSES_NAME_MAX);
  ph_addresses_note (addresses, "new:1");
  g_assert_cmpuint (count (addresses), ==, PH_ADDRESSES_LIMIT);
  g_assert_nonnull (ph_addresses_find_name (addresses, "a:1"));
  assert_found (addresses, "a:2", "a:200 a:29 a:28 a:27 a:26 a:25 a:24 a:23 a:22 a:21 a:20");

  for (guint i = 1; i <= PH_ADDRESSES_LIMIT; i++)
    {
      g_autofree char *text = g_strdup_printf ("a:%u", i);

      ph_addresses_set_name (addresses, text, "named");
    }
  ph_addresses_set_name (addresses, "new:1", "named");
  ph_addresses_note (addresses, "new:2");
  g_assert_null (ph_addresses_find_name (addresses, "a:1")); /* all had names: the oldest went */
}

static void
test_settings_bring_back_the_same_list (void)
{
  g_autoptr (PhAddresses) addresses = make ("a:1 b:2"), back = ph_addresses_new ();
  g_autoptr (GVariant) kept = NULL;

  ph_addresses_set_name (addresses, "a:1", "first");
  kept = g_variant_ref_sink (ph_addresses_dup (addresses));
  ph_addresses_note (back, "old:9");
  ph_addresses_set (back, kept);
  assert_found (back, "", "b:2 a:1");
  g_assert_cmpstr (ph_addresses_find_name (back, "a:1"), ==, "first");
  g_assert_null (ph_addresses_find_name (back, "b:2"));
}

static void
test_settings_that_were_edited_by_hand_do_no_harm (void)
{
  g_autoptr (PhAddresses) addresses = ph_addresses_new ();
  g_autoptr (GVariant) kept = NULL;
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE (PH_ADDRESSES_TYPE));
  g_variant_builder_add (&builder, "(ss)", "no address", "name");
  g_variant_builder_add (&builder, "(ss)", "", "");
  g_variant_builder_add (&builder, "(ss)", "a:1", "one");
  g_variant_builder_add (&builder, "(ss)", "a:1", "again");
  for (guint i = 1; i <= PH_ADDRESSES_LIMIT + 1; i++)
    {
      g_autofree char *text = g_strdup_printf ("b:%u", i);

      g_variant_builder_add (&builder, "(ss)", text, "");
    }
  kept = g_variant_ref_sink (g_variant_builder_end (&builder));
  ph_addresses_set (addresses, kept);
  g_assert_cmpuint (count (addresses), ==, PH_ADDRESSES_LIMIT);
  g_assert_cmpstr (ph_addresses_find_name (addresses, "a:1"), ==, "one");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/addresses/what_is_used_again_comes_first_and_is_there_once", test_what_is_used_again_comes_first_and_is_there_once);
  g_test_add_func ("/addresses/what_is_no_address_with_a_port_is_left_out", test_what_is_no_address_with_a_port_is_left_out);
  g_test_add_func ("/addresses/a_name_stays_with_its_address_until_it_is_taken_away", test_a_name_stays_with_its_address_until_it_is_taken_away);
  g_test_add_func ("/addresses/a_search_looks_at_names_and_addresses_and_their_beginnings_first",
                   test_a_search_looks_at_names_and_addresses_and_their_beginnings_first);
  g_test_add_func ("/addresses/no_more_are_found_than_were_asked_for", test_no_more_are_found_than_were_asked_for);
  g_test_add_func ("/addresses/the_limit_leaves_out_the_oldest_one_without_a_name", test_the_limit_leaves_out_the_oldest_one_without_a_name);
  g_test_add_func ("/addresses/settings_bring_back_the_same_list", test_settings_bring_back_the_same_list);
  g_test_add_func ("/addresses/settings_that_were_edited_by_hand_do_no_harm", test_settings_that_were_edited_by_hand_do_no_harm);

  return g_test_run ();
}
