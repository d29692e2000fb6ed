/* test-message.c: a message with its options and target: bound values, aiming, sending, and whom it never goes to
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "fixture.h"

#include "ph-charset.h"
#include "ph-message.h"
#include "ph-receive-options.h"

#include <string.h>

typedef struct
{
  PhSession *session;
  PhSendOptions *options;
  PhMessageTarget *target;
  PhMessage *message;
} Fixture;

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

static void
fixture_init (Fixture *fixture)
{
  fixture->session = ph_session_new ();
  fixture->options = ph_send_options_new ();
  fixture->target = ph_message_target_new (fixture->session);
  fixture->message = ph_message_new (fixture->options, fixture->target);
}

static void
fixture_clear (Fixture *fixture)
{
  g_object_unref (fixture->message);
  g_object_unref (fixture->target);
  g_object_unref (fixture->options);
  g_object_unref (fixture->session);
}

static void
open_endpoint (Fixture *fixture, const char *transport, int remote_port)
{
  g_autoptr (PhEndpoint) endpoint = ph_endpoint_new (transport);

  ph_place_set_ip (&endpoint->local, "127.0.0.1", 0);
  if (remote_port > 0)
    ph_place_set_ip (&endpoint->remote, "127.0.0.1", remote_port);
  ph_session_open (fixture->session, endpoint);
  UNTIL (ph_session_get_state (fixture->session) == PH_SESSION_OPEN);
}

static int
local_port (Fixture *fixture)
{
  return (int) g_ascii_strtoll (strrchr (ph_session_get_local (fixture->session), ':') + 1, NULL, 10);
}

static guint
n_peers (Fixture *fixture)
{
  return g_list_model_get_n_items (ph_session_get_peers (fixture->session));
}

static PhPeer *
dup_peer (Fixture *fixture, guint position)
{
  return g_list_model_get_item (ph_session_get_peers (fixture->session), position);
}

static void
send_text (Fixture *fixture, const char *text)
{
  g_autoptr (GError) error = NULL;

  ph_message_set_text (fixture->message, text);
  g_assert_true (ph_session_send_message (fixture->session, fixture->message, NULL, &error));
  g_assert_no_error (error);
}

static void
assert_refused (Fixture *fixture, PhMessageError code)
{
  g_autoptr (GError) error = NULL;
  gsize place = 12345;

  g_assert_false (ph_session_send_message (fixture->session, fixture->message, &place, &error));
  g_assert_error (error, PH_MESSAGE_ERROR, (int) code);
  g_assert_cmpuint (place, ==, 12345);
}

static void
assert_received (int fd, const char *text)
{
  char buffer[256] = { 0 };

  peer_receive (fd, buffer, strlen (text));
  g_assert_cmpstr (buffer, ==, text);
}

/* ---- options ---- */

static void
count_cb (GObject *object, GParamSpec *pspec, guint *n)
{
  (*n)++;
}

static void
test_options_are_told_when_they_change_and_know_their_ids (void)
{
  g_autoptr (PhSendOptions) options = ph_send_options_new ();
  const PhPayloadFormat format = { .charset = "gbk", .hex = TRUE, .escapes = TRUE, .line_ending = PH_LINE_ENDING_CR };
  PhPayloadFormat got;
  guint n = 0;

  g_signal_connect (options, "notify", G_CALLBACK (count_cb), &n);
  g_object_set (options, "encoding", "klingon", "line-ending", "both", "encoding", "utf-8", "hex", FALSE, NULL);
  g_assert_cmpuint (n, ==, 0);
  g_object_set (options, "repeat", TRUE, "interval", 20u, "times", G_GUINT64_CONSTANT (5000000000), NULL);
  g_assert_cmpuint (n, ==, 3);
  g_assert_true (ph_send_options_get_repeat (options));
  g_assert_cmpuint (ph_send_options_get_interval (options), ==, 20);
  g_object_set (options, "full-speed", TRUE, NULL);
  g_assert_cmpuint (ph_send_options_get_interval (options), ==, 0);
  g_object_set (options, "full-speed", FALSE, NULL);
  g_assert_cmpuint (ph_send_options_get_interval (options), ==, 20);
  n = 3;
  g_assert_cmpuint (ph_send_options_get_times (options), ==, G_GUINT64_CONSTANT (5000000000));

  ph_send_options_set_format (options, &format);
  ph_send_options_set_format (options, &format);
  g_assert_cmpuint (n, ==, 7);
  got = ph_send_options_get_format (options);
  g_assert_cmpstr (got.charset, ==, "gbk");
  g_assert_true (got.hex && got.escapes);
  g_assert_cmpint (got.line_ending, ==, PH_LINE_ENDING_CR);
}

