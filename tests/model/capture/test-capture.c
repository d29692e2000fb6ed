/* test-capture.c: sessions that write their records to a file: records are read back when memory has dropped them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "capture-fixture.h"

#include "ph-capture-file.h"
#include "ph-captures-room.h"
#include "ph-plat-file.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

static void
test_what_left_memory_is_still_shown (void)
{
  Fixture *fixture = fixture_new ();
  PhStore *store = ph_session_get_store (fixture->session);

  run_stream (fixture);
  g_assert_cmpint (ph_session_get_capture_state (fixture->session), ==, PH_CAPTURE_WRITING);
  g_assert_cmpuint (ph_store_size (store), <, STREAM);
  g_assert_cmpuint (ph_store_dropped (store), ==, 0);
  g_assert_cmpuint (check_stream (store), ==, STREAM);
  fixture_free (fixture);
}

static void
test_a_session_that_went_away_left_everything_in_its_file (void)
{
  Fixture *fixture = fixture_new ();
  g_autofree char *path = NULL;
  g_autoptr (PhStore) store = NULL;

  run_stream (fixture);
  path = g_strdup (ph_session_get_capture_path (fixture->session));
  g_assert_true (ph_plat_file_has_writer (path));
  fixture_end (fixture);
  g_assert_false (ph_plat_file_has_writer (path));
  store = open_file (path);
  g_assert_cmpuint (check_stream (store), ==, STREAM);
  g_assert_false (ph_store_is_cut (store));
  fixture_free (fixture);
}

static void
test_a_session_that_never_opens_makes_no_file (void)
{
  Fixture *fixture = fixture_new ();

  fixture_end (fixture);
  g_assert_false (g_file_test (fixture->folder, G_FILE_TEST_EXISTS));
  fixture_free (fixture);
}

/* Tries to listen where somebody else does. */
static void
fail_to_open (Fixture *fixture)
{
  g_autoptr (PhEndpoint) endpoint = ph_endpoint_new ("tcp-server");
  int port = PH_PORT_UNSET, taken = peer_socket (PH_SOCKET_TCP, "127.0.0.1", &port);
  guint failed = fixture->failed;

  ph_place_set_ip (&endpoint->local, "127.0.0.1", port);
  ph_session_open (fixture->session, endpoint);
  UNTIL (fixture->failed > failed && ph_session_get_state (fixture->session) == PH_SESSION_CLOSED);
  peer_close (taken);
}

static void
test_an_opening_that_fails_leaves_no_file (void)
{
  Fixture *fixture = fixture_new ();

  for (guint i = 0; i < 3; i++)
    fail_to_open (fixture);
  g_assert_cmpint (ph_session_get_capture_state (fixture->session), ==, PH_CAPTURE_MEMORY);
  g_assert_null (ph_session_get_capture_path (fixture->session));
  g_assert_cmpuint (ph_store_end (ph_session_get_store (fixture->session)), >=, 3);
  ph_spool_flush (ph_session_get_spool (fixture->session));
  fixture_end (fixture);
  g_assert_false (g_file_test (fixture->folder, G_FILE_TEST_EXISTS));
  fixture_free (fixture);
}

static guint
count_kind (PhStore *store, PhRecordKind kind)
{
  guint n = 0;

  for (guint64 seq = ph_store_first (store); seq < ph_store_end (store); seq++)
    {
      const guint8 *payload;

      ph_store_begin_read (store);
      n += ph_store_fetch (store, seq, &payload)->kind == kind;
      ph_store_end_read (store);
    }

  return n;
}

static void
test_a_failure_before_something_was_opened_is_in_its_file (void)
{
  Fixture *fixture = fixture_new ();
  g_autofree char *path = NULL;
  g_autoptr (PhStore) store = NULL;

  fail_to_open (fixture);
  open_server (fixture);
  path = g_strdup (ph_session_get_capture_path (fixture->session));
  g_assert_nonnull (path);
  fixture_end (fixture);
  store = open_file (path);
  g_assert_cmpuint (count_kind (store, PH_RECORD_ERROR), ==, 1);
  g_assert_cmpuint (count_kind (store, PH_RECORD_OPENING), ==, 2);
  g_assert_cmpuint (count_kind (store, PH_RECORD_OPEN), ==, 1);
  fixture_free (fixture);
}

