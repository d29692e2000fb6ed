/* test-repeat.c: repeats: their number and rate, and the records about them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "fixture.h"

#include <string.h>

#include "ph-command.h"
#include "ph-repeat.h"

#define MS G_GINT64_CONSTANT (1000000)

typedef struct
{
  guint out, in, lost, troubles;
  PhRepeat repeat;
  PhRepeatState state;
} Tally;

static Net *
open_to (const char *transport, int port)
{
  Net *net = net_new ();

  net_open (net, transport, "", PH_PORT_UNSET, "127.0.0.1", port);
  net_expect (net, PH_RECORD_OPEN);

  return net;
}

static void
repeat (Net *net, const char *host, int port, GBytes *bytes, gint64 interval, guint64 times)
{
  PhTarget target = { .peer = PH_PEER_NONE, .place = { .port = port, .name = (char *) host } };
  g_autoptr (PhPayload) payload = ph_payload_new_for_bytes (bytes, NULL, NULL);

  ph_worker_repeat (net->worker, &target, payload, NULL, interval, times);
}

static void
count (Net *net, Tally *tally)
{
  const PhRecord *record = &net->record;

  if (record->kind == PH_RECORD_OUT && (record->flags & PH_RECORD_MORE) == 0)
    tally->out++;
  else if (record->kind == PH_RECORD_IN)
    tally->in++;
  else if (record->kind == PH_RECORD_LOSS && record->detail == PH_LOSS_KERNEL)
    tally->lost += (guint) net_number (net, "count");
  else if (record->kind == PH_RECORD_ERROR)
    tally->troubles++;
  else if (record->kind == PH_RECORD_LOSS && record->detail == PH_LOSS_REFUSED)
    tally->troubles += (guint) net_number (net, "count");
}

/* Reads on until the repeat has ended. */
static Tally
tally_until_the_end (Net *net)
{
  Tally tally = { 0 };

  for (;;)
    {
      net_next (net);
      count (net, &tally);
      if (net->record.kind != PH_RECORD_REPEAT)
        continue;
      ph_repeat_read (&net->words, &tally.repeat);
      tally.state = net->record.detail;
      if (tally.state != PH_REPEAT_RUNNING)
        return tally;
    }
}

static void
test_stops_after_exactly_so_many_and_is_never_faster_than_asked (void)
{
  enum { TIMES = 30 };
  int port, fd = peer_socket (PH_SOCKET_UDP, "127.0.0.1", &port);
  Net *net = open_to ("udp", port);
  g_autoptr (GBytes) bytes = g_bytes_new_static ("tick", 4);
  Tally tally;

  repeat (net, NULL, PH_PORT_UNSET, bytes, 2 * MS, TIMES);
  tally = tally_until_the_end (net);
  g_assert_cmpuint (tally.state, ==, PH_REPEAT_DONE);
  g_assert_cmpuint (tally.out, ==, TIMES);
  g_assert_cmpuint (tally.repeat.sent, ==, TIMES);
  g_assert_cmpint (tally.repeat.interval, ==, 2 * MS);
  /* Each that was left out is an interval more; the first may have been late itself. */
  g_assert_cmpint (tally.repeat.elapsed, >=, (gint64) (TIMES - 1 + tally.repeat.late) * 2 * MS - tally.repeat.delay_most);
  g_assert_cmpint (tally.repeat.delay, <=, tally.repeat.delay_most);
  g_assert_cmpint (tally.repeat.delay, >=, 0);
  peer_close (fd);
  net_free (net);
}

static void
test_what_may_not_wait_for_the_address_of_a_name_does_not_count_as_sent (void)
{
  gsize length = PH_LIMIT_QUEUE + 1;
  g_autoptr (GBytes) bytes = g_bytes_new_take (g_malloc0 (length), length);
  Net *net = open_to ("udp", 9);
  Tally tally;

  repeat (net, "localhost", 9, bytes, MS, 3);
  tally = tally_until_the_end (net);
  g_assert_cmpuint (tally.state, ==, PH_REPEAT_DONE);
  g_assert_cmpuint (tally.troubles, ==, 3);
  g_assert_cmpuint (tally.repeat.sent, ==, 0);
  g_assert_cmpuint (tally.repeat.refused, ==, 3);
  net_free (net);
}

