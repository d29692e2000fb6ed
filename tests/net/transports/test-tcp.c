/* test-tcp.c: the TCP client and server through a worker, against plain sockets on loopback
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "fixture.h"

#include <string.h>

/* ---- client ---- */

typedef struct
{
  Net *net;
  int listener, fd;
  int port;
} Client;

/* A client that has connected; @half_close in ms. */
static Client
client_new (guint half_close)
{
  Client client = { .net = net_new () };
  PhEndpoint *endpoint = ph_endpoint_new ("tcp-client");

  client.listener = peer_socket (PH_SOCKET_TCP, "127.0.0.1", &client.port);
  ph_place_set_ip (&endpoint->remote, "127.0.0.1", client.port);
  ph_endpoint_set_option (endpoint, "half-close", half_close, NULL);
  net_open_endpoint (client.net, endpoint);
  net_expect (client.net, PH_RECORD_OPEN);
  client.fd = peer_accept (client.listener);
  return client;
}

static void
client_end (Client *client)
{
  peer_close (client->listener);
  net_free (client->net);
}

static void
test_client_connects_without_sending_and_tells_both_addresses (void)
{
  Client client = client_new (1000);
  char byte;

  g_assert_true (g_str_has_prefix (client.net->payload, "127.0.0.1:"));
  g_assert_cmpuint (client.net->record.peer, ==, client.net->peer);
  g_assert_false (peer_has_news (client.fd));
  net_close (client.net);
  g_assert_cmpint (peer_receive_some (client.fd, &byte, 1), ==, 0);
  peer_close (client.fd);
  client_end (&client);
}

static void
test_client_uses_the_local_address_and_port_asked_for (void)
{
  Net *net = net_new ();
  int port, taken, listener = peer_socket (PH_SOCKET_TCP, "127.0.0.1", &port);
  int probe = peer_socket (PH_SOCKET_UDP, "127.0.0.2", &taken);

  net_open (net, "tcp-client", "127.0.0.2", taken, "127.0.0.1", port);
  net_expect (net, PH_RECORD_OPEN);
  g_assert_cmpint (net->port, ==, taken);
  g_assert_true (g_str_has_prefix (net->payload, "127.0.0.2:"));
  peer_close (probe);
  peer_close (listener);
  net_free (net);
}

static void
test_half_close_is_told_and_sending_goes_on (void)
{
  Client client = client_new (60000);
  char buffer[5];

  g_assert_cmpint (peer_send (client.fd, "last words", 10), ==, 10);
  g_assert_cmpint (peer_finish (client.fd), ==, 0);
  net_expect_text (client.net, PH_RECORD_IN, "last words");
  net_expect (client.net, PH_RECORD_HALF_CLOSED);
  net_send_text (client.net, PH_PEER_NONE, "reply");
  net_expect_text (client.net, PH_RECORD_OUT, "reply");
  peer_receive (client.fd, buffer, 5);
  net_close (client.net);
  peer_close (client.fd);
  client_end (&client);
}

static void
test_a_close_after_the_half_close_time_is_told_as_ours (void)
{
  Client client = client_new (20);

  peer_close (client.fd);
  net_expect (client.net, PH_RECORD_HALF_CLOSED);
  net_expect (client.net, PH_RECORD_CLOSED);
  g_assert_cmpuint (client.net->record.detail, ==, PH_LEFT_IDLE);
  g_assert_cmpuint (net_number (client.net, "after"), ==, 20);
  client_end (&client);
}

static void
test_close_is_told_at_once_when_what_is_sent_after_it_is_refused (void)
{
  Client client = client_new (60000);

  peer_close (client.fd);
  net_expect (client.net, PH_RECORD_HALF_CLOSED);
  net_send_text (client.net, PH_PEER_NONE, "too late");
  net_expect (client.net, PH_RECORD_OUT);
  for (net_next (client.net); client.net->record.kind == PH_RECORD_NOTE; net_next (client.net))
    continue; /* where the system tells it: these bytes were not acknowledged */
  g_assert_cmpuint (client.net->record.kind, ==, PH_RECORD_CLOSED);
  g_assert_cmpuint (client.net->record.detail, ==, PH_LEFT_CLOSED);
  client_end (&client);
}

