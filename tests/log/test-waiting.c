/* test-waiting.c: lines of records that have to be read from the file first, and of those that cannot be read
 *
 * The linker replaces the function that files are read with by that of this file.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "lines-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

#include "ph-log-walk.h"
#include "ph-plat-file.h"
#include "ph-session-capture.h"

/* ---- the disk ---- */

static GMutex mutex; /* guards these: */
static GCond cond;
static gboolean hangs, fails;

gssize __real_ph_plat_file_read (PhFile file, guint64 offset, gpointer buffer, gsize size, GError **error);
gssize __wrap_ph_plat_file_read (PhFile file, guint64 offset, gpointer buffer, gsize size, GError **error);

gssize
__wrap_ph_plat_file_read (PhFile file, guint64 offset, gpointer buffer, gsize size, GError **error)
{
  gboolean failed;

  g_mutex_lock (&mutex);
  while (hangs)
    g_cond_wait (&cond, &mutex);
  failed = fails;
  g_mutex_unlock (&mutex);
  if (!failed)
    return __real_ph_plat_file_read (file, offset, buffer, size, error);
  g_set_error_literal (error, PH_ERROR, PH_ERROR_FAILED, "the disk is broken");

  return -1;
}

static void
set_disk (gboolean new_hangs, gboolean new_fails)
{
  g_mutex_lock (&mutex);
  hangs = new_hangs;
  fails = new_fails;
  g_cond_broadcast (&cond);
  g_mutex_unlock (&mutex);
}

/* ---- a capture ---- */

enum { N = 600, LENGTH = 64000, ROWS = LENGTH / 16 }; /* about 37 chunks */

static char *
write_capture (const char *folder)
{
  char *path = g_build_filename (folder, "a.porthole", NULL);
  g_autofree char *bytes = g_strnfill (LENGTH, ' ');
  PhStore *store = ph_store_new (PH_STORE_LIMIT_MIN, NULL, NULL);
  PhSpool *spool = ph_spool_new (store, path, NULL);

  ph_store_set_full (store, PH_STORE_PAUSE);
  for (guint i = 0; i < N; i++)
    {
      g_autofree char *text = g_strdup_printf ("record %u", i);

      memcpy (bytes, text, strlen (text));
      lines_put_bytes (store, PH_RECORD_IN, 1, bytes, LENGTH);
      ph_store_notify (store);
    }
  ph_spool_free (spool);
  ph_store_free (store);

  return path;
}

static void
show_capture (Lines *lines, PhLogMode mode)
{
  g_autofree char *folder = g_dir_make_tmp ("porthole-lines-XXXXXX", NULL), *path = NULL;

  set_disk (FALSE, FALSE);
  path = write_capture (folder);
  g_clear_pointer (&lines->source, ph_log_source_free);
  g_clear_object (&lines->session);
  lines->session = ph_session_new_from_store (ph_store_new_from_file (path, NULL), path);
  lines->format.mode = mode;
  lines_show (lines, ph_session_get_store (lines->session));
  ph_log_source_advance (lines->source, ph_store_end (lines->store));
  g_remove (path);
  g_rmdir (folder);
}

static void
assert_line (Lines *lines, guint64 entry, guint n, const char *part, gboolean waits)
{
  g_autoptr (PhLogLine) line = ph_log_source_dup_line (lines->source, entry, n);

  g_assert_nonnull (line);
  g_assert_nonnull (strstr (line->text, part));
  g_assert_true (line->waits == waits);
}

/* ---- tests ---- */

static void
test_a_record_that_is_read_first_is_a_line_at_its_place (Lines *lines, gconstpointer data)
{
  PhLogPos pos = { .entry = 300 };

  show_capture (lines, PH_LOG_MODE_TABLE);
  set_disk (TRUE, FALSE);
  assert_line (lines, 300, 0, "Reading from the file…", TRUE);
  g_assert_true (ph_log_walk_next (lines->source, &pos));
  g_assert_cmpuint (pos.entry, ==, 301);
  g_assert_true (ph_log_walk_previous (lines->source, &pos));
  g_assert_cmpuint (pos.entry, ==, 300);
  set_disk (FALSE, FALSE);
  lines_wait (lines, 300);
  assert_line (lines, 300, 0, "record 299", FALSE);
}

static void
test_the_number_of_lines_is_what_it_was_or_the_average (Lines *lines, gconstpointer data)
{
  show_capture (lines, PH_LOG_MODE_BYTES);
  for (guint64 entry = 1; entry < N; entry++)
    {
      lines_wait (lines, entry);
      g_assert_cmpuint (ph_log_source_n_lines (lines->source, entry), ==, 1 + ROWS);
    }
  ph_log_source_advance (lines->source, ph_store_end (lines->store));
  set_disk (TRUE, FALSE);
  g_assert_true (ph_log_source_awaits (lines->source, 1));
  g_assert_cmpuint (ph_log_source_n_lines (lines->source, 1), ==, 1 + ROWS);
  assert_line (lines, 1, ROWS, "", TRUE);
  set_disk (FALSE, FALSE);
}

static void
test_records_that_cannot_be_read_are_one_line_that_says_why (Lines *lines, gconstpointer data)
{
  PhLogPos pos;

  show_capture (lines, PH_LOG_MODE_TABLE);
  set_disk (FALSE, TRUE);
  lines_wait (lines, 1);
  assert_line (lines, 1, 0, "records cannot be read from the file: the disk is broken", FALSE);
  g_assert_cmpuint (ph_log_source_n_lines (lines->source, 2), ==, 0);
  set_disk (FALSE, FALSE);
  g_assert_true (ph_log_walk_first (lines->source, &pos));
  g_assert_cmpuint (pos.entry, ==, 1);
  g_assert_true (ph_log_walk_next (lines->source, &pos));
  g_assert_cmpuint (pos.entry, >, 2);
  lines_wait (lines, pos.entry);
  assert_line (lines, pos.entry, 0, "record ", FALSE);
  g_assert_true (ph_log_walk_previous (lines->source, &pos));
  g_assert_cmpuint (pos.entry, ==, 1);
}

#define ADD(name) g_test_add ("/log/waiting/" #name, Lines, NULL, lines_set_up, test_##name, lines_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD (a_record_that_is_read_first_is_a_line_at_its_place);
  ADD (the_number_of_lines_is_what_it_was_or_the_average);
  ADD (records_that_cannot_be_read_are_one_line_that_says_why);

  return g_test_run ();
}
