/* test-account.c: what is told adds up: OUT records say what the system took, and what was refused or lost is told by numbers
 *
 * For a stream: bytes of OUT records = bytes that the peer got, and bytes asked for = these + those of refused and of lost messages.
 * For datagrams the same holds with messages.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "fixture.h"

#include <string.h>

#define LENGTH 50000u /* bytes of a message */
#define MESSAGES 400u /* more than the system and a queue hold for one peer */
#define CLIENTS 3u

/* What the records of a session say. */
typedef struct
{
  guint64 out;          /* bytes that peers were sent, each counted for itself */
  guint64 out_whole;    /* messages that they were sent whole */
  guint64 in;           /* bytes */
  guint64 refused;      /* messages */
  guint64 lost, unsent; /* messages and bytes of queues that are gone */
  guint64 half;         /* bytes that the system took of a lost message */
  guint64 unacked;      /* bytes that the system took and could not deliver */
} Account;

static void
account (Net *net, Account *sums)
{
  const PhRecord *record = &net->record;
  guint64 times = record->peer == PH_PEER_ALL ? record->detail : 1;
  gboolean send = record->kind == PH_RECORD_ERROR && g_strcmp0 (ph_words_get (&net->words, "action"), "send") == 0;
  guint64 number;

  if (record->kind == PH_RECORD_IN)
    sums->in += record->length;
  if (record->kind == PH_RECORD_OUT)
    sums->out += times * record->length;
  if (record->kind == PH_RECORD_OUT && (record->flags & (PH_RECORD_MORE | PH_RECORD_NOT_WHOLE)) == 0)
    sums->out_whole += times;
  if (record->kind == PH_RECORD_LOSS && record->detail == PH_LOSS_REFUSED)
    sums->refused += net_number (net, "count");
  if (send && ph_words_get_number (&net->words, "lost", &number))
    {
      sums->unsent += number;
      sums->lost += net_number (net, "count");
      sums->half += ph_words_get_number (&net->words, "sent", &number) ? number : 0;
    }
  else if (send)
    {
      sums->refused++;
    }
  if (record->kind == PH_RECORD_NOTE && g_strcmp0 (ph_words_get (&net->words, "action"), "acknowledge") == 0)
    sums->unacked += net_number (net, "bytes");
}

static void
account_until (Net *net, Account *sums, PhRecordKind kind)
{
  do
    {
      net_next (net);
      account (net, sums);
    }
  while (net->record.kind != kind);
}

static Net *
open_one (const char *transport, const char *remote, int port)
{
  Net *net = net_new ();
  gboolean listens = strcmp (transport, "tcp-server") == 0;

  net_open (net, transport, listens || *remote == '\0' ? "127.0.0.1" : "", listens ? 0 : PH_PORT_UNSET, remote, port);
  net_expect (net, PH_RECORD_OPEN);

  return net;
}

/* A connection to a plain socket, made by either side. */
static Net *
connect_one (const char *transport, int *ret_fd)
{
  int port, listener;
  Net *net;

  if (strcmp (transport, "tcp-server") == 0)
    {
      net = open_one (transport, "", PH_PORT_UNSET);
      *ret_fd = peer_connect (net->port);
      net_expect (net, PH_RECORD_JOINED);
      return net;
    }
  listener = peer_socket (PH_SOCKET_TCP, "127.0.0.1", &port);
  net = open_one (transport, "127.0.0.1", port);
  *ret_fd = peer_accept (listener);
  peer_close (listener);

  return net;
}

static void
send_all (Net *net, guint times)
{
  g_autofree char *bytes = g_malloc0 (LENGTH);

  for (guint i = 0; i < times; i++)
    net_send (net, PH_PEER_ALL, NULL, 0, bytes, LENGTH);
}

static const char *const streams[] = { "tcp-client", "tcp-server" };

