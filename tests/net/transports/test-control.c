/* test-control.c: what can be done with one connection: half-close, end, reset, stop reading and go on
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "fixture.h"

#include <string.h>

#define PATIENT 60000u /* ms of half-close time that no test waits for */
#define LENGTH (12u * 1000u * 1000u) /* bytes, more than the system takes for a side that does not read */

typedef struct
{
  Net *net;
  int listener; /* -1 where the worker listens */
  int fd;
  guint32 peer;
} Pair;

static const char *const transports[] = { "tcp-client", "tcp-server" };

static Pair
pair_new_with (const char *transport, const char *responder)
{
  gboolean serves = strcmp (transport, "tcp-server") == 0;
  PhEndpoint *endpoint = ph_endpoint_new (transport);
  Pair pair = { .net = net_new (), .listener = -1 };
  int port = PH_PORT_UNSET;

  if (!serves)
    pair.listener = peer_socket (PH_SOCKET_TCP, "127.0.0.1", &port);
  ph_place_set_ip (serves ? &endpoint->local : &endpoint->remote, "127.0.0.1", serves ? 0 : port);
  ph_endpoint_set_option (endpoint, "half-close", PATIENT, NULL);
  endpoint->responder = responder;
  net_open_endpoint (pair.net, endpoint);
  net_expect (pair.net, PH_RECORD_OPEN);
  pair.fd = serves ? peer_connect (pair.net->port) : peer_accept (pair.listener);
  if (serves)
    net_expect (pair.net, PH_RECORD_JOINED);
  pair.peer = pair.net->peer;

  return pair;
}

static Pair
pair_new (const char *transport)
{
  return pair_new_with (transport, NULL);
}

static void
pair_free (Pair *pair)
{
  if (pair->fd >= 0)
    peer_close (pair->fd);
  if (pair->listener >= 0)
    peer_close (pair->listener);
  net_free (pair->net);
}

static void
control (Pair *pair, PhPeerAction action)
{
  ph_worker_control (pair->net->worker, pair->peer, action);
}

/* The next record says what was done with this connection. */
static void
expect_note (Pair *pair, const char *action, const char *cause)
{
  net_expect (pair->net, PH_RECORD_NOTE);
  g_assert_cmpuint (pair->net->record.peer, ==, pair->peer);
  g_assert_cmpstr (ph_words_get (&pair->net->words, "action"), ==, action);
  g_assert_cmpstr (ph_words_get (&pair->net->words, "cause"), ==, cause);
}

static PhLeft
read_to_the_end (Net *net)
{
  do
    net_next (net);
  while (net->record.kind != PH_RECORD_LEFT && net->record.kind != PH_RECORD_CLOSED);

  return net->record.detail;
}

/* Bytes of which each stretch can be told from its neighbours. */
static char *
make_bytes (gsize length)
{
  char *bytes = g_malloc (length);

  for (gsize i = 0; i < length; i++)
    bytes[i] = (char) (i * 31 >> 4 ^ i >> 13);

  return bytes;
}

/* ---- half-close ---- */

static void
test_after_a_half_close_the_answer_of_the_peer_still_comes (void)
{
  char copy[8];

  for (guint i = 0; i < G_N_ELEMENTS (transports); i++)
    {
      Pair pair = pair_new (transports[i]);

      net_send_text (pair.net, pair.peer, "question");
      control (&pair, PH_PEER_HALF_CLOSE);
      net_expect (pair.net, PH_RECORD_OUT);
      expect_note (&pair, "half-close", NULL);
      peer_receive (pair.fd, copy, 8);
      g_assert_cmpint (peer_receive_some (pair.fd, copy, 1), ==, 0);
      g_assert_cmpint (peer_send (pair.fd, "answer", 6), ==, 6);
      net_expect_text (pair.net, PH_RECORD_IN, "answer");
      control (&pair, PH_PEER_HALF_CLOSE); /* it is already */
      g_assert_cmpint (peer_finish (pair.fd), ==, 0);
      net_next (pair.net);
      g_assert_cmpuint (pair.net->record.kind, ==, i == 0 ? PH_RECORD_CLOSED : PH_RECORD_LEFT);
      g_assert_cmpuint (pair.net->record.detail, ==, PH_LEFT_DONE);
      pair_free (&pair);
    }
}

static void
test_the_half_close_of_a_peer_that_has_finished_ends_the_connection (void)
{
  char byte;

  for (guint i = 0; i < G_N_ELEMENTS (transports); i++)
    {
      Pair pair = pair_new (transports[i]);

      g_assert_cmpint (peer_finish (pair.fd), ==, 0);
      net_expect (pair.net, PH_RECORD_HALF_CLOSED);
      control (&pair, PH_PEER_HALF_CLOSE);
      expect_note (&pair, "half-close", NULL);
      g_assert_cmpuint (read_to_the_end (pair.net), ==, PH_LEFT_DONE);
      g_assert_cmpint (peer_receive_some (pair.fd, &byte, 1), ==, 0);
      pair_free (&pair);
    }
}

