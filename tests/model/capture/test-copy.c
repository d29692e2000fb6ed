/* test-copy.c: a capture is saved elsewhere: whole, or not at all
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "capture-fixture.h"

#include "ph-capture-copy.h"
#include "ph-plat-file.h"
#include "ph-proof.h"

#include <glib/gstdio.h>
#include <string.h>

/* The result of a copy. */
typedef struct
{
  gboolean ended;
  GError *error;
  PhProof proof; /* of the new file */
} Result;

static void
copied_cb (GFile *to, const GError *error, gpointer data)
{
  Result *result = data;

  result->ended = TRUE;
  result->error = error != NULL ? g_error_copy (error) : NULL;
}

static char *
path_in (Fixture *fixture, const char *name)
{
  return g_build_filename (fixture->home, name, NULL);
}

static guint
n_files (Fixture *fixture)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->home, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;

  return n;
}

static PhSaveJob *
start (const char *from, PhSession *session, GFile *to, Result *result)
{
  return ph_save_job_start (&ph_capture_copy, ph_capture_copy_new (from, session), from, to, copied_cb, result);
}

static void
save (Fixture *fixture, const char *from, const char *to, Result *result)
{
  g_autoptr (GFile) file = g_file_new_for_path (to);

  *result = (Result){ 0 };
  start (from, fixture->session, file, result);
  UNTIL (result->ended);
  if (result->error == NULL)
    g_assert_true (ph_proof_check (to, &result->proof, NULL));
}

static void
test_what_is_being_written_is_saved_up_to_now (void)
{
  Fixture *fixture = fixture_new ();
  g_autofree char *to = path_in (fixture, "saved.porthole");
  g_autoptr (PhStore) saved = NULL;
  Result result;

  run_stream (fixture);
  save (fixture, ph_session_get_capture_path (fixture->session), to, &result);
  g_assert_no_error (result.error);
  saved = open_file (to);
  g_assert_cmpuint (check_stream (saved), ==, STREAM);
  g_assert_cmpint (result.proof.state, ==, PH_PROOF_WHOLE);
  g_assert_cmpuint (ph_store_first (saved), ==, 0);
  g_assert_cmpuint (n_files (fixture), ==, 2); /* only the new file and the folder of captures */
  fixture_free (fixture);
}

/* A chunk is made before its first record comes. */
static void
test_what_is_saved_is_whole_though_the_newest_chunk_is_still_empty (void)
{
  Fixture *fixture = fixture_new ();
  PhStore *store = ph_session_get_store (fixture->session);
  g_autofree char *to = path_in (fixture, "saved.porthole"), *filler = g_malloc0 (PH_STORE_PAYLOAD_MAX);
  const PhRecord record = { .kind = PH_RECORD_OUT, .length = PH_STORE_PAYLOAD_MAX / 2 + 1 };
  guint64 first, before, after;
  g_autoptr (GError) error = NULL;
  PhProof proof = { PH_PROOF_CUT, 0 };
  Result result;

  run_stream (fixture);
  ph_session_close (fixture->session);
  UNTIL (ph_session_get_state (fixture->session) == PH_SESSION_CLOSED);
  for (guint i = 0; i < 4; i++)
    {
      ph_store_chunks (store, &first, &before);
      ph_store_reserve (store, PH_STORE_PAYLOAD_MAX, 1, NULL);
      ph_store_chunks (store, &first, &after);
      if (after > before)
        break;
      ph_store_append (store, &record, filler);
    }
  g_assert_cmpuint (after, ==, before + 1);
  save (fixture, ph_session_get_capture_path (fixture->session), to, &result);
  g_assert_no_error (result.error);
  g_assert_true (ph_proof_check (to, &proof, &error));
  g_assert_no_error (error);
  g_assert_cmpint (proof.state, ==, PH_PROOF_WHOLE);
  fixture_free (fixture);
}

