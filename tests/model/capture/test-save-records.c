/* test-save-records.c: records as text or bytes: all of them, or those that were chosen, and up to the moment when they were asked for
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "capture-fixture.h"

#include "ph-finder.h"
#include "ph-save-name.h"
#include "ph-save-records.h"

#include <glib/gstdio.h>
#include <string.h>

#define MANY 3000u /* records: several chunks */
#define LENGTH 1000u /* bytes of each */

typedef struct
{
  gboolean ended;
  GError *error;
  char *remark;
  char *text; /* of the file */
  gsize length;
  PhSaveJob *job;
} Result;

static void
saved_cb (GFile *to, const GError *error, gpointer data)
{
  Result *result = data;

  result->ended = TRUE;
  result->error = error != NULL ? g_error_copy (error) : NULL;
  result->remark = error == NULL ? ph_save_job_dup_remark (result->job) : NULL;
}

static void
result_clear (Result *result)
{
  g_clear_error (&result->error);
  g_free (result->remark);
  g_free (result->text);
  *result = (Result) { 0 };
}

static PhExportForm
form_of (PhFormatKind format)
{
  return (PhExportForm) { .format = format, .sides = PH_EXPORT_RECEIVED, .payload = { FALSE, ph_charset_find ("utf-8") } };
}

/* Begins to save the records from @first to @end, or all if @end is 0. */
static void
begin (Fixture *fixture, const PhExportForm *form, guint64 first, guint64 end, PhSearch *only, Result *result)
{
  g_autofree char *path = g_build_filename (fixture->home, "saved", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  gpointer content = ph_save_records_new (fixture->session, form, first, end > 0 ? end : ph_session_get_end (fixture->session), only);

  *result = (Result) { 0 };
  result->job = ph_save_job_start (&ph_save_records, content, NULL, file, saved_cb, result);
}

static void
finish (Fixture *fixture, Result *result)
{
  g_autofree char *path = g_build_filename (fixture->home, "saved", NULL);

  UNTIL (result->ended);
  g_assert_no_error (result->error);
  g_assert_true (g_file_get_contents (path, &result->text, &result->length, NULL));
}

static void
save (Fixture *fixture, const PhExportForm *form, guint64 first, guint64 end, PhSearch *only, Result *result)
{
  begin (fixture, form, first, end, only, result);
  finish (fixture, result);
}

/* Waits until the worker has stored so many records: the counters follow with the next frame of the display only. */
static void
wait_for_records (PhStore *store, guint64 end)
{
  gint64 late = g_get_monotonic_time () + PATIENCE * G_TIME_SPAN_SECOND;

  while (ph_store_end (store) < end)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, late);
      g_thread_yield ();
    }
}

/* Opens a port and receives record i: "record i", and dots up to LENGTH bytes. No more than fit into a small receive buffer are on the way. */
static int
receive_many (Fixture *fixture)
{
  PhStore *store = ph_session_get_store (fixture->session);
  guint64 before;
  g_autoptr (PhEndpoint) endpoint = ph_endpoint_new ("udp");
  int port, fd = peer_socket (PH_SOCKET_UDP, "127.0.0.1", &port);

  ph_place_set_ip (&endpoint->local, "127.0.0.1", 0);
  ph_session_open (fixture->session, endpoint);
  UNTIL (ph_session_get_state (fixture->session) == PH_SESSION_OPEN);
  port = (int) g_ascii_strtoll (strrchr (ph_session_get_local (fixture->session), ':') + 1, NULL, 10);
  before = ph_store_end (store);
  for (guint i = 0; i < MANY; i++)
    {
      char text[LENGTH + 1];

      memset (text, '.', sizeof text);
      text[g_snprintf (text, sizeof text, "record %u ", i)] = '.';
      peer_send_to (fd, port, text, LENGTH);
      if (i % 50 == 49)
        wait_for_records (store, before + i + 1);
    }
  UNTIL (ph_session_get_counters (fixture->session)->rx_packets == MANY);

  return fd;
}

static guint
count (const char *text, const char *part)
{
  guint n = 0;

  for (const char *p = strstr (text, part); p != NULL; p = strstr (p + 1, part))
    n++;

  return n;
}

static void
test_all_of_a_recording_is_saved_in_its_order (void)
{
  const PhExportForm log = form_of (PH_FORMAT_LOG), raw = form_of (PH_FORMAT_RAW), json = form_of (PH_FORMAT_JSON);
  Fixture *fixture = fixture_new ();
  const char *place;
  Result result;
  int fd = receive_many (fixture);

  g_assert_nonnull (ph_session_get_capture_path (fixture->session));
  save (fixture, &log, 0, 0, NULL, &result);
  place = strstr (result.text, " · "); /* what was opened */
  g_assert_nonnull (place);
  for (guint i = 0; i < MANY; i++)
    {
      g_autofree char *line = g_strdup_printf ("\n    record %u .", i);

      place = strstr (place, line);
      g_assert_nonnull (place);
    }
  g_assert_null (result.remark);
  result_clear (&result);

  save (fixture, &raw, 0, 0, NULL, &result);
  g_assert_cmpuint (result.length, ==, MANY * LENGTH);
  result_clear (&result);

  save (fixture, &json, 0, 0, NULL, &result);
  g_assert_cmpuint (count (result.text, "\n{\"seq\":"), >, MANY);
  place = strstr (result.text, "{\"seq\":3000,");
  g_assert_nonnull (place);
  g_assert_nonnull (strstr (place, "\"local\":\"127.0.0.1:"));
  result_clear (&result);
  peer_close (fd);
  fixture_free (fixture);
}