static void
test_words_around_a_message_that_make_no_sense_are_none (void)
{
  static const struct
  {
    const char *property, *good, *bad;
  } words[] = {
    { "check", "crc-16/modbus,from=1", "crc-17" },
    { "check", "crc:width=8,poly=7,init=0,xorout=0", "crc:width=8,poly=0x100" },
    { "prefix", "AA 55", "AA 5" },
    { "suffix", "0d0A", "CRLF" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autoptr (PhSendOptions) options = ph_send_options_new ();
      g_autofree char *good = NULL, *bad = NULL;

      g_object_set (options, words[i].property, words[i].good, NULL);
      g_object_get (options, words[i].property, &good, NULL);
      g_object_set (options, words[i].property, words[i].bad, NULL);
      g_object_get (options, words[i].property, &bad, NULL);
      g_assert_cmpstr (good, ==, words[i].good);
      g_assert_null (bad);
    }
}

/* ---- the text ---- */

static void
test_an_error_in_the_text_has_its_place (void)
{
  g_autoptr (GError) error = NULL, bytes_error = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new_static ("\xFF", 1);
  Fixture fixture;
  gsize place = 0;

  fixture_init (&fixture);
  open_endpoint (&fixture, "udp", 0);
  g_object_set (fixture.options, "encoding", "gbk", NULL);
  ph_message_set_text (fixture.message, "中a😀");
  g_assert_false (ph_session_send_message (fixture.session, fixture.message, &place, &error));
  g_assert_error (error, PH_CODEC_ERROR, PH_CODEC_ERROR_ENCODING);
  g_assert_cmpuint (place, ==, 2);

  ph_message_set_text (fixture.message, "");
  g_object_set (fixture.options, "hex", TRUE, NULL);
  ph_message_set_input (fixture.message, bytes, FALSE);
  g_assert_false (ph_session_send_message (fixture.session, fixture.message, &place, &bytes_error));
  g_assert_error (bytes_error, PH_CODEC_ERROR, PH_CODEC_ERROR_HEX);
  g_assert_cmpuint (place, ==, 0);
  fixture_clear (&fixture);
}

/* ---- the target ---- */

static void
test_a_datagram_goes_to_the_remote_the_last_heard_or_the_chosen (void)
{
  Fixture fixture;
  int ports[3], fds[3];
  g_auto (PhPlace) remote = { 0 };
  g_autoptr (PhPeer) oldest = NULL;

  for (guint i = 0; i < 3; i++)
    fds[i] = peer_socket (PH_SOCKET_UDP, "127.0.0.1", &ports[i]);
  fixture_init (&fixture);
  open_endpoint (&fixture, "udp", 0);
  g_assert_true (ph_message_target_needs_remote (fixture.target));
  ph_message_target_set_remote (fixture.target, &remote);
  assert_refused (&fixture, PH_MESSAGE_ERROR_NOBODY);
  for (guint i = 1; i < 3; i++)
    {
      peer_send_to (fds[i], local_port (&fixture), "hello", 5);
      UNTIL (n_peers (&fixture) == i);
    }
  send_text (&fixture, "to the last");
  assert_received (fds[2], "to the last");

  ph_place_set_ip (&remote, "127.0.0.1", ports[0]);
  ph_message_target_set_remote (fixture.target, &remote);
  send_text (&fixture, "to the remote");
  assert_received (fds[0], "to the remote");

  oldest = dup_peer (&fixture, 1);
  g_assert_true (ph_message_target_set_peer (fixture.target, oldest));
  g_assert_false (ph_message_target_needs_remote (fixture.target));
  send_text (&fixture, "to the chosen");
  assert_received (fds[1], "to the chosen");

  g_assert_true (ph_message_target_set_peer (fixture.target, NULL));
  ph_message_target_set_remote (fixture.target, NULL);
  open_endpoint (&fixture, "udp", ports[0]);
  send_text (&fixture, "to the endpoint's");
  assert_received (fds[0], "to the endpoint's");
  for (guint i = 0; i < 3; i++)
    peer_close (fds[i]);
  fixture_clear (&fixture);
}

static void
test_what_is_typed_or_recalled_or_followed_is_where_it_goes (void)
{
  Fixture fixture;
  int ports[3], fds[3];
  g_autofree char *typed = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 3; i++)
    fds[i] = peer_socket (PH_SOCKET_UDP, "127.0.0.1", &ports[i]);
  typed = g_strdup_printf ("127.0.0.1:%d", ports[1]);
  fixture_init (&fixture);
  open_endpoint (&fixture, "udp", ports[0]);
  g_assert_true (ph_message_target_recall (fixture.target, typed, NULL));
  send_text (&fixture, "recalled");
  assert_received (fds[1], "recalled");
  g_assert_true (ph_message_target_recall (fixture.target, NULL, NULL));
  send_text (&fixture, "as before");
  assert_received (fds[0], "as before");

  g_assert_true (ph_message_target_set_typed (fixture.target, typed, NULL));
  g_assert_false (ph_message_target_set_typed (fixture.target, "127.0.0.1", &error));
  g_assert_error (error, PH_MESSAGE_ERROR, PH_MESSAGE_ERROR_TYPED);
  g_assert_cmpstr (ph_message_target_get_typed (fixture.target), ==, typed);
  g_assert_true (ph_message_target_recall (fixture.target, NULL, NULL)); /* nothing was recalled since */
  send_text (&fixture, "typed");
  assert_received (fds[1], "typed");

  ph_message_target_set_follow (fixture.target, TRUE);
  g_assert_null (ph_message_target_get_typed (fixture.target));
  send_text (&fixture, "nobody yet");
  assert_received (fds[0], "nobody yet");
  peer_send_to (fds[2], local_port (&fixture), "hello", 5);
  UNTIL (ph_session_get_facts (fixture.session)->heard_last != PH_PEER_NONE);
  send_text (&fixture, "followed");
  assert_received (fds[2], "followed");
  for (guint i = 0; i < 3; i++)
    peer_close (fds[i]);
  fixture_clear (&fixture);
}