static void
test_what_is_in_memory_only_is_saved_too (void)
{
  Fixture *fixture = fixture_new ();
  PhStore *store = ph_session_get_store (fixture->session);
  g_autofree char *to = path_in (fixture, "saved.porthole");
  g_autoptr (PhStore) saved = NULL;
  Result result;

  ph_session_set_capture_folder (fixture->session, NULL);
  ph_store_set_limit (store, 2 * STREAM);
  run_stream (fixture);
  save (fixture, NULL, to, &result);
  g_assert_no_error (result.error);
  saved = open_file (to);
  g_assert_cmpuint (check_stream (saved), ==, STREAM);
  g_assert_cmpint (result.proof.state, ==, PH_PROOF_WHOLE);
  g_assert_false (ph_store_is_cut (saved));
  fixture_free (fixture);
}

static void
test_what_a_full_disk_did_not_take_is_saved_from_memory (void)
{
  Fixture *fixture = fixture_new ();
  g_autofree char *to = path_in (fixture, "saved.porthole");
  g_autoptr (PhStore) saved = NULL;
  Result result;

  ph_store_set_limit (ph_session_get_store (fixture->session), 2 * STREAM);
  ph_session_set_capture_limits (fixture->session, 5 * PH_STORE_CHUNK, 0);
  run_stream (fixture);
  UNTIL (ph_session_get_capture_state (fixture->session) == PH_CAPTURE_BROKEN);
  save (fixture, ph_session_get_capture_path (fixture->session), to, &result);
  g_assert_no_error (result.error);
  saved = open_file (to);
  g_assert_cmpuint (check_stream (saved), ==, STREAM);
  g_assert_cmpint (result.proof.state, ==, PH_PROOF_WHOLE);
  fixture_free (fixture);
}

/* Bytes that a file takes on the disk; 0 if the system does not say. */
static guint64
allocated (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInfo) info = NULL;

  info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_ALLOCATED_SIZE, G_FILE_QUERY_INFO_NONE, NULL, NULL);
  g_assert_nonnull (info);

  return g_file_info_get_attribute_uint64 (info, G_FILE_ATTRIBUTE_STANDARD_ALLOCATED_SIZE);
}

static void
test_what_neither_the_disk_nor_memory_took_needs_no_room_where_it_is_saved (void)
{
  Fixture *fixture = fixture_new ();
  PhStore *store = ph_session_get_store (fixture->session);
  g_autofree char *to = path_in (fixture, "saved.porthole");
  g_autoptr (PhSession) shown = NULL;
  Result result;

  ph_store_set_full (store, PH_STORE_DROP_OLDEST);
  ph_session_set_capture_limits (fixture->session, 5 * PH_STORE_CHUNK, 0);
  run_stream (fixture);
  UNTIL (ph_session_get_capture_state (fixture->session) == PH_CAPTURE_BROKEN);
  for (guint round = 0; round < 2; round++) /* a new file, and one that exists */
    {
      save (fixture, ph_session_get_capture_path (fixture->session), to, &result);
      g_assert_no_error (result.error);
      g_assert_cmpuint (allocated (to), <=, 6 * PH_STORE_CHUNK + ph_store_size (store));
      shown = ph_session_new_from_store (open_file (to), to);
      UNTIL (ph_session_is_folded (shown));
      g_assert_cmpuint (ph_session_get_counters (shown)->rx_bytes, >, 6 * PH_STORE_CHUNK); /* some of them from memory */
      g_assert_cmpuint (ph_session_get_missing (shown), >, 0);
      g_assert_cmpuint (ph_session_get_missing (shown), ==, ph_store_dropped (store));
      g_assert_cmpint (result.proof.state, ==, PH_PROOF_MISSING);
      g_clear_object (&shown);
    }
  fixture_free (fixture);
}