/* A clean end without losses: what was sent, was told, and arrived. */
static void
test_a_peer_that_reads_gets_what_out_records_say (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (streams); i++)
    {
      Account sums = { 0 };
      int fd;
      Net *net = connect_one (streams[i], &fd);
      GThread *reader = g_thread_new ("reader", peer_read_to_the_end, GINT_TO_POINTER (fd));

      send_all (net, 50);
      while (sums.out_whole < 50)
        account_until (net, &sums, PH_RECORD_OUT);
      ph_worker_close (net->worker);
      account_until (net, &sums, PH_RECORD_CLOSED);
      g_assert_cmpuint (sums.out, ==, 50 * LENGTH);
      g_assert_cmpuint (sums.refused + sums.lost, ==, 0);
      g_assert_cmpuint (GPOINTER_TO_SIZE (g_thread_join (reader)), ==, sums.out);
      peer_close (fd);
      net_free (net);
    }
}

/* It reads only when all is over: the system had kept what OUT records say, and the rest is told. */
static void
test_a_peer_that_does_not_read_is_accounted_for_to_the_byte (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (streams); i++)
    {
      Account sums = { 0 };
      int fd;
      Net *net = connect_one (streams[i], &fd);

      send_all (net, MESSAGES);
      ph_worker_close (net->worker);
      account_until (net, &sums, PH_RECORD_CLOSED);
      g_assert_cmpuint (sums.refused, >, 0);
      g_assert_cmpuint (sums.lost, >, 0);
      g_assert_cmpuint (sums.out_whole + sums.refused + sums.lost, ==, MESSAGES);
      g_assert_cmpuint (sums.out + sums.unsent + sums.refused * LENGTH, ==, MESSAGES * LENGTH);
      g_assert_cmpuint (sums.out, ==, sums.out_whole * LENGTH + sums.half);
      g_assert_cmpuint (GPOINTER_TO_SIZE (peer_read_to_the_end (GINT_TO_POINTER (fd))), ==, sums.out);
      peer_close (fd);
      net_free (net);
    }
}

/* What the system took may be lost with the connection; all else is told. */
static void
test_a_peer_that_breaks_in_the_middle_leaves_no_message_untold (void)
{
  g_autofree char *bytes = g_malloc (LENGTH);

  for (guint i = 0; i < G_N_ELEMENTS (streams); i++)
    {
      Account sums = { 0 };
      int fd;
      Net *net = connect_one (streams[i], &fd);

      send_all (net, MESSAGES);
      peer_receive (fd, bytes, LENGTH);
      peer_reset (fd);
      while (sums.out_whole + sums.refused + sums.lost < MESSAGES)
        {
          net_next (net);
          account (net, &sums);
        }
      g_assert_cmpuint (sums.out_whole + sums.refused + sums.lost, ==, MESSAGES);
      g_assert_cmpuint (sums.out + sums.unsent + sums.refused * LENGTH, ==, MESSAGES * LENGTH);
      g_assert_cmpuint (sums.out, >=, LENGTH + sums.unacked);
      net_free (net);
    }
}

/* One reads, one reads late, one breaks: each message counts once for each of them. */
static void
test_messages_to_all_are_accounted_for_at_each_client (void)
{
  Account sums = { 0 };
  Net *net = open_one ("tcp-server", "", PH_PORT_UNSET);
  GThread *reader;
  guint64 got;
  int fds[CLIENTS];

  for (guint i = 0; i < CLIENTS; i++)
    {
      fds[i] = peer_connect (net->port);
      net_expect (net, PH_RECORD_JOINED);
    }
  reader = g_thread_new ("reader", peer_read_to_the_end, GINT_TO_POINTER (fds[0]));
  send_all (net, MESSAGES);
  while (sums.refused == 0) /* so that the third is there for all of them but the last ones */
    account_until (net, &sums, PH_RECORD_ERROR);
  ph_worker_close (net->worker);
  account_until (net, &sums, PH_RECORD_CLOSED);
  g_assert_cmpuint (sums.out_whole + sums.refused + sums.lost, ==, CLIENTS * MESSAGES);
  g_assert_cmpuint (sums.out + sums.unsent + sums.refused * LENGTH, ==, CLIENTS * MESSAGES * LENGTH);
  got = GPOINTER_TO_SIZE (g_thread_join (reader));
  for (guint i = 1; i < CLIENTS; i++)
    got += GPOINTER_TO_SIZE (peer_read_to_the_end (GINT_TO_POINTER (fds[i])));
  g_assert_cmpuint (got, ==, sums.out);
  for (guint i = 0; i < CLIENTS; i++)
    peer_close (fds[i]);
  net_free (net);
}

