/* test-destination.c: the destination address of datagrams in records
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "fixture.h"

#include <string.h>

#define GROUP "239.77.88.99"

/* The next data; what is named on the way is written to @ret_named, "127.0.0.1" or with a mark "!239.1.1.1", and its number. */
static guint16
expect_from (Net *net, const char *text, GString *named)
{
  guint16 number = 0;

  g_string_truncate (named, 0);
  for (;;)
    {
      net_next (net);
      if (net->record.kind == PH_RECORD_IN)
        break;
      if (net->record.kind != PH_RECORD_DESTINATION)
        continue;
      g_string_append_printf (named, "%s%s", (net->record.flags & PH_RECORD_UNUSUAL) != 0 ? "!" : "", net->payload);
      number = net->record.detail;
    }
  g_assert_cmpmem (net->payload, net->record.length, text, strlen (text));
  if (named->len > 0)
    g_assert_cmpuint (net->record.detail, ==, number);

  return net->record.detail;
}

static void
test_a_socket_bound_to_one_address_names_none (void)
{
  Net *net = net_new ();
  int port, fd = peer_socket (PH_SOCKET_UDP, "127.0.0.1", &port);
  g_autoptr (GString) named = g_string_new (NULL);

  net_open (net, "udp", "127.0.0.1", 0, "", PH_PORT_UNSET);
  net_expect (net, PH_RECORD_OPEN);
  g_assert_cmpuint (net->record.detail, >=, 64); /* KiB that its buffer holds */
  peer_send_to (fd, net->port, "here", 4);
  g_assert_cmpuint (expect_from (net, "here", named), ==, 0);
  g_assert_cmpstr (named->str, ==, "");
  peer_close (fd);
  net_free (net);
}

static void
test_each_destination_is_named_once_and_only_the_first_own_address_is_usual (void)
{
  Net *net = net_new ();
  int port, fd = peer_socket (PH_SOCKET_UDP, "127.0.0.1", &port);
  g_autoptr (GString) named = g_string_new (NULL);
  guint16 usual, other;

  net_open (net, "udp", "0.0.0.0", 0, "", PH_PORT_UNSET);
  net_expect (net, PH_RECORD_OPEN);
  peer_send_to (fd, net->port, "one", 3);
  usual = expect_from (net, "one", named);
  g_assert_cmpstr (named->str, ==, "127.0.0.1");
  g_assert_cmpuint (usual, >, 0);

  if (!peer_send_to_host (fd, "127.0.0.2", net->port, "two", 3))
    {
      g_test_skip ("127.0.0.2 is not this machine here");
      goto end;
    }
  other = expect_from (net, "two", named);
  g_assert_cmpstr (named->str, ==, "!127.0.0.2");
  g_assert_cmpuint (other, !=, usual);

  for (int i = 0; i < 100; i++)
    peer_send_to_host (fd, i % 2 == 0 ? "127.0.0.1" : "127.0.0.2", net->port, &i, sizeof i);
  for (int i = 0; i < 100; i++)
    {
      net_next (net);
      g_assert_cmpuint (net->record.kind, ==, PH_RECORD_IN);
      g_assert_cmpmem (net->payload, net->record.length, &i, sizeof i);
      g_assert_cmpuint (net->record.detail, ==, i % 2 == 0 ? usual : other);
    }

  /* Another opening names them anew, and no number stands for two addresses. */
  net_close (net);
  net_open (net, "udp", "0.0.0.0", 0, "", PH_PORT_UNSET);
  net_expect (net, PH_RECORD_OPEN);
  peer_send_to (fd, net->port, "three", 5);
  g_assert_cmpuint (expect_from (net, "three", named), >, MAX (usual, other));
end:
  peer_close (fd);
  net_free (net);
}