static void
test_a_range_is_saved_with_its_names_and_numbers (void)
{
  const PhExportForm json = form_of (PH_FORMAT_JSON);
  Fixture *fixture = fixture_new ();
  guint64 end, first;
  Result result;
  int fd = receive_many (fixture);

  end = ph_session_get_end (fixture->session);
  first = end - 10;
  for (guint round = 0; round < 2; round++) /* on file, and the same where what came before was cleared */
    {
      g_autofree char *number = NULL;

      ph_store_begin_read (ph_session_get_store (fixture->session));
      number = g_strdup_printf ("{\"seq\":%" G_GUINT64_FORMAT ",", ph_store_number (ph_session_get_store (fixture->session), first));
      ph_store_end_read (ph_session_get_store (fixture->session));
      save (fixture, &json, first, end - 2, NULL, &result);
      g_assert_true (g_str_has_prefix (result.text, number));
      g_assert_cmpuint (count (result.text, "\n"), ==, 8);
      g_assert_cmpuint (count (result.text, "\"peer\":\"127.0.0.1:"), ==, 8);
      g_assert_cmpuint (count (result.text, "\"local\":\"127.0.0.1:"), ==, 8);
      g_assert_null (result.remark);
      result_clear (&result);
      ph_store_discard (ph_session_get_store (fixture->session), first);
    }
  peer_close (fd);
  fixture_free (fixture);
}

static void
test_what_is_filtered_is_all_that_matches_though_the_search_has_not_ended (void)
{
  const PhExportForm raw = form_of (PH_FORMAT_RAW);
  const PhSearchQuery query = { .text = "record 123", .charset = ph_charset_find ("utf-8"), .kinds = PH_SEARCH_ALL };
  Fixture *fixture = fixture_new ();
  g_autoptr (PhFinder) finder = NULL;
  Result result;
  int fd = receive_many (fixture);

  finder = ph_finder_new (fixture->session);
  g_assert_true (ph_finder_set_query (finder, &query, NULL));
  save (fixture, &raw, 0, 0, ph_finder_dup_search (finder), &result);
  g_assert_cmpuint (result.length, ==, 11 * LENGTH); /* 123, 1230 to 1239 */
  result_clear (&result);
  save (fixture, &raw, 1000, 0, ph_finder_dup_search (finder), &result);
  g_assert_cmpuint (result.length, ==, 10 * LENGTH);
  result_clear (&result);
  peer_close (fd);
  fixture_free (fixture);
}

