/* test-send.c: what OUT records say that the system took, held against what arrives
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "fixture.h"

#include "ph-charset.h"

#define CLIENTS 3u
#define SLOW 0u           /* the client that does not read at first */
#define LENGTH 100000u    /* bytes of a message */
#define PLENTY (16u * 1024u * 1024u) /* bytes, more than the system takes for a client that does not read */
#define MESSAGES 400u     /* more than the system and the queue hold for one client */

/* What the records say of each client, by its peer number minus the first one's. */
typedef struct
{
  guint32 first;
  guint64 bytes[CLIENTS];
  guint64 whole[CLIENTS]; /* messages */
  guint64 all;            /* bytes of all, as a client of the records counts them */
} Sums;

static void
add_to_all (Sums *sums, const PhRecord *record)
{
  g_assert_cmpuint (record->detail, >=, 1);
  g_assert_cmpuint (record->detail, <=, CLIENTS);
  sums->all += (guint64) record->length * record->detail;
  for (guint i = 0; i < CLIENTS; i++)
    sums->bytes[i] += record->length;
  if ((record->flags & PH_RECORD_MORE) != 0)
    return;
  for (guint i = 0; i < CLIENTS; i++)
    sums->whole[i]++;
}

static void
add (Sums *sums, const PhRecord *record)
{
  guint client = record->peer - sums->first;

  if (record->kind != PH_RECORD_OUT)
    return;
  g_assert_true (ph_record_is_stream (record));
  if (record->peer == PH_PEER_ALL)
    {
      add_to_all (sums, record);
      return;
    }
  g_assert_cmpuint (client, <, CLIENTS);
  if ((record->flags & PH_RECORD_NOT_WHOLE) != 0)
    {
      sums->bytes[client] -= LENGTH;
      sums->whole[client]--;
    }
  else if ((record->flags & PH_RECORD_MORE) == 0)
    {
      sums->whole[client]++;
    }
  sums->bytes[client] += record->length;
  sums->all += record->length;
}

static Net *
open_server (int fds[CLIENTS], Sums *sums)
{
  Net *net = net_new ();

  net_open (net, "tcp-server", "127.0.0.1", 0, "", PH_PORT_UNSET);
  net_expect (net, PH_RECORD_OPEN);
  for (guint i = 0; i < CLIENTS; i++)
    {
      fds[i] = peer_connect (net->port);
      net_expect (net, PH_RECORD_JOINED);
      if (i == 0)
        sums->first = net->peer;
    }

  return net;
}

/* Two clients read all the time, one begins when it has been refused something. What each of them receives until the end is
 * exactly what the records say. */
static void
test_what_is_told_is_what_the_system_took (void)
{
  g_autofree char *bytes = g_malloc0 (LENGTH);
  GThread *readers[CLIENTS] = { NULL };
  int fds[CLIENTS];
  Sums sums = { 0 };
  Net *net = open_server (fds, &sums);
  guint64 received = 0;

  for (guint i = 0; i < CLIENTS; i++)
    if (i != SLOW)
      readers[i] = g_thread_new ("reader", peer_read_to_the_end, GINT_TO_POINTER (fds[i]));
  for (guint i = 0; i < MESSAGES; i++)
    net_send (net, PH_PEER_ALL, NULL, 0, bytes, LENGTH);
  do
    {
      net_next (net);
      add (&sums, &net->record);
    }
  while (net->record.kind != PH_RECORD_ERROR || net->record.peer != sums.first + SLOW);
  g_assert_cmpuint (net->record.detail, ==, PH_ERROR_QUEUE_FULL);
  readers[SLOW] = g_thread_new ("reader", peer_read_to_the_end, GINT_TO_POINTER (fds[SLOW]));
  net_send (net, sums.first + SLOW, NULL, 0, bytes, 1); /* something for it alone, too */
  ph_worker_close (net->worker);
  do
    {
      net_next (net);
      add (&sums, &net->record);
    }
  while (net->record.kind != PH_RECORD_CLOSED);

  for (guint i = 0; i < CLIENTS; i++)
    {
      guint64 here = GPOINTER_TO_SIZE (g_thread_join (readers[i]));

      g_assert_cmpuint (here, ==, sums.bytes[i]);
      received += here;
      peer_close (fds[i]);
    }
  g_assert_cmpuint (sums.all, ==, received);
  g_assert_cmpuint (sums.whole[SLOW], <, MESSAGES);
  net_free (net);
}