static void
test_as_fast_as_possible_sends_all_and_a_session_takes_all (void)
{
  enum { TIMES = 5000 };
  Net *from, *to = net_new ();
  g_autoptr (GBytes) bytes = g_bytes_new_static ("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", 64);
  Tally sent, taken = { 0 };
  guint buffer;

  net_open (to, "udp", "127.0.0.1", 0, "", PH_PORT_UNSET);
  net_expect (to, PH_RECORD_OPEN);
  buffer = to->record.detail;
  from = open_to ("udp", to->port);
  repeat (from, NULL, PH_PORT_UNSET, bytes, 0, TIMES);
  sent = tally_until_the_end (from);
  g_assert_cmpuint (sent.state, ==, PH_REPEAT_DONE);
  g_assert_cmpuint (sent.out, ==, TIMES);
  g_assert_cmpuint (sent.repeat.sent, ==, TIMES);
  g_assert_cmpuint (sent.troubles, ==, 0);
  g_assert_cmpfloat (ph_repeat_rate (&sent.repeat), >, 1000); /* what an interval of a millisecond gives */

  if (buffer < 4096)
    g_test_message ("a buffer of %u KiB may overflow: not looked at", buffer);
  else
    {
      while (taken.in + taken.lost < TIMES)
        {
          net_next (to);
          count (to, &taken);
        }
      g_assert_cmpuint (taken.in, ==, TIMES);
    }
  net_free (from);
  net_free (to);
}

static void
test_full_speed_waits_for_a_slow_reader_instead_of_losing (void)
{
  enum { TIMES = 2000, LENGTH = 10000 };
  int port, listener = peer_socket (PH_SOCKET_TCP, "127.0.0.1", &port), fd;
  Net *net = open_to ("tcp-client", port);
  g_autofree char *junk = g_malloc0 (LENGTH);
  g_autoptr (GBytes) bytes = g_bytes_new (junk, LENGTH);
  GThread *reader;
  Tally tally;

  fd = peer_accept (listener);
  repeat (net, NULL, PH_PORT_UNSET, bytes, 0, TIMES);
  reader = g_thread_new ("reader", peer_read_to_the_end, GINT_TO_POINTER (fd));
  tally = tally_until_the_end (net);
  g_assert_cmpuint (tally.state, ==, PH_REPEAT_DONE);
  g_assert_cmpuint (tally.out, ==, TIMES);
  g_assert_cmpuint (tally.repeat.sent, ==, TIMES);
  g_assert_cmpuint (tally.repeat.waiting, ==, 0);
  g_assert_cmpuint (tally.repeat.refused, ==, 0);
  g_assert_cmpuint (tally.troubles, ==, 0);
  ph_worker_close (net->worker);
  do /* that the memory limit took old records is told as well, at its own time */
    net_next (net);
  while (net->record.kind == PH_RECORD_LOSS && net->record.detail == PH_LOSS_LIMIT);
  g_assert_cmpuint (net->record.kind, ==, PH_RECORD_CLOSED);
  g_assert_cmpuint (GPOINTER_TO_SIZE (g_thread_join (reader)), ==, TIMES * LENGTH);
  peer_close (fd);
  peer_close (listener);
  net_free (net);
}