static void
test_reset_is_told_as_reset (void)
{
  Client client = client_new (1000);

  peer_reset (client.fd);
  net_expect (client.net, PH_RECORD_CLOSED);
  g_assert_cmpuint (client.net->record.detail, ==, PH_LEFT_RESET);
  client_end (&client);
}

static void
test_what_arrived_before_a_reset_is_not_lost (void)
{
  Net *net = net_new ();
  int port, listener = peer_socket (PH_SOCKET_TCP, "127.0.0.1", &port);
  char bytes[100] = { 0 };

  /* Often enough that the reset comes before the worker has looked, and after. */
  for (int i = 0; i < 100; i++)
    {
      int fd;

      net_open (net, "tcp-client", "", PH_PORT_UNSET, "127.0.0.1", port);
      fd = peer_accept (listener);
      g_assert_cmpint (peer_send (fd, bytes, sizeof bytes), ==, sizeof bytes);
      peer_reset (fd);
      net_expect (net, PH_RECORD_OPEN);
      net_expect (net, PH_RECORD_IN);
      g_assert_cmpuint (net->record.length, ==, sizeof bytes);
      net_expect (net, PH_RECORD_CLOSED);
      g_assert_cmpuint (net->record.detail, ==, PH_LEFT_RESET);
    }
  peer_close (listener);
  net_free (net);
}

static void
test_reset_in_the_middle_of_a_send_tells_how_much_went_out (void)
{
  enum { LENGTH = 64 * 1024 * 1024 };
  Client client = client_new (1000);
  g_autofree char *bytes = g_malloc0 (LENGTH);
  gsize out = 0;

  net_send (client.net, PH_PEER_NONE, NULL, 0, bytes, LENGTH);
  net_expect (client.net, PH_RECORD_OUT);
  out += client.net->record.length;
  peer_reset (client.fd);
  for (net_next (client.net); client.net->record.kind == PH_RECORD_OUT; net_next (client.net))
    out += client.net->record.length;
  if (client.net->record.kind == PH_RECORD_NOTE) /* where the system tells it */
    net_next (client.net);

  g_assert_cmpuint (client.net->record.kind, ==, PH_RECORD_ERROR);
  g_assert_cmpuint (net_number (client.net, "sent"), ==, out);
  g_assert_cmpuint (net_number (client.net, "lost"), ==, LENGTH - out);
  g_assert_cmpuint (net_number (client.net, "count"), ==, 1);
  net_expect (client.net, PH_RECORD_CLOSED);
  g_assert_cmpuint (client.net->record.detail, ==, PH_LEFT_RESET);
  client_end (&client);
}

static void
test_a_large_message_arrives_byte_for_byte (void)
{
  enum { LENGTH = 20 * 1000 * 1000 };
  Client client = client_new (1000);
  g_autofree char *bytes = g_malloc (LENGTH), *copy = g_malloc (LENGTH);
  gsize out = 0;

  for (gsize i = 0; i < LENGTH; i++)
    bytes[i] = (char) (i * 2654435761u >> 24);
  net_send (client.net, PH_PEER_NONE, NULL, 0, bytes, LENGTH);
  peer_receive (client.fd, copy, LENGTH);
  g_assert_cmpint (memcmp (bytes, copy, LENGTH), ==, 0);
  while (out < LENGTH)
    {
      net_expect (client.net, PH_RECORD_OUT);
      g_assert_cmpint (memcmp (client.net->payload, bytes + out, client.net->record.length), ==, 0);
      out += client.net->record.length;
      g_assert_cmpuint ((client.net->record.flags & PH_RECORD_MORE) != 0, ==, out < LENGTH);
    }
  peer_close (client.fd);
  client_end (&client);
}

static void
test_refused_unresolved_and_missing_remotes_say_why (void)
{
  Net *net = net_new ();
  int port, fd = peer_socket (PH_SOCKET_UDP, "127.0.0.1", &port);

  net_open (net, "tcp-client", "", PH_PORT_UNSET, "127.0.0.1", port); /* bound as UDP only, so nobody listens */
  net_expect (net, PH_RECORD_ERROR);
  g_assert_cmpuint (net->record.detail, ==, PH_ERROR_REFUSED);
  net_expect (net, PH_RECORD_CLOSED);

  net_open (net, "tcp-client", "", PH_PORT_UNSET, "no-such-host.invalid", 80);
  net_expect (net, PH_RECORD_ERROR);
  g_assert_cmpuint (net->record.detail, ==, PH_ERROR_NOT_RESOLVED);
  net_expect (net, PH_RECORD_CLOSED);

  net_open (net, "tcp-client", "", PH_PORT_UNSET, "", PH_PORT_UNSET);
  net_expect (net, PH_RECORD_ERROR);
  g_assert_cmpuint (net->record.detail, ==, PH_ERROR_INVALID);
  net_expect (net, PH_RECORD_CLOSED);
  peer_close (fd);
  net_free (net);
}

