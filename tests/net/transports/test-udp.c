/* test-udp.c: UDP through a worker, against plain sockets on loopback
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "fixture.h"

#include <string.h>

typedef struct
{
  Net *net;
  int fd;
  int port; /* of fd */
  char address[32];
} Udp;

static Udp
udp_pair (void)
{
  Udp pair = { .net = net_new () };

  pair.fd = peer_socket (PH_SOCKET_UDP, "127.0.0.1", &pair.port);
  g_snprintf (pair.address, sizeof pair.address, "127.0.0.1:%d", pair.port);
  net_open (pair.net, "udp", "127.0.0.1", PH_PORT_UNSET, "127.0.0.1", pair.port);
  net_expect (pair.net, PH_RECORD_OPEN);
  return pair;
}

static void
udp_end (Udp *pair)
{
  peer_close (pair->fd);
  net_free (pair->net);
}

static void
test_empty_port_is_the_systems_choice_and_told (void)
{
  Udp pair = udp_pair ();

  g_assert_true (g_str_has_prefix (pair.net->payload, "127.0.0.1:"));
  g_assert_cmpint (pair.net->port, >, 0);
  net_close (pair.net);
  udp_end (&pair);
}

static void
test_datagrams_arrive_whole_from_0_to_65507_bytes (void)
{
  static const gsize lengths[] = { 0, 1, 63, 64, 65, 1472, 9000, 0, 65507, 5, 65507, 0, 2 };
  Udp pair = udp_pair ();
  g_autofree guint8 *bytes = g_malloc (65507);

  for (gsize i = 0; i < 65507; i++)
    bytes[i] = (guint8) (i * 31 >> 3);
  for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      peer_send_to (pair.fd, pair.net->port, bytes, lengths[i]);
      net_expect (pair.net, PH_RECORD_IN);
      g_assert_cmpmem (pair.net->payload, pair.net->record.length, bytes, lengths[i]);
      g_assert_cmpuint (pair.net->record.flags & PH_RECORD_TRUNCATED, ==, 0);
      g_assert_cmpuint (pair.net->record.peer, ==, pair.net->peer);
    }
  udp_end (&pair);
}

static void
test_a_batch_of_mixed_sizes_keeps_order_and_bytes (void)
{
  Udp pair = udp_pair ();
  char text[4000];

  /* Several rounds, so that batches grow and shrink. */
  for (int round = 0; round < 4; round++)
    {
      for (int i = 0; i < 50; i++)
        {
          gsize length = (gsize) (i * 37 * (round + 1)) % 1900 + 8;

          memset (text, 'a' + i % 26, length);
          g_snprintf (text, sizeof text, "%07d", round * 50 + i);
          peer_send_to (pair.fd, pair.net->port, text, length);
        }
      for (int i = 0; i < 50; i++)
        {
          net_expect (pair.net, PH_RECORD_IN);
          g_assert_cmpint (atoi (pair.net->payload), ==, round * 50 + i);
          g_assert_cmpuint (pair.net->record.length, ==, (gsize) (i * 37 * (round + 1)) % 1900 + 8);
          for (gsize k = 8; k < pair.net->record.length; k++)
            g_assert_cmpint (pair.net->payload[k], ==, 'a' + i % 26);
        }
    }
  udp_end (&pair);
}

static void
test_many_new_peers_at_once_are_told_apart (void)
{
  enum { PEERS = 40 };
  Udp pair = udp_pair ();
  int fds[PEERS], ports[PEERS];
  g_autoptr (GHashTable) addresses = g_hash_table_new_full (NULL, NULL, NULL, g_free);

  for (int i = 0; i < PEERS; i++)
    {
      fds[i] = peer_socket (PH_SOCKET_UDP, "127.0.0.1", &ports[i]);
      peer_send_to (fds[i], pair.net->port, &ports[i], sizeof ports[i]);
    }
  for (int i = 0; i < PEERS;)
    {
      net_next (pair.net);
      if (pair.net->record.kind == PH_RECORD_PEER)
        {
          g_hash_table_insert (addresses, GUINT_TO_POINTER (pair.net->record.peer), g_strdup (pair.net->payload));
          continue;
        }
      g_autofree char *expected = g_strdup_printf ("127.0.0.1:%d", ports[i]);
      g_assert_cmpuint (pair.net->record.kind, ==, PH_RECORD_IN);
      g_assert_cmpmem (pair.net->payload, pair.net->record.length, &ports[i], sizeof ports[i]);
      g_assert_cmpstr (g_hash_table_lookup (addresses, GUINT_TO_POINTER (pair.net->record.peer)), ==, expected);
      peer_close (fds[i++]);
    }
  udp_end (&pair);
}

