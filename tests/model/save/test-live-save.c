/* test-live-save.c: what a session records goes into files while it goes on: directions, peers, and a disk that does not take it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "capture-fixture.h"

#include "ph-live-save.h"
#include "ph-name-pattern.h"

#include <glib/gstdio.h>
#include <string.h>

/* A folder for the files, and a save into it. */
typedef struct
{
  Fixture *fixture;
  char *folder;
  PhLiveSave *save;
} Saving;

static Saving
saving_new (void)
{
  Saving s = { .fixture = fixture_new () };

  s.folder = g_build_filename (s.fixture->home, "saved", NULL);
  g_assert_cmpint (g_mkdir (s.folder, 0700), ==, 0);

  return s;
}

static void
start (Saving *s, const char *pattern, PhFormatKind format, PhExportSides sides, gboolean per_peer)
{
  const PhLiveSaveSpec spec = { .folder = s->folder,
                                .pattern = pattern,
                                .every = PH_SAVE_EVERY_NEVER,
                                .per_peer = per_peer,
                                .form = { .format = format, .sides = sides, .payload = { FALSE, ph_charset_find ("utf-8") } } };
  g_autoptr (GError) error = NULL;

  s->save = ph_live_save_new (s->fixture->session, &spec, &error);
  g_assert_no_error (error);
}

static void
saving_free (Saving *s)
{
  g_clear_pointer (&s->save, ph_live_save_free);
  ph_live_save_end_all ();
  fixture_free (s->fixture);
  g_free (s->folder);
}

static char *
dup_file (Saving *s, const char *name)
{
  g_autofree char *path = g_build_filename (s->folder, name, NULL);
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, NULL);

  return text;
}

static gboolean
file_is (Saving *s, const char *name, const char *text)
{
  g_autofree char *is = dup_file (s, name);

  return g_strcmp0 (is, text) == 0;
}

static guint64
received (Saving *s)
{
  return ph_session_get_counters (s->fixture->session)->rx_bytes;
}

static void
send_all (int fd, const char *text)
{
  g_assert_cmpint (peer_send (fd, text, strlen (text)), ==, (gssize) strlen (text));
}

/* Sends @text to all clients, and waits until it is told. */
static void
send_to_all (Saving *s, const char *text)
{
  const PhTarget all = { .peer = PH_PEER_ALL };
  const PhPayloadFormat format = { .charset = "utf-8" };
  g_autoptr (PhPayload) payload = ph_payload_new (&format, text, NULL, NULL);
  guint64 before = ph_session_get_counters (s->fixture->session)->tx_packets;

  ph_session_send (s->fixture->session, &all, payload, NULL);
  UNTIL (ph_session_get_counters (s->fixture->session)->tx_packets > before);
}

/* ---- what is saved ---- */

static void
test_what_arrives_is_in_the_file_while_the_port_is_open (void)
{
  Saving s = saving_new ();
  int fd;

  start (&s, "raw", PH_FORMAT_RAW, PH_EXPORT_RECEIVED, FALSE);
  open_server (s.fixture);
  fd = connect_peer (s.fixture);
  send_all (fd, "one");
  UNTIL (file_is (&s, "raw", "one"));
  send_all (fd, " two");
  UNTIL (file_is (&s, "raw", "one two"));
  send_to_all (&s, "not this");
  send_all (fd, " three");
  UNTIL (file_is (&s, "raw", "one two three"));
  peer_close (fd);
  g_assert_true (ph_live_save_finish (s.save));
  saving_free (&s);
}

static void
test_both_directions_are_in_their_order (void)
{
  Saving s = saving_new ();
  int fd;

  start (&s, "raw", PH_FORMAT_RAW, PH_EXPORT_BOTH, FALSE);
  open_server (s.fixture);
  fd = connect_peer (s.fixture);
  send_all (fd, "ping ");
  UNTIL (received (&s) == 5);
  send_to_all (&s, "pong ");
  send_all (fd, "ping");
  UNTIL (file_is (&s, "raw", "ping pong ping"));
  peer_close (fd);
  saving_free (&s);
}

