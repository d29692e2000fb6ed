/* test-peers.c: peer numbers keep their addresses within a limit, and the list changes seldom and cheaply
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-peers.h"

#include <string.h>

typedef struct
{
  PhPeers *peers;
  PhNames *names;
  GPtrArray *mirror; /* what someone who only listens believes to be in the list */
  guint changes;
} Fixture;

static void
changed_cb (GListModel *model, guint position, guint removed, guint added, Fixture *fixture)
{
  fixture->changes++;
  if (removed > 0)
    g_ptr_array_remove_range (fixture->mirror, position, removed);
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (fixture->mirror, (int) (position + i), g_list_model_get_item (model, position + i));
}

static Fixture *
fixture_new (guint limit, PhPeersOrder order)
{
  Fixture *fixture = g_new0 (Fixture, 1);

  fixture->peers = ph_peers_new (limit);
  fixture->names = ph_peers_get_names (fixture->peers);
  fixture->mirror = g_ptr_array_new_with_free_func (g_object_unref);
  ph_peers_set_order (fixture->peers, order);
  g_signal_connect (fixture->peers, "items-changed", G_CALLBACK (changed_cb), fixture);

  return fixture;
}

static void
fixture_free (Fixture *fixture)
{
  g_object_unref (fixture->peers);
  g_ptr_array_unref (fixture->mirror);
  g_free (fixture);
}

static void
name_as (Fixture *fixture, guint32 number, const char *address, gboolean listed)
{
  const PhRecord record = { .kind = PH_RECORD_PEER, .peer = number, .length = (guint32) strlen (address) };

  ph_names_record (fixture->names, &record, (const guint8 *) address);
  ph_peers_name (fixture->peers, number, listed);
}

static void
name (Fixture *fixture, guint32 number)
{
  g_autofree char *address = g_strdup_printf ("a:%u", number);

  name_as (fixture, number, address, TRUE);
}

/* The list as text: its numbers. And whoever listened believes the same. */
static char *
list (Fixture *fixture)
{
  GListModel *model = G_LIST_MODEL (fixture->peers);
  GString *out = g_string_new (NULL);

  g_assert_cmpuint (g_list_model_get_n_items (model), ==, fixture->mirror->len);
  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (PhPeer) peer = g_list_model_get_item (model, i);

      g_assert_true (peer == g_ptr_array_index (fixture->mirror, i));
      g_string_append_printf (out, i > 0 ? " %u" : "%u", ph_peer_get_number (peer));
    }

  return g_string_free (out, FALSE);
}

static void
assert_list (Fixture *fixture, const char *expected)
{
  g_autofree char *is = NULL;

  ph_peers_flush (fixture->peers);
  is = list (fixture);
  g_assert_cmpstr (is, ==, expected);
}

static void
test_nothing_changes_before_the_flush (void)
{
  Fixture *fixture = fixture_new (100, PH_PEERS_AS_JOINED);

  name (fixture, 1);
  g_assert_cmpuint (fixture->changes, ==, 0);
  assert_list (fixture, "1");
  g_assert_cmpuint (fixture->changes, ==, 1);
  ph_peers_flush (fixture->peers);
  g_assert_cmpuint (fixture->changes, ==, 1);
  fixture_free (fixture);
}

static void
test_who_came_and_left_between_flushes_is_never_listed (void)
{
  Fixture *fixture = fixture_new (100, PH_PEERS_AS_JOINED);

  name (fixture, 1);
  ph_peers_leave (fixture->peers, 1);
  assert_list (fixture, "");
  g_assert_cmpuint (fixture->changes, ==, 0);
  g_assert_cmpstr (ph_names_get_peer (fixture->names, 1), ==, "a:1");
  fixture_free (fixture);
}

static void
test_unknown_numbers_are_no_harm (void)
{
  Fixture *fixture = fixture_new (100, PH_PEERS_AS_JOINED);

  ph_peers_leave (fixture->peers, 77);
  g_assert_null (ph_names_get_peer (fixture->names, 77));
  assert_list (fixture, "");
  fixture_free (fixture);
}