static void
test_what_is_left_in_memory_still_says_what_it_is_and_who_its_peers_are (void)
{
  Fixture *fixture = fixture_new ();
  PhStore *store = ph_session_get_store (fixture->session);
  g_autofree char *to = path_in (fixture, "saved.porthole");
  g_autoptr (PhSession) shown = NULL;
  const PhRecord *record;
  Result result;

  ph_session_set_capture_folder (fixture->session, NULL);
  ph_store_set_full (store, PH_STORE_DROP_OLDEST);
  run_stream (fixture);
  g_assert_cmpuint (ph_store_first (store), >, 0);
  save (fixture, NULL, to, &result);
  g_assert_no_error (result.error);
  g_assert_cmpint (result.proof.state, ==, PH_PROOF_WHOLE);

  shown = ph_session_new_from_store (open_file (to), to);
  UNTIL (ph_session_is_folded (shown));
  g_assert_cmpuint (ph_session_get_missing (shown), ==, 0);
  g_assert_cmpuint (ph_session_get_counters (shown)->rx_bytes, >, 2 * PH_STORE_CHUNK);
  g_assert_cmpuint (ph_session_get_counters (shown)->rx_bytes, <, STREAM);
  ph_store_begin_read (ph_session_get_store (shown));
  record = ph_store_fetch (ph_session_get_store (shown), ph_session_get_end (shown) / 2, NULL);
  g_assert_nonnull (ph_session_get_peer_address (shown, record->peer));
  ph_store_end_read (ph_session_get_store (shown));
  g_assert_true (ph_session_is_stream (shown));
  g_clear_object (&shown);
  fixture_free (fixture);
}

static void
test_what_is_left_of_an_earlier_opening_is_still_a_stream (void)
{
  Fixture *fixture = fixture_new ();
  PhStore *store = ph_session_get_store (fixture->session);
  g_autofree char *to = path_in (fixture, "saved.porthole");
  g_autoptr (PhSession) shown = NULL;
  const PhRecord *opening;
  Result result;

  ph_session_set_capture_folder (fixture->session, NULL);
  ph_store_set_full (store, PH_STORE_DROP_OLDEST);
  run_stream (fixture);
  g_assert_cmpuint (ph_store_first (store), >, 0);
  ph_session_close (fixture->session);
  UNTIL (ph_session_get_state (fixture->session) == PH_SESSION_CLOSED);
  open_server (fixture);
  save (fixture, NULL, to, &result);
  g_assert_no_error (result.error);

  shown = ph_session_new_from_store (open_file (to), to);
  UNTIL (ph_session_is_folded (shown));
  ph_store_begin_read (ph_session_get_store (shown));
  opening = ph_store_fetch (ph_session_get_store (shown), 0, NULL);
  g_assert_cmpuint (opening->kind, ==, PH_RECORD_OPENING);
  g_assert_cmpuint (opening->detail, ==, PH_OPENING_STREAM);
  ph_store_end_read (ph_session_get_store (shown));
  g_clear_object (&shown);
  fixture_free (fixture);
}

/* The destination of the newest record of a session; "" if it has none. */
static char *
dup_last_destination (PhSession *session)
{
  PhStore *store = ph_session_get_store (session);
  const PhDestination *destination;
  char *address;

  ph_store_begin_read (store);
  destination = ph_session_get_destination (session, ph_store_fetch (store, ph_session_get_end (session) - 1, NULL));
  address = destination != NULL ? g_strconcat (destination->unusual ? "!" : "", destination->address, NULL) : g_strdup ("");
  ph_store_end_read (store);

  return address;
}

/* Receives two datagrams from one peer. The first is cleared, and with it the records that name the peer and the destination. */
static void
receive_and_clear (Fixture *fixture)
{
  g_autoptr (PhEndpoint) endpoint = ph_endpoint_new ("udp");
  int port, fd = peer_socket (PH_SOCKET_UDP, "127.0.0.1", &port);

  ph_session_set_capture_folder (fixture->session, NULL);
  ph_place_set_ip (&endpoint->local, "0.0.0.0", 0);
  ph_session_open (fixture->session, endpoint);
  UNTIL (ph_session_get_state (fixture->session) == PH_SESSION_OPEN);
  port = (int) g_ascii_strtoll (strrchr (ph_session_get_local (fixture->session), ':') + 1, NULL, 10);
  peer_send_to (fd, port, "cleared", 7);
  UNTIL (ph_session_get_counters (fixture->session)->rx_packets == 1);
  ph_session_clear (fixture->session);
  peer_send_to (fd, port, "left", 4);
  UNTIL (ph_session_get_counters (fixture->session)->rx_packets == 2);
  peer_close (fd);
}