static void
test_received_datagrams_carry_the_kernels_time (void)
{
  Udp pair = udp_pair ();
  gint64 before = g_get_real_time () * 1000;

  peer_send_to (pair.fd, pair.net->port, "x", 1);
  net_expect (pair.net, PH_RECORD_IN);
  g_assert_cmpint (pair.net->record.time, >=, before - 1000000);
  g_assert_cmpint (pair.net->record.time, <=, g_get_real_time () * 1000 + 1000000);
#ifdef __linux__
  g_assert_cmpuint (pair.net->record.flags & PH_RECORD_KERNEL_TIME, !=, 0);
#endif
  udp_end (&pair);
}

static void
test_sends_to_remote_to_peer_to_host_and_to_name (void)
{
  Udp pair = udp_pair ();
  char buffer[16];

  net_send_text (pair.net, PH_PEER_NONE, "one");
  net_expect_text (pair.net, PH_RECORD_OUT, "one");
  peer_receive (pair.fd, buffer, 3);

  peer_send_to (pair.fd, pair.net->port, "hello", 5);
  net_expect_text (pair.net, PH_RECORD_IN, "hello");
  net_send_text (pair.net, pair.net->record.peer, "two");
  net_expect_text (pair.net, PH_RECORD_OUT, "two");
  peer_receive (pair.fd, buffer, 3);

  net_send (pair.net, PH_PEER_NONE, "127.0.0.1", pair.port, "six", 3);
  net_expect_text (pair.net, PH_RECORD_OUT, "six");
  peer_receive (pair.fd, buffer, 3);

  /* Two at once to a name: one look-up, in order. */
  net_send (pair.net, PH_PEER_NONE, "localhost", pair.port, "ten", 3);
  net_send (pair.net, PH_PEER_NONE, "localhost", pair.port, "elf", 3);
  net_expect_text (pair.net, PH_RECORD_OUT, "ten");
  net_expect_text (pair.net, PH_RECORD_OUT, "elf");
  peer_receive (pair.fd, buffer, 3);
  g_assert_cmpmem (buffer, 3, "ten", 3);
  udp_end (&pair);
}

static void
test_sends_to_the_peer_heard_last_when_there_is_no_remote (void)
{
  Net *net = net_new ();
  int port, fd = peer_socket (PH_SOCKET_UDP, "127.0.0.1", &port);
  char buffer[4];

  net_open (net, "udp", "127.0.0.1", 0, "", PH_PORT_UNSET);
  net_expect (net, PH_RECORD_OPEN);
  net_send_text (net, PH_PEER_NONE, "?");
  net_expect (net, PH_RECORD_ERROR);
  g_assert_cmpuint (net->record.detail, ==, PH_ERROR_INVALID);

  peer_send_to (fd, net->port, "ping", 4);
  net_expect_text (net, PH_RECORD_IN, "ping");
  net_send_text (net, PH_PEER_NONE, "pong");
  net_expect_text (net, PH_RECORD_OUT, "pong");
  peer_receive (fd, buffer, 4);
  g_assert_cmpmem (buffer, 4, "pong", 4);
  peer_close (fd);
  net_free (net);
}

/* Elsewhere not every 127.… is an address to send from, or it takes a minute; once is enough. */
#if defined __linux__ && !defined WITH_POLL
static void
test_one_peer_too_many_to_be_told_apart_is_answered_all_the_same (void)
{
  Net *net = net_new ();
  gboolean told = FALSE;
  char buffer[4];

  net_open (net, "udp", "127.0.0.1", 0, "", PH_PORT_UNSET);
  net_expect (net, PH_RECORD_OPEN);
  for (guint i = 0; i <= PH_LIMIT_PEERS; i++)
    {
      g_autofree char *host = g_strdup_printf ("127.%u.%u.%u", 1 + i / 65536, i / 256 % 256, i % 256);
      int port, fd = peer_socket (PH_SOCKET_UDP, host, &port);

      peer_send_to (fd, net->port, "ping", 4);
      for (net_next (net); net->record.kind != PH_RECORD_IN; net_next (net))
        told = told || (net->record.kind == PH_RECORD_ERROR && net->record.detail == PH_ERROR_LIMIT);
      g_assert_cmpint (told, ==, i == PH_LIMIT_PEERS);
      if (told)
        {
          net_send_text (net, PH_PEER_NONE, "pong");
          net_expect_text (net, PH_RECORD_OUT, "pong");
          peer_receive (fd, buffer, 4);
          g_assert_cmpmem (buffer, 4, "pong", 4);
        }
      peer_close (fd);
    }
  net_free (net);
}
#endif