/* A repeat tells apart what was sent, what waits and what was refused, and the records say the same. */
static void
test_the_end_of_a_repeat_adds_up (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_take (g_malloc0 (LENGTH), LENGTH);
  g_autoptr (PhPayload) payload = ph_payload_new_for_bytes (bytes, NULL, NULL);
  PhTarget target = { .peer = PH_PEER_ALL };

  for (guint i = 0; i < G_N_ELEMENTS (streams); i++)
    {
      Account sums = { 0 };
      guint64 sent, waiting, refused;
      int fd;
      Net *net = connect_one (streams[i], &fd);

      ph_worker_repeat (net->worker, &target, payload, NULL, 1000000, MESSAGES);
      do /* until all were tried */
        account_until (net, &sums, PH_RECORD_REPEAT);
      while (net_number (net, "sent") + net_number (net, "waiting") + net_number (net, "refused") < MESSAGES);
      ph_worker_close (net->worker);
      if (net->record.detail == PH_REPEAT_RUNNING)
        account_until (net, &sums, PH_RECORD_REPEAT);
      g_assert_cmpuint (net->record.detail, ==, PH_REPEAT_STOPPED);
      sent = net_number (net, "sent");
      waiting = net_number (net, "waiting");
      refused = net_number (net, "refused");
      g_assert_cmpuint (net_number (net, "lost"), ==, 0);
      account_until (net, &sums, PH_RECORD_CLOSED);
      g_assert_cmpuint (sent, ==, sums.out_whole);
      g_assert_cmpuint (waiting, ==, sums.lost);
      g_assert_cmpuint (refused, ==, sums.refused);
      g_assert_cmpuint (waiting, >, 0);
      g_assert_cmpuint (refused, >, 0);
      g_assert_cmpuint (GPOINTER_TO_SIZE (peer_read_to_the_end (GINT_TO_POINTER (fd))), ==, sums.out);
      peer_close (fd);
      net_free (net);
    }
}

/* A repeat to all goes on while one client breaks, and counts for those that are left. */
static void
test_a_repeat_to_all_outlives_a_client_that_breaks (void)
{
  enum { TIMES = 300 };
  static const gint64 intervals[] = { 1000000, 0 };
  g_autoptr (GBytes) bytes = g_bytes_new_take (g_malloc0 (LENGTH), LENGTH);
  g_autoptr (PhPayload) payload = ph_payload_new_for_bytes (bytes, NULL, NULL);
  PhTarget target = { .peer = PH_PEER_ALL };

  for (guint i = 0; i < G_N_ELEMENTS (intervals); i++)
    {
      Account sums = { 0 };
      Net *net = open_one ("tcp-server", "", PH_PORT_UNSET);
      int reading = peer_connect (net->port), deaf = peer_connect (net->port);
      GThread *reader = g_thread_new ("reader", peer_read_to_the_end, GINT_TO_POINTER (reading));

      net_expect (net, PH_RECORD_JOINED);
      net_expect (net, PH_RECORD_JOINED);
      ph_worker_repeat (net->worker, &target, payload, NULL, intervals[i], TIMES);
      account_until (net, &sums, PH_RECORD_OUT);
      peer_reset (deaf);
      do
        account_until (net, &sums, PH_RECORD_REPEAT);
      while (net->record.detail == PH_REPEAT_RUNNING);
      g_assert_cmpuint (net->record.detail, ==, PH_REPEAT_DONE);
      g_assert_cmpuint (net_number (net, "sent"), ==, TIMES);
      ph_worker_close (net->worker);
      account_until (net, &sums, PH_RECORD_CLOSED);
      g_assert_cmpuint (GPOINTER_TO_SIZE (g_thread_join (reader)), ==, TIMES * LENGTH);
      peer_close (reading);
      net_free (net);
    }
}