static void
test_what_is_left_in_memory_still_says_where_it_was_sent_to (void)
{
  Fixture *fixture = fixture_new ();
  g_autofree char *to = path_in (fixture, "saved.porthole"), *before = NULL, *after = NULL;
  g_autoptr (PhSession) shown = NULL;
  Result result;

  receive_and_clear (fixture);
  before = dup_last_destination (fixture->session);
  save (fixture, NULL, to, &result);
  g_assert_no_error (result.error);

  shown = ph_session_new_from_store (open_file (to), to);
  UNTIL (ph_session_is_folded (shown));
  after = dup_last_destination (shown);
  g_assert_cmpstr (after, ==, before);
  g_clear_object (&shown);
  fixture_free (fixture);
}

static void
test_who_is_named_first_is_not_seen_after_all_that_follows (void)
{
  Fixture *fixture = fixture_new ();
  g_autofree char *to = path_in (fixture, "saved.porthole");
  g_autoptr (PhStore) saved = NULL;
  const PhRecord *opening, *named, *last;
  Result result;

  receive_and_clear (fixture);
  save (fixture, NULL, to, &result);
  g_assert_no_error (result.error);
  saved = open_file (to);
  ph_store_begin_read (saved);
  opening = ph_store_fetch (saved, 0, NULL);
  named = ph_store_fetch (saved, 1, NULL);
  last = ph_store_fetch (saved, ph_store_end (saved) - 1, NULL);
  g_assert_cmpint (opening->kind, ==, PH_RECORD_OPENING);
  g_assert_cmpint (named->kind, ==, PH_RECORD_PEER);
  g_assert_cmpint (last->kind, ==, PH_RECORD_IN);
  g_assert_cmpint (opening->time, <, named->time);
  g_assert_cmpint (named->time, <=, last->time);
  ph_store_end_read (saved);
  fixture_free (fixture);
}

static void
test_what_was_cleared_is_not_saved (void)
{
  Fixture *fixture = fixture_new ();
  g_autofree char *to = path_in (fixture, "saved.porthole");
  g_autoptr (PhStore) saved = NULL;
  Result result;

  ph_session_set_capture_folder (fixture->session, NULL);
  open_server (fixture);
  ph_session_clear (fixture->session);
  ph_session_close (fixture->session);
  UNTIL (ph_session_get_state (fixture->session) == PH_SESSION_CLOSED);
  save (fixture, NULL, to, &result);
  g_assert_no_error (result.error);
  saved = open_file (to);
  ph_store_begin_read (saved);
  g_assert_cmpuint (ph_store_end (saved), >, 0);
  for (guint64 seq = 0; seq < ph_store_end (saved); seq++)
    g_assert_cmpint (ph_store_fetch (saved, seq, NULL)->kind, !=, PH_RECORD_OPEN);
  ph_store_end_read (saved);
  fixture_free (fixture);
}

static void
test_where_there_is_nothing_what_is_saved_opens_as_well (void)
{
  Fixture *fixture = fixture_new ();
  g_autofree char *to = path_in (fixture, "saved.porthole");
  g_autoptr (PhStore) saved = NULL;
  Result result;

  ph_session_set_capture_folder (fixture->session, NULL);
  save (fixture, NULL, to, &result);
  g_assert_no_error (result.error);
  g_assert_cmpint (result.proof.state, ==, PH_PROOF_WHOLE);
  saved = open_file (to);
  g_assert_cmpuint (ph_store_end (saved), ==, 0);
  g_assert_false (ph_store_is_cut (saved));
  fixture_free (fixture);
}

/* ---- not at all ---- */