static void
test_a_half_close_goes_out_behind_what_is_queued (void)
{
  g_autofree char *bytes = make_bytes (LENGTH), *copy = g_malloc (LENGTH);

  for (guint i = 0; i < G_N_ELEMENTS (transports); i++)
    {
      Pair pair = pair_new (transports[i]);

      net_send (pair.net, pair.peer, NULL, 0, bytes, LENGTH);
      control (&pair, PH_PEER_HALF_CLOSE);
      do
        net_next (pair.net);
      while (pair.net->record.kind != PH_RECORD_NOTE);
      g_assert_cmpstr (ph_words_get (&pair.net->words, "cause"), ==, "waits");
      peer_receive (pair.fd, copy, LENGTH);
      g_assert_true (memcmp (copy, bytes, LENGTH) == 0);
      g_assert_cmpint (peer_receive_some (pair.fd, copy, 1), ==, 0);
      do
        net_next (pair.net);
      while (pair.net->record.kind != PH_RECORD_NOTE);
      g_assert_cmpstr (ph_words_get (&pair.net->words, "cause"), ==, NULL);
      pair_free (&pair);
    }
}

/* The first one is told by an error, the others by a number: a repeat ends with the first. */
static void
test_after_a_half_close_nothing_is_sent (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("tick", 4);
  g_autoptr (PhPayload) payload = ph_payload_new_for_bytes (bytes, NULL, NULL);
  PhTarget target = { .peer = PH_PEER_NONE };

  for (guint i = 0; i < G_N_ELEMENTS (transports); i++)
    {
      Pair pair = pair_new (transports[i]);

      target.peer = pair.peer;
      control (&pair, PH_PEER_HALF_CLOSE);
      expect_note (&pair, "half-close", NULL);
      net_send_text (pair.net, pair.peer, "late");
      net_expect (pair.net, PH_RECORD_ERROR);
      g_assert_true (g_str_has_prefix (pair.net->payload, "Cannot send to 127.0.0.1:"));
      g_assert_true (g_str_has_suffix (pair.net->payload, ": its sending side was closed here"));
      g_assert_cmpuint (pair.net->record.detail, ==, PH_ERROR_NOT_OPEN);
      ph_worker_repeat (pair.net->worker, &target, payload, NULL, 0, 0);
      do
        net_expect (pair.net, PH_RECORD_REPEAT);
      while (pair.net->record.detail == PH_REPEAT_RUNNING);
      g_assert_cmpuint (pair.net->record.detail, ==, PH_REPEAT_FAILED);
      net_expect (pair.net, PH_RECORD_LOSS);
      g_assert_true (g_str_has_prefix (pair.net->payload, "1 more message to 127.0.0.1:"));
      g_assert_true (g_str_has_suffix (pair.net->payload, " was not sent: its sending side was closed here"));
      pair_free (&pair);
    }
}

/* To all means those to whom something can be sent; only where there is none it is an error. */
static void
test_to_all_leaves_out_whom_nothing_can_be_sent_to (void)
{
  Pair pair = pair_new ("tcp-server");
  int other = peer_connect (pair.net->port);
  guint32 number;
  char copy[3];

  net_expect (pair.net, PH_RECORD_JOINED);
  number = pair.net->peer;
  control (&pair, PH_PEER_HALF_CLOSE);
  expect_note (&pair, "half-close", NULL);
  net_send_text (pair.net, PH_PEER_ALL, "all");
  net_expect (pair.net, PH_RECORD_OUT);
  g_assert_cmpuint (pair.net->record.peer, ==, PH_PEER_ALL);
  g_assert_cmpuint (pair.net->record.detail, ==, 1);
  net_next (pair.net); /* so that it is not counted as one that got it */
  g_assert_cmpuint (pair.net->record.kind, ==, PH_RECORD_OUT);
  g_assert_cmpuint (pair.net->record.peer, ==, pair.peer);
  g_assert_cmpuint (pair.net->record.length, ==, 0);
  g_assert_true ((pair.net->record.flags & PH_RECORD_NOT_WHOLE) != 0);
  peer_receive (other, copy, 3);
  ph_worker_control (pair.net->worker, number, PH_PEER_HALF_CLOSE);
  net_expect (pair.net, PH_RECORD_NOTE);
  net_send_text (pair.net, PH_PEER_ALL, "all");
  net_expect (pair.net, PH_RECORD_ERROR);
  g_assert_cmpstr (pair.net->payload, ==, "Cannot send: the sending side of each connection was closed here");
  peer_close (other);
  pair_free (&pair);
}

/* ---- ends ---- */