static void
test_what_streams_receive_is_told_to_the_byte (void)
{
  g_autofree char *bytes = g_malloc0 (LENGTH);

  for (guint i = 0; i < G_N_ELEMENTS (streams); i++)
    {
      Account sums = { 0 };
      int fd;
      Net *net = connect_one (streams[i], &fd);

      for (guint j = 0; j < 20; j++)
        g_assert_cmpint (peer_send (fd, bytes, LENGTH), ==, LENGTH);
      g_assert_cmpint (peer_finish (fd), ==, 0);
      account_until (net, &sums, PH_RECORD_HALF_CLOSED);
      g_assert_cmpuint (sums.in, ==, 20 * LENGTH);
      peer_close (fd);
      net_free (net);
    }
}

/* Datagrams: those with an OUT record arrive, those that are too long are told; and what comes is told. */
static void
test_datagrams_are_accounted_for_both_ways (void)
{
  enum { GOOD = 200, LONG = 65508 };
  int port, fd = peer_socket (PH_SOCKET_UDP, "127.0.0.1", &port);
  g_autofree char *bytes = g_malloc0 (LONG);
  Net *net = open_one ("udp", "127.0.0.1", port);
  Account sums = { 0 };
  char buffer[8];

  for (guint i = 0; i < GOOD; i++)
    {
      net_send (net, PH_PEER_NONE, NULL, PH_PORT_UNSET, "datagram", 8);
      net_send (net, PH_PEER_NONE, NULL, PH_PORT_UNSET, bytes, LONG);
      g_assert_cmpint (peer_receive_some (fd, buffer, 8), ==, 8);
      peer_send_to (fd, net->port, "back", 4);
    }
  while (sums.in < 4 * GOOD || sums.out < 8 * GOOD)
    {
      net_next (net);
      account (net, &sums);
    }
  ph_worker_close (net->worker);
  account_until (net, &sums, PH_RECORD_CLOSED);
  g_assert_cmpuint (sums.in, ==, 4 * GOOD);
  g_assert_cmpuint (sums.out_whole, ==, GOOD);
  g_assert_cmpuint (sums.refused, ==, GOOD);
  g_assert_cmpuint (sums.lost, ==, 0);
  peer_close (fd);
  net_free (net);
}

int
main (int argc, char **argv)
{
  ph_plat_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/account/a-peer-that-reads-gets-what-out-records-say", test_a_peer_that_reads_gets_what_out_records_say);
  g_test_add_func ("/account/a-peer-that-does-not-read-is-accounted-for-to-the-byte",
                   test_a_peer_that_does_not_read_is_accounted_for_to_the_byte);
  g_test_add_func ("/account/a-peer-that-breaks-in-the-middle-leaves-no-message-untold",
                   test_a_peer_that_breaks_in_the_middle_leaves_no_message_untold);
  g_test_add_func ("/account/messages-to-all-are-accounted-for-at-each-client", test_messages_to_all_are_accounted_for_at_each_client);
  g_test_add_func ("/account/the-end-of-a-repeat-adds-up", test_the_end_of_a_repeat_adds_up);
  g_test_add_func ("/account/a-repeat-to-all-outlives-a-client-that-breaks", test_a_repeat_to_all_outlives_a_client_that_breaks);
  g_test_add_func ("/account/what-streams-receive-is-told-to-the-byte", test_what_streams_receive_is_told_to_the_byte);
  g_test_add_func ("/account/datagrams-are-accounted-for-both-ways", test_datagrams_are_accounted_for_both_ways);

  return g_test_run ();
}