static void
test_every_address_of_a_name_is_tried_and_each_failure_told (void)
{
  Net *net = net_new ();
  int port, listener = peer_socket (PH_SOCKET_TCP, "127.0.0.1", &port);

  /* Where localhost is ::1 as well, nobody listens there: that is told, and the next address answers. */
  net_open (net, "tcp-client", "", PH_PORT_UNSET, "localhost", port);
  for (net_next (net); net->record.kind != PH_RECORD_OPEN; net_next (net))
    {
      if (net->record.kind == PH_RECORD_NOTE)
        g_assert_nonnull (strstr (net->payload, "[::1]"));
      else
        g_assert_cmpuint (net->record.kind, !=, PH_RECORD_ERROR);
    }
  peer_close (listener);
  net_free (net);
}

static void
test_no_answer_ends_at_the_deadline_and_close_cancels_it (void)
{
  Net *net = net_new ();
  int fillers[8], port, fd = peer_deaf_listener (&port, fillers);
  PhEndpoint *endpoint = ph_endpoint_new ("tcp-client");

  ph_place_set_ip (&endpoint->remote, "127.0.0.1", port);
  ph_endpoint_set_option (endpoint, "connect-timeout", 50, NULL);
  net_open_endpoint (net, endpoint);
  net_expect (net, PH_RECORD_ERROR);
  g_assert_cmpuint (net->record.detail, ==, PH_ERROR_TIMED_OUT);
  net_expect (net, PH_RECORD_CLOSED);

  net_open (net, "tcp-client", "", PH_PORT_UNSET, "127.0.0.1", port);
  net_close (net);
  for (int i = 0; i < 8; i++)
    peer_close (fillers[i]);
  peer_close (fd);
  net_free (net);
}

static void
test_repeating_to_nobody_is_told_once_and_ends (void)
{
  Net *net = net_new ();
  int fillers[8], port, fd = peer_deaf_listener (&port, fillers);
  g_autoptr (GBytes) bytes = g_bytes_new_static ("tick", 4);
  g_autoptr (PhPayload) payload = ph_payload_new_for_bytes (bytes, NULL, NULL);
  PhTarget target = { .peer = PH_PEER_NONE };

  net_open (net, "tcp-client", "", PH_PORT_UNSET, "127.0.0.1", port);
  ph_worker_repeat (net->worker, &target, payload, NULL, 1000000, 0);
  net_expect (net, PH_RECORD_ERROR);
  g_assert_cmpuint (net->record.detail, ==, PH_ERROR_NOT_OPEN);
  net_expect (net, PH_RECORD_REPEAT);
  g_assert_cmpuint (net->record.detail, ==, PH_REPEAT_FAILED);
  net_close (net);
  for (int i = 0; i < 8; i++)
    peer_close (fillers[i]);
  peer_close (fd);
  net_free (net);
}

static void
test_closing_while_a_name_is_looked_up_is_instant (void)
{
  Net *net = net_new ();

  net_open (net, "tcp-client", "", PH_PORT_UNSET, "no-such-host.invalid", 80);
  ph_worker_close (net->worker);
  do
    net_next (net);
  while (net->record.kind != PH_RECORD_CLOSED);
  net_free (net);
}

/* ---- server ---- */

typedef struct
{
  Net *net;
  int fds[4];
  guint32 numbers[4];
} Server;

static Server
server_new (guint n_clients, guint max_clients)
{
  Server server = { .net = net_new () };
  PhEndpoint *endpoint = ph_endpoint_new ("tcp-server");

  ph_place_set_ip (&endpoint->local, "127.0.0.1", 0);
  ph_endpoint_set_option (endpoint, "max-clients", max_clients, NULL);
  ph_endpoint_set_option (endpoint, "half-close", 20, NULL);
  net_open_endpoint (server.net, endpoint);
  net_expect (server.net, PH_RECORD_OPEN);
  for (guint i = 0; i < n_clients; i++)
    {
      server.fds[i] = peer_connect (server.net->port);
      net_expect (server.net, PH_RECORD_JOINED);
      server.numbers[i] = server.net->peer;
    }
  return server;
}

