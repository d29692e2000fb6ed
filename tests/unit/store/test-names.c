/* test-names.c: what numbers stand for is learned from records, within limits, and can be told to another table
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-marks.h"
#include "ph-names.h"

#include <string.h>

static void
feed (PhNames *names, PhRecordKind kind, guint32 peer, guint16 detail, guint16 flags, const char *text)
{
  const PhRecord record = { .kind = (guint8) kind, .peer = peer, .detail = detail, .flags = flags,
                            .length = (guint32) strlen (text) };

  ph_names_record (names, &record, (const guint8 *) text);
}

static void
feed_peer (PhNames *names, guint32 peer, const char *address)
{
  feed (names, PH_RECORD_JOINED, peer, 0, 0, address);
}

static const PhDestination *
destination (PhNames *names, guint16 number)
{
  return ph_names_get_destination (names, &(PhRecord) { .kind = PH_RECORD_IN, .detail = number });
}

static void
test_peers_and_destinations_are_known_by_number (void)
{
  g_autoptr (PhNames) names = ph_names_new (10, NULL, NULL);

  g_assert_null (ph_names_get_peer (names, 1));
  g_assert_null (destination (names, 3));
  feed_peer (names, 1, "a:1");
  feed (names, PH_RECORD_PEER, G_MAXUINT32 - 1, 0, 0, "b:1");
  feed (names, PH_RECORD_DESTINATION, 0, 3, PH_RECORD_UNUSUAL, "239.1.1.1");
  g_assert_cmpstr (ph_names_get_peer (names, 1), ==, "a:1");
  g_assert_cmpstr (ph_names_get_peer (names, G_MAXUINT32 - 1), ==, "b:1");
  g_assert_cmpstr (destination (names, 3)->address, ==, "239.1.1.1");
  g_assert_true (destination (names, 3)->unusual);
  g_assert_null (destination (names, 2));
  g_assert_null (ph_names_get_destination (names, &(PhRecord) { .kind = PH_RECORD_OUT, .detail = 3 }));
  feed_peer (names, 1, "c:1");
  g_assert_cmpstr (ph_names_get_peer (names, 1), ==, "c:1");
  g_assert_cmpuint (ph_names_count (names), ==, 2);
}

static void
test_two_local_addresses_are_known_and_no_more (void)
{
  g_autoptr (PhNames) names = ph_names_new (10, NULL, NULL);

  feed (names, PH_RECORD_OPENING, 0, PH_OPENING_DATAGRAMS, 0, "");
  feed (names, PH_RECORD_OPEN, 0, 0, 0, "0.0.0.0:80");
  feed (names, PH_RECORD_OPEN, 0, 0, 0, "[::]:80");
  g_assert_cmpstr (ph_names_get_local (names), ==, "0.0.0.0:80" PH_NAMES_AND "[::]:80");
  feed (names, PH_RECORD_OPEN, 0, 0, 0, "[::1]:80");
  g_assert_cmpstr (ph_names_get_local (names), ==, "[::1]:80");
  feed (names, PH_RECORD_OPENING, 0, PH_OPENING_DATAGRAMS, 0, "");
  g_assert_null (ph_names_get_local (names));
}

static void
test_the_local_address_is_known_while_something_is_open (void)
{
  g_autoptr (PhNames) names = ph_names_new (10, NULL, NULL);

  feed (names, PH_RECORD_OPENING, 0, PH_OPENING_STREAM, 0, "");
  g_assert_null (ph_names_get_local (names));
  g_assert_true (ph_names_is_stream (names));
  feed (names, PH_RECORD_OPEN, 0, 0, 0, "127.0.0.1:80");
  g_assert_cmpstr (ph_names_get_local (names), ==, "127.0.0.1:80");
  feed (names, PH_RECORD_CLOSED, 0, 0, 0, "");
  g_assert_null (ph_names_get_local (names));
  feed (names, PH_RECORD_OPENING, 0, PH_OPENING_DATAGRAMS, 0, "");
  g_assert_false (ph_names_is_stream (names));
}

static void
count_cb (PhName *name, gpointer n)
{
  g_assert_true (name->data == n);
  (*(guint *) n)++;
}

static void
test_at_the_limit_who_left_first_goes_and_then_the_oldest (void)
{
  guint forgotten = 0;
  PhNames *names = ph_names_new (4, count_cb, &forgotten);

  for (guint i = 1; i <= 4; i++)
    {
      feed_peer (names, i, "a:1");
      ph_names_find (names, i)->data = i % 2 == 0 ? &forgotten : NULL;
    }
  feed (names, PH_RECORD_LEFT, 3, PH_LEFT_CLOSED, 0, "");
  feed (names, PH_RECORD_LEFT, 2, PH_LEFT_CLOSED, 0, "");
  feed (names, PH_RECORD_LEFT, 2, PH_LEFT_CLOSED, 0, "");
  feed (names, PH_RECORD_LEFT, 77, PH_LEFT_CLOSED, 0, "");
  feed_peer (names, 5, "a:5");
  g_assert_null (ph_names_get_peer (names, 3));
  g_assert_nonnull (ph_names_get_peer (names, 2));
  g_assert_cmpuint (forgotten, ==, 0); /* it had no data */
  feed_peer (names, 6, "a:6");
  g_assert_null (ph_names_get_peer (names, 2));
  g_assert_cmpuint (forgotten, ==, 1);
  feed_peer (names, 7, "a:7");
  g_assert_null (ph_names_get_peer (names, 1));
  g_assert_cmpuint (ph_names_first (names)->number, ==, 4);
  g_assert_cmpuint (ph_names_last (names)->number, ==, 7);
  g_assert_cmpuint (ph_names_count (names), ==, 4);
  ph_names_free (names);
  g_assert_cmpuint (forgotten, ==, 2);
}