static G_GNUC_UNUSED void
test_groups_and_broadcasts_are_worth_showing (void)
{
  static const char *const unusual[] = { GROUP, "127.255.255.255" };
  Net *net = net_new ();
  int port, fd = peer_socket (PH_SOCKET_UDP, "127.0.0.1", &port), member = peer_socket (PH_SOCKET_UDP, "0.0.0.0", &port);
  g_autoptr (GString) named = g_string_new (NULL);

  net_open (net, "udp", "0.0.0.0", 0, "", PH_PORT_UNSET);
  net_expect (net, PH_RECORD_OPEN);
  if (!peer_join (fd, GROUP) || !peer_join (member, GROUP))
    g_test_skip ("no group can be joined on loopback here");
  else
    for (gsize i = 0; i < G_N_ELEMENTS (unusual); i++)
      {
        g_autofree char *expected = g_strconcat ("!", unusual[i], NULL);

        if (!peer_send_to_host (fd, unusual[i], net->port, "all", 3))
          continue;
        expect_from (net, "all", named);
        g_assert_cmpstr (named->str, ==, expected);
      }
  peer_close (member);
  peer_close (fd);
  net_free (net);
}

static void
test_more_destinations_than_are_told_apart_lose_no_datagram (void)
{
  enum { MANY = PH_LIMIT_DESTINATIONS + 50 };
  Net *net = net_new ();
  int port, fd = peer_socket (PH_SOCKET_UDP, "127.0.0.1", &port);
  guint named = 0, without = 0, got = 0;

  net_open (net, "udp", "0.0.0.0", 0, "", PH_PORT_UNSET);
  net_expect (net, PH_RECORD_OPEN);
  for (int i = 0; i < MANY; i++)
    {
      g_autofree char *host = g_strdup_printf ("127.0.%d.%d", i / 200, i % 200 + 1);

      if (!peer_send_to_host (fd, host, net->port, &i, sizeof i))
        {
          g_test_skip ("only 127.0.0.1 is this machine here");
          goto end;
        }
    }
  while (got < MANY)
    {
      net_next (net);
      named += net->record.kind == PH_RECORD_DESTINATION;
      if (net->record.kind != PH_RECORD_IN)
        continue;
      g_assert_cmpmem (net->payload, net->record.length, &got, sizeof got);
      without += net->record.detail == 0;
      got++;
    }
  g_assert_cmpuint (named, ==, PH_LIMIT_DESTINATIONS);
  g_assert_cmpuint (without, ==, MANY - PH_LIMIT_DESTINATIONS);
end:
  peer_close (fd);
  net_free (net);
}

static void
test_ipv6_destinations_are_told_too (void)
{
  Net *net = net_new ();
  g_autoptr (GString) named = g_string_new (NULL);

  net_open (net, "udp", "::", 0, "", PH_PORT_UNSET);
  do
    net_next (net);
  while (net->record.kind == PH_RECORD_OPENING);
  if (net->record.kind == PH_RECORD_ERROR)
    {
      g_test_skip ("this machine has no IPv6");
      net_free (net);
      return;
    }
  net_send (net, PH_PEER_NONE, "::1", net->port, "six", 3);
  expect_from (net, "six", named);
  g_assert_cmpstr (named->str, ==, "::1");
  net_free (net);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/destination/a-socket-bound-to-one-address-names-none", test_a_socket_bound_to_one_address_names_none);
  g_test_add_func ("/destination/each-is-named-once-and-only-the-first-own-address-is-usual",
                   test_each_destination_is_named_once_and_only_the_first_own_address_is_usual);
#ifdef __linux__ /* elsewhere a socket hears no group that it has not joined itself */
  g_test_add_func ("/destination/groups-and-broadcasts-are-worth-showing", test_groups_and_broadcasts_are_worth_showing);
#endif
  g_test_add_func ("/destination/more-than-are-told-apart-lose-no-datagram",
                   test_more_destinations_than_are_told_apart_lose_no_datagram);
  g_test_add_func ("/destination/ipv6-destinations-are-told-too", test_ipv6_destinations_are_told_too);

  return g_test_run ();
}
