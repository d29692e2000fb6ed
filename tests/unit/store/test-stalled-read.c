/* test-stalled-read.c: a file whose reads hang or fail: the reader, the writer and the search wait for none of them
 *
 * The linker replaces the function that files are read with by that of this file.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-error.h"
#include "ph-plat-file.h"
#include "ph-spool.h"

#include <glib/gstdio.h>
#include <string.h>

/* ---- the disk ---- */

static GMutex mutex; /* guards these: */
static GCond cond;
static gboolean hangs, fails;
static guint hanging; /* reads that do */
static GArray *reads; /* of guint64: the chunks that were read, in order */

gssize __real_ph_plat_file_read (PhFile file, guint64 offset, gpointer buffer, gsize size, GError **error);
gssize __wrap_ph_plat_file_read (PhFile file, guint64 offset, gpointer buffer, gsize size, GError **error);

gssize
__wrap_ph_plat_file_read (PhFile file, guint64 offset, gpointer buffer, gsize size, GError **error)
{
  guint64 number = offset / PH_STORE_CHUNK;
  gboolean failed;

  g_mutex_lock (&mutex);
  g_array_append_val (reads, number);
  hanging++;
  g_cond_broadcast (&cond);
  while (hangs)
    g_cond_wait (&cond, &mutex);
  hanging--;
  failed = fails;
  g_mutex_unlock (&mutex);
  if (failed)
    {
      g_set_error_literal (error, PH_ERROR, PH_ERROR_FAILED, "the disk is broken");
      return -1;
    }

  return __real_ph_plat_file_read (file, offset, buffer, size, error);
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

static void
wait_until_hanging (guint n)
{
  g_mutex_lock (&mutex);
  while (hanging < n)
    g_cond_wait (&cond, &mutex);
  g_mutex_unlock (&mutex);
}

static guint
count_reads (void)
{
  guint n;

  g_mutex_lock (&mutex);
  n = reads->len;
  g_mutex_unlock (&mutex);

  return n;
}

/* ---- a store whose first chunks are on file only ---- */

enum { LENGTH = 1000, CHUNK = 1000 /* records, about */, N = 60 * CHUNK };

typedef struct
{
  char *folder, *path;
  PhStore *store;
  PhSpool *spool;
  int woken; /* atomic */
} Fixture;

static void
woken_cb (gpointer data)
{
  g_atomic_int_inc (&((Fixture *) data)->woken);
}

/* As the worker and a reader who keeps up do it. */
static void
append (Fixture *fixture, guint n)
{
  guint8 bytes[LENGTH];

  for (; n > 0; n--)
    {
      PhRecord record = { .kind = PH_RECORD_IN, .length = LENGTH, .time = (gint64) ph_store_end (fixture->store) };

      memset (bytes, (int) (record.time % 251), LENGTH);
      ph_store_append (fixture->store, &record, bytes);
      ph_store_release (fixture->store, ph_store_end (fixture->store));
    }
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  set_disk (FALSE, FALSE);
  fixture->folder = g_dir_make_tmp ("porthole-disk-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "a.porthole", NULL);
  fixture->store = ph_store_new (PH_STORE_LIMIT_MIN, woken_cb, fixture);
  ph_store_set_full (fixture->store, PH_STORE_PAUSE);
  fixture->spool = ph_spool_new (fixture->store, fixture->path, &error);
  g_assert_no_error (error);
  append (fixture, N);
  ph_spool_flush (fixture->spool);
  g_mutex_lock (&mutex);
  g_array_set_size (reads, 0);
  g_mutex_unlock (&mutex);
  g_atomic_int_set (&fixture->woken, 0); /* the writer waited for the spool */
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  set_disk (FALSE, FALSE);
  g_clear_pointer (&fixture->spool, ph_spool_free);
  g_clear_pointer (&fixture->store, ph_store_free);
  g_remove (fixture->path);
  g_rmdir (fixture->folder);
  g_free (fixture->path);
  g_free (fixture->folder);
}

static gboolean
is_there (Fixture *fixture, guint64 seq, gboolean *ret_awaits)
{
  const guint8 *payload;
  const PhRecord *record;

  ph_store_begin_read (fixture->store);
  record = ph_store_get (fixture->store, seq, &payload);
  if (record != NULL)
    g_assert_true (record->time == (gint64) seq && payload[LENGTH - 1] == seq % 251);
  if (ret_awaits != NULL)
    *ret_awaits = ph_store_awaits (fixture->store, seq);
  ph_store_end_read (fixture->store);

  return record != NULL;
}

static void
wait_until_loaded (Fixture *fixture)
{
  while (!ph_store_take_loaded (fixture->store))
    g_thread_yield ();
}

/* ---- tests ---- */

static void
test_a_record_on_file_is_asked_for_and_the_reader_is_woken_when_it_is_there (Fixture *fixture, gconstpointer data)
{
  gboolean awaits;

  set_disk (TRUE, FALSE);
  g_assert_false (is_there (fixture, 10, &awaits));
  g_assert_true (awaits);
  wait_until_hanging (1);
  g_assert_false (is_there (fixture, 11, &awaits));
  g_assert_true (awaits);
  g_assert_true (is_there (fixture, N - 1, &awaits)); /* in memory */
  g_assert_false (awaits);
  g_assert_false (ph_store_take_loaded (fixture->store));
  g_assert_cmpint (g_atomic_int_get (&fixture->woken), ==, 0);
  set_disk (FALSE, FALSE);
  wait_until_loaded (fixture);
  g_assert_true (is_there (fixture, 10, &awaits));
  g_assert_false (awaits);
  g_assert_cmpint (g_atomic_int_get (&fixture->woken), ==, 1);
  g_assert_cmpuint (count_reads (), ==, 1);
}

/* Steps over records that are not there do not need the disk either. */
static void
test_who_steps_from_record_to_record_waits_for_no_disk (Fixture *fixture, gconstpointer data)
{
  set_disk (TRUE, FALSE);
  ph_store_begin_read (fixture->store);
  for (guint64 seq = 0; seq < N; seq += 77)
    {
      g_assert_cmpuint (ph_store_next (fixture->store, seq), ==, seq);
      g_assert_cmpuint (ph_store_previous (fixture->store, seq), ==, seq);
    }
  ph_store_end_read (fixture->store);
}

static gpointer
hold (gpointer store)
{
  return ph_store_hold (store, 0);
}

static gpointer
fetch (gpointer data)
{
  Fixture *fixture = data;
  const PhRecord *record;

  ph_store_begin_read (fixture->store);
  record = ph_store_fetch (fixture->store, 5 * CHUNK, NULL);
  g_assert_cmpint (record->time, ==, 5 * CHUNK);
  ph_store_end_read (fixture->store);

  return NULL;
}

static void
test_while_reads_hang_the_writer_and_the_spool_go_on_and_nothing_is_lost (Fixture *fixture, gconstpointer data)
{
  PhBlock *block;
  GThread *search, *reader;

  set_disk (TRUE, FALSE);
  g_assert_false (is_there (fixture, 10, NULL));
  search = g_thread_new ("search", hold, fixture->store);
  reader = g_thread_new ("reader", fetch, fixture); /* it is not the main thread, so it may wait */
  wait_until_hanging (3);
  append (fixture, N); /* the user chose to pause, so the writer would wait here if the spool did */
  ph_spool_flush (fixture->spool);
  g_assert_cmpuint (ph_store_dropped (fixture->store), ==, 0);
  set_disk (FALSE, FALSE);
  block = g_thread_join (search);
  g_assert_cmpuint (ph_block_count (block), >, 0);
  ph_block_release (block);
  g_thread_join (reader);
}

static void
test_the_newest_request_comes_first_and_old_ones_are_dropped (Fixture *fixture, gconstpointer data)
{
  guint64 newest = 45;

  set_disk (TRUE, FALSE);
  g_assert_false (is_there (fixture, 10, NULL));
  wait_until_hanging (1);
  for (guint64 k = 1; k <= newest; k++)
    g_assert_false (is_there (fixture, k * CHUNK, NULL));
  set_disk (FALSE, FALSE);
  while (count_reads () < PH_STORE_ASKED_MAX + 1 || !is_there (fixture, (newest - PH_STORE_ASKED_MAX + 1) * CHUNK, NULL))
    g_thread_yield ();
  g_assert_cmpuint (count_reads (), ==, PH_STORE_ASKED_MAX + 1);
  for (guint i = 1; i < reads->len; i++)
    g_assert_cmpuint (g_array_index (reads, guint64, i), <=, g_array_index (reads, guint64, i - 1) + (i == 1 ? newest : 0));
}

static void
test_a_chunk_that_cannot_be_read_says_why_and_is_not_tried_all_the_time (Fixture *fixture, gconstpointer data)
{
  guint64 first, end;
  gboolean awaits;

  set_disk (FALSE, TRUE);
  g_assert_false (is_there (fixture, CHUNK * 3, NULL));
  wait_until_loaded (fixture);
  for (guint i = 0; i < 100; i++)
    {
      g_assert_false (is_there (fixture, CHUNK * 3, &awaits));
      g_assert_false (awaits);
    }
  g_assert_cmpuint (count_reads (), ==, 1);
  ph_store_begin_read (fixture->store);
  g_assert_cmpstr (ph_store_get_failure (fixture->store, CHUNK * 3, &first, &end), ==, "the disk is broken");
  g_assert_cmpuint (first, <=, CHUNK * 3);
  g_assert_cmpuint (end, >, CHUNK * 3);
  g_assert_cmpuint (ph_store_next (fixture->store, first), ==, first);
  g_assert_cmpuint (ph_store_next (fixture->store, first + 1), ==, end);
  g_assert_cmpuint (ph_store_previous (fixture->store, end), ==, first + 1);
  ph_store_end_read (fixture->store);
  g_assert_true (is_there (fixture, N - 1, NULL));
}

static gpointer
free_store (gpointer store)
{
  ph_store_free (store);

  return NULL;
}

static void
test_a_store_is_freed_when_a_read_that_hangs_has_ended (Fixture *fixture, gconstpointer data)
{
  GThread *thread;

  set_disk (TRUE, FALSE);
  g_assert_false (is_there (fixture, 10, NULL));
  wait_until_hanging (1);
  g_clear_pointer (&fixture->spool, ph_spool_free);
  ph_store_abandon (fixture->store);
  thread = g_thread_new ("free", free_store, g_steal_pointer (&fixture->store));
  g_assert_true (ph_plat_file_has_writer (fixture->path));
  set_disk (FALSE, FALSE);
  g_thread_join (thread);
  g_assert_false (ph_plat_file_has_writer (fixture->path));
  g_assert_cmpint (g_atomic_int_get (&fixture->woken), ==, 0);
}

static void
test_what_was_read_back_does_not_pile_up (Fixture *fixture, gconstpointer data)
{
  for (guint64 k = 0; k < 45; k++)
    while (!is_there (fixture, k * CHUNK, NULL))
      g_thread_yield ();
  set_disk (TRUE, FALSE);
  g_assert_true (is_there (fixture, 44 * CHUNK, NULL));
  g_assert_false (is_there (fixture, 0, NULL));
}

#define ADD(name) g_test_add ("/stalled-read/" #name, Fixture, NULL, set_up, test_##name, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  reads = g_array_new (FALSE, FALSE, sizeof (guint64));
  ADD (a_record_on_file_is_asked_for_and_the_reader_is_woken_when_it_is_there);
  ADD (who_steps_from_record_to_record_waits_for_no_disk);
  ADD (while_reads_hang_the_writer_and_the_spool_go_on_and_nothing_is_lost);
  ADD (the_newest_request_comes_first_and_old_ones_are_dropped);
  ADD (a_chunk_that_cannot_be_read_says_why_and_is_not_tried_all_the_time);
  ADD (a_store_is_freed_when_a_read_that_hangs_has_ended);
  ADD (what_was_read_back_does_not_pile_up);

  return g_test_run ();
}