static void
test_a_client_that_leaves_is_not_replaced (void)
{
  Fixture fixture;
  g_autoptr (PhPeer) first = NULL;
  int fds[2];

  fixture_init (&fixture);
  open_endpoint (&fixture, "tcp-server", 0);
  for (guint i = 0; i < 2; i++)
    {
      fds[i] = peer_connect (local_port (&fixture));
      UNTIL (n_peers (&fixture) == i + 1);
    }
  send_text (&fixture, "all");
  assert_received (fds[0], "all");
  assert_received (fds[1], "all");
  first = dup_peer (&fixture, 0);
  g_assert_true (ph_message_target_set_peer (fixture.target, first));
  send_text (&fixture, "one");
  assert_received (fds[0], "one");

  peer_reset (fds[0]);
  UNTIL (ph_message_target_get_left (fixture.target) != NULL);
  g_assert_cmpstr (ph_message_target_get_left (fixture.target), ==, ph_peer_get_address (first));
  g_assert_null (ph_message_target_get_peer (fixture.target));
  assert_refused (&fixture, PH_MESSAGE_ERROR_LEFT);
  g_assert_false (ph_message_target_set_peer (fixture.target, first));
  g_assert_nonnull (ph_message_target_get_left (fixture.target));

  g_assert_true (ph_message_target_set_peer (fixture.target, NULL));
  g_assert_null (ph_message_target_get_left (fixture.target));
  send_text (&fixture, "rest");
  assert_received (fds[1], "rest");
  peer_close (fds[1]);
  fixture_clear (&fixture);
}

static void
test_a_datagram_peer_stays_chosen_when_the_port_is_opened_again (void)
{
  Fixture fixture;
  g_autoptr (PhPeer) peer = NULL;
  int port, fd = peer_socket (PH_SOCKET_UDP, "127.0.0.1", &port);

  fixture_init (&fixture);
  open_endpoint (&fixture, "udp", 0);
  peer_send_to (fd, local_port (&fixture), "hello", 5);
  UNTIL (n_peers (&fixture) == 1);
  peer = dup_peer (&fixture, 0);
  g_assert_true (ph_message_target_set_peer (fixture.target, peer));

  ph_session_close (fixture.session);
  UNTIL (!ph_session_is_active (fixture.session));
  open_endpoint (&fixture, "udp", 0);
  peer_send_to (fd, local_port (&fixture), "again", 5);
  UNTIL (ph_message_target_get_peer (fixture.target) != peer);
  g_assert_null (ph_message_target_get_left (fixture.target));
  g_assert_cmpstr (ph_peer_get_address (ph_message_target_get_peer (fixture.target)), ==, ph_peer_get_address (peer));
  send_text (&fixture, "answer");
  assert_received (fd, "answer");
  peer_close (fd);
  fixture_clear (&fixture);
}

/* ---- sending ---- */

