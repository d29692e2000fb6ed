/* test-urgent.c: urgent data of TCP is received in its place among the other data
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "fixture.h"

#include <string.h>

/* A second urgent byte makes the first one an ordinary one; and the last byte of all is urgent. */
static void
send_all (int fd)
{
  g_assert_cmpint (peer_send (fd, "ab", 2), ==, 2);
  peer_send_urgent (fd, 'c');
  g_assert_cmpint (peer_send (fd, "de", 2), ==, 2);
  peer_send_urgent (fd, 'f');
  peer_send_urgent (fd, 'g');
}

static void
expect_all (Net *net)
{
  g_autoptr (GString) got = g_string_new (NULL);

  while (got->len < 7)
    {
      net_expect (net, PH_RECORD_IN);
      g_string_append_len (got, net->payload, net->record.length);
    }
  g_assert_cmpstr (got->str, ==, "abcdefg");
}

static void
test_a_client_receives_urgent_bytes_in_line (void)
{
  Net *net = net_new ();
  int port, listener = peer_socket (PH_SOCKET_TCP, "127.0.0.1", &port), fd;

  net_open (net, "tcp-client", "", PH_PORT_UNSET, "127.0.0.1", port);
  net_expect (net, PH_RECORD_OPEN);
  fd = peer_accept (listener);
  send_all (fd);
  expect_all (net);
  net_close (net);
  peer_close (fd);
  peer_close (listener);
  net_free (net);
}

static void
test_a_server_receives_urgent_bytes_in_line (void)
{
  Net *net = net_new ();
  int fd;

  net_open (net, "tcp-server", "127.0.0.1", 0, "", PH_PORT_UNSET);
  net_expect (net, PH_RECORD_OPEN);
  fd = peer_connect (net->port);
  net_expect (net, PH_RECORD_JOINED);
  send_all (fd);
  expect_all (net);
  peer_close (fd);
  net_free (net);
}

/* Or a worker would be awake all the time. */
static void
test_a_poll_is_quiet_once_urgent_bytes_are_received (void)
{
  g_autoptr (PhPoll) poll = ph_plat_poll_new (NULL);
  int port, listener = peer_socket (PH_SOCKET_TCP, "127.0.0.1", &port), peer;
  PhFd fd = ph_plat_socket (PH_SOCKET_TCP, PH_FAMILY_IPV4, NULL);
  PhPollEvent event;
  guint8 buffer[8];
  gsize got = 0;
  PhError code;
  PhAddr addr;

  g_assert_true (ph_plat_addr_parse ("127.0.0.1", (guint16) port, &addr));
  g_assert_cmpint (ph_plat_connect (fd, &addr, NULL), !=, PH_CONNECT_FAILED);
  peer = peer_accept (listener);
  send_all (peer);
  g_assert_true (ph_plat_poll_add (poll, fd, PH_IO_READ, &got, NULL));
  while (got < 7)
    {
      gssize n;

      g_assert_cmpuint (ph_plat_poll_wait (poll, &event, 1, -1), ==, 1);
      n = ph_plat_receive (fd, buffer + got, sizeof buffer - got, &code);
      g_assert_cmpint (n, >, 0);
      got += (gsize) n;
    }
  g_assert_cmpmem (buffer, got, "abcdefg", 7);
  g_assert_cmpuint (ph_plat_poll_wait (poll, &event, 1, 0), ==, 0);
  ph_plat_poll_remove (poll, fd);
  ph_plat_close (fd);
  peer_close (peer);
  peer_close (listener);
}

int
main (int argc, char **argv)
{
  ph_plat_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/urgent/a-client-receives-it-in-line", test_a_client_receives_urgent_bytes_in_line);
  g_test_add_func ("/urgent/a-server-receives-it-in-line", test_a_server_receives_urgent_bytes_in_line);
  g_test_add_func ("/urgent/a-poll-is-quiet-once-it-is-received", test_a_poll_is_quiet_once_urgent_bytes_are_received);

  return g_test_run ();
}