static void
test_server_tells_clients_apart_and_sends_to_one_and_to_all (void)
{
  Server server = server_new (3, 10);
  char buffer[8];

  g_assert_cmpint (peer_send (server.fds[1], "from 1", 6), ==, 6);
  net_expect_text (server.net, PH_RECORD_IN, "from 1");
  g_assert_cmpuint (server.net->record.peer, ==, server.numbers[1]);

  net_send_text (server.net, server.numbers[2], "to 2");
  net_expect_text (server.net, PH_RECORD_OUT, "to 2");
  peer_receive (server.fds[2], buffer, 4);

  net_send_text (server.net, PH_PEER_ALL, "to all");
  net_expect_text (server.net, PH_RECORD_OUT, "to all");
  g_assert_cmpuint (server.net->record.peer, ==, PH_PEER_ALL);
  g_assert_cmpuint (server.net->record.detail, ==, 3);
  for (int i = 0; i < 3; i++)
    {
      peer_receive (server.fds[i], buffer, 6);
      g_assert_cmpmem (buffer, 6, "to all", 6);
      peer_close (server.fds[i]);
    }
  net_free (server.net);
}

static void
test_clients_leave_by_close_by_reset_and_by_kick (void)
{
  Server server = server_new (3, 10);
  char byte;

  peer_close (server.fds[0]);
  net_expect (server.net, PH_RECORD_HALF_CLOSED);
  net_expect (server.net, PH_RECORD_LEFT);
  g_assert_cmpuint (server.net->record.peer, ==, server.numbers[0]);
  g_assert_cmpuint (server.net->record.detail, ==, PH_LEFT_IDLE);

  peer_reset (server.fds[1]);
  net_expect (server.net, PH_RECORD_LEFT);
  g_assert_cmpuint (server.net->record.detail, ==, PH_LEFT_RESET);

  ph_worker_control (server.net->worker, server.numbers[2], PH_PEER_DISCONNECT);
  net_expect (server.net, PH_RECORD_LEFT);
  g_assert_cmpuint (server.net->record.detail, ==, PH_LEFT_KICKED);
  g_assert_cmpint (peer_receive_some (server.fds[2], &byte, 1), ==, 0);

  net_send_text (server.net, server.numbers[2], "?");
  net_expect (server.net, PH_RECORD_ERROR);
  g_assert_cmpuint (server.net->record.detail, ==, PH_ERROR_NOT_OPEN);
  net_close (server.net);
  peer_close (server.fds[2]);
  net_free (server.net);
}

/* How many messages to client 0 the newest record says were refused: an error is one, a loss is a number of them. */
static guint64
refused_by (const Server *server)
{
  const PhRecord *record = &server->net->record;
  gboolean one = record->kind == PH_RECORD_ERROR && record->detail == PH_ERROR_QUEUE_FULL;

  if (!one && (record->kind != PH_RECORD_LOSS || record->detail != PH_LOSS_REFUSED))
    return 0;
  g_assert_cmpuint (record->peer, ==, server->numbers[0]);

  return one ? 1 : net_number (server->net, "count");
}

/* The same, up to and with the next record of a kind and a length. */
static guint64
refused_until (Server *server, PhRecordKind kind, guint length)
{
  guint64 refused = 0;

  do
    {
      net_next (server->net);
      refused += refused_by (server);
    }
  while (server->net->record.kind != kind || server->net->record.length != length);

  return refused;
}