static guint
count_records (Fixture *fixture, PhRecordKind kind)
{
  PhStore *store = ph_session_get_store (fixture->session);
  guint n = 0;

  ph_store_begin_read (store);
  for (guint64 seq = 0; seq < ph_store_end (store); seq++)
    n += ph_store_get (store, seq, NULL)->kind == kind;
  ph_store_end_read (store);

  return n;
}

static void
test_a_stream_gets_a_message_in_the_pieces_of_the_options (void)
{
  Fixture fixture;
  int fd;

  fixture_init (&fixture);
  open_endpoint (&fixture, "tcp-server", 0);
  fd = peer_connect (local_port (&fixture));
  UNTIL (n_peers (&fixture) == 1);
  g_object_set (fixture.options, "piece-size", 2u, "piece-pause", 1u, "piece-random", TRUE, "piece-seed", 9u, NULL);
  g_object_set (fixture.options, "piece-random", FALSE, NULL);
  g_assert_cmpuint (ph_send_options_get_pieces (fixture.options).pause, ==, 1);
  g_assert_cmpuint (ph_send_options_get_pieces (fixture.options).seed, ==, 9);
  send_text (&fixture, "abcde");
  UNTIL (ph_session_get_counters (fixture.session)->tx_bytes == 5);
  g_assert_cmpuint (count_records (&fixture, PH_RECORD_OUT), ==, 3);
  g_object_set (fixture.options, "repeat", TRUE, "interval", 1u, "times", G_GUINT64_CONSTANT (2), NULL);
  send_text (&fixture, "abcde");
  UNTIL (!ph_session_get_repeating (fixture.session));
  g_assert_cmpuint (count_records (&fixture, PH_RECORD_OUT), ==, 9);
  peer_close (fd);
  fixture_clear (&fixture);
}

static void
test_an_empty_message_is_no_message_to_a_stream (void)
{
  Fixture fixture;
  int port, fd = peer_socket (PH_SOCKET_UDP, "127.0.0.1", &port);

  fixture_init (&fixture);
  open_endpoint (&fixture, "tcp-server", 0);
  assert_refused (&fixture, PH_MESSAGE_ERROR_EMPTY);
  open_endpoint (&fixture, "udp", port);
  send_text (&fixture, "");
  UNTIL (ph_session_get_counters (fixture.session)->tx_packets == 1);
  peer_close (fd);
  fixture_clear (&fixture);
}

static void
test_input_is_sent_in_place_of_the_text_until_there_is_one (void)
{
  Fixture fixture;
  g_autoptr (GBytes) bytes = g_bytes_new_static ("\xFF\xFE", 2);
  int port, fd = peer_socket (PH_SOCKET_UDP, "127.0.0.1", &port);

  fixture_init (&fixture);
  open_endpoint (&fixture, "udp", port);
  g_object_set (fixture.options, "line-ending", "lf", NULL);
  ph_message_set_input (fixture.message, bytes, TRUE);
  g_assert_true (ph_session_send_message (fixture.session, fixture.message, NULL, NULL));
  assert_received (fd, "\xFF\xFE\n");
  send_text (&fixture, "");
  assert_received (fd, "\n");
  peer_close (fd);
  fixture_clear (&fixture);
}

/* The form of the first record of this kind. */
static guint8
form_of (Fixture *fixture, PhRecordKind kind)
{
  PhStore *store = ph_session_get_store (fixture->session);
  guint8 form = G_MAXUINT8;

  ph_store_begin_read (store);
  for (guint64 seq = 0; seq < ph_store_end (store) && form == G_MAXUINT8; seq++)
    {
      const guint8 *payload;
      const PhRecord *record = ph_store_get (store, seq, &payload);

      if (record != NULL && record->kind == kind)
        form = (guint8) record->form;
    }
  ph_store_end_read (store);

  return form;
}