static void
test_sends_to_the_peer_heard_last_whatever_the_remote_if_told_so (void)
{
  Udp pair = udp_pair ();
  int ports[2], fds[2] = { peer_socket (PH_SOCKET_UDP, "127.0.0.1", &ports[0]), peer_socket (PH_SOCKET_UDP, "127.0.0.1", &ports[1]) };
  g_autoptr (GBytes) bytes = g_bytes_new_static ("you", 3);
  g_autoptr (PhPayload) payload = ph_payload_new_for_bytes (bytes, NULL, NULL);
  PhTarget target = { .peer = PH_PEER_NONE, .heard_last = TRUE };
  static const int order[] = { 0, 1, 0 };
  char buffer[3];

  for (gsize i = 0; i < G_N_ELEMENTS (order); i++)
    {
      peer_send_to (fds[order[i]], pair.net->port, "hi", 2);
      net_expect_text (pair.net, PH_RECORD_IN, "hi");
    }
  ph_worker_send (pair.net->worker, &target, payload, NULL);
  net_expect_text (pair.net, PH_RECORD_OUT, "you");
  peer_receive (fds[0], buffer, 3);
  peer_close (fds[0]);
  peer_close (fds[1]);
  udp_end (&pair);
}

static void
test_empty_and_largest_datagrams_go_out_and_longer_ones_are_refused (void)
{
  Udp pair = udp_pair ();
  g_autofree char *bytes = g_malloc0 (65508);

  net_send (pair.net, PH_PEER_NONE, NULL, 0, "", 0);
  net_expect_text (pair.net, PH_RECORD_OUT, "");
  g_assert_cmpint (peer_receive_some (pair.fd, bytes, 10), ==, 0);

  net_send (pair.net, PH_PEER_NONE, NULL, 0, bytes, 65507);
  net_expect (pair.net, PH_RECORD_OUT);
  g_assert_cmpuint (pair.net->record.length, ==, 65507);
  g_assert_cmpint (peer_receive_some (pair.fd, bytes, 65508), ==, 65507);

  net_send (pair.net, PH_PEER_NONE, NULL, 0, bytes, 65508);
  net_expect (pair.net, PH_RECORD_ERROR);
  g_assert_cmpuint (pair.net->record.detail, ==, PH_ERROR_TOO_LONG);

  /* It never left, so it is told once. An answer comes after what the system says about it. */
  peer_send_to (pair.fd, pair.net->port, "next", 4);
  net_expect_text (pair.net, PH_RECORD_IN, "next");
  udp_end (&pair);
}

static void
test_port_unreachable_is_a_record_and_not_an_end (void)
{
  Udp pair = udp_pair ();

  peer_close (pair.fd);
  net_send_text (pair.net, PH_PEER_NONE, "anybody?");
  net_expect (pair.net, PH_RECORD_OUT);
#if defined __linux__ && !defined WITH_POLL
  net_expect (pair.net, PH_RECORD_ERROR);
  g_assert_cmpuint (pair.net->record.detail, ==, PH_ERROR_REFUSED);
  g_assert_nonnull (strstr (pair.net->payload, pair.address));
#endif

  pair.fd = peer_socket (PH_SOCKET_UDP, "127.0.0.1", &pair.port);
  peer_send_to (pair.fd, pair.net->port, "still open", 10);
  do /* another system may tell it too, when it likes */
    net_next (pair.net);
  while (pair.net->record.kind == PH_RECORD_PEER || pair.net->record.kind == PH_RECORD_ERROR);
  g_assert_cmpuint (pair.net->record.kind, ==, PH_RECORD_IN);
  g_assert_cmpstr (pair.net->payload, ==, "still open");
  udp_end (&pair);
}

static G_GNUC_UNUSED void
test_what_the_kernel_dropped_is_counted (void)
{
  enum { SENT = 60000 };
  Udp pair = udp_pair ();
  guint got = 0, lost = 0;
  char junk[1400] = { 0 };

  /* The reader of the test does nothing meanwhile, so the store fills up, the worker waits, and the kernel drops. */
  for (int i = 0; i < SENT; i++)
    peer_send_to (pair.fd, pair.net->port, junk, sizeof junk);
  for (;;)
    {
      net_next (pair.net);
      if (pair.net->record.kind == PH_RECORD_IN)
        got++;
      else if (pair.net->record.kind == PH_RECORD_LOSS && pair.net->record.detail == PH_LOSS_KERNEL)
        lost += (guint) net_number (pair.net, "count");
      if (got + lost >= SENT)
        break;
    }
  g_assert_cmpuint (got + lost, ==, SENT);
  g_assert_cmpuint (lost, >, 0);
  udp_end (&pair);
}