static void
test_two_sessions_never_share_a_file (void)
{
  Fixture *fixture = fixture_new ();
  PhSession *others[16];
  g_autoptr (GHashTable) paths = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      PhSession *first = fixture->session;

      fixture_begin (fixture);
      open_server (fixture);
      others[i] = fixture->session;
      fixture->session = first;
      g_hash_table_add (paths, g_strdup (ph_session_get_capture_path (others[i])));
    }
  g_assert_cmpuint (g_hash_table_size (paths), ==, G_N_ELEMENTS (others));
  /* Nor does a session that asks for one by name. */
  g_assert_false (ph_session_capture_to (fixture->session, ph_session_get_capture_path (others[0]), &error));
  g_assert_nonnull (error);
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    g_object_unref (others[i]);
  fixture_free (fixture);
}

static void
test_only_the_user_may_look_into_the_folder (void)
{
  Fixture *fixture = fixture_new ();
  GStatBuf status;

  open_server (fixture);
  ph_spool_flush (ph_session_get_spool (fixture->session));
  g_assert_cmpint (g_stat (fixture->folder, &status), ==, 0);
  if (G_DIR_SEPARATOR == '/')
    g_assert_cmpint (status.st_mode & 0777, ==, 0700);
  fixture_free (fixture);
}

static void
test_a_folder_that_cannot_be_made_is_told_once_and_the_session_goes_on_in_memory (void)
{
  Fixture *fixture = fixture_new ();
  g_autofree char *in_the_way = g_build_filename (fixture->home, "a", NULL);

  g_assert_true (g_file_set_contents (in_the_way, "a file, not a folder", -1, NULL));
  open_server (fixture);
  UNTIL (fixture->failed > 0);
  g_assert_cmpint (ph_session_get_capture_state (fixture->session), ==, PH_CAPTURE_MEMORY);
  ph_session_close (fixture->session);
  UNTIL (ph_session_get_state (fixture->session) == PH_SESSION_CLOSED);
  open_server (fixture);
  g_assert_cmpuint (fixture->failed, ==, 1);
  g_assert_null (ph_session_get_capture_path (fixture->session));
  fixture_free (fixture);
}

static void
test_who_pauses_at_the_limit_without_a_file_loses_nothing_and_goes_on_when_there_is_room (void)
{
  Fixture *fixture = fixture_new ();
  PhStore *store = ph_session_get_store (fixture->session);
  GThread *sender;
  int fd;

  ph_session_set_capture_folder (fixture->session, NULL);
  ph_store_set_full (store, PH_STORE_PAUSE);
  open_server (fixture);
  g_assert_cmpint (ph_session_get_capture_state (fixture->session), ==, PH_CAPTURE_MEMORY);
  fd = connect_peer (fixture);
  sender = g_thread_new ("sender", send_stream_cb, GINT_TO_POINTER (fd));
  UNTIL (ph_session_is_paused (fixture->session));
  g_assert_cmpuint (ph_store_dropped (store), ==, 0);
  g_assert_cmpuint (ph_store_first (store), ==, 0);
  ph_store_set_limit (store, STREAM + 16 * PH_STORE_CHUNK);
  UNTIL (ph_session_get_counters (fixture->session)->rx_bytes == STREAM);
  g_thread_join (sender);
  peer_close (fd);
  g_assert_false (ph_session_is_paused (fixture->session));
  g_assert_cmpuint (check_stream (store), ==, STREAM);
  fixture_free (fixture);
}

/* A paused session must handle each command, however many came before and however much data waits. */
static void
test_a_paused_session_still_does_what_it_is_told (void)
{
  Fixture *fixture = fixture_new ();
  PhStore *store = ph_session_get_store (fixture->session);
  g_autoptr (PhSession) sender = ph_session_new ();
  g_autoptr (PhEndpoint) endpoint = ph_endpoint_new ("tcp-client");
  g_autoptr (GBytes) much = g_bytes_new_take (g_malloc0 (STREAM), STREAM), little = g_bytes_new_static ("x", 1);
  g_autoptr (PhPayload) much_payload = ph_payload_new_for_bytes (much, NULL, NULL);
  g_autoptr (PhPayload) little_payload = ph_payload_new_for_bytes (little, NULL, NULL);
  const PhTarget all = { .peer = PH_PEER_ALL }, server = { 0 };

  ph_session_set_capture_folder (fixture->session, NULL);
  open_server (fixture);
  ph_place_set_ip (&endpoint->remote, "127.0.0.1", atoi (strrchr (ph_session_get_local (fixture->session), ':') + 1));
  ph_session_open (sender, endpoint);
  UNTIL (ph_session_get_state (sender) == PH_SESSION_OPEN);
  ph_session_send (sender, &server, much_payload, NULL);
  UNTIL (ph_session_is_paused (fixture->session));
  for (guint64 i = 1; i <= 40; i++)
    {
      ph_session_send (fixture->session, &all, little_payload, NULL);
      UNTIL (ph_session_get_counters (fixture->session)->tx_packets == i);
    }
  ph_session_close (fixture->session);
  UNTIL (ph_session_get_state (fixture->session) == PH_SESSION_CLOSED);
  g_assert_cmpuint (ph_session_get_counters (fixture->session)->rx_bytes, <, STREAM);
  g_assert_cmpuint (ph_store_dropped (store), ==, 0);
  fixture_free (fixture);
}

