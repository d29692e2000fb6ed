/* test-session.c: sessions as a window sees them, against plain sockets on loopback
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "fixture.h"

#include "ph-session-capture.h"

#include <string.h>

typedef struct
{
  PhSession *session;
  PhSession *gone; /* weak: NULL when the session is */
  guint advanced;
  guint failed;
  guint failed_code;
  gboolean failed_fatal;
  GString *states; /* every value that "state" took, by its first letters */
} Fixture;

/* ---- waiting ---- */

static gboolean
late_cb (gpointer data)
{
  g_error ("%s did not come true within %d s", (const char *) data, PATIENCE);

  return G_SOURCE_REMOVE;
}

#define UNTIL(condition) \
  G_STMT_START \
  { \
    guint late = g_timeout_add_seconds (PATIENCE, late_cb, (gpointer) #condition); \
    while (!(condition)) \
      g_main_context_iteration (NULL, TRUE); \
    g_source_remove (late); \
  } \
  G_STMT_END

/* Milliseconds until the main loop wants to wake up by itself; -1 for never. */
static int
next_wake_up (void)
{
  GMainContext *context = g_main_context_default ();
  GPollFD fds[64];
  int priority, timeout;

  g_assert_true (g_main_context_acquire (context));
  g_main_context_prepare (context, &priority);
  g_main_context_query (context, G_MAXINT, &timeout, fds, G_N_ELEMENTS (fds));
  g_main_context_release (context);

  return timeout;
}

/* Goes on as long as the main loop wants to wake up by itself: after a frame or two it must not. */
static void
wait_until_idle (void)
{
  gint64 deadline = g_get_monotonic_time () + PATIENCE * G_TIME_SPAN_SECOND;

  while (next_wake_up () != -1)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, deadline);
      g_main_context_iteration (NULL, TRUE);
    }
}

/* ---- the session ---- */

static void
advanced_cb (PhSession *session, Fixture *fixture)
{
  fixture->advanced++;
}

static void
failed_cb (PhSession *session, const char *message, guint code, gboolean fatal, Fixture *fixture)
{
  g_assert_cmpstr (message, !=, "");
  fixture->failed++;
  fixture->failed_code = code;
  fixture->failed_fatal = fatal;
}

static void
state_cb (PhSession *session, GParamSpec *pspec, Fixture *fixture)
{
  g_autoptr (GEnumClass) states = g_type_class_ref (PH_TYPE_SESSION_STATE);

  g_string_append_printf (fixture->states, "%s ",
                          g_enum_get_value (states, (int) ph_session_get_state (session))->value_nick);
}

static Fixture *
fixture_new (void)
{
  Fixture *fixture = g_new0 (Fixture, 1);

  fixture->session = fixture->gone = ph_session_new ();
  fixture->states = g_string_new (NULL);
  g_object_add_weak_pointer (G_OBJECT (fixture->session), (gpointer *) &fixture->gone);
  g_signal_connect (fixture->session, "advanced", G_CALLBACK (advanced_cb), fixture);
  g_signal_connect (fixture->session, "failed", G_CALLBACK (failed_cb), fixture);
  g_signal_connect (fixture->session, "notify::state", G_CALLBACK (state_cb), fixture);

  return fixture;
}

static void
fixture_free (Fixture *fixture)
{
  g_object_unref (fixture->session);
  g_assert_null (fixture->gone);
  g_string_free (fixture->states, TRUE);
  g_free (fixture);
}

static void
open_endpoint (Fixture *fixture, const char *transport, int local_port, int remote_port)
{
  g_autoptr (PhEndpoint) endpoint = ph_endpoint_new (transport);

  ph_place_set_ip (&endpoint->local, "127.0.0.1", local_port);
  if (remote_port > 0)
    ph_place_set_ip (&endpoint->remote, "127.0.0.1", remote_port);
  ph_session_open (fixture->session, endpoint);
}

static void
open_and_wait (Fixture *fixture, const char *transport, int remote_port)
{
  open_endpoint (fixture, transport, 0, remote_port);
  UNTIL (ph_session_get_state (fixture->session) == PH_SESSION_OPEN);
}