static void
test_a_port_in_use_is_told_and_can_be_tried_again (void)
{
  Net *net = net_new ();
  int port, fd = peer_socket (PH_SOCKET_UDP, "127.0.0.1", &port);

  net_open (net, "udp", "127.0.0.1", port, "", PH_PORT_UNSET);
  net_expect (net, PH_RECORD_ERROR);
  g_assert_cmpuint (net->record.detail, ==, PH_ERROR_IN_USE);
  g_assert_cmpuint (net->record.flags & PH_RECORD_FATAL, !=, 0);
  net_expect (net, PH_RECORD_CLOSED);
  g_assert_cmpuint (net->record.detail, ==, PH_LEFT_FAILED);

  peer_close (fd);
  net_open (net, "udp", "127.0.0.1", port, "", PH_PORT_UNSET);
  net_expect (net, PH_RECORD_OPEN);
  g_assert_cmpint (net->port, ==, port);
  net_free (net);
}

static void
test_addresses_that_cannot_be_opened_say_why (void)
{
  static const struct
  {
    const char *local;
    PhError code;
  } rows[] = { { "192.0.2.1", PH_ERROR_NOT_LOCAL },
               { "2001:db8::1", PH_ERROR_NOT_LOCAL },
               { "no-such-host.invalid", PH_ERROR_NOT_RESOLVED } };
  Net *net;

  if (peer_can_be_anywhere ())
    {
      g_test_skip ("this system's bind() takes addresses that are not its own (Wine's does)");
      return;
    }
  net = net_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      net_open (net, "udp", rows[i].local, 0, "", PH_PORT_UNSET);
      net_expect (net, PH_RECORD_ERROR);
      if (!(rows[i].code == PH_ERROR_NOT_LOCAL && net->record.detail == PH_ERROR_FAMILY)) /* a machine without IPv6 */
        g_assert_cmpuint (net->record.detail, ==, rows[i].code);
      g_assert_nonnull (strstr (net->payload, rows[i].local));
      net_expect (net, PH_RECORD_CLOSED);
    }
  net_free (net);
}

static void
test_ipv6_works_and_leaves_ipv4_alone (void)
{
  Net *six = net_new (), *four = net_new ();

  net_open (six, "udp", "::1", 0, "", PH_PORT_UNSET);
  do
    net_next (six);
  while (six->record.kind == PH_RECORD_OPENING);
  if (six->record.kind == PH_RECORD_ERROR)
    {
      g_test_skip ("this machine has no IPv6");
      net_free (six);
      net_free (four);
      return;
    }
  g_assert_true (g_str_has_prefix (six->payload, "[::1]:"));

  net_open (four, "udp", "0.0.0.0", six->port, "", PH_PORT_UNSET);
  net_expect (four, PH_RECORD_OPEN);
  net_send (six, PH_PEER_NONE, "::1", six->port, "to myself", 9);
  net_expect_text (six, PH_RECORD_OUT, "to myself");
  net_expect_text (six, PH_RECORD_IN, "to myself");

  net_send (six, PH_PEER_NONE, "127.0.0.1", four->port, "x", 1);
  net_expect (six, PH_RECORD_ERROR);
  g_assert_cmpuint (six->record.detail, ==, PH_ERROR_FAMILY);
  net_free (six);
  net_free (four);
}

static void
test_repeats_at_the_interval_until_stopped (void)
{
  enum { TIMES = 50 };
  Udp pair = udp_pair ();
  g_autoptr (GBytes) bytes = g_bytes_new_static ("tick", 4);
  g_autoptr (PhPayload) payload = ph_payload_new_for_bytes (bytes, NULL, NULL);
  PhTarget target = { .peer = PH_PEER_NONE };
  gint64 first = 0;

  ph_worker_repeat (pair.net->worker, &target, payload, NULL, 2 * 1000000, 0);
  for (int i = 0; i < TIMES; i++)
    {
      net_expect_text (pair.net, PH_RECORD_OUT, "tick");
      if (i == 0)
        first = pair.net->record.time;
    }
  /* Never faster than asked for: absolute deadlines, no bursts. */
  g_assert_cmpint (pair.net->record.time - first, >=, (TIMES - 2) * G_GINT64_CONSTANT (2000000));

  ph_worker_stop_repeat (pair.net->worker, 0);
  ph_worker_close (pair.net->worker);
  do
    net_next (pair.net);
  while (pair.net->record.kind == PH_RECORD_OUT);
  g_assert_cmpuint (pair.net->record.kind, ==, PH_RECORD_REPEAT);
  g_assert_cmpuint (pair.net->record.detail, ==, PH_REPEAT_STOPPED);
  net_expect (pair.net, PH_RECORD_CLOSED);
  udp_end (&pair);
}