static void
assert_unharmed (Fixture *fixture, const char *source)
{
  g_autoptr (PhStore) store = NULL;

  ph_spool_flush (ph_session_get_spool (fixture->session));
  store = open_file (source);
  g_assert_cmpuint (check_stream (store), ==, STREAM);
}

static void
test_what_is_given_up_leaves_nothing_and_what_was_there_before (void)
{
  Fixture *fixture = fixture_new ();
  g_autofree char *to = path_in (fixture, "saved.porthole"), *source = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (to);

  run_stream (fixture);
  source = g_strdup (ph_session_get_capture_path (fixture->session));
  for (guint round = 0; round < 2; round++)
    {
      g_autofree char *text = NULL;
      PhSaveJob *job;
      Result result = { 0 };

      if (round == 1)
        g_assert_true (g_file_set_contents (to, "precious", -1, NULL));
      job = start (source, fixture->session, file, &result);
      ph_save_job_cancel (job);
      UNTIL (result.ended);
      g_assert_error (result.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_clear_error (&result.error);
      g_assert_cmpuint (n_files (fixture), ==, 1 + round);
      g_assert_true (round == 0 || g_file_get_contents (to, &text, NULL, NULL));
      g_assert_cmpstr (text, ==, round == 0 ? NULL : "precious");
    }
  assert_unharmed (fixture, source);
  fixture_free (fixture);
}

static void
test_where_nothing_can_be_written_it_is_told_and_nothing_is_left (void)
{
  Fixture *fixture = fixture_new ();
  g_autofree char *nowhere = path_in (fixture, "no/such/saved.porthole"), *folder = path_in (fixture, "folder");
  g_autofree char *source = NULL;
  Result result;

  run_stream (fixture);
  source = g_strdup (ph_session_get_capture_path (fixture->session));
  save (fixture, source, nowhere, &result);
  g_assert_error (result.error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&result.error);
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  save (fixture, source, folder, &result);
  g_assert_nonnull (result.error);
  g_clear_error (&result.error);
  save (fixture, source, source, &result);
  g_assert_error (result.error, PH_ERROR, PH_ERROR_INVALID);
  g_clear_error (&result.error);
  g_assert_cmpuint (n_files (fixture), ==, 2);
  assert_unharmed (fixture, source);
  fixture_free (fixture);
}

static gboolean
make_link (const char *path, const char *target)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);

  return g_file_make_symbolic_link (file, target, NULL, NULL);
}

/* The same file by other paths: through a folder that is a link, and by a link to the file. */
static void
test_that_file_by_another_name_is_still_that_file (void)
{
  Fixture *fixture = fixture_new ();
  g_autofree char *folder = path_in (fixture, "folder"), *link = path_in (fixture, "link.porthole"), *inside = NULL;
  g_autofree char *source = NULL, *name = NULL;
  Result result;

  run_stream (fixture);
  source = g_strdup (ph_session_get_capture_path (fixture->session));
  name = g_path_get_basename (source);
  inside = g_build_filename (folder, name, NULL);
  if (make_link (folder, fixture->folder) && make_link (link, source))
    for (guint i = 0; i < 2; i++)
      {
        save (fixture, source, i == 0 ? inside : link, &result);
        g_assert_error (result.error, PH_ERROR, PH_ERROR_INVALID);
        g_clear_error (&result.error);
        g_assert_true (ph_plat_file_has_writer (source));
        assert_unharmed (fixture, source);
      }
  else
    g_test_skip ("no links can be made here");
  fixture_free (fixture);
}