static void
test_connections_go_with_their_opening_and_datagram_peers_do_not (void)
{
  g_autoptr (PhNames) names = ph_names_new (10, NULL, NULL);

  feed (names, PH_RECORD_OPENING, 0, PH_OPENING_DATAGRAMS, 0, "");
  feed_peer (names, 1, "a:1");
  feed (names, PH_RECORD_CLOSED, 0, 0, 0, "");
  g_assert_cmpuint (ph_names_first (names)->number, ==, 1);
  feed (names, PH_RECORD_OPENING, 0, PH_OPENING_STREAM, 0, "");
  g_assert_null (ph_names_first (names));
  feed_peer (names, 2, "a:1");
  feed (names, PH_RECORD_CLOSED, 0, 0, 0, "");
  g_assert_null (ph_names_first (names));
  g_assert_cmpstr (ph_names_get_peer (names, 1), ==, "a:1");
}

static void
test_whatever_a_file_claims_a_name_is_short_and_utf8 (void)
{
  g_autoptr (PhNames) names = ph_names_new (10, NULL, NULL);
  g_autofree char *bytes = g_malloc (100000);
  const PhRecord record = { .kind = PH_RECORD_PEER, .peer = 1, .length = 100000 };
  const char *address;

  memset (bytes, 0xE4, 100000);
  ph_names_record (names, &record, (const guint8 *) bytes);
  address = ph_names_get_peer (names, 1);
  g_assert_true (g_utf8_validate (address, -1, NULL));
  g_assert_cmpuint (strlen (address), <=, PH_MARKS_NAME_MAX);
}

static void
test_whatever_a_file_claims_a_name_does_nothing_to_a_terminal (void)
{
  g_autoptr (PhNames) names = ph_names_new (10, NULL, NULL);

  feed_peer (names, 1, "\033[31m\r\n12:00 forged\342\200\256");
  feed (names, PH_RECORD_DESTINATION, 0, 3, 0, "\a");
  g_assert_cmpstr (ph_names_get_peer (names, 1), ==, "⟨ESC⟩[31m⟨CR⟩⟨LF⟩12:00 forged⟨U+202E⟩");
  g_assert_cmpstr (destination (names, 3)->address, ==, "⟨BEL⟩");
}

static void
feed_cb (const PhRecord *record, const char *text, gpointer names)
{
  ph_names_record (names, record, (const guint8 *) text);
}

static void
test_another_table_learns_all_of_it (void)
{
  g_autoptr (PhNames) names = ph_names_new (10, NULL, NULL), other = ph_names_new (2, NULL, NULL);

  for (guint i = 1; i <= 3; i++)
    feed_peer (names, i, i == 2 ? "a:2" : "a:1");
  feed (names, PH_RECORD_LEFT, 3, PH_LEFT_CLOSED, 0, "");
  feed (names, PH_RECORD_DESTINATION, 0, 7, PH_RECORD_UNUSUAL, "255.255.255.255");
  ph_names_foreach (names, feed_cb, other);
  g_assert_cmpstr (ph_names_get_peer (other, 2), ==, "a:2");
  g_assert_cmpstr (ph_names_get_peer (other, 1), ==, "a:1");
  g_assert_null (ph_names_get_peer (other, 3)); /* there is no room for who has left */
  g_assert_cmpstr (destination (other, 7)->address, ==, "255.255.255.255");
  g_assert_true (destination (other, 7)->unusual);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, name) g_test_add_func ("/names/" path, test_##name)
  ADD ("peers-and-destinations-are-known-by-number", peers_and_destinations_are_known_by_number);
  ADD ("two-local-addresses-are-known-and-no-more", two_local_addresses_are_known_and_no_more);
  ADD ("the-local-address-is-known-while-something-is-open", the_local_address_is_known_while_something_is_open);
  ADD ("at-the-limit-who-left-first-goes-and-then-the-oldest", at_the_limit_who_left_first_goes_and_then_the_oldest);
  ADD ("connections-go-with-their-opening-and-datagram-peers-do-not",
       connections_go_with_their_opening_and_datagram_peers_do_not);
  ADD ("whatever-a-file-claims-a-name-is-short-and-utf8", whatever_a_file_claims_a_name_is_short_and_utf8);
  ADD ("whatever-a-file-claims-a-name-does-nothing-to-a-terminal", whatever_a_file_claims_a_name_does_nothing_to_a_terminal);
  ADD ("another-table-learns-all-of-it", another_table_learns_all_of_it);
#undef ADD

  return g_test_run ();
}