static void
test_sending_without_anything_open_is_told (void)
{
  Net *net = net_new ();

  net_send_text (net, PH_PEER_NONE, "into the void");
  net_expect (net, PH_RECORD_ERROR);
  g_assert_cmpuint (net->record.detail, ==, PH_ERROR_NOT_OPEN);
  net_free (net);
}

static void
test_names_that_are_not_found_say_so_for_each_message (void)
{
  Udp pair = udp_pair ();

  net_send (pair.net, PH_PEER_NONE, "no-such-host.invalid", 9, "x", 1);
  net_expect (pair.net, PH_RECORD_ERROR);
  g_assert_cmpuint (pair.net->record.detail, ==, PH_ERROR_NOT_RESOLVED);
  g_assert_nonnull (strstr (pair.net->payload, "no-such-host.invalid"));
  net_send (pair.net, PH_PEER_NONE, "127.0.0.1", PH_PORT_UNSET, "x", 1);
  net_expect (pair.net, PH_RECORD_ERROR);
  g_assert_cmpuint (pair.net->record.detail, ==, PH_ERROR_INVALID);
  udp_end (&pair);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/udp/empty-port-is-the-systems-choice-and-told", test_empty_port_is_the_systems_choice_and_told);
  g_test_add_func ("/udp/datagrams-arrive-whole-from-0-to-65507-bytes", test_datagrams_arrive_whole_from_0_to_65507_bytes);
  g_test_add_func ("/udp/a-batch-of-mixed-sizes-keeps-order-and-bytes", test_a_batch_of_mixed_sizes_keeps_order_and_bytes);
  g_test_add_func ("/udp/many-new-peers-at-once-are-told-apart", test_many_new_peers_at_once_are_told_apart);
  g_test_add_func ("/udp/received-datagrams-carry-the-kernels-time", test_received_datagrams_carry_the_kernels_time);
  g_test_add_func ("/udp/sends-to-remote-to-peer-to-host-and-to-name", test_sends_to_remote_to_peer_to_host_and_to_name);
  g_test_add_func ("/udp/sends-to-the-peer-heard-last-when-there-is-no-remote",
                   test_sends_to_the_peer_heard_last_when_there_is_no_remote);
#if defined __linux__ && !defined WITH_POLL
  g_test_add_func ("/udp/one-peer-too-many-to-be-told-apart-is-answered-all-the-same",
                   test_one_peer_too_many_to_be_told_apart_is_answered_all_the_same);
#endif
  g_test_add_func ("/udp/sends-to-the-peer-heard-last-whatever-the-remote-if-told-so",
                   test_sends_to_the_peer_heard_last_whatever_the_remote_if_told_so);
  g_test_add_func ("/udp/empty-and-largest-datagrams-go-out-and-longer-ones-are-refused",
                   test_empty_and_largest_datagrams_go_out_and_longer_ones_are_refused);
  g_test_add_func ("/udp/port-unreachable-is-a-record-and-not-an-end", test_port_unreachable_is_a_record_and_not_an_end);
#if defined __linux__ && !defined WITH_POLL /* elsewhere the system does not tell */
  g_test_add_func ("/udp/what-the-kernel-dropped-is-counted", test_what_the_kernel_dropped_is_counted);
#endif
  g_test_add_func ("/udp/a-port-in-use-is-told-and-can-be-tried-again", test_a_port_in_use_is_told_and_can_be_tried_again);
  g_test_add_func ("/udp/addresses-that-cannot-be-opened-say-why", test_addresses_that_cannot_be_opened_say_why);
  g_test_add_func ("/udp/ipv6-works-and-leaves-ipv4-alone", test_ipv6_works_and_leaves_ipv4_alone);
  g_test_add_func ("/udp/repeats-at-the-interval-until-stopped", test_repeats_at_the_interval_until_stopped);
  g_test_add_func ("/udp/sending-without-anything-open-is-told", test_sending_without_anything_open_is_told);
  g_test_add_func ("/udp/names-that-are-not-found-say-so-for-each-message", test_names_that_are_not_found_say_so_for_each_message);

  return g_test_run ();
}