static void
test_an_end_and_a_reset_are_seen_by_the_peer_as_such (void)
{
  static const struct
  {
    PhPeerAction action;
    PhLeft lefts[2];
    gssize seen;
  } rows[] = {
    { PH_PEER_DISCONNECT, { PH_LEFT_BY_USER, PH_LEFT_KICKED }, 0 },
    { PH_PEER_RESET, { PH_LEFT_RESET_HERE, PH_LEFT_RESET_HERE }, -1 },
  };
  char byte;

  for (guint i = 0; i < G_N_ELEMENTS (rows) * G_N_ELEMENTS (transports); i++)
    {
      guint row = i / G_N_ELEMENTS (transports), column = i % G_N_ELEMENTS (transports);
      Pair pair = pair_new (transports[column]);

      control (&pair, rows[row].action);
      g_assert_cmpuint (read_to_the_end (pair.net), ==, rows[row].lefts[column]);
      g_assert_cmpint (peer_receive_some (pair.fd, &byte, 1), ==, rows[row].seen);
      pair_free (&pair);
    }
}

static void
test_a_client_has_one_connection_and_its_number_may_be_left_out (void)
{
  static const guint32 numbers[] = { PH_PEER_ALL, PH_PEER_NONE };

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      Pair pair = pair_new ("tcp-client");

      ph_worker_control (pair.net->worker, pair.peer + 1, PH_PEER_RESET); /* of somebody else */
      ph_worker_control (pair.net->worker, numbers[i], PH_PEER_STOP_READING);
      expect_note (&pair, "stop-reading", NULL);
      ph_worker_control (pair.net->worker, numbers[i], PH_PEER_RESET);
      g_assert_cmpuint (read_to_the_end (pair.net), ==, PH_LEFT_RESET_HERE);
      g_assert_cmpstr (pair.net->payload, ==, "Closed (by you, with RST)");
      pair_free (&pair);
    }
}

/* ---- reading ---- */

typedef struct
{
  int fd;
  const char *bytes;
  gsize sent;
} Sender;

static gpointer
send_rest (gpointer data)
{
  const Sender *sender = data;

  for (gsize sent = sender->sent; sent < LENGTH;)
    {
      gssize n = peer_send (sender->fd, sender->bytes + sent, LENGTH - sent);

      g_assert_cmpint (n, >, 0);
      sent += (gsize) n;
    }

  return NULL;
}

/* What is received until all of @bytes was. */
static void
expect_bytes (Net *net, const char *bytes)
{
  for (gsize got = 0; got < LENGTH;)
    {
      net_next (net);
      if (net->record.kind != PH_RECORD_IN)
        continue;
      g_assert_cmpuint (got + net->record.length, <=, LENGTH);
      g_assert_true (memcmp (net->payload, bytes + got, net->record.length) == 0);
      got += net->record.length;
    }
}

static void
test_who_is_not_read_from_has_to_wait_and_then_all_arrives (void)
{
  g_autofree char *bytes = make_bytes (LENGTH);

  for (guint i = 0; i < G_N_ELEMENTS (transports); i++)
    {
      Pair pair = pair_new (transports[i]);
      Sender sender = { .fd = pair.fd, .bytes = bytes };
      GThread *thread;
      char copy[4];

      control (&pair, PH_PEER_STOP_READING);
      expect_note (&pair, "stop-reading", NULL);
      control (&pair, PH_PEER_STOP_READING); /* it is already */
      sender.sent = peer_send_until_full (pair.fd, bytes, LENGTH);
      g_assert_cmpuint (sender.sent, <, LENGTH);
      net_send_text (pair.net, pair.peer, "push"); /* sending goes on */
      peer_receive (pair.fd, copy, 4);
      net_next (pair.net);
      g_assert_cmpuint (pair.net->record.kind, ==, PH_RECORD_OUT); /* and nothing was received */
      control (&pair, PH_PEER_GO_ON);
      expect_note (&pair, "read", NULL);
      thread = g_thread_new ("sender", send_rest, &sender);
      expect_bytes (pair.net, bytes);
      g_thread_join (thread);
      pair_free (&pair);
    }
}

/* What the system says of a connection that is over is heard all the same, behind what waited. */
static void
test_a_reset_is_seen_while_reading_is_stopped (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (transports); i++)
    {
      Pair pair = pair_new (transports[i]);

      control (&pair, PH_PEER_STOP_READING);
      expect_note (&pair, "stop-reading", NULL);
      peer_reset (pair.fd);
      pair.fd = -1;
      g_assert_cmpuint (read_to_the_end (pair.net), ==, PH_LEFT_RESET);
      pair_free (&pair);
    }
}