static int
local_port (Fixture *fixture)
{
  return (int) g_ascii_strtoll (strrchr (ph_session_get_local (fixture->session), ':') + 1, NULL, 10);
}

static void
send_text (Fixture *fixture, guint32 peer, const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (PhPayload) payload = ph_payload_new_for_bytes (bytes, NULL, NULL);
  const PhTarget target = { .peer = peer };

  ph_session_send (fixture->session, &target, payload, NULL);
}

static guint
n_peers (Fixture *fixture)
{
  return g_list_model_get_n_items (ph_session_get_peers (fixture->session));
}

static guint32
peer_at (Fixture *fixture, guint position)
{
  g_autoptr (PhPeer) peer = g_list_model_get_item (ph_session_get_peers (fixture->session), position);

  return ph_peer_get_number (peer);
}

static void
assert_received (int fd, const char *text)
{
  char buffer[256] = { 0 };

  peer_receive (fd, buffer, strlen (text));
  g_assert_cmpstr (buffer, ==, text);
}

#define COUNTERS(fixture) ph_session_get_counters ((fixture)->session)

/* ---- tests ---- */

static void
test_a_new_session_is_closed_and_knows_nothing (void)
{
  Fixture *fixture = fixture_new ();

  g_assert_false (ph_session_is_active (fixture->session));
  g_assert_null (ph_session_get_local (fixture->session));
  g_assert_null (ph_session_get_remote (fixture->session));
  g_assert_null (ph_session_get_transport (fixture->session));
  g_assert_null (ph_session_get_endpoint (fixture->session));
  g_assert_cmpuint (n_peers (fixture), ==, 0);
  fixture_free (fixture);
}

static void
test_opening_and_closing_are_seen_at_once (void)
{
  Fixture *fixture = fixture_new ();

  open_endpoint (fixture, "udp", 0, 0);
  g_assert_cmpint (ph_session_get_state (fixture->session), ==, PH_SESSION_OPENING);
  UNTIL (ph_session_get_state (fixture->session) == PH_SESSION_OPEN);
  g_assert_true (g_str_has_prefix (ph_session_get_local (fixture->session), "127.0.0.1:"));
  ph_session_close (fixture->session);
  g_assert_cmpint (ph_session_get_state (fixture->session), ==, PH_SESSION_CLOSING);
  UNTIL (!ph_session_is_active (fixture->session));
  g_assert_null (ph_session_get_local (fixture->session));
  g_assert_cmpstr (fixture->states->str, ==, "opening open closing closed ");
  fixture_free (fixture);
}

static void
test_what_is_closed_while_opening_never_shows_as_open (void)
{
  Fixture *fixture = fixture_new ();

  open_endpoint (fixture, "udp", 0, 0);
  ph_session_close (fixture->session);
  UNTIL (!ph_session_is_active (fixture->session));
  g_assert_cmpstr (fixture->states->str, ==, "opening closing closed ");
  fixture_free (fixture);
}

static void
test_what_is_opened_again_at_once_ends_open (void)
{
  Fixture *fixture = fixture_new ();

  open_and_wait (fixture, "udp", 0);
  ph_session_close (fixture->session);
  open_endpoint (fixture, "udp", 0, 0);
  g_assert_cmpint (ph_session_get_state (fixture->session), ==, PH_SESSION_OPENING);
  UNTIL (ph_session_get_state (fixture->session) == PH_SESSION_OPEN);
  g_assert_cmpstr (fixture->states->str, ==, "opening open closing opening open ");
  fixture_free (fixture);
}