static void
test_text_has_events_and_a_direction_can_be_left_out (void)
{
  Saving s = saving_new ();
  g_autofree char *text = NULL;
  int fd;

  start (&s, "log", PH_FORMAT_NETASSIST_5, PH_EXPORT_RECEIVED, FALSE);
  open_server (s.fixture);
  fd = connect_peer (s.fixture);
  UNTIL (g_list_model_get_n_items (ph_session_get_peers (s.fixture->session)) == 1);
  send_to_all (&s, "secret");
  send_all (fd, "hello");
  UNTIL (received (&s) == 5);
  peer_close (fd);
  g_assert_true (ph_live_save_finish (s.save));
  text = dup_file (&s, "log");
  g_assert_nonnull (strstr (text, "gets online."));
  g_assert_nonnull (strstr (text, "]# RECV ASCII/5 from 127.0.0.1:"));
  g_assert_null (strstr (text, "SEND"));
  g_assert_null (strstr (text, s.folder)); /* that the file was begun is told elsewhere */
  saving_free (&s);
}

static void
test_a_save_begins_in_the_middle_and_knows_the_peers (void)
{
  Saving s = saving_new ();
  g_autofree char *name = NULL, *text = NULL;
  int fd;

  open_server (s.fixture);
  fd = connect_peer (s.fixture);
  send_all (fd, "before");
  UNTIL (received (&s) == 6);
  start (&s, "{local}.json", PH_FORMAT_JSON, PH_EXPORT_RECEIVED, FALSE);
  send_all (fd, "after");
  UNTIL (received (&s) == 11);
  g_assert_true (ph_live_save_finish (s.save));
  name = g_strdup_printf ("127.0.0.1-%s.json", strrchr (ph_session_get_local (s.fixture->session), ':') + 1);
  text = dup_file (&s, name);
  g_assert_nonnull (text);
  g_assert_null (strstr (text, "before"));
  g_assert_nonnull (strstr (text, "{\"seq\":5,")); /* behind opening, open, joined and the first data */
  g_assert_nonnull (strstr (text, "\"kind\":\"in\",\"peer\":\"127.0.0.1:"));
  peer_close (fd);
  saving_free (&s);
}

static void
test_each_peer_has_its_file (void)
{
  Saving s = saving_new ();
  int a, b;

  start (&s, "{peer}-{n}", PH_FORMAT_RAW, PH_EXPORT_BOTH, TRUE);
  open_server (s.fixture);
  a = connect_peer (s.fixture);
  b = connect_peer (s.fixture);
  UNTIL (g_list_model_get_n_items (ph_session_get_peers (s.fixture->session)) == 2);
  send_all (a, "from a");
  send_all (b, "from b");
  UNTIL (received (&s) == 12);
  send_to_all (&s, "to both");
  g_assert_true (ph_live_save_finish (s.save));
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (PhPeer) peer = g_list_model_get_item (ph_session_get_peers (s.fixture->session), i);
      g_autofree char *name = g_strdup_printf ("%s-1", ph_peer_get_address (peer)), *text = NULL;

      text = dup_file (&s, g_strdelimit (name, ":", '-'));
      g_assert_cmpstr (text, ==, i == 0 ? "from a" : "from b");
    }
  g_assert_true (file_is (&s, "all-1", "to both"));
  peer_close (a);
  peer_close (b);
  saving_free (&s);
}

static void
test_a_character_that_is_cut_at_the_end_is_shown_as_its_bytes (void)
{
  Saving s = saving_new ();
  g_autofree char *text = NULL;
  int fd;

  start (&s, "log", PH_FORMAT_LOG, PH_EXPORT_RECEIVED, FALSE);
  open_server (s.fixture);
  fd = connect_peer (s.fixture);
  send_all (fd, "\xE6\x97");
  UNTIL (received (&s) == 2);
  g_assert_true (ph_live_save_finish (s.save));
  text = dup_file (&s, "log");
  g_assert_nonnull (strstr (text, "⟨E6⟩⟨97⟩"));
  peer_close (fd);
  saving_free (&s);
}

static void
test_what_could_not_be_opened_leaves_no_file (void)
{
  Saving s = saving_new ();
  g_autoptr (PhEndpoint) endpoint = ph_endpoint_new ("tcp-server");
  g_autoptr (GDir) dir = NULL;

  start (&s, "log", PH_FORMAT_LOG, PH_EXPORT_RECEIVED, FALSE);
  ph_place_set_ip (&endpoint->local, "192.0.2.1", 0);
  ph_session_open (s.fixture->session, endpoint);
  UNTIL (s.fixture->failed > 0);
  g_assert_true (ph_live_save_finish (s.save));
  dir = g_dir_open (s.folder, 0, NULL);
  g_assert_null (g_dir_read_name (dir));
  saving_free (&s);
}

