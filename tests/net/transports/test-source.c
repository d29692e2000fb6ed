/* test-source.c: an answer leaves from the address that was asked
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "fixture.h"

#include <string.h>

#define GROUP "239.77.88.98"

static Net *
open_everywhere (const char *responder)
{
  Net *net = net_new ();
  PhEndpoint *endpoint = ph_endpoint_new ("udp");

  ph_place_set_ip (&endpoint->local, "0.0.0.0", 0);
  endpoint->responder = responder;
  net_open_endpoint (net, endpoint);
  net_expect (net, PH_RECORD_OPEN);

  return net;
}

/* Wine takes the source of a datagram and leaves it out. */
static gboolean
can_choose_source (void)
{
#ifdef _WIN32
  int port, fd = peer_socket (PH_SOCKET_UDP, "127.0.0.1", &port);
  PhFd sender = ph_plat_socket (PH_SOCKET_UDP, PH_FAMILY_IPV4, NULL);
  char buffer[8], host[64] = "";
  PhAddr any, from, to;
  PhError code;

  g_assert_true (ph_plat_addr_parse ("0.0.0.0", 0, &any) && ph_plat_bind (sender, &any, NULL));
  g_assert_true (ph_plat_addr_parse ("127.0.0.2", 0, &from) && ph_plat_addr_parse ("127.0.0.1", (guint16) port, &to));
  if (ph_plat_send_to (sender, (const guint8 *) "x", 1, &from, &to, &code) == 1)
    peer_receive_from (fd, buffer, sizeof buffer, host);
  ph_plat_close (sender);
  peer_close (fd);

  return strcmp (host, "127.0.0.2") == 0;
#else
  return TRUE;
#endif
}

static gboolean
ask (int fd, const char *host, Net *net)
{
  if (can_choose_source () && peer_send_to_host (fd, host, net->port, host, strlen (host)))
    return TRUE;
  g_test_skip ("a datagram cannot be sent to 127.0.0.2, or from there");

  return FALSE;
}

static void
expect_from (int fd, const char *text, const char *host)
{
  char buffer[64], from[64];

  g_assert_cmpint (peer_receive_from (fd, buffer, sizeof buffer, from), ==, (gssize) strlen (text));
  g_assert_cmpmem (buffer, strlen (text), text, strlen (text));
  g_assert_cmpstr (from, ==, host);
}

static void
test_an_echo_leaves_from_the_address_that_was_asked (void)
{
  static const char *const hosts[] = { "127.0.0.2", "127.0.0.1", "127.0.0.3", "127.0.0.2" };
  Net *net = open_everywhere ("echo");
  int port, fd = peer_socket (PH_SOCKET_UDP, "127.0.0.1", &port);

  /* All of them before the first answer, so that some are received in one batch. */
  for (gsize i = 0; i < G_N_ELEMENTS (hosts); i++)
    if (!ask (fd, hosts[i], net))
      goto end;
  for (gsize i = 0; i < G_N_ELEMENTS (hosts); i++)
    expect_from (fd, hosts[i], hosts[i]);
end:
  peer_close (fd);
  net_free (net);
}

static void
test_what_is_sent_to_a_known_peer_leaves_from_the_address_it_asked_last (void)
{
  static const char *const hosts[] = { "127.0.0.2", "127.0.0.3", "127.0.0.1" };
  Net *net = open_everywhere (NULL);
  int port, fd = peer_socket (PH_SOCKET_UDP, "127.0.0.1", &port);

  for (gsize i = 0; i < G_N_ELEMENTS (hosts); i++)
    {
      if (!ask (fd, hosts[i], net))
        break;
      net_expect (net, PH_RECORD_IN);
      net_send_text (net, net->peer, "by number");
      expect_from (fd, "by number", hosts[i]);
      net_send (net, PH_PEER_NONE, "127.0.0.1", port, "by address", 10);
      expect_from (fd, "by address", hosts[i]);
      net_send (net, PH_PEER_NONE, NULL, PH_PORT_UNSET, "to the last", 11);
      expect_from (fd, "to the last", hosts[i]);
      for (int j = 0; j < 3; j++)
        net_expect (net, PH_RECORD_OUT);
    }
  peer_close (fd);
  net_free (net);
}