static void
test_datagrams_are_counted_and_their_senders_listed (void)
{
  Fixture *fixture = fixture_new ();
  g_autofree char *address = NULL;
  int port, fd = peer_socket (PH_SOCKET_UDP, "127.0.0.1", &port);

  open_and_wait (fixture, "udp", 0);
  peer_send_to (fd, local_port (fixture), "hello", 5);
  UNTIL (COUNTERS (fixture)->rx_packets == 1);
  g_assert_cmpuint (COUNTERS (fixture)->rx_bytes, ==, 5);
  g_assert_cmpuint (n_peers (fixture), ==, 1);
  address = g_strdup_printf ("127.0.0.1:%d", port);
  g_assert_cmpstr (ph_session_get_peer_address (fixture->session, peer_at (fixture, 0)), ==, address);

  send_text (fixture, peer_at (fixture, 0), "answer");
  assert_received (fd, "answer");
  UNTIL (COUNTERS (fixture)->tx_packets == 1);
  ph_session_reset_counters (fixture->session);
  g_assert_cmpuint (COUNTERS (fixture)->rx_bytes + COUNTERS (fixture)->tx_bytes, ==, 0);
  peer_close (fd);
  fixture_free (fixture);
}

static void
test_a_peer_of_an_earlier_opening_can_still_be_sent_to (void)
{
  Fixture *fixture = fixture_new ();
  int port, fd = peer_socket (PH_SOCKET_UDP, "127.0.0.1", &port);

  open_and_wait (fixture, "udp", 0);
  peer_send_to (fd, local_port (fixture), "hello", 5);
  UNTIL (n_peers (fixture) == 1);
  ph_session_close (fixture->session);
  UNTIL (!ph_session_is_active (fixture->session));
  open_and_wait (fixture, "udp", 0);
  g_assert_cmpuint (n_peers (fixture), ==, 1);
  send_text (fixture, peer_at (fixture, 0), "again");
  assert_received (fd, "again");
  UNTIL (COUNTERS (fixture)->tx_packets == 1);
  g_assert_cmpuint (n_peers (fixture), ==, 1);
  g_assert_cmpuint (fixture->failed, ==, 0);
  peer_close (fd);
  fixture_free (fixture);
}

static void
test_a_client_sees_its_server_finish_and_go (void)
{
  Fixture *fixture = fixture_new ();
  g_autofree char *address = NULL;
  int port, listener = peer_socket (PH_SOCKET_TCP, "127.0.0.1", &port), fd;

  open_and_wait (fixture, "tcp-client", port);
  fd = peer_accept (listener);
  address = g_strdup_printf ("127.0.0.1:%d", port);
  g_assert_cmpstr (ph_session_get_remote (fixture->session), ==, address);
  g_assert_cmpuint (n_peers (fixture), ==, 0);

  peer_finish (fd);
  UNTIL (ph_session_get_state (fixture->session) == PH_SESSION_HALF_CLOSED);
  send_text (fixture, PH_PEER_NONE, "still here");
  assert_received (fd, "still here");
  peer_close (fd);
  UNTIL (!ph_session_is_active (fixture->session));
  g_assert_cmpstr (fixture->states->str, ==, "opening open half-closed closed ");
  g_assert_cmpuint (fixture->failed, ==, 0);
  peer_close (listener);
  fixture_free (fixture);
}

static void
test_a_server_lists_its_clients_and_sends_to_one_or_all (void)
{
  Fixture *fixture = fixture_new ();
  int fds[3];

  open_and_wait (fixture, "tcp-server", 0);
  for (guint i = 0; i < 3; i++)
    {
      fds[i] = peer_connect (local_port (fixture));
      UNTIL (n_peers (fixture) == i + 1);
    }
  send_text (fixture, peer_at (fixture, 1), "one");
  assert_received (fds[1], "one");
  send_text (fixture, PH_PEER_ALL, "all");
  for (guint i = 0; i < 3; i++)
    assert_received (fds[i], "all");
  UNTIL (COUNTERS (fixture)->tx_bytes == 3 + 9);
  g_assert_cmpuint (COUNTERS (fixture)->tx_packets, ==, 1 + 3);

  ph_session_control (fixture->session, peer_at (fixture, 0), PH_PEER_DISCONNECT);
  UNTIL (n_peers (fixture) == 2);
  ph_session_close (fixture->session);
  UNTIL (!ph_session_is_active (fixture->session));
  g_assert_cmpuint (n_peers (fixture), ==, 0);
  for (guint i = 0; i < 3; i++)
    peer_close (fds[i]);
  fixture_free (fixture);
}