static void
test_every_repeat_tells_one_end_whatever_ended_it (void)
{
  int port, fd = peer_socket (PH_SOCKET_UDP, "127.0.0.1", &port);
  Net *net = open_to ("udp", port);
  g_autoptr (GBytes) bytes = g_bytes_new_static ("tick", 4), too_long = g_bytes_new_take (g_malloc0 (65508), 65508);
  Tally tally;

  repeat (net, NULL, PH_PORT_UNSET, bytes, MS, 0);
  repeat (net, NULL, PH_PORT_UNSET, bytes, 0, 0);
  g_assert_cmpuint (tally_until_the_end (net).state, ==, PH_REPEAT_STOPPED); /* replaced */
  ph_worker_stop_repeat (net->worker, 0);
  g_assert_cmpuint (tally_until_the_end (net).state, ==, PH_REPEAT_STOPPED);

  repeat (net, NULL, PH_PORT_UNSET, too_long, 0, 0);
  tally = tally_until_the_end (net);
  g_assert_cmpuint (tally.state, ==, PH_REPEAT_FAILED);
  g_assert_cmpuint (tally.repeat.sent, ==, 0);
  g_assert_cmpuint (tally.troubles, ==, 1); /* and not one for each try */
  repeat (net, NULL, PH_PORT_UNSET, too_long, MS, 3);
  tally = tally_until_the_end (net);
  g_assert_cmpuint (tally.state, ==, PH_REPEAT_DONE);
  g_assert_cmpuint (tally.repeat.sent, ==, 0);
  g_assert_cmpuint (tally.troubles, ==, 3);

  repeat (net, NULL, PH_PORT_UNSET, bytes, MS, 0);
  ph_worker_close (net->worker);
  g_assert_cmpuint (tally_until_the_end (net).state, ==, PH_REPEAT_STOPPED);
  net_expect (net, PH_RECORD_CLOSED);
  repeat (net, NULL, PH_PORT_UNSET, bytes, MS, 0);
  tally = tally_until_the_end (net);
  g_assert_cmpuint (tally.state, ==, PH_REPEAT_FAILED);
  g_assert_cmpuint (tally.troubles, ==, 1);
  peer_close (fd);
  net_free (net);
}

static void
test_a_name_is_waited_for_without_a_burst_when_it_is_found (void)
{
  enum { TIMES = 5 };
  static const gint64 intervals[] = { MS, 0 };
  int port, fd = peer_socket (PH_SOCKET_UDP, "127.0.0.1", &port);

  for (gsize i = 0; i < G_N_ELEMENTS (intervals); i++)
    {
      Net *net = open_to ("udp", port);
      g_autoptr (GBytes) bytes = g_bytes_new_static ("tick", 4);
      Tally tally;

      repeat (net, "localhost", port, bytes, intervals[i], TIMES);
      tally = tally_until_the_end (net);
      g_assert_cmpuint (tally.state, ==, PH_REPEAT_DONE);
      g_assert_cmpuint (tally.out, ==, tally.repeat.sent);
      if (intervals[i] == 0)
        g_assert_cmpuint (tally.out, ==, TIMES);
      net_free (net);
    }
  peer_close (fd);
}

static void
test_a_long_repeat_tells_how_it_goes (void)
{
  int port, fd = peer_socket (PH_SOCKET_UDP, "127.0.0.1", &port);
  Net *net = open_to ("udp", port);
  g_autoptr (GBytes) bytes = g_bytes_new_static ("tick", 4);
  PhRepeat repeat_so_far;

  repeat (net, NULL, PH_PORT_UNSET, bytes, 20 * MS, 0);
  do
    {
      do
        net_next (net);
      while (net->record.kind != PH_RECORD_REPEAT);
      g_assert_cmpuint (net->record.detail, ==, PH_REPEAT_RUNNING);
      g_assert_true (ph_record_is_silent (&net->record));
      ph_repeat_read (&net->words, &repeat_so_far);
    }
  while (repeat_so_far.sent == 0); /* the first tells that it begins */
  g_assert_cmpuint (repeat_so_far.sent, >, 1);
  g_assert_cmpfloat (ph_repeat_rate (&repeat_so_far), <=, 60);
  peer_close (fd);
  net_free (net);
}

/* Of the times of @n OUT records that come next, the distance from the first to the last. */
static gint64
measure (Net *net, guint n)
{
  gint64 first = 0;

  for (guint i = 0; i < n;)
    {
      net_next (net);
      if (net->record.kind != PH_RECORD_OUT)
        continue;
      if (i++ == 0)
        first = net->record.time;
    }

  return net->record.time - first;
}

static void
change (Net *net, GBytes *bytes, gint64 interval, guint64 times)
{
  const PhTarget target = { .peer = PH_PEER_NONE, .place = { .port = PH_PORT_UNSET } };
  g_autoptr (PhPayload) payload = ph_payload_new_for_bytes (bytes, NULL, NULL);

  ph_worker_change_repeat (net->worker, &target, payload, NULL, interval, times);
}