static void
test_what_a_link_leads_to_is_replaced_when_all_is_there_and_not_before (void)
{
  Fixture *fixture = fixture_new ();
  g_autofree char *real = path_in (fixture, "real.porthole"), *first = path_in (fixture, "first.porthole");
  g_autofree char *second = path_in (fixture, "second.porthole"), *missing = path_in (fixture, "missing.porthole");
  g_autofree char *source = NULL;

  run_stream (fixture);
  source = g_strdup (ph_session_get_capture_path (fixture->session));
  if (make_link (second, "first.porthole") && make_link (first, real))
    {
      g_autoptr (GFile) file = g_file_new_for_path (second);
      g_autofree char *text = NULL;
      Result result = { 0 };

      g_assert_true (g_file_set_contents (real, "precious", -1, NULL));
      start (missing, NULL, file, &result);
      UNTIL (result.ended);
      g_assert_nonnull (result.error);
      g_clear_error (&result.error);
      g_assert_true (g_file_get_contents (real, &text, NULL, NULL));
      g_assert_cmpstr (text, ==, "precious");

      save (fixture, source, second, &result);
      g_assert_no_error (result.error);
      g_assert_true (g_file_test (first, G_FILE_TEST_IS_SYMLINK) && g_file_test (second, G_FILE_TEST_IS_SYMLINK));
      ph_store_free (open_file (real));
    }
  else
    g_test_skip ("no links can be made here");
  fixture_free (fixture);
}

static void
test_a_program_that_ends_gives_up_what_it_saves (void)
{
  Fixture *fixture = fixture_new ();
  g_autofree char *to = path_in (fixture, "saved.porthole");
  g_autoptr (GFile) file = g_file_new_for_path (to);
  Result result = { 0 };

  run_stream (fixture);
  start (ph_session_get_capture_path (fixture->session), fixture->session, file, &result);
  ph_save_job_end_all ();
  g_assert_cmpuint (n_files (fixture), <=, 2);
  if (g_file_test (to, G_FILE_TEST_EXISTS))
    assert_unharmed (fixture, to); /* it had finished before it was cancelled */
  else
    g_assert_cmpuint (n_files (fixture), ==, 1);
  UNTIL (result.ended);
  g_clear_error (&result.error);
  fixture_free (fixture);
}

/* The last reference to a session may be that of a job whose callback never runs. */
static void
test_a_program_that_ends_while_it_saves_has_written_its_captures (void)
{
  Fixture *fixture = fixture_new ();
  g_autofree char *to = path_in (fixture, "saved.porthole"), *source = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (to);
  g_autoptr (PhStore) written = NULL;
  Result result = { 0 };

  run_stream (fixture);
  source = g_strdup (ph_session_get_capture_path (fixture->session));
  start (source, fixture->session, file, &result);
  g_clear_object (&fixture->session);
  ph_save_job_end_all ();
  ph_capture_end_wait ();
  g_assert_false (ph_plat_file_has_writer (source));
  written = open_file (source);
  g_assert_cmpuint (check_stream (written), ==, STREAM);
  UNTIL (result.ended);
  g_clear_error (&result.error);
  fixture_free (fixture);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ph_plat_init ();
#define TEST(function) g_test_add_func ("/copy/" #function, test_##function)
  TEST (what_is_being_written_is_saved_up_to_now);
  TEST (what_is_saved_is_whole_though_the_newest_chunk_is_still_empty);
  TEST (what_is_in_memory_only_is_saved_too);
  TEST (what_a_full_disk_did_not_take_is_saved_from_memory);
  TEST (what_neither_the_disk_nor_memory_took_needs_no_room_where_it_is_saved);
  TEST (what_is_left_in_memory_still_says_what_it_is_and_who_its_peers_are);
  TEST (what_is_left_of_an_earlier_opening_is_still_a_stream);
  TEST (what_is_left_in_memory_still_says_where_it_was_sent_to);
  TEST (who_is_named_first_is_not_seen_after_all_that_follows);
  TEST (what_was_cleared_is_not_saved);
  TEST (where_there_is_nothing_what_is_saved_opens_as_well);
  TEST (what_is_given_up_leaves_nothing_and_what_was_there_before);
  TEST (where_nothing_can_be_written_it_is_told_and_nothing_is_left);
  TEST (that_file_by_another_name_is_still_that_file);
  TEST (what_a_link_leads_to_is_replaced_when_all_is_there_and_not_before);
  TEST (a_program_that_ends_gives_up_what_it_saves);
  TEST (a_program_that_ends_while_it_saves_has_written_its_captures);

  return g_test_run ();
}