static void
test_ten_thousand_join_and_leave_with_one_change_each (void)
{
  Fixture *fixture = fixture_new (PH_LIMIT_PEERS, PH_PEERS_AS_JOINED);

  for (guint i = 1; i <= 10000; i++)
    name (fixture, i);
  ph_peers_flush (fixture->peers);
  g_assert_cmpuint (fixture->changes, ==, 1);
  g_assert_cmpuint (fixture->mirror->len, ==, 10000);

  for (guint i = 10000; i >= 1; i--)
    ph_peers_leave (fixture->peers, i);
  ph_peers_flush (fixture->peers);
  g_assert_cmpuint (fixture->changes, ==, 2);
  g_assert_cmpuint (fixture->mirror->len, ==, 0);
  fixture_free (fixture);
}

static void
test_the_rest_of_the_list_stays_the_same_objects (void)
{
  Fixture *fixture = fixture_new (100, PH_PEERS_AS_JOINED);
  gpointer first, last;

  for (guint i = 1; i <= 5; i++)
    name (fixture, i);
  assert_list (fixture, "1 2 3 4 5");
  first = g_ptr_array_index (fixture->mirror, 0);
  last = g_ptr_array_index (fixture->mirror, 4);
  ph_peers_leave (fixture->peers, 3);
  assert_list (fixture, "1 2 4 5");
  g_assert_true (first == g_ptr_array_index (fixture->mirror, 0));
  g_assert_true (last == g_ptr_array_index (fixture->mirror, 3));
  fixture_free (fixture);
}

static void
test_the_limit_forgets_who_left_first_and_then_the_oldest (void)
{
  Fixture *fixture = fixture_new (4, PH_PEERS_AS_JOINED);

  for (guint i = 1; i <= 4; i++)
    name (fixture, i);
  ph_peers_leave (fixture->peers, 3);
  ph_peers_leave (fixture->peers, 2);
  name (fixture, 5);
  g_assert_null (ph_names_get_peer (fixture->names, 3));
  g_assert_cmpstr (ph_names_get_peer (fixture->names, 2), ==, "a:2");
  name (fixture, 6);
  g_assert_null (ph_names_get_peer (fixture->names, 2));
  assert_list (fixture, "1 4 5 6");
  name (fixture, 7);
  g_assert_null (ph_names_get_peer (fixture->names, 1));
  assert_list (fixture, "4 5 6 7");
  g_assert_cmpuint (ph_names_count (fixture->names), ==, 4);
  fixture_free (fixture);
}

static void
test_the_real_limit_holds (void)
{
  Fixture *fixture = fixture_new (PH_LIMIT_PEERS, PH_PEERS_NEWEST_FIRST);

  for (guint i = 1; i <= PH_LIMIT_PEERS + 1000; i++)
    name (fixture, i);
  ph_peers_flush (fixture->peers);
  g_assert_cmpuint (ph_names_count (fixture->names), ==, PH_LIMIT_PEERS);
  g_assert_cmpuint (fixture->mirror->len, ==, PH_PEERS_NEWEST_SHOWN);
  g_assert_cmpuint (ph_peer_get_number (g_ptr_array_index (fixture->mirror, 0)), ==, PH_LIMIT_PEERS + 1000);
  g_assert_null (ph_names_get_peer (fixture->names, 1000));
  g_assert_cmpstr (ph_names_get_peer (fixture->names, 1001), ==, "a:1001");
  fixture_free (fixture);
}

static void
test_the_same_address_with_a_new_number_takes_the_place (void)
{
  Fixture *fixture = fixture_new (100, PH_PEERS_NEWEST_FIRST);

  name (fixture, 1);
  name (fixture, 2);
  name_as (fixture, 9, "a:1", TRUE);
  assert_list (fixture, "9 2");
  g_assert_cmpstr (ph_names_get_peer (fixture->names, 1), ==, "a:1");
  ph_peers_leave (fixture->peers, 9);
  assert_list (fixture, "2");
  fixture_free (fixture);
}

static void
test_a_number_may_get_another_address (void)
{
  Fixture *fixture = fixture_new (100, PH_PEERS_AS_JOINED);

  name (fixture, 1);
  assert_list (fixture, "1");
  name_as (fixture, 1, "b:1", TRUE);
  assert_list (fixture, "1");
  g_assert_cmpstr (ph_peer_get_address (g_ptr_array_index (fixture->mirror, 0)), ==, "b:1");
  fixture_free (fixture);
}