static void
skip_to_interval (Net *net, gint64 interval)
{
  PhRepeat running = { 0 };

  do
    {
      net_next (net);
      if (net->record.kind == PH_RECORD_REPEAT)
        ph_repeat_read (&net->words, &running);
    }
  while (running.interval != interval);
}

static void
test_another_interval_is_in_force_from_the_next_message_on (void)
{
  int port, fd = peer_socket (PH_SOCKET_UDP, "127.0.0.1", &port);
  Net *net = open_to ("udp", port);
  g_autoptr (GBytes) bytes = g_bytes_new_static ("tick", 4);
  Tally tally;

  repeat (net, NULL, PH_PORT_UNSET, bytes, MS, 0);
  measure (net, 20);
  change (net, bytes, 5 * MS, 0);
  skip_to_interval (net, 5 * MS);
  /* Never earlier than due: only the first may have been late, by what is made up for. */
  g_assert_cmpint (measure (net, 40), >=, 39 * 5 * MS - 30 * MS);
  change (net, bytes, 3600000 * MS, 0);
  skip_to_interval (net, 3600000 * MS);
  change (net, bytes, MS, 0); /* not in an hour */
  skip_to_interval (net, MS);
  measure (net, 5);
  change (net, bytes, 0, 0);
  skip_to_interval (net, 0);
  measure (net, 2000);
  change (net, bytes, 20 * MS, 0);
  skip_to_interval (net, 20 * MS);
  g_assert_cmpint (measure (net, 4), >=, 3 * 20 * MS - 20 * MS);
  ph_worker_stop_repeat (net->worker, 0);
  tally = tally_until_the_end (net);
  g_assert_cmpuint (tally.state, ==, PH_REPEAT_STOPPED);
  g_assert_cmpuint (tally.repeat.sent, >=, 2000);
  g_assert_cmpfloat (ph_repeat_rate (&tally.repeat), <=, 100); /* that of the last interval */
  peer_close (fd);
  net_free (net);
}

static void
test_another_text_goes_out_from_the_next_message_on_and_times_count_from_the_beginning (void)
{
  int port, fd = peer_socket (PH_SOCKET_UDP, "127.0.0.1", &port);
  Net *net = open_to ("udp", port);
  g_autoptr (GBytes) bytes = g_bytes_new_static ("tick", 4), other = g_bytes_new_static ("other", 5);
  PhRepeat all = { 0 };
  guint long_ones = 0;

  repeat (net, NULL, PH_PORT_UNSET, bytes, 2 * MS, 0);
  measure (net, 3);
  change (net, other, 2 * MS, 40);
  do
    {
      net_next (net);
      if (net->record.kind == PH_RECORD_OUT)
        {
          g_assert_true (net->record.length == 5 || long_ones == 0);
          long_ones += net->record.length == 5;
        }
    }
  while (net->record.kind != PH_RECORD_REPEAT || net->record.detail == PH_REPEAT_RUNNING);
  ph_repeat_read (&net->words, &all);
  g_assert_cmpuint (net->record.detail, ==, PH_REPEAT_DONE);
  g_assert_cmpuint (all.sent, ==, 40);
  g_assert_cmpuint (long_ones, >, 0);

  repeat (net, NULL, PH_PORT_UNSET, bytes, MS, 0);
  measure (net, 10);
  change (net, bytes, MS, 5); /* there were more */
  g_assert_cmpuint (tally_until_the_end (net).state, ==, PH_REPEAT_DONE);
  change (net, bytes, MS, 5); /* nothing runs: nothing begins */
  ph_worker_close (net->worker);
  net_expect (net, PH_RECORD_CLOSED);
  peer_close (fd);
  net_free (net);
}