static void
test_a_port_in_use_is_told_once_and_opening_works_again (void)
{
  Fixture *fixture = fixture_new ();
  int port, fd = peer_socket (PH_SOCKET_UDP, "127.0.0.1", &port);

  open_endpoint (fixture, "udp", port, 0);
  UNTIL (!ph_session_is_active (fixture->session));
  g_assert_cmpuint (fixture->failed, ==, 1);
  g_assert_cmpuint (fixture->failed_code, ==, PH_ERROR_IN_USE);
  g_assert_true (fixture->failed_fatal);
  peer_close (fd);
  open_and_wait (fixture, "udp", 0);
  g_assert_cmpuint (fixture->failed, ==, 1);
  fixture_free (fixture);
}

static void
test_a_flood_of_errors_is_told_once_a_frame (void)
{
  Fixture *fixture = fixture_new ();

  for (guint i = 0; i < 5000; i++)
    send_text (fixture, PH_PEER_NONE, "to nobody");
  UNTIL (ph_session_get_end (fixture->session) == 5000);
  g_assert_cmpuint (fixture->failed, >=, 1);
  g_assert_cmpuint (fixture->failed, <=, fixture->advanced);
  g_assert_cmpuint (fixture->failed_code, ==, PH_ERROR_NOT_OPEN);
  g_assert_false (fixture->failed_fatal);
  fixture_free (fixture);
}

static void
test_an_idle_session_wakes_nobody (void)
{
  Fixture *fixture = fixture_new ();
  int port, fd = peer_socket (PH_SOCKET_UDP, "127.0.0.1", &port);
  guint advanced;

  open_and_wait (fixture, "udp", 0);
  wait_until_idle ();
  advanced = fixture->advanced;
  peer_send_to (fd, local_port (fixture), "x", 1);
  UNTIL (COUNTERS (fixture)->rx_packets == 1);
  g_assert_cmpuint (fixture->advanced, ==, advanced + 1);
  wait_until_idle ();
  g_assert_cmpuint (fixture->advanced, ==, advanced + 1);
  peer_close (fd);
  fixture_free (fixture);
}

static void
test_the_server_of_a_client_knows_what_was_done_with_the_connection (void)
{
  Fixture *fixture = fixture_new ();
  int port, listener = peer_socket (PH_SOCKET_TCP, "127.0.0.1", &port), fd;
  PhPeer *server;

  g_assert_null (ph_session_get_server (fixture->session));
  open_and_wait (fixture, "tcp-client", port);
  fd = peer_accept (listener);
  server = ph_session_get_server (fixture->session);
  ph_session_control (fixture->session, ph_peer_get_number (server), PH_PEER_STOP_READING);
  ph_session_control (fixture->session, PH_PEER_NONE, PH_PEER_HALF_CLOSE);
  UNTIL (ph_peer_get_reading_stopped (server) && ph_peer_get_half_closed_here (server));
  ph_session_control (fixture->session, PH_PEER_NONE, PH_PEER_RESET);
  UNTIL (!ph_session_is_active (fixture->session));
  g_assert_null (ph_session_get_server (fixture->session));
  g_assert_false (ph_peer_get_reading_stopped (server) || ph_peer_get_half_closed_here (server));
  peer_close (fd);
  peer_close (listener);
  fixture_free (fixture);
}