static void
test_a_pattern_that_is_wrong_begins_nothing (void)
{
  Saving s = saving_new ();
  const PhLiveSaveSpec spec = { .folder = s.folder, .pattern = "{what}", .every = PH_SAVE_EVERY_NEVER,
                                .form = { .format = PH_FORMAT_RAW, .payload = { FALSE, ph_charset_find ("utf-8") } } };
  g_autoptr (GError) error = NULL;

  g_assert_null (ph_live_save_new (s.fixture->session, &spec, &error));
  g_assert_error (error, PH_ERROR, PH_ERROR_INVALID);
  saving_free (&s);
}

/* ---- a disk that does not take it ---- */

/* How many records there are of a save with that cause. @ret_count: (out): the sum of what they count */
static guint
count_events (Saving *s, const char *cause, guint64 *ret_count)
{
  PhStore *store = ph_session_get_store (s->fixture->session);
  guint found = 0;
  PhWords words;

  *ret_count = 0;
  ph_store_begin_read (store);
  for (guint64 seq = ph_store_first (store); seq < ph_session_get_end (s->fixture->session); seq++)
    {
      const guint8 *payload;
      const PhRecord *record = ph_store_fetch (store, seq, &payload);
      guint64 count = 0;

      if (record == NULL || (record->kind != PH_RECORD_NOTE && record->kind != PH_RECORD_ERROR))
        continue;
      ph_words_read (&words, payload, record->length);
      if (g_strcmp0 (ph_words_get (&words, "action"), "save") != 0 || g_strcmp0 (ph_words_get (&words, "cause"), cause) != 0)
        continue;
      found++;
      ph_words_get_number (&words, "count", &count);
      *ret_count += count;
    }
  ph_store_end_read (store);

  return found;
}

static gboolean
has_failure (Saving *s)
{
  g_auto (PhLiveSaveStatus) status = { 0 };

  ph_live_save_get_status (s->save, &status);

  return status.failure != NULL;
}

static void
test_a_folder_that_is_not_there_is_told_at_once_and_the_session_goes_on (void)
{
  Saving s = saving_new ();
  guint64 count;
  int fd;

  g_assert_cmpint (g_rmdir (s.folder), ==, 0);
  open_server (s.fixture);
  start (&s, "raw", PH_FORMAT_RAW, PH_EXPORT_RECEIVED, FALSE);
  UNTIL (s.fixture->failed == 1);
  g_assert_true (has_failure (&s));
  fd = connect_peer (s.fixture);
  send_all (fd, "kept");
  UNTIL (received (&s) == 4);
  g_assert_cmpint (g_mkdir (s.folder, 0700), ==, 0);
  UNTIL (file_is (&s, "raw", "kept"));
  UNTIL (count_events (&s, "again", &count) == 1);
  g_assert_false (has_failure (&s));
  g_assert_true (ph_live_save_finish (s.save));
  peer_close (fd);
  saving_free (&s);
}

/* What the store has no room for is lost to the file, in a number, and the worker waits for nobody. */
static void
test_what_the_disk_has_missed_is_told_in_numbers (void)
{
  Saving s = saving_new ();
  PhStore *store = ph_session_get_store (s.fixture->session);
  g_auto (PhLiveSaveStatus) status = { 0 };
  g_autofree char *path = g_build_filename (s.folder, "raw", NULL);
  guint64 count = 0;
  GThread *sender;
  GStatBuf info;
  int fd;

  ph_store_set_full (store, PH_STORE_DROP_OLDEST);
  ph_session_set_capture_folder (s.fixture->session, NULL);
  g_assert_cmpint (g_rmdir (s.folder), ==, 0);
  start (&s, "raw", PH_FORMAT_RAW, PH_EXPORT_RECEIVED, FALSE);
  open_server (s.fixture);
  fd = connect_peer (s.fixture);
  sender = g_thread_new ("sender", send_stream_cb, GINT_TO_POINTER (fd));
  UNTIL (received (&s) == STREAM); /* it is read whatever the disk does */
  g_thread_join (sender);
  g_assert_cmpuint (ph_store_dropped (store), >, 0);
  g_assert_cmpint (g_mkdir (s.folder, 0700), ==, 0);
  UNTIL (count_events (&s, "gap", &count) > 0);
  g_assert_cmpuint (count, >, 0);
  g_assert_false (ph_live_save_finish (s.save));
  ph_live_save_get_status (s.save, &status);
  UNTIL (count_events (&s, "gap", &count) > 0 && count == status.missing); /* those that it missed while it wrote too */
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpuint (info.st_size, >, 0);
  g_assert_cmpuint (info.st_size, <, STREAM);
  saving_free (&s);
}