static void
test_records_say_how_they_were_typed_and_how_they_were_to_be_shown (void)
{
  Fixture fixture;
  g_autoptr (PhReceiveOptions) receive = ph_receive_options_new ();
  int port, fd = peer_socket (PH_SOCKET_UDP, "127.0.0.1", &port);

  fixture_init (&fixture);
  g_object_set (receive, "encoding", "gbk", NULL);
  ph_session_set_form (fixture.session, ph_receive_options_get_form (receive));
  open_endpoint (&fixture, "udp", port);
  g_object_set (fixture.options, "hex", TRUE, "encoding", "big5", NULL);
  send_text (&fixture, "41");
  assert_received (fd, "A");
  peer_send_to (fd, local_port (&fixture), "B", 1);
  UNTIL (ph_session_get_counters (fixture.session)->rx_packets == 1);
  g_assert_cmpuint (form_of (&fixture, PH_RECORD_OUT), ==,
                    ph_record_form (PH_FORM_HEX, ph_charset_find ("big5")->number));
  g_assert_cmpuint (form_of (&fixture, PH_RECORD_IN), ==, ph_record_form (PH_FORM_TEXT, ph_charset_find ("gbk")->number));
  g_object_set (receive, "hex", TRUE, NULL);
  g_assert_cmpuint (ph_receive_options_get_form (receive), ==,
                    ph_record_form (PH_FORM_HEX, ph_charset_find ("gbk")->number));
  g_object_set (receive, "form", "automatic", NULL);
  g_assert_cmpuint (ph_receive_options_get_form (receive), ==,
                    ph_record_form (PH_FORM_AUTOMATIC, ph_charset_find ("gbk")->number));
  peer_close (fd);
  fixture_clear (&fixture);
}

/* Reads datagrams until one is @text. */
static void
await_received (int fd, const char *text)
{
  char buffer[16];

  do
    {
      memset (buffer, 0, sizeof buffer);
      peer_receive (fd, buffer, 5);
    }
  while (!g_str_equal (buffer, text));
}

static void
test_a_repeat_goes_on_with_what_the_message_is_now (void)
{
  Fixture fixture;
  int port, fd = peer_socket (PH_SOCKET_UDP, "127.0.0.1", &port);
  g_autoptr (GError) error = NULL;
  gsize place = 0;

  fixture_init (&fixture);
  open_endpoint (&fixture, "udp", port);
  g_object_set (fixture.options, "repeat", TRUE, "interval", 1u, NULL);
  send_text (&fixture, "first");
  await_received (fd, "first");
  ph_message_set_text (fixture.message, "third");
  g_assert_true (ph_session_change_message (fixture.session, fixture.message, NULL, &error));
  await_received (fd, "third");
  g_object_set (fixture.options, "encoding", "ascii", NULL);
  ph_message_set_text (fixture.message, "中");
  g_assert_false (ph_session_change_message (fixture.session, fixture.message, &place, &error));
  g_assert_error (error, PH_CODEC_ERROR, PH_CODEC_ERROR_ENCODING);
  await_received (fd, "third");
  ph_message_set_text (fixture.message, "again");
  g_object_set (fixture.options, "times", G_GUINT64_CONSTANT (1), NULL);
  g_assert_true (ph_session_change_message (fixture.session, fixture.message, NULL, NULL));
  UNTIL (!ph_session_get_repeating (fixture.session));
  peer_close (fd);
  fixture_clear (&fixture);
}

static void
test_a_repeat_follows_its_options (void)
{
  Fixture fixture;
  int port, fd = peer_socket (PH_SOCKET_UDP, "127.0.0.1", &port);

  fixture_init (&fixture);
  open_endpoint (&fixture, "udp", port);
  g_object_set (fixture.options, "repeat", TRUE, "interval", 1u, "times", G_GUINT64_CONSTANT (3), NULL);
  send_text (&fixture, "again");
  g_assert_true (ph_session_get_repeating (fixture.session));
  UNTIL (!ph_session_get_repeating (fixture.session));
  for (guint i = 0; i < 3; i++)
    assert_received (fd, "again");
  g_assert_cmpuint (ph_session_get_counters (fixture.session)->tx_packets, ==, 3);
  peer_close (fd);
  fixture_clear (&fixture);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ph_plat_init ();
#define TEST(function) g_test_add_func ("/message/" #function, test_##function)
  TEST (options_are_told_when_they_change_and_know_their_ids);
  TEST (words_around_a_message_that_make_no_sense_are_none);
  TEST (an_error_in_the_text_has_its_place);
  TEST (a_datagram_goes_to_the_remote_the_last_heard_or_the_chosen);
  TEST (what_is_typed_or_recalled_or_followed_is_where_it_goes);
  TEST (a_client_that_leaves_is_not_replaced);
  TEST (a_datagram_peer_stays_chosen_when_the_port_is_opened_again);
  TEST (a_stream_gets_a_message_in_the_pieces_of_the_options);
  TEST (an_empty_message_is_no_message_to_a_stream);
  TEST (input_is_sent_in_place_of_the_text_until_there_is_one);
  TEST (records_say_how_they_were_typed_and_how_they_were_to_be_shown);
  TEST (a_repeat_follows_its_options);
  TEST (a_repeat_goes_on_with_what_the_message_is_now);

  return g_test_run ();
}