/* The records of a message to all come together: first the one for those that took it, then one for each other client. */
static void
test_a_client_that_waits_has_a_record_of_its_own (void)
{
  g_autofree char *bytes = g_malloc0 (LENGTH);
  int fds[CLIENTS];
  Sums sums = { 0 };
  Net *net = open_server (fds, &sums);
  GThread *reader;
  gsize length = 0;

  /* More than the system takes for it, so that the rest waits. */
  for (guint i = 0; i < MESSAGES / 4; i++)
    net_send (net, sums.first + SLOW, NULL, 0, bytes, LENGTH);
  net_send_text (net, PH_PEER_ALL, "to all");
  do
    {
      net_next (net);
      add (&sums, &net->record);
    }
  while (net->record.kind != PH_RECORD_OUT || net->record.peer != PH_PEER_ALL);
  g_assert_cmpuint (net->record.detail, ==, CLIENTS - 1);
  g_assert_cmpstr (net->payload, ==, "to all");
  net_next (net);
  g_assert_cmpuint (net->record.kind, ==, PH_RECORD_OUT);
  g_assert_cmpuint (net->record.peer, ==, sums.first + SLOW);
  g_assert_cmpuint (net->record.length, ==, 0);
  g_assert_cmphex (net->record.flags, ==, PH_RECORD_STREAM | PH_RECORD_NOT_WHOLE | PH_RECORD_MORE);
  g_assert_true (ph_record_is_silent (&net->record));

  /* It gets the message, and the record says so, when it has read what came before. */
  reader = g_thread_new ("reader", peer_read_to_the_end, GINT_TO_POINTER (fds[SLOW]));
  do
    net_next (net);
  while (net->record.length != 6);
  g_assert_cmpstr (net->payload, ==, "to all");
  g_assert_cmpuint (net->record.peer, ==, sums.first + SLOW);
  g_assert_cmphex (net->record.flags, ==, PH_RECORD_STREAM);
  ph_worker_close (net->worker);
  length = GPOINTER_TO_SIZE (g_thread_join (reader));
  g_assert_cmpuint (length, ==, MESSAGES / 4 * LENGTH + 6);
  for (guint i = 0; i < CLIENTS; i++)
    peer_close (fds[i]);
  net_free (net);
}

/* A message for all that nobody takes all of: there is no record for all. */
static void
test_a_message_that_nobody_took_whole_has_no_record_for_all (void)
{
  g_autofree char *bytes = g_malloc0 (PLENTY);
  int fds[CLIENTS];
  Sums sums = { 0 };
  Net *net = open_server (fds, &sums);
  GThread *readers[CLIENTS];
  guint begun = 0, ended = 0;

  net_send (net, PH_PEER_ALL, NULL, 0, bytes, PLENTY);
  while (begun != (1 << CLIENTS) - 1)
    {
      net_next (net);
      if (net->record.kind == PH_RECORD_LOSS) /* the memory limit, at its own time */
        continue;
      g_assert_cmpuint (net->record.kind, ==, PH_RECORD_OUT);
      g_assert_cmphex (net->record.flags, ==, PH_RECORD_STREAM | PH_RECORD_MORE);
      begun |= 1u << (net->record.peer - sums.first);
    }
  for (guint i = 0; i < CLIENTS; i++)
    readers[i] = g_thread_new ("reader", peer_read_to_the_end, GINT_TO_POINTER (fds[i]));
  while (ended < CLIENTS)
    {
      net_next (net);
      g_assert_cmpuint (net->record.peer, !=, PH_PEER_ALL);
      if (net->record.kind == PH_RECORD_OUT && (net->record.flags & PH_RECORD_MORE) == 0)
        ended++;
    }
  ph_worker_close (net->worker);
  for (guint i = 0; i < CLIENTS; i++)
    {
      g_assert_cmpuint (GPOINTER_TO_SIZE (g_thread_join (readers[i])), ==, PLENTY);
      peer_close (fds[i]);
    }
  net_free (net);
}

/* A record says in which form it was typed, and one that came how it was set to be shown. */
static void
test_records_carry_the_form_of_their_message (void)
{
  static const char *const transports[] = { "tcp-server", "udp" };
  const PhPayloadFormat format = { .charset = "gbk", .hex = TRUE };
  const guint8 typed = ph_record_form (PH_FORM_HEX, ph_charset_find ("gbk")->number), shown = ph_record_form (PH_FORM_TEXT, 3);

  for (guint i = 0; i < G_N_ELEMENTS (transports); i++)
    {
      Net *net = net_new ();
      g_autoptr (PhPayload) payload = ph_payload_new (&format, "74 79 70 65 64", NULL, NULL);
      PhTarget target = { .peer = PH_PEER_NONE, .heard_last = TRUE };
      int port, fd = i == 1 ? peer_socket (PH_SOCKET_UDP, "127.0.0.1", &port) : -1;

      ph_worker_set_form (net->worker, shown);
      net_open (net, transports[i], "127.0.0.1", 0, "", PH_PORT_UNSET);
      net_expect (net, PH_RECORD_OPEN);
      if (i == 0)
        g_assert_cmpint (peer_send (fd = peer_connect (net->port), "shown", 5), ==, 5);
      else
        peer_send_to (fd, net->port, "shown", 5);
      do
        net_next (net);
      while (net->record.kind != PH_RECORD_IN);
      g_assert_cmpuint (net->record.form, ==, shown);
      ph_worker_send (net->worker, &target, payload, NULL);
      net_expect_text (net, PH_RECORD_OUT, "typed");
      g_assert_cmpuint (net->record.form, ==, typed);
      peer_close (fd);
      net_free (net);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/send/what-is-told-is-what-the-system-took", test_what_is_told_is_what_the_system_took);
  g_test_add_func ("/send/a-client-that-waits-has-a-record-of-its-own", test_a_client_that_waits_has_a_record_of_its_own);
  g_test_add_func ("/send/a-message-that-nobody-took-whole-has-no-record-for-all",
                   test_a_message_that_nobody_took_whole_has_no_record_for_all);
  g_test_add_func ("/send/records-carry-the-form-of-their-message", test_records_carry_the_form_of_their_message);

  return g_test_run ();
}