/* Text in hex takes longer to make than bytes to receive, so the store would overflow many times. */
static void
test_what_a_stream_brings_waits_for_the_file (void)
{
  Saving s = saving_new ();
  PhStore *store = ph_session_get_store (s.fixture->session);
  g_auto (PhLiveSaveStatus) status = { 0 };
  g_autofree char *path = g_build_filename (s.folder, "json", NULL);
  GThread *sender;
  GStatBuf info;
  int fd;

  ph_store_set_limit (store, PH_STORE_LIMIT_MIN);
  ph_store_set_full (store, PH_STORE_DROP_OLDEST);
  ph_session_set_capture_folder (s.fixture->session, NULL);
  start (&s, "json", PH_FORMAT_JSON, PH_EXPORT_RECEIVED, FALSE);
  open_server (s.fixture);
  fd = connect_peer (s.fixture);
  send_all (fd, "one");
  UNTIL (received (&s) == 3);
  UNTIL (g_stat (path, &info) == 0 && info.st_size > 0);
  sender = g_thread_new ("sender", send_stream_cb, GINT_TO_POINTER (fd));
  UNTIL (received (&s) == 3 + STREAM);
  g_thread_join (sender);
  g_assert_true (ph_live_save_finish (s.save));
  ph_live_save_get_status (s.save, &status);
  g_assert_cmpuint (status.missing, ==, 0);
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpuint (info.st_size, >, 3 * (guint64) STREAM); /* two digits for a byte, and its text */
  saving_free (&s);
}

static void
test_what_cannot_be_written_at_the_end_is_counted (void)
{
  Saving s = saving_new ();
  g_auto (PhLiveSaveStatus) status = { 0 };
  int fd;

  open_server (s.fixture);
  fd = connect_peer (s.fixture);
  UNTIL (g_list_model_get_n_items (ph_session_get_peers (s.fixture->session)) == 1);
  g_assert_cmpint (g_rmdir (s.folder), ==, 0);
  start (&s, "raw", PH_FORMAT_RAW, PH_EXPORT_RECEIVED, FALSE);
  UNTIL (has_failure (&s));
  send_all (fd, "lost");
  UNTIL (received (&s) == 4);
  g_assert_false (ph_live_save_finish (s.save));
  ph_live_save_get_status (s.save, &status);
  g_assert_cmpuint (status.missing, >, 0);
  g_assert_nonnull (status.failure);
  peer_close (fd);
  saving_free (&s);
}

int
main (int argc, char *argv[])
{
  ph_plat_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/live-save/what-arrives-is-in-the-file-while-the-port-is-open", test_what_arrives_is_in_the_file_while_the_port_is_open);
  g_test_add_func ("/live-save/both-directions-are-in-their-order", test_both_directions_are_in_their_order);
  g_test_add_func ("/live-save/text-has-events-and-a-direction-can-be-left-out", test_text_has_events_and_a_direction_can_be_left_out);
  g_test_add_func ("/live-save/a-save-begins-in-the-middle-and-knows-the-peers", test_a_save_begins_in_the_middle_and_knows_the_peers);
  g_test_add_func ("/live-save/each-peer-has-its-file", test_each_peer_has_its_file);
  g_test_add_func ("/live-save/a-character-that-is-cut-at-the-end-is-shown-as-its-bytes",
                   test_a_character_that_is_cut_at_the_end_is_shown_as_its_bytes);
  g_test_add_func ("/live-save/what-could-not-be-opened-leaves-no-file", test_what_could_not_be_opened_leaves_no_file);
  g_test_add_func ("/live-save/a-pattern-that-is-wrong-begins-nothing", test_a_pattern_that_is_wrong_begins_nothing);
  g_test_add_func ("/live-save/a-folder-that-is-not-there-is-told-at-once-and-the-session-goes-on",
                   test_a_folder_that_is_not_there_is_told_at_once_and_the_session_goes_on);
  g_test_add_func ("/live-save/what-the-disk-has-missed-is-told-in-numbers", test_what_the_disk_has_missed_is_told_in_numbers);
  g_test_add_func ("/live-save/what-a-stream-brings-waits-for-the-file", test_what_a_stream_brings_waits_for_the_file);
  g_test_add_func ("/live-save/what-cannot-be-written-at-the-end-is-counted", test_what_cannot_be_written_at_the_end_is_counted);

  return g_test_run ();
}