static void
test_each_of_a_list_has_its_own_period_and_its_own_end (void)
{
  const PhTarget target = { .peer = PH_PEER_NONE, .place = { .port = PH_PORT_UNSET } };
  int port, fd = peer_socket (PH_SOCKET_UDP, "127.0.0.1", &port);
  Net *net = open_to ("udp", port);
  g_autoptr (GBytes) quick = g_bytes_new_static ("q", 1), slow = g_bytes_new_static ("slow", 4), typed = g_bytes_new_static ("ty", 2);
  g_autoptr (PhPayload) first = ph_payload_new_for_bytes (quick, NULL, NULL), second = ph_payload_new_for_bytes (slow, NULL, NULL);
  guint counts[5] = { 0 }, ends = 0;
  PhRepeat done;

  ph_worker_repeat_listed (net->worker, &target, first, NULL, 2 * MS, 1, "quick");
  ph_worker_repeat_listed (net->worker, &target, second, NULL, 20 * MS, 2, "slow");
  repeat (net, NULL, PH_PORT_UNSET, typed, MS, 3);
  while (counts[4] < 5)
    {
      net_next (net);
      if (net->record.kind == PH_RECORD_OUT)
        counts[net->record.length]++;
    }
  g_assert_cmpuint (counts[2], ==, 3);
  g_assert_cmpuint (counts[1], >=, 10);
  ph_worker_stop_repeat (net->worker, 1);
  ph_worker_close (net->worker);
  while (net->record.kind != PH_RECORD_CLOSED)
    {
      net_next (net);
      if (net->record.kind != PH_RECORD_REPEAT || net->record.detail == PH_REPEAT_RUNNING)
        continue;
      ph_repeat_read (&net->words, &done);
      g_assert_cmpuint (done.slot, ==, ++ends);
      g_assert_cmpint (net->record.detail, ==, PH_REPEAT_STOPPED);
      g_assert_nonnull (strstr (net->payload, ends == 1 ? "“quick”" : "“slow”"));
    }
  g_assert_cmpuint (ends, ==, 2);
  peer_close (fd);
  net_free (net);
}

static void
test_a_sequence_sends_in_its_order_with_its_delays_and_ends_at_the_first_error (void)
{
  const PhTarget target = { .peer = PH_PEER_NONE, .place = { .port = PH_PORT_UNSET } };
  int port, fd = peer_socket (PH_SOCKET_UDP, "127.0.0.1", &port);
  Net *net = open_to ("udp", port);
  const PhPayloadFormat format = { .charset = "utf-8", .variables = TRUE };
  g_autoptr (PhPayload) first = ph_payload_new (&format, "a{counter}", NULL, NULL), second = ph_payload_new (&format, "b", NULL, NULL);
  g_autoptr (GBytes) large = g_bytes_new_take (g_malloc0 (70000), 70000);
  g_autoptr (PhPayload) wrong = ph_payload_new_for_bytes (large, NULL, NULL);
  static const char *const sent[] = { "a1", "b", "a2", "b", "a3" };
  GArray *steps = ph_sequence_steps_new ();
  gint64 begun = 0;

  ph_sequence_steps_add (steps, &target, first, 0);
  ph_sequence_steps_add (steps, &target, second, 30 * MS);
  ph_worker_run_sequence (net->worker, steps, 2);
  for (guint i = 0; i < 4; i++)
    {
      do
        net_next (net);
      while (net->record.kind != PH_RECORD_OUT);
      g_assert_cmpstr (net->payload, ==, sent[i]);
      if (i % 2 == 1) /* a delay counts from when the message before was due, which may have been sent late */
        g_assert_cmpint (net->record.time - begun, >, 10 * MS);
      begun = net->record.time;
    }
  g_assert_cmpint (tally_until_the_end (net).state, ==, PH_REPEAT_DONE);
  g_assert_cmpstr (net->payload, ==, "4 messages sent, the sequence of 2 has ended");

  steps = ph_sequence_steps_new ();
  ph_sequence_steps_add (steps, &target, first, 0);
  ph_sequence_steps_add (steps, &target, wrong, 0);
  ph_worker_run_sequence (net->worker, steps, 0);
  g_assert_cmpuint (tally_until_the_end (net).out, ==, 1);
  g_assert_cmpint (net->record.detail, ==, PH_REPEAT_FAILED);
  g_assert_cmpstr (net->payload, ==, "1 message sent, the sequence of 2 has stopped at an error");

  steps = ph_sequence_steps_new ();
  ph_sequence_steps_add (steps, &target, second, 0);
  ph_worker_run_sequence (net->worker, steps, 0);
  measure (net, 1000);
  ph_worker_stop_repeat (net->worker, PH_REPEAT_SEQUENCE);
  g_assert_cmpint (tally_until_the_end (net).state, ==, PH_REPEAT_STOPPED);
  peer_close (fd);
  net_free (net);
}

