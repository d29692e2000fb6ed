/* test-variables.c: repeats with variables: each message is built anew, none is left out or sent twice
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "fixture.h"

#include <string.h>

#include "ph-repeat.h"

#define MS G_GINT64_CONSTANT (1000000)

static Net *
open_to (const char *transport, int port)
{
  Net *net = net_new ();

  net_open (net, transport, "127.0.0.1", 0, "127.0.0.1", port);
  net_expect (net, PH_RECORD_OPEN);

  return net;
}

static PhPayload *
compile (const char *text)
{
  const PhPayloadFormat format = { .charset = "utf-8", .variables = TRUE };
  g_autoptr (GError) error = NULL;
  PhPayload *payload = ph_payload_new (&format, text, NULL, &error);

  g_assert_no_error (error);

  return payload;
}

static void
repeat (Net *net, const char *text, gint64 interval, guint64 times)
{
  const PhTarget target = { .peer = PH_PEER_NONE, .place = { .port = PH_PORT_UNSET } };
  g_autoptr (PhPayload) payload = compile (text);

  ph_worker_repeat (net->worker, &target, payload, NULL, interval, times);
}

/* The next OUT record that is whole; NULL when a repeat has ended. */
static const char *
next_sent (Net *net)
{
  do
    {
      net_next (net);
      if (net->record.kind == PH_RECORD_REPEAT && net->record.detail != PH_REPEAT_RUNNING)
        return NULL;
    }
  while (net->record.kind != PH_RECORD_OUT);

  return net->payload;
}

static void
expect_numbers (Net *net, guint times)
{
  for (guint i = 1; i <= times; i++)
    {
      g_autofree char *expected = g_strdup_printf ("%u\n", i);

      g_assert_cmpstr (next_sent (net), ==, expected);
    }
  g_assert_null (next_sent (net));
  g_assert_cmpint (net->record.detail, ==, PH_REPEAT_DONE);
  g_assert_cmpuint (net_number (net, "sent"), ==, times);
}

static void
test_datagrams_are_counted_one_by_one_at_an_interval_and_at_full_speed (void)
{
  int port, fd = peer_socket (PH_SOCKET_UDP, "127.0.0.1", &port);
  Net *net = open_to ("udp", port);
  char bytes[8];

  repeat (net, "{counter}\n", MS, 3);
  expect_numbers (net, 3);
  for (guint i = 1; i <= 3; i++)
    {
      g_assert_cmpint (peer_receive_some (fd, bytes, sizeof bytes), ==, 2);
      g_assert_cmpint (bytes[0], ==, '0' + (int) i);
    }
  repeat (net, "{counter}\n", 0, 3000);
  expect_numbers (net, 3000);
  peer_close (fd);
  net_free (net);
}

/* The numbers at the beginning of lines, which have to be 1, 2, 3 and so on; returns how many there are. */
static gpointer
read_numbers (gpointer data)
{
  int fd = GPOINTER_TO_INT (data);
  g_autoptr (GString) all = g_string_new (NULL);
  char bytes[65536];
  gsize n = 0;

  for (gssize got; (got = peer_receive_some (fd, bytes, sizeof bytes)) > 0;)
    g_string_append_len (all, bytes, got);
  for (const char *line = all->str; *line != '\0'; line = strchr (line, '\n') + 1)
    g_assert_cmpuint (g_ascii_strtoull (line, NULL, 10), ==, ++n);

  return GSIZE_TO_POINTER (n);
}

static void
test_a_stream_at_full_speed_has_every_number_once_although_it_has_to_wait (void)
{
  enum { TIMES = 2000 };
  int port, listener = peer_socket (PH_SOCKET_TCP, "127.0.0.1", &port), fd;
  Net *net = open_to ("tcp-client", port);
  g_autofree char *filling = g_strnfill (5000, '.'), *text = g_strconcat ("{counter}", filling, "\n", NULL);
  GThread *reader;

  fd = peer_accept (listener);
  repeat (net, text, 0, TIMES);
  reader = g_thread_new ("reader", read_numbers, GINT_TO_POINTER (fd));
  while (next_sent (net) != NULL)
    continue;
  g_assert_cmpint (net->record.detail, ==, PH_REPEAT_DONE);
  g_assert_cmpuint (net_number (net, "sent"), ==, TIMES);
  ph_worker_close (net->worker);
  g_assert_cmpuint (GPOINTER_TO_SIZE (g_thread_join (reader)), ==, TIMES);
  peer_close (fd);
  peer_close (listener);
  net_free (net);
}