/* Whatever happens in whatever order, listeners end up with the list there is. */
static void
test_random_comings_and_goings (void)
{
  for (guint round = 0; round < 50; round++)
    {
      Fixture *fixture = fixture_new (40, round % 2 ? PH_PEERS_AS_JOINED : PH_PEERS_NEWEST_FIRST);

      for (guint i = 0; i < 400; i++)
        {
          guint32 number = (guint32) g_test_rand_int_range (1, 100);
          int what = g_test_rand_int_range (0, 100);

          if (what < 50)
            name (fixture, number);
          else if (what < 80)
            ph_peers_leave (fixture->peers, number);
          else if (what < 82)
            ph_peers_leave_all (fixture->peers);
          else
            {
              g_autofree char *is = NULL;

              ph_peers_flush (fixture->peers);
              is = list (fixture);
            }
          g_assert_cmpuint (ph_names_count (fixture->names), <=, 40);
        }
      fixture_free (fixture);
    }
}

static void
test_items_tell_their_properties (void)
{
  Fixture *fixture = fixture_new (10, PH_PEERS_AS_JOINED);
  g_autofree char *address = NULL;
  guint number;

  name (fixture, 7);
  ph_peers_flush (fixture->peers);
  g_object_get (g_ptr_array_index (fixture->mirror, 0), "number", &number, "address", &address, NULL);
  g_assert_cmpuint (number, ==, 7);
  g_assert_cmpstr (address, ==, "a:7");
  g_assert_true (g_list_model_get_item_type (G_LIST_MODEL (fixture->peers)) == PH_TYPE_PEER);
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (fixture->peers), 1));
  fixture_free (fixture);
}

/* ---- what the records of each add up to ---- */

#define NS G_GINT64_CONSTANT (1000000000)

/* All that are remembered, a word each: number, first–last seen, received and sent as bytes/packets, and the rate in
 * the given second; ! for those that one cannot send to. */
static void
assert_all (Fixture *fixture, GListStore *list, gint64 second, const char *expected)
{
  g_autoptr (GString) out = g_string_new (NULL);

  ph_peers_show_all (fixture->peers, list, second);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++)
    {
      g_autoptr (PhPeer) peer = g_list_model_get_item (G_LIST_MODEL (list), i);
      const PhPeerStats *stats = ph_peer_get_stats (peer);

      g_string_append_printf (out, "%s%s%u:%d-%d+%d/%d-%d/%d@%d", i > 0 ? " " : "",
                              ph_peer_is_listed (peer) ? "" : "!", ph_peer_get_number (peer),
                              (int) (stats->first_seen / NS), (int) (stats->last_seen / NS),
                              (int) stats->bytes[PH_RATE_RX], (int) stats->packets[PH_RATE_RX],
                              (int) stats->bytes[PH_RATE_TX], (int) stats->packets[PH_RATE_TX],
                              (int) ph_peer_get_rate (peer));
    }
  g_assert_cmpstr (out->str, ==, expected);
}

static void
test_what_each_sent_and_got_adds_up (void)
{
  Fixture *fixture = fixture_new (10, PH_PEERS_AS_JOINED);
  g_autoptr (GListStore) list = g_list_store_new (PH_TYPE_PEER);

  name (fixture, 1);
  name (fixture, 2);
  ph_peers_see (fixture->peers, 1, 5 * NS);
  ph_peers_add (fixture->peers, 1, 6 * NS, PH_RATE_RX, 10, 1);
  ph_peers_add (fixture->peers, 1, 7 * NS, PH_RATE_RX, 20, 1);
  ph_peers_add (fixture->peers, 2, 7 * NS, PH_RATE_TX, 7, 1);
  ph_peers_add (fixture->peers, 1, 8 * NS, PH_RATE_TX, 1, 0);
  ph_peers_add (fixture->peers, 77, 8 * NS, PH_RATE_TX, 1, 1);
  assert_all (fixture, list, 7, "1:5-7+30/2-1/0@20 2:0-0+0/0-7/1@7");
  assert_all (fixture, list, 8, "1:5-7+30/2-1/0@1 2:0-0+0/0-7/1@0");
  assert_all (fixture, list, 9, "1:5-7+30/2-1/0@0 2:0-0+0/0-7/1@0");
  fixture_free (fixture);
}