static void
test_repeating_goes_on_until_it_is_stopped_or_closed (void)
{
  Fixture *fixture = fixture_new ();
  g_autoptr (GBytes) bytes = g_bytes_new_static ("tick", 4);
  g_autoptr (PhPayload) payload = ph_payload_new_for_bytes (bytes, NULL, NULL);
  const PhTarget target = { .peer = PH_PEER_NONE };
  int port, fd = peer_socket (PH_SOCKET_UDP, "127.0.0.1", &port);

  open_and_wait (fixture, "udp", port);
  ph_session_start_repeat (fixture->session, &target, payload, NULL, 1, 0);
  g_assert_true (ph_session_get_repeating (fixture->session));
  UNTIL (COUNTERS (fixture)->tx_packets >= 5);
  ph_session_stop_repeat (fixture->session);
  g_assert_false (ph_session_get_repeating (fixture->session));

  ph_session_start_repeat (fixture->session, &target, payload, NULL, 1, 0);
  ph_session_close (fixture->session);
  UNTIL (!ph_session_is_active (fixture->session));
  g_assert_false (ph_session_get_repeating (fixture->session));
  ph_session_start_repeat (fixture->session, &target, payload, NULL, 1, 0);
  g_assert_false (ph_session_get_repeating (fixture->session));
  UNTIL (fixture->failed > 0);
  peer_close (fd);
  fixture_free (fixture);
}

static void
test_clearing_hides_records_and_loses_nothing (void)
{
  Fixture *fixture = fixture_new ();
  PhStore *store = ph_session_get_store (fixture->session);
  int port, fd = peer_socket (PH_SOCKET_UDP, "127.0.0.1", &port);

  open_and_wait (fixture, "udp", 0);
  peer_send_to (fd, local_port (fixture), "hello", 5);
  UNTIL (COUNTERS (fixture)->rx_packets == 1);
  ph_session_clear (fixture->session);
  g_assert_cmpuint (ph_session_get_first (fixture->session), ==, ph_store_end (store));
  g_assert_cmpuint (ph_store_first (store), ==, 0);
  g_assert_cmpint (ph_session_get_state (fixture->session), ==, PH_SESSION_OPEN);
  g_assert_cmpuint (COUNTERS (fixture)->rx_packets, ==, 1);
  peer_send_to (fd, local_port (fixture), "again", 5);
  UNTIL (COUNTERS (fixture)->rx_packets == 2);
  g_assert_cmpuint (n_peers (fixture), ==, 1);
  ph_session_set_first (fixture->session, 0);
  g_assert_cmpuint (ph_session_get_first (fixture->session), ==, 0);
  peer_close (fd);
  fixture_free (fixture);
}

/* The opening is in the store but not in the fold when it is cleared: the state must not miss it. */
static void
test_clearing_while_opening_still_opens (void)
{
  Fixture *fixture = fixture_new ();
  PhStore *store = ph_session_get_store (fixture->session);

  open_endpoint (fixture, "udp", 0, 0);
  while (ph_store_end (store) < 2)
    g_thread_yield ();
  ph_session_clear (fixture->session);
  g_assert_cmpint (ph_session_get_state (fixture->session), ==, PH_SESSION_OPEN);
  g_assert_cmpuint (ph_session_get_first (fixture->session), ==, 2);
  fixture_free (fixture);
}

/* More than one look folds: none of them is shown on the way. */
static void
test_clearing_in_a_flood_holds_up_nobody_and_shows_nothing (void)
{
  Fixture *fixture = fixture_new ();
  PhStore *store = ph_session_get_store (fixture->session);
  const PhRecord record = { .kind = PH_RECORD_IN, .peer = 1, .length = 1 };
  guint64 end;

  for (guint i = 0; i < 2000000; i++)
    ph_store_append (store, &record, "x");
  ph_store_notify (store);
  end = ph_store_end (store);
  ph_session_clear (fixture->session);
  g_assert_cmpuint (ph_session_get_end (fixture->session), <, end);
  while (ph_session_get_end (fixture->session) < end)
    {
      g_assert_cmpuint (ph_session_get_first (fixture->session), ==, end);
      g_main_context_iteration (NULL, TRUE);
    }
  g_assert_cmpuint (ph_session_get_first (fixture->session), ==, end);
  g_assert_cmpuint (COUNTERS (fixture)->rx_packets, ==, end);
  fixture_free (fixture);
}

