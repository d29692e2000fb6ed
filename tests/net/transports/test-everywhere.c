/* test-everywhere.c: an empty local address is all addresses of both families
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "fixture.h"

#include <string.h>

static const char *const transports[] = { "udp", "tcp-server" };

/* A socket of @family that is bound to all its addresses; TCP ones listen. @port: (inout) */
static PhFd
occupy (PhSocketType type, PhFamily family, int *port)
{
  PhFd fd = ph_plat_socket (type, family, NULL);
  PhAddr addr;

  if (fd == PH_FD_NONE)
    return PH_FD_NONE;
  g_assert_true (ph_plat_addr_parse (family == PH_FAMILY_IPV4 ? "0.0.0.0" : "::", (guint16) *port, &addr));
  ph_plat_set_option (fd, family, PH_OPTION_V6_ONLY, 1, NULL);
  g_assert_true (ph_plat_bind (fd, &addr, NULL));
  g_assert_true (type == PH_SOCKET_UDP || ph_plat_listen (fd, 1, NULL));
  g_assert_true (ph_plat_local_addr (fd, &addr));
  *port = addr.port;

  return fd;
}

static gboolean
has_ipv6 (void)
{
  PhFd fd = ph_plat_socket (PH_SOCKET_UDP, PH_FAMILY_IPV6, NULL);
  PhAddr addr;
  gboolean has = fd != PH_FD_NONE && ph_plat_addr_parse ("::1", 0, &addr) && ph_plat_bind (fd, &addr, NULL);

  if (fd != PH_FD_NONE)
    ph_plat_close (fd);
  if (!has)
    g_test_skip ("this machine has no IPv6");

  return has;
}

static void
expect_open (Net *net, const char *host)
{
  g_autofree char *start = g_strconcat (host, ":", NULL);

  net_expect (net, PH_RECORD_OPEN);
  if (!g_str_has_prefix (net->payload, start))
    g_error ("%s is open, not %s", net->payload, host);
}

/* Returns the port. */
static int
open_both (Net *net, const char *transport, int port)
{
  net_open (net, transport, "", port, "", PH_PORT_UNSET);
  expect_open (net, "0.0.0.0");
  port = net->port;
  expect_open (net, "[::]");
  g_assert_cmpint (net->port, ==, port);

  return port;
}

static void
test_both_families_are_open_on_one_port_and_ipv4_is_told_first (void)
{
  if (!has_ipv6 ())
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (transports); i++)
    {
      Net *net = net_new ();
      int port = open_both (net, transports[i], PH_PORT_UNSET);

      net_close (net);
      g_assert_cmpint (open_both (net, transports[i], port), ==, port);
      net_close (net);
      net_free (net);
    }
}

static void
test_datagrams_of_both_families_arrive_and_are_answered (void)
{
  static const char *const hosts[] = { "127.0.0.1", "::1", "127.0.0.1" };
  Net *net;
  int port;

  if (!has_ipv6 ())
    return;
  net = net_new ();
  port = open_both (net, "udp", PH_PORT_UNSET);
  for (gsize i = 0; i < G_N_ELEMENTS (hosts); i++)
    {
      Net *peer = net_new ();

      net_open (peer, "udp", hosts[i], 0, "", PH_PORT_UNSET);
      net_expect (peer, PH_RECORD_OPEN);
      net_send (peer, PH_PEER_NONE, hosts[i], port, "question", 8);
      net_expect_text (net, PH_RECORD_IN, "question");
      net_send_text (net, net->peer, "answer");
      net_expect_text (peer, PH_RECORD_OUT, "question");
      net_expect_text (peer, PH_RECORD_IN, "answer");
      net_expect (net, PH_RECORD_OUT);
      net_send (net, PH_PEER_NONE, hosts[i], peer->port, "by address", 10);
      net_expect_text (peer, PH_RECORD_IN, "by address");
      net_expect (net, PH_RECORD_OUT);
      net_send (net, PH_PEER_NONE, NULL, PH_PORT_UNSET, "to the last", 11);
      net_expect_text (peer, PH_RECORD_IN, "to the last");
      net_expect (net, PH_RECORD_OUT);
      net_free (peer);
    }
  net_free (net);
}

static Net *
client_of (Net *server, const char *host)
{
  Net *client = net_new ();

  net_open (client, "tcp-client", "", PH_PORT_UNSET, host, server->port);
  net_expect (client, PH_RECORD_OPEN);

  return client;
}

static void
test_clients_of_both_families_join_and_the_limit_counts_them_together (void)
{
  static const char *const hosts[] = { "::1", "127.0.0.1", "::1", "127.0.0.1" };
  Net *net, *clients[G_N_ELEMENTS (hosts)];
  PhEndpoint *endpoint;

  if (!has_ipv6 ())
    return;
  net = net_new ();
  endpoint = ph_endpoint_new ("tcp-server");
  ph_endpoint_set_option (endpoint, "max-clients", 2, NULL);
  ph_endpoint_set_option (endpoint, "half-close", 20, NULL);
  net_open_endpoint (net, endpoint);
  expect_open (net, "0.0.0.0");
  expect_open (net, "[::]");
  for (gsize i = 0; i < G_N_ELEMENTS (hosts); i++)
    {
      clients[i] = client_of (net, hosts[i]);
      if (i < 2)
        net_expect (net, PH_RECORD_JOINED);
      if (i == 2)
        net_expect (net, PH_RECORD_ERROR); /* once: neither family is accepted from */
    }
  g_assert_cmpuint (net->record.detail, ==, PH_ERROR_LIMIT);
  net_free (clients[0]);
  net_free (clients[1]);
  for (guint joined = 0; joined < 2;)
    {
      net_next (net);
      joined += net->record.kind == PH_RECORD_JOINED;
    }
  net_free (clients[2]);
  net_free (clients[3]);
  net_free (net);
}