/* What was received has the kernel's time, and may stand behind what was sent a little later. */
static void
test_what_comes_a_little_late_belongs_to_its_second (void)
{
  Fixture *fixture = fixture_new (10, PH_PEERS_AS_JOINED);
  g_autoptr (GListStore) list = g_list_store_new (PH_TYPE_PEER);

  name (fixture, 1);
  ph_peers_add (fixture->peers, 1, 9 * NS, PH_RATE_RX, 100, 1);
  ph_peers_add (fixture->peers, 1, 10 * NS, PH_RATE_TX, 5, 1);
  ph_peers_add (fixture->peers, 1, 10 * NS - 1, PH_RATE_RX, 20, 1);
  ph_peers_add (fixture->peers, 1, 10 * NS + 1, PH_RATE_TX, 3, 1);
  assert_all (fixture, list, 9, "1:9-9+120/2-8/2@120");
  assert_all (fixture, list, 10, "1:9-9+120/2-8/2@8");
  ph_peers_add (fixture->peers, 1, 3 * NS, PH_RATE_RX, 1, 1); /* the clock was set */
  assert_all (fixture, list, 3, "1:9-9+121/3-8/2@1");
  fixture_free (fixture);
}

static void
test_what_goes_to_all_went_to_those_who_were_there (void)
{
  Fixture *fixture = fixture_new (10, PH_PEERS_AS_JOINED);
  g_autoptr (GListStore) list = g_list_store_new (PH_TYPE_PEER);

  name (fixture, 1);
  ph_peers_add (fixture->peers, PH_PEER_ALL, 1 * NS, PH_RATE_TX, 10, 1);
  name (fixture, 2);
  ph_peers_add (fixture->peers, PH_PEER_ALL, 3 * NS, PH_RATE_TX, 5, 1);
  ph_peers_leave (fixture->peers, 1);
  ph_peers_add (fixture->peers, PH_PEER_ALL, 5 * NS, PH_RATE_TX, 1, 1);
  assert_all (fixture, list, 5, "!1:0-0+0/0-15/2@0 2:0-0+0/0-6/2@1");
  fixture_free (fixture);
}

static void
test_an_address_heard_again_goes_on_adding_up (void)
{
  Fixture *fixture = fixture_new (10, PH_PEERS_NEWEST_FIRST);
  g_autoptr (GListStore) list = g_list_store_new (PH_TYPE_PEER);

  name (fixture, 1);
  ph_peers_add (fixture->peers, 1, 1 * NS, PH_RATE_RX, 10, 1);
  assert_all (fixture, list, 0, "1:1-1+10/1-0/0@0");
  name_as (fixture, 2, "a:1", TRUE);
  ph_peers_add (fixture->peers, 2, 9 * NS, PH_RATE_RX, 5, 1);
  assert_all (fixture, list, 9, "2:1-9+15/2-0/0@5");
  fixture_free (fixture);
}

/* A capture that was saved from memory begins with the names that were known, and may tell them again. */
static void
test_a_number_that_stepped_aside_is_in_the_table_when_it_is_named_again (void)
{
  Fixture *fixture = fixture_new (10, PH_PEERS_NEWEST_FIRST);
  g_autoptr (GListStore) list = g_list_store_new (PH_TYPE_PEER);

  name (fixture, 1);
  name_as (fixture, 2, "a:1", TRUE);
  assert_all (fixture, list, 0, "2:0-0+0/0-0/0@0");
  name (fixture, 1);
  ph_peers_add (fixture->peers, 1, 1 * NS, PH_RATE_RX, 10, 1);
  assert_all (fixture, list, 1, "1:1-1+10/1-0/0@10");
  name_as (fixture, 2, "a:1", TRUE);
  assert_all (fixture, list, 1, "2:1-1+10/1-0/0@10");
  fixture_free (fixture);
}

typedef struct
{
  gboolean named, listed, in_table;
  guint address;
  guint64 received;
} Naive;

#define NUMBERS 30u

static void
name_naively (Naive *all, guint32 number, guint address, gboolean listed)
{
  Naive new = { .named = TRUE, .listed = listed, .in_table = TRUE, .address = address };

  for (guint32 i = 0; i < NUMBERS; i++)
    if (listed && i != number && all[i].listed && all[i].address == address)
      {
        new.received = all[i].received;
        all[i].listed = all[i].in_table = FALSE;
      }
  all[number] = new;
}