static void
test_a_client_that_does_not_read_stalls_nobody_and_its_queue_is_bounded (void)
{
  enum { LENGTH = 1024 * 1024, TIMES = 30, KERNEL = 16 }; /* MiB that the kernel may hold for a client */
  Server server = server_new (2, 10);
  g_autofree char *bytes = g_malloc0 (LENGTH), *copy = g_malloc (LENGTH);
  guint64 refused;

  /* Client 0 never reads. Client 1 gets every message, long after client 0's queue is full. */
  for (int i = 0; i < TIMES; i++)
    {
      net_send (server.net, PH_PEER_ALL, NULL, 0, bytes, LENGTH);
      peer_receive (server.fds[1], copy, LENGTH);
    }
  net_send_text (server.net, server.numbers[1], "end");
  refused = refused_until (&server, PH_RECORD_OUT, 3);
  peer_reset (server.fds[0]);
  refused += refused_until (&server, PH_RECORD_LEFT, 0);
  g_assert_cmpuint (refused, >=, TIMES - PH_LIMIT_QUEUE / LENGTH - KERNEL);
  g_assert_cmpuint (refused, <, TIMES);
  peer_close (server.fds[1]);
  net_free (server.net);
}

/* Every message is either sent or counted as refused, and few records say so of many. */
static void
test_what_a_full_queue_refuses_is_counted_in_few_records (void)
{
  enum { LENGTH = 256 * 1024, TIMES = 200 };
  Server server = server_new (1, 10);
  g_autofree char *bytes = g_malloc0 (LENGTH);
  guint64 sent = 0, refused = 0, records = 0;
  GThread *reader = NULL;

  for (int i = 0; i < TIMES; i++)
    net_send (server.net, server.numbers[0], NULL, 0, bytes, LENGTH);
  while (sent + refused < TIMES)
    {
      net_next (server.net);
      refused += refused_by (&server);
      records += refused_by (&server) > 0;
      if (server.net->record.kind == PH_RECORD_OUT && !(server.net->record.flags & PH_RECORD_MORE))
        sent++;
      if (server.net->record.kind == PH_RECORD_LOSS && server.net->record.detail == PH_LOSS_REFUSED && reader == NULL)
        reader = g_thread_new ("reader", peer_read_to_the_end, GINT_TO_POINTER (server.fds[0]));
    }
  g_assert_cmpuint (sent + refused, ==, TIMES);
  g_assert_cmpuint (refused, >=, TIMES / 3);
  g_assert_cmpuint (records, <, TIMES / 10);
  ph_worker_control (server.net->worker, server.numbers[0], PH_PEER_DISCONNECT);
  net_expect (server.net, PH_RECORD_LEFT);
  g_assert_cmpuint (GPOINTER_TO_SIZE (g_thread_join (reader)), ==, sent * LENGTH);
  peer_close (server.fds[0]);
  net_free (server.net);
}

static void
test_the_limit_of_clients_is_told_and_a_leaver_makes_room (void)
{
  Server server = server_new (2, 2);
  int third = peer_connect (server.net->port);

  net_expect (server.net, PH_RECORD_ERROR);
  g_assert_cmpuint (server.net->record.detail, ==, PH_ERROR_LIMIT);
  peer_reset (server.fds[0]);
  net_expect (server.net, PH_RECORD_LEFT);
  net_expect (server.net, PH_RECORD_JOINED);
  g_assert_cmpint (peer_send (third, "in", 2), ==, 2);
  net_expect (server.net, PH_RECORD_ERROR); /* full again */
  net_expect_text (server.net, PH_RECORD_IN, "in");
  peer_close (third);
  peer_close (server.fds[1]);
  net_free (server.net);
}

static void
test_a_thousand_clients_come_and_go (void)
{
  enum { N = 1000 };
  Server server = server_new (0, N);
  g_autofree int *fds = g_new (int, N);
  guint joined = 0, left = 0, received = 0;

  for (int i = 0; i < N; i++)
    {
      fds[i] = peer_connect (server.net->port);
      g_assert_cmpint (peer_send (fds[i], "x", 1), ==, 1);
    }
  while (joined < N || received < N)
    {
      net_next (server.net);
      joined += server.net->record.kind == PH_RECORD_JOINED;
      received += server.net->record.kind == PH_RECORD_IN ? server.net->record.length : 0;
    }
  for (int i = 0; i < N; i++)
    peer_close (fds[i]);
  while (left < N)
    {
      net_next (server.net);
      left += server.net->record.kind == PH_RECORD_LEFT;
    }
  net_close (server.net);
  net_free (server.net);
}

static void
test_a_servers_port_is_free_again_at_once (void)
{
  Server server = server_new (1, 10);
  int port = server.net->port;

  ph_worker_close (server.net->worker);
  net_expect (server.net, PH_RECORD_LEFT);
  net_expect (server.net, PH_RECORD_CLOSED);
  net_open (server.net, "tcp-server", "127.0.0.1", port, "", PH_PORT_UNSET);
  net_expect (server.net, PH_RECORD_OPEN);
  peer_close (server.fds[0]);
  net_free (server.net);
}