static void
test_a_sequence_to_all_clients_waits_for_one_that_reads_slowly (void)
{
  enum { ROUNDS = 4, LENGTH = PH_LIMIT_QUEUE + 1 }; /* a second one beside what is queued is refused */
  const PhTarget target = { .peer = PH_PEER_NONE, .place = { .port = PH_PORT_UNSET } };
  g_autoptr (GBytes) bytes = g_bytes_new_take (g_malloc0 (LENGTH), LENGTH);
  g_autoptr (PhPayload) payload = ph_payload_new_for_bytes (bytes, NULL, NULL);
  Net *net = net_new ();
  GArray *steps = ph_sequence_steps_new ();
  GThread *reader;
  int fd;

  net_open (net, "tcp-server", "127.0.0.1", 0, "", PH_PORT_UNSET);
  net_expect (net, PH_RECORD_OPEN);
  fd = peer_connect (net->port);
  net_expect (net, PH_RECORD_JOINED);
  ph_sequence_steps_add (steps, &target, payload, 0);
  ph_worker_run_sequence (net->worker, steps, ROUNDS);
  measure (net, 1);
  reader = g_thread_new ("reader", peer_read_to_the_end, GINT_TO_POINTER (fd));
  g_assert_cmpint (tally_until_the_end (net).state, ==, PH_REPEAT_DONE);
  ph_worker_close (net->worker);
  g_assert_cmpuint (GPOINTER_TO_SIZE (g_thread_join (reader)), ==, ROUNDS * LENGTH);
  peer_close (fd);
  net_free (net);
}

int
main (int argc, char **argv)
{
  ph_plat_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/repeat/stops-after-exactly-so-many-and-is-never-faster-than-asked",
                   test_stops_after_exactly_so_many_and_is_never_faster_than_asked);
  g_test_add_func ("/repeat/as-fast-as-possible-sends-all-and-a-session-takes-all",
                   test_as_fast_as_possible_sends_all_and_a_session_takes_all);
  g_test_add_func ("/repeat/full-speed-waits-for-a-slow-reader-instead-of-losing",
                   test_full_speed_waits_for_a_slow_reader_instead_of_losing);
  g_test_add_func ("/repeat/every-repeat-tells-one-end-whatever-ended-it", test_every_repeat_tells_one_end_whatever_ended_it);
  g_test_add_func ("/repeat/a-name-is-waited-for-without-a-burst-when-it-is-found",
                   test_a_name_is_waited_for_without_a_burst_when_it_is_found);
  g_test_add_func ("/repeat/what-may-not-wait-for-the-address-of-a-name-does-not-count-as-sent",
                   test_what_may_not_wait_for_the_address_of_a_name_does_not_count_as_sent);
  g_test_add_func ("/repeat/a-long-repeat-tells-how-it-goes", test_a_long_repeat_tells_how_it_goes);
  g_test_add_func ("/repeat/another-interval-is-in-force-from-the-next-message-on",
                   test_another_interval_is_in_force_from_the_next_message_on);
  g_test_add_func ("/repeat/another-text-goes-out-from-the-next-message-on",
                   test_another_text_goes_out_from_the_next_message_on_and_times_count_from_the_beginning);

  g_test_add_func ("/repeat/each-of-a-list-has-its-own-period-and-its-own-end", test_each_of_a_list_has_its_own_period_and_its_own_end);
  g_test_add_func ("/repeat/a-sequence-sends-in-its-order-with-its-delays-and-ends-at-the-first-error",
                   test_a_sequence_sends_in_its_order_with_its_delays_and_ends_at_the_first_error);
  g_test_add_func ("/repeat/a-sequence-to-all-clients-waits-for-one-that-reads-slowly",
                   test_a_sequence_to_all_clients_waits_for_one_that_reads_slowly);

  return g_test_run ();
}