static void
assert_as_naive (Fixture *fixture, GListStore *list, const Naive *all)
{
  guint n_table = 0, n_listed = 0;

  ph_peers_flush (fixture->peers);
  ph_peers_show_all (fixture->peers, list, 0);
  for (guint32 i = 0; i < NUMBERS; i++)
    {
      n_table += all[i].in_table;
      n_listed += all[i].listed;
    }
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->peers)), ==, n_listed);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, n_table);
  for (guint i = 0; i < n_table; i++)
    {
      g_autoptr (PhPeer) peer = g_list_model_get_item (G_LIST_MODEL (list), i);
      const Naive *one = &all[ph_peer_get_number (peer)];
      g_autofree char *address = g_strdup_printf ("a:%u", one->address);

      g_assert_true (one->in_table);
      g_assert_cmpint (ph_peer_is_listed (peer), ==, one->listed);
      g_assert_cmpstr (ph_peer_get_address (peer), ==, address);
      g_assert_cmpuint (ph_peer_get_stats (peer)->bytes[PH_RATE_RX], ==, one->received);
    }
}

static void
test_random_names_make_the_table_that_a_naive_one_makes (void)
{
  for (guint round = 0; round < 20; round++)
    {
      Fixture *fixture = fixture_new (NUMBERS, round % 2 ? PH_PEERS_AS_JOINED : PH_PEERS_NEWEST_FIRST);
      g_autoptr (GListStore) list = g_list_store_new (PH_TYPE_PEER);
      Naive all[NUMBERS] = { 0 };

      for (guint i = 0; i < 200; i++)
        {
          guint32 number = (guint32) g_test_rand_int_range (0, NUMBERS);
          guint what = (guint) g_test_rand_int_range (0, 100), address = (guint) g_test_rand_int_range (0, 12);
          g_autofree char *text = g_strdup_printf ("a:%u", address);

          if (what < 50)
            {
              name_naively (all, number, address, what < 45);
              name_as (fixture, number, text, what < 45);
            }
          else if (what < 80)
            {
              all[number].received += all[number].named ? what : 0;
              ph_peers_add (fixture->peers, number, 0, PH_RATE_RX, what, 1);
            }
          else if (what < 98)
            {
              all[number].listed = FALSE;
              ph_peers_leave (fixture->peers, number);
            }
          else
            {
              for (guint32 n = 0; n < NUMBERS; n++)
                all[n].listed = FALSE;
              ph_peers_leave_all (fixture->peers);
            }
          if (i % 3 == 0)
            assert_as_naive (fixture, list, all);
        }
      fixture_free (fixture);
    }
}

static void
test_the_table_changes_only_where_something_changed (void)
{
  Fixture *fixture = fixture_new (3, PH_PEERS_AS_JOINED);
  g_autoptr (GListStore) list = g_list_store_new (PH_TYPE_PEER);

  g_assert_false (ph_peers_show_all (fixture->peers, list, 0));
  for (guint32 number = 1; number <= 3; number++)
    name (fixture, number);
  g_assert_true (ph_peers_show_all (fixture->peers, list, 0));
  g_assert_false (ph_peers_show_all (fixture->peers, list, 0));
  ph_peers_add (fixture->peers, 2, 1 * NS, PH_RATE_RX, 1, 1);
  g_assert_true (ph_peers_show_all (fixture->peers, list, 1));
  g_assert_true (ph_peers_show_all (fixture->peers, list, 2));
  g_assert_false (ph_peers_show_all (fixture->peers, list, 3));
  name (fixture, 4);
  assert_all (fixture, list, 3, "2:1-1+1/1-0/0@0 3:0-0+0/0-0/0@0 4:0-0+0/0-0/0@0");
  fixture_free (fixture);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define TEST(function) g_test_add_func ("/peers/" #function, test_##function)
  TEST (nothing_changes_before_the_flush);
  TEST (who_came_and_left_between_flushes_is_never_listed);
  TEST (unknown_numbers_are_no_harm);
  TEST (ten_thousand_join_and_leave_with_one_change_each);
  TEST (the_rest_of_the_list_stays_the_same_objects);
  TEST (the_limit_forgets_who_left_first_and_then_the_oldest);
  TEST (the_real_limit_holds);
  TEST (the_same_address_with_a_new_number_takes_the_place);
  TEST (a_number_may_get_another_address);
  TEST (random_comings_and_goings);
  TEST (items_tell_their_properties);
  TEST (what_each_sent_and_got_adds_up);
  TEST (what_comes_a_little_late_belongs_to_its_second);
  TEST (what_goes_to_all_went_to_those_who_were_there);
  TEST (an_address_heard_again_goes_on_adding_up);
  TEST (a_number_that_stepped_aside_is_in_the_table_when_it_is_named_again);
  TEST (random_names_make_the_table_that_a_naive_one_makes);
  TEST (the_table_changes_only_where_something_changed);

  return g_test_run ();
}