static void
test_a_port_somebody_listens_on_is_refused (void)
{
  Net *net = net_new ();
  int port, fd = peer_socket (PH_SOCKET_TCP, "127.0.0.1", &port);

  net_open (net, "tcp-server", "127.0.0.1", port, "", PH_PORT_UNSET);
  net_expect (net, PH_RECORD_ERROR);
  g_assert_cmpuint (net->record.detail, ==, PH_ERROR_IN_USE);
  net_expect (net, PH_RECORD_CLOSED);
  peer_close (fd);
  net_free (net);
}

static void
test_sending_to_nobody_or_nothing_is_told (void)
{
  Server server = server_new (0, 10);

  net_send_text (server.net, PH_PEER_ALL, "anybody?");
  net_expect (server.net, PH_RECORD_ERROR);
  net_send_text (server.net, PH_PEER_ALL, "");
  net_expect (server.net, PH_RECORD_ERROR);
  net_free (server.net);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, name) g_test_add_func ("/tcp/" path, test_##name)
  ADD ("client/connects-without-sending-and-tells-both-addresses", client_connects_without_sending_and_tells_both_addresses);
  ADD ("client/uses-the-local-address-and-port-asked-for", client_uses_the_local_address_and_port_asked_for);
  ADD ("client/half-close-is-told-and-sending-goes-on", half_close_is_told_and_sending_goes_on);
  ADD ("client/a-close-after-the-half-close-time-is-told-as-ours", a_close_after_the_half_close_time_is_told_as_ours);
  ADD ("client/close-is-told-at-once-when-what-is-sent-after-it-is-refused",
       close_is_told_at_once_when_what_is_sent_after_it_is_refused);
  ADD ("client/reset-is-told-as-reset", reset_is_told_as_reset);
  ADD ("client/what-arrived-before-a-reset-is-not-lost", what_arrived_before_a_reset_is_not_lost);
  ADD ("client/repeating-to-nobody-is-told-once-and-ends", repeating_to_nobody_is_told_once_and_ends);
  ADD ("client/reset-in-the-middle-of-a-send-tells-how-much-went-out", reset_in_the_middle_of_a_send_tells_how_much_went_out);
  ADD ("client/a-large-message-arrives-byte-for-byte", a_large_message_arrives_byte_for_byte);
  ADD ("client/refused-unresolved-and-missing-remotes-say-why", refused_unresolved_and_missing_remotes_say_why);
  ADD ("client/every-address-of-a-name-is-tried-and-each-failure-told", every_address_of_a_name_is_tried_and_each_failure_told);
  ADD ("client/no-answer-ends-at-the-deadline-and-close-cancels-it", no_answer_ends_at_the_deadline_and_close_cancels_it);
  ADD ("client/closing-while-a-name-is-looked-up-is-instant", closing_while_a_name_is_looked_up_is_instant);
  ADD ("server/tells-clients-apart-and-sends-to-one-and-to-all", server_tells_clients_apart_and_sends_to_one_and_to_all);
  ADD ("server/clients-leave-by-close-by-reset-and-by-kick", clients_leave_by_close_by_reset_and_by_kick);
  ADD ("server/a-client-that-does-not-read-stalls-nobody-and-its-queue-is-bounded",
       a_client_that_does_not_read_stalls_nobody_and_its_queue_is_bounded);
  ADD ("server/what-a-full-queue-refuses-is-counted-in-few-records", what_a_full_queue_refuses_is_counted_in_few_records);
  ADD ("server/the-limit-of-clients-is-told-and-a-leaver-makes-room", the_limit_of_clients_is_told_and_a_leaver_makes_room);
  ADD ("server/a-thousand-clients-come-and-go", a_thousand_clients_come_and_go);
  ADD ("server/a-servers-port-is-free-again-at-once", a_servers_port_is_free_again_at_once);
  ADD ("server/a-port-somebody-listens-on-is-refused", a_port_somebody_listens_on_is_refused);
  ADD ("server/sending-to-nobody-or-nothing-is-told", sending_to_nobody_or_nothing_is_told);
#undef ADD

  return g_test_run ();
}