/* The memory limit takes the oldest chunks while they are saved, and the writer waits for nobody. */
static void
test_what_memory_drops_meanwhile_is_saved_all_the_same (void)
{
  const PhExportForm raw = form_of (PH_FORMAT_RAW);
  Fixture *fixture = fixture_new ();
  PhStore *store = ph_session_get_store (fixture->session);
  gpointer content;
  g_autofree char *path = g_build_filename (fixture->home, "saved", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  Result result = { 0 };
  int fd;

  ph_session_set_capture_folder (fixture->session, NULL);
  ph_store_set_full (store, PH_STORE_DROP_OLDEST);
  fd = receive_many (fixture);
  g_assert_cmpuint (ph_store_first (store), ==, 0);
  content = ph_save_records_new (fixture->session, &raw, 0, ph_session_get_end (fixture->session), NULL);
  ph_session_close (fixture->session);
  UNTIL (ph_session_get_state (fixture->session) == PH_SESSION_CLOSED);
  ph_session_reset_counters (fixture->session);
  run_stream (fixture);
  g_assert_cmpuint (ph_store_first (store), >, MANY);
  result.job = ph_save_job_start (&ph_save_records, content, NULL, file, saved_cb, &result);
  finish (fixture, &result);
  g_assert_cmpuint (result.length, ==, MANY * LENGTH);
  g_assert_null (result.remark);
  result_clear (&result);
  peer_close (fd);
  fixture_free (fixture);
}

static void
test_what_cannot_be_read_is_told (void)
{
  const PhExportForm log = form_of (PH_FORMAT_LOG);
  Fixture *fixture = fixture_new ();
  g_autofree char *path = NULL;
  Result result;
  int fd = receive_many (fixture);
  FILE *file;

  path = g_strdup (ph_session_get_capture_path (fixture->session));
  fixture_end (fixture);
  file = g_fopen (path, "r+b");
  g_assert_cmpint (fseek (file, PH_STORE_CHUNK, SEEK_SET), ==, 0);
  fwrite ("nothing", 7, 1, file);
  fclose (file);
  fixture->session = ph_session_new_from_store (open_file (path), path);
  UNTIL (ph_session_is_folded (fixture->session));
  save (fixture, &log, 0, 0, NULL, &result);
  g_assert_nonnull (strstr (result.text, "    record 1 ."));
  g_assert_nonnull (strstr (result.text, "    record 2999 ."));
  g_assert_nonnull (result.remark);
  result_clear (&result);
  peer_close (fd);
  fixture_free (fixture);
}

static void
test_what_is_given_up_or_has_no_room_leaves_nothing (void)
{
  const PhExportForm log = form_of (PH_FORMAT_LOG);
  Fixture *fixture = fixture_new ();
  g_autofree char *path = g_build_filename (fixture->home, "saved", NULL);
  g_autoptr (GFile) nowhere = g_file_new_for_path ("/no/such/folder/saved");
  g_autofree char *place = g_file_get_parse_name (nowhere);
  g_autofree char *complaint = g_strdup_printf ("Cannot save as %s: ", place);
  Result result;
  int fd = receive_many (fixture);

  begin (fixture, &log, 0, 0, NULL, &result);
  ph_save_job_cancel (result.job);
  UNTIL (result.ended);
  g_assert_error (result.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  result_clear (&result);

  result.job = ph_save_job_start (&ph_save_records, ph_save_records_new (fixture->session, &log, 0, 10, NULL), NULL, nowhere, saved_cb,
                                  &result);
  UNTIL (result.ended);
  g_assert_true (g_str_has_prefix (result.error->message, complaint));
  result_clear (&result);
  peer_close (fd);
  fixture_free (fixture);
}

/* ---- what it is called ---- */

static void
assert_name (const char *transport, const char *local, int port, const char *remote, int remote_port, const char *expected)
{
  g_autoptr (GDateTime) when = g_date_time_new_local (2026, 11, 29, 15, 5, 59);
  g_autoptr (PhEndpoint) endpoint = ph_endpoint_new (transport);
  g_autoptr (PhSession) session = ph_session_new ();
  g_autofree char *name = NULL;

  ph_place_set_ip (&endpoint->local, local, port);
  ph_place_set_ip (&endpoint->remote, remote, remote_port);
  ph_session_open (session, endpoint);
  ph_session_close (session);
  name = ph_save_name_dup (session, when, ".log");
  g_assert_cmpstr (name, ==, expected);
  ph_capture_end_wait ();
}

static void
test_a_file_is_called_by_what_was_open_and_when (void)
{
  assert_name ("udp", "127.0.0.1", 7788, "", 0, "UDP-7788 2026-11-29 15-05.log");
  assert_name ("udp", "", 0, "device.local", 80, "UDP-device.local-80 2026-11-29 15-05.log");
  assert_name ("udp", "", 0, "", 0, "UDP 2026-11-29 15-05.log");
  assert_name ("tcp-server", "127.0.0.1", 9100, "", 0, "TCP-9100 2026-11-29 15-05.log");
  assert_name ("tcp-client", "", 0, "127.0.0.1", 1, "TCP-127.0.0.1-1 2026-11-29 15-05.log");
  assert_name ("tcp-client", "", 0, "fe80::1%lo", 1, "TCP-fe80-1-lo-1 2026-11-29 15-05.log");
  assert_name ("tcp-client", "", 0, "a/../b\\c*?\"<>|", 1, "TCP-a-..-b-c-1 2026-11-29 15-05.log");
}

static void
test_what_a_file_has_is_called_as_the_file (void)
{
  Fixture *fixture = fixture_new ();
  g_autoptr (GDateTime) when = g_date_time_new_now_local ();
  g_autofree char *path = NULL, *name = NULL, *base = NULL, *expected = NULL;

  open_server (fixture);
  path = g_strdup (ph_session_get_capture_path (fixture->session));
  fixture_end (fixture);
  fixture->session = ph_session_new_from_store (open_file (path), path);
  name = ph_save_name_dup (fixture->session, when, ".jsonl");
  base = g_path_get_basename (path);
  base[strlen (base) - strlen (".porthole")] = '\0';
  expected = g_strconcat (base, ".jsonl", NULL);
  g_assert_cmpstr (name, ==, expected);
  fixture_free (fixture);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ph_plat_init ();
#define TEST(function) g_test_add_func ("/save-records/" #function, test_##function)
  TEST (all_of_a_recording_is_saved_in_its_order);
  TEST (a_range_is_saved_with_its_names_and_numbers);
  TEST (what_is_filtered_is_all_that_matches_though_the_search_has_not_ended);
  TEST (what_memory_drops_meanwhile_is_saved_all_the_same);
  TEST (what_cannot_be_read_is_told);
  TEST (what_is_given_up_or_has_no_room_leaves_nothing);
  TEST (a_file_is_called_by_what_was_open_and_when);
  TEST (what_a_file_has_is_called_as_the_file);

  return g_test_run ();
}
