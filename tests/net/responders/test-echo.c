/* test-echo.c: what is received is sent back to its peer, once
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "fixture.h"

#include <string.h>

#define READ_MOST (256 * 1024) /* bytes that one read of a stream takes at most */
#define PLENTY (32 * 1024 * 1024) /* bytes, more than the system holds for a peer that does not read */

static Net *
echo_new (const char *transport, const char *local)
{
  Net *net = net_new ();
  PhEndpoint *endpoint = ph_endpoint_new (transport);

  ph_place_set_ip (&endpoint->local, local, 0);
  endpoint->responder = "echo";
  net_open_endpoint (net, endpoint);
  net_expect (net, PH_RECORD_OPEN);

  return net;
}

static void
expect_data (Net *net, PhRecordKind kind, const void *bytes, gsize length, guint32 peer)
{
  net_expect (net, kind);
  g_assert_cmpmem (net->payload, net->record.length, bytes, length);
  g_assert_cmpuint (net->record.peer, ==, peer != 0 ? peer : net->peer);
  g_assert_cmpint ((net->record.flags & PH_RECORD_ANSWER) != 0, ==, kind == PH_RECORD_OUT);
}

static void
test_datagrams_of_every_length_go_back_to_their_senders (void)
{
  static const gsize lengths[] = { 5, 0, 65507, 1, 64, 9000 };
  Net *net = echo_new ("udp", "127.0.0.1");
  g_autofree char *bytes = g_malloc (65507), *back = g_malloc (65508);
  int port, fds[2] = { peer_socket (PH_SOCKET_UDP, "127.0.0.1", &port), peer_socket (PH_SOCKET_UDP, "127.0.0.1", &port) };

  for (gsize i = 0; i < 65507; i++)
    bytes[i] = (char) (i * 31 >> 3);
  for (gsize i = 0; i < 2 * G_N_ELEMENTS (lengths); i++)
    {
      gsize length = lengths[i / 2];
      guint32 peer;

      peer_send_to (fds[i % 2], net->port, bytes, length);
      net_expect (net, PH_RECORD_IN);
      peer = net->record.peer;
      expect_data (net, PH_RECORD_OUT, bytes, length, peer);
      g_assert_cmpint (peer_receive_some (fds[i % 2], back, 65508), ==, (gssize) length);
      g_assert_cmpmem (back, length, bytes, length);
      g_assert_false (peer_has_news (fds[1 - i % 2]));
    }
  peer_close (fds[0]);
  peer_close (fds[1]);
  net_free (net);
}

static void
test_a_batch_goes_back_in_its_order (void)
{
  enum { MANY = 200 };
  Net *net = echo_new ("udp", "127.0.0.1");
  int port, fd = peer_socket (PH_SOCKET_UDP, "127.0.0.1", &port), back;

  for (int i = 0; i < MANY; i++)
    peer_send_to (fd, net->port, &i, sizeof i);
  for (int i = 0; i < MANY; i++)
    {
      g_assert_cmpint (peer_receive_some (fd, &back, sizeof back), ==, sizeof back);
      g_assert_cmpint (back, ==, i);
    }
  peer_close (fd);
  net_free (net);
}

static void
test_each_client_hears_its_own (void)
{
  Net *net = echo_new ("tcp-server", "127.0.0.1");
  int fds[2];
  guint32 peers[2];
  char back[8];

  for (guint i = 0; i < 2; i++)
    {
      fds[i] = peer_connect (net->port);
      net_expect (net, PH_RECORD_JOINED);
      peers[i] = net->peer;
    }
  for (guint i = 0; i < 2; i++)
    {
      const char *text = i == 0 ? "first" : "other";

      g_assert_cmpint (peer_send (fds[i], text, 5), ==, 5);
      expect_data (net, PH_RECORD_IN, text, 5, peers[i]);
      expect_data (net, PH_RECORD_OUT, text, 5, peers[i]);
      peer_receive (fds[i], back, 5);
      g_assert_cmpmem (back, 5, text, 5);
      g_assert_false (peer_has_news (fds[1 - i]));
    }
  /* What came before a FIN goes back too. */
  g_assert_cmpint (peer_send (fds[0], "last", 4), ==, 4);
  g_assert_cmpint (peer_finish (fds[0]), ==, 0);
  peer_receive (fds[0], back, 4);
  g_assert_cmpmem (back, 4, "last", 4);
  peer_close (fds[0]);
  peer_close (fds[1]);
  net_free (net);
}

static gpointer
send_plenty_cb (gpointer fd)
{
  static const char bytes[64 * 1024];
  gsize sent = 0;

  while (sent < PLENTY)
    {
      gssize n = peer_send (GPOINTER_TO_INT (fd), bytes, sizeof bytes);

      g_assert_cmpint (n, >, 0);
      sent += (gsize) n;
    }
  g_assert_cmpint (peer_finish (GPOINTER_TO_INT (fd)), ==, 0);

  return GSIZE_TO_POINTER (sent);
}

static void
test_a_peer_that_does_not_read_is_not_read_from (void)
{
  Net *net = echo_new ("tcp-server", "127.0.0.1");
  int fd = peer_connect (net->port);
  GThread *sender = g_thread_new ("sender", send_plenty_cb, GINT_TO_POINTER (fd)), *reader = NULL;
  gsize in = 0, out = 0, most = 0, sent;

  net_expect (net, PH_RECORD_JOINED);
  do
    {
      net_next (net);
      g_assert_false (net->record.kind == PH_RECORD_LOSS && net->record.detail == PH_LOSS_REFUSED);
      g_assert_cmpuint (net->record.kind, !=, PH_RECORD_ERROR);
      if (net->record.kind == PH_RECORD_IN)
        in += net->record.length;
      if (net->record.kind == PH_RECORD_OUT)
        out += net->record.length;
      most = MAX (most, in - out);
      if (in > 1024 * 1024 && reader == NULL)
        reader = g_thread_new ("reader", peer_read_to_the_end, GINT_TO_POINTER (fd));
    }
  while (net->record.kind != PH_RECORD_LEFT);
  sent = GPOINTER_TO_SIZE (g_thread_join (sender));
  g_assert_cmpuint (in, ==, sent);
  g_assert_cmpuint (out, ==, sent);
  g_assert_cmpuint (most, <=, READ_MOST);
  g_assert_cmpuint (GPOINTER_TO_SIZE (g_thread_join (reader)), ==, sent);
  peer_close (fd);
  net_free (net);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/echo/datagrams-of-every-length-go-back-to-their-senders",
                   test_datagrams_of_every_length_go_back_to_their_senders);
  g_test_add_func ("/echo/a-batch-goes-back-in-its-order", test_a_batch_goes_back_in_its_order);
  g_test_add_func ("/echo/each-client-hears-its-own", test_each_client_hears_its_own);
  g_test_add_func ("/echo/a-peer-that-does-not-read-is-not-read-from", test_a_peer_that_does_not_read_is_not_read_from);

  return g_test_run ();
}