/* A repeat as fast as possible sends many datagrams a call. */
static void
test_a_repeat_leaves_from_the_address_that_was_asked (void)
{
  Net *net = open_everywhere (NULL);
  int port, fd = peer_socket (PH_SOCKET_UDP, "127.0.0.1", &port);
  g_autoptr (GBytes) bytes = g_bytes_new_static ("tick", 4);
  g_autoptr (PhPayload) payload = ph_payload_new_for_bytes (bytes, NULL, NULL);

  if (ask (fd, "127.0.0.2", net))
    {
      net_expect (net, PH_RECORD_IN);
      ph_worker_repeat (net->worker, &(PhTarget){ .peer = net->peer }, payload, NULL, 0, 50);
      for (int i = 0; i < 50; i++)
        expect_from (fd, "tick", "127.0.0.2");
    }
  peer_close (fd);
  net_free (net);
}

/* Nothing can leave from them, so the system chooses the source. */
static G_GNUC_UNUSED void
test_the_answer_to_a_group_or_a_broadcast_leaves_from_an_address_of_this_machine (void)
{
  static const char *const hosts[] = { "127.255.255.255", GROUP };
  Net *net = open_everywhere ("echo");
  int port, fd = peer_socket (PH_SOCKET_UDP, "127.0.0.1", &port), member = peer_socket (PH_SOCKET_UDP, "0.0.0.0", &port);

  if (!peer_join (fd, GROUP) || !peer_join (member, GROUP))
    g_test_skip ("no group can be joined on loopback here");
  else
    for (gsize i = 0; i < G_N_ELEMENTS (hosts); i++)
      if (peer_send_to_host (fd, hosts[i], net->port, "all", 3))
        {
          expect_from (fd, "all", "127.0.0.1");
          do
            net_next (net);
          while (net->record.kind != PH_RECORD_OUT && net->record.kind != PH_RECORD_NOTE);
          g_assert_cmpuint (net->record.kind, ==, PH_RECORD_OUT);
        }
  peer_close (member);
  peer_close (fd);
  net_free (net);
}

/* For a platform, because no test can take an address away from this machine. */
static void
test_an_address_that_is_not_of_this_machine_is_told_apart_from_other_failures (void)
{
  const guint8 byte = 'x';
  const PhBatchItem items[] = { { &byte, 1 }, { &byte, 1 } };
  PhAddr any, to, own, other;
  PhError code = PH_ERROR_NONE;
  PhFd fd = ph_plat_socket (PH_SOCKET_UDP, PH_FAMILY_IPV4, NULL);

  g_assert_true (ph_plat_addr_parse ("0.0.0.0", 0, &any));
  g_assert_true (ph_plat_bind (fd, &any, NULL));
  g_assert_true (ph_plat_local_addr (fd, &to));
  g_assert_true (ph_plat_addr_parse ("127.0.0.1", to.port, &to));
  g_assert_true (ph_plat_addr_parse ("127.0.0.1", 0, &own));
  g_assert_true (ph_plat_addr_parse ("192.0.2.1", 0, &other));
  g_assert_cmpint (ph_plat_send_to (fd, &byte, 1, &own, &to, &code), ==, 1);
  g_assert_cmpuint (ph_plat_send_batch (fd, items, &own, &to, 2, &code), ==, 2);
  if (!peer_can_be_anywhere ())
    {
      g_assert_cmpint (ph_plat_send_to (fd, &byte, 1, &other, &to, &code), ==, -1);
      g_assert_cmpint (code, ==, PH_ERROR_NOT_LOCAL);
      code = PH_ERROR_NONE;
      g_assert_cmpuint (ph_plat_send_batch (fd, items, &other, &to, 2, &code), ==, 0);
      g_assert_cmpint (code, ==, PH_ERROR_NOT_LOCAL);
    }
  ph_plat_close (fd);
}

int
main (int argc, char **argv)
{
  ph_plat_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/source/an-echo-leaves-from-the-address-that-was-asked",
                   test_an_echo_leaves_from_the_address_that_was_asked);
  g_test_add_func ("/source/what-is-sent-to-a-known-peer-leaves-from-the-address-it-asked-last",
                   test_what_is_sent_to_a_known_peer_leaves_from_the_address_it_asked_last);
  g_test_add_func ("/source/a-repeat-leaves-from-the-address-that-was-asked",
                   test_a_repeat_leaves_from_the_address_that_was_asked);
#ifdef __linux__ /* elsewhere a socket hears no group that it has not joined itself */
  g_test_add_func ("/source/the-answer-to-a-group-or-a-broadcast-leaves-from-an-address-of-this-machine",
                   test_the_answer_to_a_group_or_a_broadcast_leaves_from_an_address_of_this_machine);
#endif
  g_test_add_func ("/source/an-address-that-is-not-of-this-machine-is-told-apart",
                   test_an_address_that_is_not_of_this_machine_is_told_apart_from_other_failures);

  return g_test_run ();
}