static void
test_a_port_that_is_taken_in_one_family_is_told_and_the_other_is_open (void)
{
  static const PhFamily families[] = { PH_FAMILY_IPV6, PH_FAMILY_IPV4 };

  if (!has_ipv6 ())
    return;
  for (gsize i = 0; i < 4; i++)
    {
      const char *transport = transports[i % 2], *open = i / 2 == 0 ? "0.0.0.0" : "[::]", *taken = i / 2 == 0 ? "[::]" : "0.0.0.0";
      Net *net = net_new ();
      g_autofree char *where = NULL;
      int port = 0;
      PhFd fd = occupy (i % 2 == 0 ? PH_SOCKET_UDP : PH_SOCKET_TCP, families[i / 2], &port);

      where = g_strdup_printf ("%s:%d", taken, port);
      net_open (net, transport, "", port, "", PH_PORT_UNSET);
      net_expect (net, PH_RECORD_ERROR);
      g_assert_cmpuint (net->record.detail, ==, PH_ERROR_IN_USE);
      g_assert_cmpuint (net->record.flags & PH_RECORD_FATAL, ==, 0);
      g_assert_cmpstr (ph_words_get (&net->words, "on"), ==, where);
      expect_open (net, open);
      net_close (net);
      ph_plat_close (fd);
      net_free (net);
    }
}

static void
test_a_port_that_is_taken_in_both_families_is_one_error (void)
{
  if (!has_ipv6 ())
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (transports); i++)
    {
      PhSocketType type = i == 0 ? PH_SOCKET_UDP : PH_SOCKET_TCP;
      Net *net = net_new ();
      int port = 0;
      PhFd v6 = occupy (type, PH_FAMILY_IPV6, &port), v4 = occupy (type, PH_FAMILY_IPV4, &port);

      net_open (net, transports[i], "", port, "", PH_PORT_UNSET);
      net_expect (net, PH_RECORD_ERROR);
      g_assert_cmpuint (net->record.detail, ==, PH_ERROR_IN_USE);
      g_assert_cmpuint (net->record.flags & PH_RECORD_FATAL, !=, 0);
      g_assert_true (g_str_has_prefix (ph_words_get (&net->words, "on"), "0.0.0.0:"));
      net_expect (net, PH_RECORD_CLOSED);
      ph_plat_close (v4);
      ph_plat_close (v6);
      net_free (net);
    }
}

static void
test_a_remote_address_opens_its_own_family_only (void)
{
  static const struct
  {
    const char *remote, *open;
  } rows[] = { { "127.0.0.1", "0.0.0.0" }, { "::1", "[::]" }, { "localhost", "0.0.0.0" } };

  if (!has_ipv6 ())
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      Net *net = net_new ();

      net_open (net, "udp", "", PH_PORT_UNSET, rows[i].remote, 9);
      expect_open (net, rows[i].open);
      net_close (net); /* the next record is that of the end */
      net_free (net);
    }
}

static void
test_an_explicit_address_is_one_family_only (void)
{
  static const struct
  {
    const char *local, *open;
  } rows[] = { { "0.0.0.0", "0.0.0.0" }, { "::", "[::]" } };

  if (!has_ipv6 ())
    return;
  for (gsize i = 0; i < 4; i++)
    {
      Net *net = net_new ();

      net_open (net, transports[i % 2], rows[i / 2].local, 0, "", PH_PORT_UNSET);
      expect_open (net, rows[i / 2].open);
      net_close (net);
      net_free (net);
    }
}

int
main (int argc, char **argv)
{
  ph_plat_init ();
  g_test_init (&argc, &argv, NULL);
#define ADD(path, name) g_test_add_func ("/everywhere/" path, test_##name)
  ADD ("both-families-are-open-on-one-port-and-ipv4-is-told-first", both_families_are_open_on_one_port_and_ipv4_is_told_first);
  ADD ("datagrams-of-both-families-arrive-and-are-answered", datagrams_of_both_families_arrive_and_are_answered);
  ADD ("clients-of-both-families-join-and-the-limit-counts-them-together",
       clients_of_both_families_join_and_the_limit_counts_them_together);
  ADD ("a-port-that-is-taken-in-one-family-is-told-and-the-other-is-open",
       a_port_that_is_taken_in_one_family_is_told_and_the_other_is_open);
  ADD ("a-port-that-is-taken-in-both-families-is-one-error", a_port_that_is_taken_in_both_families_is_one_error);
  ADD ("a-remote-address-opens-its-own-family-only", a_remote_address_opens_its_own_family_only);
  ADD ("an-explicit-address-is-one-family-only", an_explicit_address_is_one_family_only);
#undef ADD

  return g_test_run ();
}
