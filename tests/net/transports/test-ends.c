/* test-ends.c: how a connection ends when both sides have finished sending, and who is told to have closed it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "fixture.h"

#include <string.h>

#define PATIENT 60000u /* ms of half-close time that no test waits for */
#define LENGTH (20u * 1000u * 1000u) /* bytes, more than the system takes for a peer that does not read */

typedef struct
{
  Net *net;
  int listener; /* -1 where the worker listens */
  int fd;
} Pair;

/* A connection that the worker has opened or accepted. */
static Pair
pair_new (const char *transport, guint half_close)
{
  gboolean serves = strcmp (transport, "tcp-server") == 0;
  PhEndpoint *endpoint = ph_endpoint_new (transport);
  Pair pair = { .net = net_new (), .listener = -1 };
  int port = PH_PORT_UNSET;

  if (!serves)
    pair.listener = peer_socket (PH_SOCKET_TCP, "127.0.0.1", &port);
  ph_place_set_ip (serves ? &endpoint->local : &endpoint->remote, "127.0.0.1", serves ? 0 : port);
  ph_endpoint_set_option (endpoint, "half-close", half_close, NULL);
  net_open_endpoint (pair.net, endpoint);
  net_expect (pair.net, PH_RECORD_OPEN);
  pair.fd = serves ? peer_connect (pair.net->port) : peer_accept (pair.listener);
  if (serves)
    net_expect (pair.net, PH_RECORD_JOINED);

  return pair;
}

static void
pair_free (Pair *pair)
{
  peer_close (pair->fd);
  if (pair->listener >= 0)
    peer_close (pair->listener);
  net_free (pair->net);
}

/* The worker has obeyed all commands before this one when it complains about an empty message. */
static void
finish_sending (Net *net)
{
  ph_worker_finish (net->worker);
  net_send_text (net, PH_PEER_ALL, "");
  do
    net_next (net);
  while (net->record.kind != PH_RECORD_ERROR);
}

/* Reads on until the connection is over. */
static PhLeft
read_to_the_end (Net *net)
{
  do
    net_next (net);
  while (net->record.kind != PH_RECORD_LEFT && net->record.kind != PH_RECORD_CLOSED);

  return net->record.detail;
}

static const char *const transports[] = { "tcp-client", "tcp-server" };

static void
test_nobody_waits_where_nothing_more_is_sent (void)
{
  char byte;

  for (guint i = 0; i < G_N_ELEMENTS (transports); i++)
    {
      Pair pair = pair_new (transports[i], PATIENT);

      finish_sending (pair.net);
      g_assert_cmpint (peer_finish (pair.fd), ==, 0);
      g_assert_cmpuint (read_to_the_end (pair.net), ==, PH_LEFT_DONE);
      g_assert_cmpint (peer_receive_some (pair.fd, &byte, 1), ==, 0);
      pair_free (&pair);
    }
}

static void
test_a_peer_that_had_finished_before_is_not_waited_for_either (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (transports); i++)
    {
      Pair pair = pair_new (transports[i], PATIENT);

      g_assert_cmpint (peer_finish (pair.fd), ==, 0);
      net_expect (pair.net, PH_RECORD_HALF_CLOSED);
      ph_worker_finish (pair.net->worker);
      g_assert_cmpuint (read_to_the_end (pair.net), ==, PH_LEFT_DONE);
      pair_free (&pair);
    }
}

static void
test_what_is_queued_still_goes_out (void)
{
  g_autofree char *bytes = g_malloc0 (LENGTH), *copy = g_malloc (LENGTH);

  for (guint i = 0; i < G_N_ELEMENTS (transports); i++)
    {
      Pair pair = pair_new (transports[i], PATIENT);

      net_send (pair.net, PH_PEER_ALL, NULL, 0, bytes, LENGTH);
      finish_sending (pair.net);
      g_assert_cmpint (peer_finish (pair.fd), ==, 0);
      peer_receive (pair.fd, copy, LENGTH);
      g_assert_cmpuint (read_to_the_end (pair.net), ==, PH_LEFT_DONE);
      pair_free (&pair);
    }
}

static void
test_a_repeat_still_goes_out (void)
{
  enum { TIMES = 50 };
  g_autoptr (GBytes) bytes = g_bytes_new_static ("tick", 4);
  g_autoptr (PhPayload) payload = ph_payload_new_for_bytes (bytes, NULL, NULL);
  PhTarget target = { .peer = PH_PEER_ALL };
  char copy[TIMES * 4];

  for (guint i = 0; i < G_N_ELEMENTS (transports); i++)
    {
      Pair pair = pair_new (transports[i], PATIENT);

      ph_worker_repeat (pair.net->worker, &target, payload, NULL, 1000000, TIMES);
      finish_sending (pair.net);
      g_assert_cmpint (peer_finish (pair.fd), ==, 0);
      g_assert_cmpuint (read_to_the_end (pair.net), ==, PH_LEFT_DONE);
      peer_receive (pair.fd, copy, sizeof copy);
      pair_free (&pair);
    }
}

static void
test_without_a_half_close_time_the_end_is_ours (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (transports); i++)
    {
      Pair pair = pair_new (transports[i], 0);

      g_assert_cmpint (peer_finish (pair.fd), ==, 0);
      g_assert_cmpuint (read_to_the_end (pair.net), ==, PH_LEFT_DONE);
      pair_free (&pair);
    }
}

/* Asked for here: the peer sees a reset, and not an end in order. */
static void
test_a_client_can_be_reset (void)
{
  Pair pair = pair_new ("tcp-server", PATIENT);
  char byte;

  ph_worker_control (pair.net->worker, pair.net->record.peer, PH_PEER_RESET);
  g_assert_cmpint (read_to_the_end (pair.net), ==, PH_LEFT_RESET_HERE);
  g_assert_cmpint (peer_receive_some (pair.fd, &byte, 1), <, 0);
  pair_free (&pair);
}

int
main (int argc, char **argv)
{
  ph_plat_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ends/nobody-waits-where-nothing-more-is-sent", test_nobody_waits_where_nothing_more_is_sent);
  g_test_add_func ("/ends/a-peer-that-had-finished-before-is-not-waited-for-either",
                   test_a_peer_that_had_finished_before_is_not_waited_for_either);
  g_test_add_func ("/ends/what-is-queued-still-goes-out", test_what_is_queued_still_goes_out);
  g_test_add_func ("/ends/a-repeat-still-goes-out", test_a_repeat_still_goes_out);
  g_test_add_func ("/ends/without-a-half-close-time-the-end-is-ours", test_without_a_half_close_time_the_end_is_ours);
  g_test_add_func ("/ends/a-client-can-be-reset", test_a_client_can_be_reset);

  return g_test_run ();
}