static void
test_a_fin_waits_behind_what_is_not_read (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (transports); i++)
    {
      Pair pair = pair_new (transports[i]);

      control (&pair, PH_PEER_STOP_READING);
      expect_note (&pair, "stop-reading", NULL);
      g_assert_cmpint (peer_send (pair.fd, "last", 4), ==, 4);
      g_assert_cmpint (peer_finish (pair.fd), ==, 0);
      control (&pair, PH_PEER_GO_ON);
      expect_note (&pair, "read", NULL);
      net_expect_text (pair.net, PH_RECORD_IN, "last");
      net_expect (pair.net, PH_RECORD_HALF_CLOSED);
      pair_free (&pair);
    }
}

static void
test_an_end_works_while_reading_is_stopped (void)
{
  static const PhPeerAction actions[] = { PH_PEER_DISCONNECT, PH_PEER_RESET };

  for (guint i = 0; i < G_N_ELEMENTS (actions) * G_N_ELEMENTS (transports); i++)
    {
      Pair pair = pair_new (transports[i % G_N_ELEMENTS (transports)]);
      char byte;

      control (&pair, PH_PEER_STOP_READING);
      expect_note (&pair, "stop-reading", NULL);
      control (&pair, actions[i / G_N_ELEMENTS (transports)]);
      read_to_the_end (pair.net);
      g_assert_cmpint (peer_receive_some (pair.fd, &byte, 1), <=, 0);
      pair_free (&pair);
    }
}

/* An echo has nobody to answer then: that is told once, and after that by a number. */
static void
test_answers_that_cannot_be_sent_do_not_fill_the_log (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (transports); i++)
    {
      Pair pair = pair_new_with (transports[i], "echo");
      guint errors = 0;

      control (&pair, PH_PEER_HALF_CLOSE);
      expect_note (&pair, "half-close", NULL);
      for (guint n = 0; n < 20; n++)
        {
          g_assert_cmpint (peer_send (pair.fd, "x", 1), ==, 1);
          do
            {
              net_next (pair.net);
              errors += pair.net->record.kind == PH_RECORD_ERROR;
            }
          while (pair.net->record.kind != PH_RECORD_IN);
        }
      g_assert_cmpuint (errors, >=, 1);
      g_assert_cmpuint (errors, <, 10);
      pair_free (&pair);
    }
}

/* An echo answers nothing meanwhile, and everything afterwards. */
static void
test_a_responder_waits_while_reading_is_stopped (void)
{
  char copy[4];

  for (guint i = 0; i < G_N_ELEMENTS (transports); i++)
    {
      Pair pair = pair_new_with (transports[i], "echo");

      control (&pair, PH_PEER_STOP_READING);
      expect_note (&pair, "stop-reading", NULL);
      g_assert_cmpint (peer_send (pair.fd, "echo", 4), ==, 4);
      control (&pair, PH_PEER_GO_ON);
      peer_receive (pair.fd, copy, 4);
      g_assert_cmpmem (copy, 4, "echo", 4);
      pair_free (&pair);
    }
}

int
main (int argc, char **argv)
{
  ph_plat_init ();
  g_test_init (&argc, &argv, NULL);
#define ADD(path, name) g_test_add_func ("/control/" path, test_##name)
  ADD ("after-a-half-close-the-answer-of-the-peer-still-comes", after_a_half_close_the_answer_of_the_peer_still_comes);
  ADD ("the-half-close-of-a-peer-that-has-finished-ends-the-connection",
       the_half_close_of_a_peer_that_has_finished_ends_the_connection);
  ADD ("a-half-close-goes-out-behind-what-is-queued", a_half_close_goes_out_behind_what_is_queued);
  ADD ("after-a-half-close-nothing-is-sent", after_a_half_close_nothing_is_sent);
  ADD ("to-all-leaves-out-whom-nothing-can-be-sent-to", to_all_leaves_out_whom_nothing_can_be_sent_to);
  ADD ("an-end-and-a-reset-are-seen-by-the-peer-as-such", an_end_and_a_reset_are_seen_by_the_peer_as_such);
  ADD ("a-client-has-one-connection-and-its-number-may-be-left-out", a_client_has_one_connection_and_its_number_may_be_left_out);
  ADD ("who-is-not-read-from-has-to-wait-and-then-all-arrives", who_is_not_read_from_has_to_wait_and_then_all_arrives);
  ADD ("a-reset-is-seen-while-reading-is-stopped", a_reset_is_seen_while_reading_is_stopped);
  ADD ("a-fin-waits-behind-what-is-not-read", a_fin_waits_behind_what_is_not_read);
  ADD ("an-end-works-while-reading-is-stopped", an_end_works_while_reading_is_stopped);
  ADD ("answers-that-cannot-be-sent-do-not-fill-the-log", answers_that_cannot_be_sent_do_not_fill_the_log);
  ADD ("a-responder-waits-while-reading-is-stopped", a_responder_waits_while_reading_is_stopped);

  return g_test_run ();
}