static guint advanced;

static void
advanced_cb (void)
{
  advanced++;
}

static void
test_a_pause_is_told (void)
{
  Fixture *fixture = fixture_new ();
  PhStore *store = ph_session_get_store (fixture->session);
  GThread *sender;
  guint before;
  int fd;

  ph_session_set_capture_folder (fixture->session, NULL);
  ph_store_set_full (store, PH_STORE_PAUSE);
  open_server (fixture);
  fd = connect_peer (fixture);
  sender = g_thread_new ("sender", send_stream_cb, GINT_TO_POINTER (fd));
  advanced = 0;
  g_signal_connect (fixture->session, "advanced", G_CALLBACK (advanced_cb), NULL);
  /* A handler of the signal sees that it is paused. */
  do
    {
      before = advanced;
      UNTIL (advanced > before);
    }
  while (!ph_session_is_paused (fixture->session));
  ph_store_set_full (store, PH_STORE_DROP_OLDEST);
  UNTIL (ph_session_get_counters (fixture->session)->rx_bytes == STREAM);
  g_thread_join (sender);
  peer_close (fd);
  g_assert_cmpuint (ph_store_dropped (store), >, 0);
  fixture_free (fixture);
}

static void
test_a_capture_that_fills_the_folder_pushes_out_the_old_and_then_goes_on_in_memory (void)
{
  Fixture *fixture = fixture_new ();
  g_autofree char *old = g_build_filename (fixture->folder, "old.porthole", NULL);
  g_autoptr (PhCaptures) captures = ph_captures_new (fixture->folder);
  g_autoptr (GFile) file = g_file_new_for_path (old);
  GStatBuf status;

  g_assert_cmpint (g_mkdir_with_parents (fixture->folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (old, "of yesterday", -1, NULL));
  g_assert_true (g_file_set_attribute_uint64 (file, G_FILE_ATTRIBUTE_TIME_MODIFIED,
                                              (guint64) (g_get_real_time () / G_TIME_SPAN_SECOND - 24 * 60 * 60),
                                              G_FILE_QUERY_INFO_NONE, NULL, NULL));
  ph_captures_set_limits (captures, 16 * PH_CHUNK_SIZE, 30);
  ph_captures_follow (captures, fixture->session);
  ph_store_set_limit (ph_session_get_store (fixture->session), 2 * STREAM);
  run_stream (fixture);
  UNTIL (fixture->failed == 1);
  UNTIL (!ph_captures_is_busy (captures));
  g_assert_cmpint (ph_session_get_capture_state (fixture->session), ==, PH_CAPTURE_BROKEN);
  g_assert_false (g_file_test (old, G_FILE_TEST_EXISTS));
  g_assert_cmpint (g_stat (ph_session_get_capture_path (fixture->session), &status), ==, 0);
  g_assert_cmpuint ((guint64) status.st_size, ==, 16 * PH_CHUNK_SIZE);
  g_assert_cmpuint (check_stream (ph_session_get_store (fixture->session)), ==, STREAM);

  ph_captures_set_limits (captures, 4 * STREAM, 30);
  ph_captures_refresh (captures);
  UNTIL (ph_session_get_capture_state (fixture->session) == PH_CAPTURE_WRITING);
  fixture_free (fixture);
}

/* ---- reading ---- */

static void
test_a_file_is_shown_by_a_session_that_stays_closed (void)
{
  Fixture *fixture = fixture_new ();
  g_autofree char *path = NULL;
  g_autoptr (PhSession) shown = NULL;

  run_stream (fixture);
  path = g_strdup (ph_session_get_capture_path (fixture->session));
  /* The file was not ended: its last record is the opening. */
  ph_spool_flush (ph_session_get_spool (fixture->session));
  shown = ph_session_new_from_store (open_file (path), path);
  g_assert_true (ph_session_is_read_only (shown));
  g_signal_connect (shown, "failed", G_CALLBACK (failed_cb), fixture);
  UNTIL (ph_session_is_folded (shown));
  g_assert_cmpint (ph_session_get_state (shown), ==, PH_SESSION_CLOSED);
  g_assert_cmpuint (ph_session_get_counters (shown)->rx_bytes, ==, STREAM);
  g_assert_cmpuint (ph_session_get_missing (shown), ==, 0);
  g_assert_false (ph_session_is_damaged (shown));
  g_assert_cmpuint (ph_session_get_end (shown), ==, ph_store_end (ph_session_get_store (shown)));
  g_assert_nonnull (ph_session_get_peer_address (shown, 1));
  g_assert_cmpuint (fixture->failed, ==, 0);
  fixture_free (fixture);
}

static void
test_what_a_damaged_file_misses_is_counted (void)
{
  Fixture *fixture = fixture_new ();
  g_autofree char *path = NULL;
  g_autofree char *bytes = NULL;
  g_autoptr (PhSession) shown = NULL;
  PhStore *store;
  gsize length;

  run_stream (fixture);
  path = g_strdup (ph_session_get_capture_path (fixture->session));
  fixture_end (fixture);
  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  memset (bytes + 7 * PH_CHUNK_SIZE, 0xFF, sizeof (PhChunk));
  g_assert_true (g_file_set_contents (path, bytes, (gssize) length, NULL));
  store = open_file (path);
  shown = ph_session_new_from_store (store, path);
  UNTIL (ph_session_is_folded (shown));
  g_assert_cmpuint (ph_session_get_missing (shown), >, 0);
  g_assert_true (ph_session_is_damaged (shown));
  g_assert_cmpuint (ph_session_get_missing (shown), <, ph_store_end (store) / 4);
  g_assert_cmpuint (ph_session_get_counters (shown)->rx_bytes, <, STREAM);
  g_clear_object (&shown);
  fixture_free (fixture);
}

static void
test_a_file_tells_what_it_is_without_being_read_whole (void)
{
  Fixture *fixture = fixture_new ();
  g_autofree char *path = NULL;
  g_autoptr (PhCaptureInfo) live = NULL, ended = NULL;
  g_autoptr (PhStore) store = NULL;

  run_stream (fixture);
  path = g_strdup (ph_session_get_capture_path (fixture->session));
  ph_spool_flush (ph_session_get_spool (fixture->session));
  live = ph_capture_info_new (path);
  g_assert_true (live->live);
  fixture_end (fixture);
  ended = ph_capture_info_new (path);
  store = open_file (path);
  g_assert_false (ended->live);
  g_assert_cmpuint (ended->records, ==, ph_store_end (store));
  g_assert_cmpuint (live->records, <=, ended->records);
  g_assert_nonnull (strstr (ended->words, "TCP server"));
  g_assert_nonnull (strstr (ended->words, "127.0.0.1:"));
  g_assert_false (g_str_has_suffix (ended->words, ":0")); /* the port that was bound, not the one that was asked for */
  g_assert_cmpint (ABS (ended->time - g_get_real_time ()), <, 10 * 60 * G_TIME_SPAN_SECOND);
  g_assert_cmpuint (ended->size % PH_CHUNK_SIZE, ==, 0);
  fixture_free (fixture);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ph_plat_init ();
#define TEST(function) g_test_add_func ("/capture/" #function, test_##function)
  TEST (what_left_memory_is_still_shown);
  TEST (a_session_that_went_away_left_everything_in_its_file);
  TEST (a_session_that_never_opens_makes_no_file);
  TEST (an_opening_that_fails_leaves_no_file);
  TEST (a_failure_before_something_was_opened_is_in_its_file);
  TEST (two_sessions_never_share_a_file);
  TEST (only_the_user_may_look_into_the_folder);
  TEST (a_folder_that_cannot_be_made_is_told_once_and_the_session_goes_on_in_memory);
  TEST (who_pauses_at_the_limit_without_a_file_loses_nothing_and_goes_on_when_there_is_room);
  TEST (a_paused_session_still_does_what_it_is_told);
  TEST (a_pause_is_told);
  TEST (a_capture_that_fills_the_folder_pushes_out_the_old_and_then_goes_on_in_memory);
  TEST (a_file_is_shown_by_a_session_that_stays_closed);
  TEST (what_a_damaged_file_misses_is_counted);
  TEST (a_file_tells_what_it_is_without_being_read_whole);

  return g_test_run ();
}
