/* test-troubles.c: the same failure again and again is told once, and then counted
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "fixture.h"

#define MS G_GINT64_CONSTANT (1000000)

typedef struct
{
  guint errors, losses; /* records */
  guint64 told;         /* failures, by both */
} Sums;

/* Reads on up to the CLOSED record. */
static Sums
sum_up (Net *net, PhLoss detail)
{
  Sums sums = { 0 };

  do
    {
      net_next (net);
      if (net->record.kind == PH_RECORD_ERROR)
        {
          sums.errors++;
          sums.told++;
        }
      else if (net->record.kind == PH_RECORD_LOSS)
        {
          g_assert_cmpuint (net->record.detail, ==, detail);
          sums.losses++;
          sums.told += net_number (net, "count");
        }
    }
  while (net->record.kind != PH_RECORD_CLOSED);

  return sums;
}

static Net *
open_udp (void)
{
  Net *net = net_new ();

  net_open (net, "udp", "127.0.0.1", 0, "", PH_PORT_UNSET);
  net_expect (net, PH_RECORD_OPEN);

  return net;
}

static void
test_messages_that_cannot_be_sent_are_counted_by_destination_and_cause (void)
{
  enum { TIMES = 100 };
  g_autofree char *bytes = g_malloc0 (65508);
  Net *net = open_udp ();
  Sums sums;

  for (int i = 0; i < TIMES; i++)
    {
      net_send (net, PH_PEER_NONE, "127.0.0.1", 9, bytes, 65508);
      net_send (net, PH_PEER_NONE, "127.0.0.1", 10, bytes, 65508);
      net_send (net, PH_PEER_NONE, "::1", 9, "x", 1);
    }
  ph_worker_close (net->worker);
  sums = sum_up (net, PH_LOSS_REFUSED);
  g_assert_cmpuint (sums.told, ==, 3 * TIMES);
  g_assert_cmpuint (sums.errors, ==, 3);
  g_assert_cmpuint (sums.losses, >=, 3);
  net_free (net);
}

static void
test_of_many_destinations_the_last_are_counted_together (void)
{
  enum { PORTS = 1000, TIMES = 3 };
  g_autofree char *bytes = g_malloc0 (65508);
  Net *net = open_udp ();
  Sums sums;

  for (int i = 0; i < TIMES * PORTS; i++)
    net_send (net, PH_PEER_NONE, "127.0.0.1", 1 + i % PORTS, bytes, 65508);
  ph_worker_close (net->worker);
  sums = sum_up (net, PH_LOSS_REFUSED);
  g_assert_cmpuint (sums.told, ==, TIMES * PORTS);
  g_assert_cmpuint (sums.errors + sums.losses, <, PORTS);
  net_free (net);
}

static void
test_a_repeat_to_a_closed_port_goes_on_and_tells_a_number_each_second (void)
{
  enum { TIMES = 200 };
  int port, fd = peer_socket (PH_SOCKET_UDP, "127.0.0.1", &port);
  g_autoptr (GBytes) bytes = g_bytes_new_static ("tick", 4);
  g_autoptr (PhPayload) payload = ph_payload_new_for_bytes (bytes, NULL, NULL);
  PhTarget target = { .peer = PH_PEER_NONE, .place = { .port = port, .name = (char *) "127.0.0.1" } };
  Net *net = open_udp ();
  guint errors = 0;

  peer_close (fd);
  ph_worker_repeat (net->worker, &target, payload, NULL, MS, TIMES);
  do
    {
      net_next (net);
      errors += net->record.kind == PH_RECORD_ERROR;
    }
  while (net->record.kind != PH_RECORD_REPEAT || net->record.detail == PH_REPEAT_RUNNING);
  g_assert_cmpuint (net->record.detail, ==, PH_REPEAT_DONE);
  g_assert_cmpuint (net_number (net, "sent"), ==, TIMES);
  g_assert_cmpuint (errors, <=, 1); /* not every system tells it */
  net_free (net);
}

int
main (int argc, char **argv)
{
  ph_plat_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/troubles/messages-that-cannot-be-sent-are-counted-by-destination-and-cause",
                   test_messages_that_cannot_be_sent_are_counted_by_destination_and_cause);
  g_test_add_func ("/troubles/of-many-destinations-the-last-are-counted-together",
                   test_of_many_destinations_the_last_are_counted_together);
  g_test_add_func ("/troubles/a-repeat-to-a-closed-port-goes-on-and-tells-a-number-each-second",
                   test_a_repeat_to_a_closed_port_goes_on_and_tells_a_number_each_second);

  return g_test_run ();
}