static void
test_a_repeat_that_is_changed_counts_on (void)
{
  int port, fd = peer_socket (PH_SOCKET_UDP, "127.0.0.1", &port);
  Net *net = open_to ("udp", port);
  const PhTarget target = { .peer = PH_PEER_NONE, .place = { .port = PH_PORT_UNSET } };
  g_autoptr (PhPayload) other = compile ("other {counter}");
  guint before = 0;
  const char *sent;

  repeat (net, "{counter}", MS, 0);
  for (guint i = 1; i <= 3; i++)
    g_assert_cmpuint (g_ascii_strtoull (next_sent (net), NULL, 10), ==, i);
  ph_worker_change_repeat (net->worker, &target, other, NULL, MS, 0);
  for (before = 3; !g_str_has_prefix (sent = next_sent (net), "other"); before++)
    g_assert_cmpuint (g_ascii_strtoull (sent, NULL, 10), ==, before + 1);
  g_assert_cmpuint (g_ascii_strtoull (sent + 6, NULL, 10), ==, before + 1);
  peer_close (fd);
  net_free (net);
}

static void
test_addresses_are_those_of_the_message (void)
{
  int port, fd = peer_socket (PH_SOCKET_UDP, "127.0.0.1", &port);
  Net *net = open_to ("udp", port), *server = net_new ();
  g_autoptr (PhPayload) payload = compile ("{local}>{peer}");
  PhTarget target = { .peer = PH_PEER_NONE, .place = { .port = PH_PORT_UNSET } };
  g_autofree char *to_remote = g_strdup_printf ("127.0.0.1:%d>127.0.0.1:%d", net->port, port), *to_client = NULL, *to_all = NULL;
  int client;

  ph_worker_send (net->worker, &target, payload, NULL);
  g_assert_cmpstr (next_sent (net), ==, to_remote);
  net_open (server, "tcp-server", "127.0.0.1", 0, "", PH_PORT_UNSET);
  net_expect (server, PH_RECORD_OPEN);
  to_all = g_strdup_printf ("127.0.0.1:%d>all", server->port);
  client = peer_connect (server->port);
  to_client = g_strdup_printf ("127.0.0.1:%d>127.0.0.1:", server->port);
  net_expect (server, PH_RECORD_JOINED);
  target.peer = server->peer;
  ph_worker_send (server->worker, &target, payload, NULL);
  g_assert_true (g_str_has_prefix (next_sent (server), to_client));
  target.peer = PH_PEER_ALL;
  ph_worker_send (server->worker, &target, payload, NULL);
  g_assert_cmpstr (next_sent (server), ==, to_all);
  peer_close (client);
  peer_close (fd);
  net_free (net);
  net_free (server);
}

static void
test_a_message_that_cannot_be_built_ends_the_repeat_with_words (void)
{
  const PhPayloadFormat format = { .charset = "utf-8", .variables = TRUE, .check = "sum-8,over=hex,form=HEX" };
  const PhTarget target = { .peer = PH_PEER_NONE, .place = { .port = PH_PORT_UNSET } };
  int port, fd = peer_socket (PH_SOCKET_UDP, "127.0.0.1", &port);
  Net *net = open_to ("udp", port);
  g_autoptr (PhPayload) payload = ph_payload_new (&format, "{counter:start=9}1", NULL, NULL);

  ph_worker_repeat (net->worker, &target, payload, NULL, MS, 0);
  g_assert_cmpstr (next_sent (net), ==, "9191"); /* then it has three digits */
  net_expect (net, PH_RECORD_ERROR);
  g_assert_cmpstr (net->payload, ==, "Cannot send: the check bytes cover something that is no hex digit");
  g_assert_null (next_sent (net));
  g_assert_cmpint (net->record.detail, ==, PH_REPEAT_FAILED);
  peer_close (fd);
  net_free (net);
}

int
main (int argc, char **argv)
{
  ph_plat_init ();
  g_test_init (&argc, &argv, NULL);
#define ADD(name, test) g_test_add_func ("/variables/" name, test_##test)
  ADD ("datagrams-are-counted-one-by-one-at-an-interval-and-at-full-speed",
       datagrams_are_counted_one_by_one_at_an_interval_and_at_full_speed);
  ADD ("a-stream-at-full-speed-has-every-number-once-although-it-has-to-wait",
       a_stream_at_full_speed_has_every_number_once_although_it_has_to_wait);
  ADD ("a-repeat-that-is-changed-counts-on", a_repeat_that_is_changed_counts_on);
  ADD ("addresses-are-those-of-the-message", addresses_are_those_of_the_message);
  ADD ("a-message-that-cannot-be-built-ends-the-repeat-with-words", a_message_that_cannot_be_built_ends_the_repeat_with_words);

  return g_test_run ();
}