/* The user has chosen that nothing is dropped, and sees that nothing more is received: he clears the log to go on. */
static void
test_what_was_cleared_makes_room_where_memory_is_full (void)
{
  Fixture *fixture = fixture_new ();
  PhStore *store = ph_session_get_store (fixture->session);
  g_autoptr (GBytes) bytes = g_bytes_new_take (g_malloc0 (60000), 60000);
  g_autoptr (PhPayload) payload = ph_payload_new_for_bytes (bytes, NULL, NULL);
  const PhTarget target = { .peer = PH_PEER_NONE };
  int port, fd = peer_socket (PH_SOCKET_UDP, "127.0.0.1", &port);

  ph_store_set_limit (store, PH_STORE_LIMIT_MIN);
  ph_store_set_full (store, PH_STORE_PAUSE);
  open_and_wait (fixture, "udp", port);
  for (guint i = 0; i < 100; i++)
    ph_session_send (fixture->session, &target, payload, NULL);
  UNTIL (ph_session_is_paused (fixture->session));
  ph_session_clear (fixture->session);
  UNTIL (!ph_session_is_paused (fixture->session) && ph_store_first (store) > 0);
  peer_close (fd);
  fixture_free (fixture);
}

/* The store is full of unread records and the worker waits for a reader, who leaves instead. */
static void
test_a_session_goes_away_in_the_middle_of_a_flood (void)
{
  Fixture *fixture = fixture_new ();
  PhStore *store = ph_session_get_store (fixture->session);
  g_autoptr (GBytes) bytes = g_bytes_new_take (g_malloc0 (60000), 60000);
  g_autoptr (PhPayload) payload = ph_payload_new_for_bytes (bytes, NULL, NULL);
  const PhTarget target = { .peer = PH_PEER_NONE };
  int port, fd = peer_socket (PH_SOCKET_UDP, "127.0.0.1", &port);

  ph_store_set_limit (store, PH_STORE_LIMIT_MIN);
  open_and_wait (fixture, "udp", port);
  for (guint i = 0; i < 2000; i++)
    ph_session_send (fixture->session, &target, payload, NULL);
  while (ph_store_size (store) < PH_STORE_LIMIT_MIN)
    g_thread_yield ();
  peer_close (fd);
  fixture_free (fixture);
}

static void
unref_cb (PhSession *session, Fixture *fixture)
{
  g_signal_handlers_disconnect_by_data (session, fixture);
  g_object_unref (session);
}

static void
test_a_session_may_go_away_in_its_own_signal (void)
{
  Fixture *fixture = fixture_new ();

  g_signal_connect (fixture->session, "advanced", G_CALLBACK (unref_cb), fixture);
  open_endpoint (fixture, "udp", 0, 0);
  UNTIL (fixture->gone == NULL);
  g_string_free (fixture->states, TRUE);
  g_free (fixture);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ph_plat_init ();
#define TEST(function) g_test_add_func ("/session/" #function, test_##function)
  TEST (a_new_session_is_closed_and_knows_nothing);
  TEST (opening_and_closing_are_seen_at_once);
  TEST (what_is_closed_while_opening_never_shows_as_open);
  TEST (what_is_opened_again_at_once_ends_open);
  TEST (datagrams_are_counted_and_their_senders_listed);
  TEST (a_peer_of_an_earlier_opening_can_still_be_sent_to);
  TEST (a_client_sees_its_server_finish_and_go);
  TEST (a_server_lists_its_clients_and_sends_to_one_or_all);
  TEST (a_port_in_use_is_told_once_and_opening_works_again);
  TEST (a_flood_of_errors_is_told_once_a_frame);
  TEST (an_idle_session_wakes_nobody);
  TEST (the_server_of_a_client_knows_what_was_done_with_the_connection);
  TEST (repeating_goes_on_until_it_is_stopped_or_closed);
  TEST (clearing_hides_records_and_loses_nothing);
  TEST (clearing_while_opening_still_opens);
  TEST (clearing_in_a_flood_holds_up_nobody_and_shows_nothing);
  TEST (what_was_cleared_makes_room_where_memory_is_full);
  TEST (a_session_goes_away_in_the_middle_of_a_flood);
  TEST (a_session_may_go_away_in_its_own_signal);

  return g_test_run ();
}
