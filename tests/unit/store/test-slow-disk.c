/* test-slow-disk.c: a spool whose disk is slow, hangs, is full, or has a reserve
 *
 * The linker replaces the functions that the spool writes with by those of this file.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-error.h"
#include "ph-format.h"
#include "ph-plat-file.h"
#include "ph-spool.h"

#include <glib/gstdio.h>
#include <string.h>

/* ---- the disk ---- */

static GMutex mutex; /* guards these: */
static GCond cond;
static guint slow;      /* µs that each write takes longer */
static gboolean hangs, full;
static guint hanging;   /* writes that do */

gboolean __real_ph_plat_file_write (PhFile file, guint64 offset, gconstpointer bytes, gsize length, GError **error);
gboolean __wrap_ph_plat_file_write (PhFile file, guint64 offset, gconstpointer bytes, gsize length, GError **error);

gboolean
__wrap_ph_plat_file_write (PhFile file, guint64 offset, gconstpointer bytes, gsize length, GError **error)
{
  gboolean fails;
  guint wait;

  g_mutex_lock (&mutex);
  hanging++;
  g_cond_broadcast (&cond);
  while (hangs)
    g_cond_wait (&cond, &mutex);
  hanging--;
  fails = full;
  wait = slow;
  g_mutex_unlock (&mutex);
  if (fails)
    {
      g_set_error_literal (error, PH_ERROR, PH_ERROR_NO_SPACE, "the disk is full");
      return FALSE;
    }
  if (wait > 0)
    g_usleep (wait);

  return __real_ph_plat_file_write (file, offset, bytes, length, error);
}

static void
set_disk (guint new_slow, gboolean new_hangs, gboolean new_full)
{
  g_mutex_lock (&mutex);
  slow = new_slow;
  hangs = new_hangs;
  full = new_full;
  g_cond_broadcast (&cond);
  g_mutex_unlock (&mutex);
}

static void
wait_until_it_hangs (void)
{
  g_mutex_lock (&mutex);
  while (hanging == 0)
    g_cond_wait (&cond, &mutex);
  g_mutex_unlock (&mutex);
}

/* ---- a store on it ---- */

enum { LENGTH = 1000, CHUNK = 1000 /* records, about */, N = 60 * CHUNK };

typedef struct
{
  char *folder, *path;
  PhStore *store;
  PhSpool *spool;
  guint64 written; /* numbered records */
  GString *told;   /* what the spool has said */
} Fixture;

static Fixture
fixture_new (PhStoreFull when_full)
{
  Fixture fixture = { .folder = g_dir_make_tmp ("porthole-disk-XXXXXX", NULL), .told = g_string_new (NULL) };
  g_autoptr (GError) error = NULL;

  set_disk (0, FALSE, FALSE);
  fixture.path = g_build_filename (fixture.folder, "a.porthole", NULL);
  fixture.store = ph_store_new (PH_STORE_LIMIT_MIN, NULL, NULL);
  ph_store_set_full (fixture.store, when_full);
  fixture.spool = ph_spool_new (fixture.store, fixture.path, &error);
  g_assert_no_error (error);

  return fixture;
}

static void
fixture_clear (Fixture *fixture)
{
  set_disk (0, FALSE, FALSE);
  g_clear_pointer (&fixture->spool, ph_spool_free);
  g_clear_pointer (&fixture->store, ph_store_free);
  g_remove (fixture->path);
  g_rmdir (fixture->folder);
  g_free (fixture->path);
  g_free (fixture->folder);
  g_string_free (fixture->told, TRUE);
}

/* What the spool has posted is kept: at the limit, the record itself may be among the oldest. */
static void
append_posted (Fixture *fixture)
{
  guint64 end = ph_store_end (fixture->store);

  ph_store_append_posted (fixture->store);
  ph_store_begin_read (fixture->store);
  for (; end < ph_store_end (fixture->store); end++)
    {
      const guint8 *payload;
      const PhRecord *record = ph_store_fetch (fixture->store, end, &payload);

      g_autofree char *sentence = ph_format_event (record, payload, NULL, PH_LANGUAGE_ENGLISH);

      g_string_append_printf (fixture->told, "%s\n", sentence);
    }
  ph_store_end_read (fixture->store);
}

/* As the worker and a reader who keeps up do it. Data tells its number; what the spool posts comes in between. */
static void
append (Fixture *fixture, guint64 n)
{
  guint8 bytes[LENGTH];

  for (guint64 last = fixture->written + n; fixture->written < last; fixture->written++)
    {
      PhRecord record = { .kind = PH_RECORD_IN, .length = LENGTH, .time = (gint64) fixture->written };

      memset (bytes, (int) (fixture->written % 251), LENGTH);
      ph_store_append (fixture->store, &record, bytes);
      append_posted (fixture);
      ph_store_notify (fixture->store);
      ph_store_release (fixture->store, ph_store_end (fixture->store));
    }
}

static gpointer
append_all (gpointer fixture)
{
  append (fixture, N);

  return NULL;
}

static int flooding; /* atomic */

static gpointer
append_without_end (gpointer fixture)
{
  while (g_atomic_int_get (&flooding) != 0)
    append (fixture, CHUNK);

  return NULL;
}

/* More than memory may have, but for the slack. */
static gpointer
append_some (gpointer fixture)
{
  append (fixture, 20 * CHUNK);

  return NULL;
}

/* How many records somebody gets who holds one chunk after the other. */
static guint64
count_held (PhStore *store)
{
  guint64 first, end, n = 0;

  ph_store_chunks (store, &first, &end);
  for (; first < end; first++)
    {
      PhBlock *block = ph_store_hold (store, first);

      n += block != NULL ? ph_block_count (block) : 0;
      g_clear_pointer (&block, ph_block_release);
    }

  return n;
}

/* Looks at everything there is. Returns how many records are missing. */
static guint64
check (PhStore *store)
{
  guint64 n_missing = ph_store_first (store);

  for (guint64 seq = ph_store_first (store); seq < ph_store_end (store); seq++)
    {
      const guint8 *payload;
      const PhRecord *record;

      ph_store_begin_read (store);
      record = ph_store_fetch (store, seq, &payload);
      if (record == NULL)
        n_missing++;
      else if (record->kind == PH_RECORD_IN)
        g_assert_true (payload[0] == record->time % 251 && payload[LENGTH - 1] == record->time % 251);
      ph_store_end_read (store);
    }

  return n_missing;
}

/* Ends the capture, and looks into its file. */
static guint64
check_file (Fixture *fixture)
{
  g_autoptr (PhStore) again = NULL;
  guint64 end;

  g_clear_pointer (&fixture->spool, ph_spool_free);
  end = ph_store_end (fixture->store);
  g_clear_pointer (&fixture->store, ph_store_free);
  again = ph_store_new_from_file (fixture->path, NULL);
  g_assert_nonnull (again);
  g_assert_cmpuint (ph_store_end (again), ==, end);

  return check (again);
}

static void
assert_told (Fixture *fixture, const char *words, gboolean told)
{
  if ((strstr (fixture->told->str, words) != NULL) != told)
    g_error ("“%s” was %stold: %s", words, told ? "not " : "", fixture->told->str);
}

/* ---- tests ---- */

static void
test_at_the_limit_of_memory_the_oldest_go_and_the_count_is_what_the_file_misses (void)
{
  Fixture fixture = fixture_new (PH_STORE_DROP_OLDEST);
  guint64 dropped;

  set_disk (300000, FALSE, FALSE);
  append (&fixture, N);
  g_assert_cmpuint (ph_store_size (fixture.store), <=, PH_STORE_LIMIT_MIN + (PH_STORE_SLACK + 1) * PH_STORE_CHUNK);
  g_assert_cmpint (ph_spool_get_state (fixture.spool), ==, PH_SPOOL_SLOW);
  dropped = ph_store_dropped (fixture.store);
  g_assert_cmpuint (dropped, >, 0);
  set_disk (0, FALSE, FALSE);
  ph_spool_flush (fixture.spool);
  g_assert_cmpint (ph_spool_get_state (fixture.spool), ==, PH_SPOOL_WRITING);
  append (&fixture, 1); /* what the spool has said comes with it */
  ph_spool_flush (fixture.spool);
  g_assert_cmpuint (ph_store_dropped (fixture.store), ==, dropped);
  g_assert_cmpuint (check (fixture.store), ==, dropped);
  g_assert_cmpuint (check_file (&fixture), ==, dropped);
  assert_told (&fixture, "The disk is slower than what arrives", TRUE);
  assert_told (&fixture, "The disk keeps up again", TRUE);
  fixture_clear (&fixture);
}

static void
test_who_pauses_waits_for_a_slow_disk_and_loses_nothing (void)
{
  Fixture fixture = fixture_new (PH_STORE_PAUSE);

  set_disk (5000, FALSE, FALSE);
  append (&fixture, N);
  g_assert_cmpuint (ph_store_size (fixture.store), <=, PH_STORE_LIMIT_MIN + PH_STORE_CHUNK);
  g_assert_cmpuint (ph_store_dropped (fixture.store), ==, 0);
  g_assert_cmpuint (check (fixture.store), ==, 0);
  g_assert_cmpuint (check_file (&fixture), ==, 0);
  fixture_clear (&fixture);
}

static void
test_a_disk_that_hangs_holds_up_nobody_and_what_it_was_writing_is_not_lost (void)
{
  Fixture fixture = fixture_new (PH_STORE_DROP_OLDEST);
  guint64 dropped;

  append (&fixture, 3 * CHUNK);
  ph_spool_flush (fixture.spool);
  set_disk (0, TRUE, FALSE);
  append (&fixture, 2 * CHUNK);
  wait_until_it_hangs ();
  append (&fixture, N);
  g_assert_cmpint (ph_spool_get_state (fixture.spool), ==, PH_SPOOL_SLOW);
  g_assert_cmpuint (ph_store_dropped (fixture.store), >, 0);
  /* What is being written has left memory, and is on no file yet. */
  g_assert_cmpuint (check (fixture.store), ==, ph_store_dropped (fixture.store));
  g_assert_cmpuint (count_held (fixture.store), ==, ph_store_end (fixture.store) - ph_store_dropped (fixture.store));
  set_disk (0, FALSE, FALSE);
  ph_spool_flush (fixture.spool);
  dropped = ph_store_dropped (fixture.store);
  g_assert_cmpuint (check (fixture.store), ==, dropped);
  g_assert_cmpuint (check_file (&fixture), ==, dropped);
  fixture_clear (&fixture);
}

static void
test_a_flush_ends_though_a_flood_on_a_slow_disk_does_not (void)
{
  Fixture fixture = fixture_new (PH_STORE_DROP_OLDEST);
  GThread *writer;
  gint64 begin;

  set_disk (5000, FALSE, FALSE);
  g_atomic_int_set (&flooding, 1);
  writer = g_thread_new ("writer", append_without_end, &fixture);
  while (ph_spool_get_state (fixture.spool) != PH_SPOOL_SLOW)
    g_usleep (1000);
  begin = g_get_monotonic_time ();
  ph_spool_flush (fixture.spool);
  g_assert_cmpint (g_get_monotonic_time () - begin, <, 20 * G_TIME_SPAN_SECOND);
  g_atomic_int_set (&flooding, 0);
  g_thread_join (writer);
  fixture_clear (&fixture);
}

/* What was not full yet when the spool began to write it does not count as on file when it has to go. */
static void
test_what_hung_and_was_dropped_is_counted_once_when_it_fails (void)
{
  Fixture fixture = fixture_new (PH_STORE_DROP_OLDEST);

  append (&fixture, 3 * CHUNK);
  ph_spool_flush (fixture.spool);
  set_disk (0, TRUE, FALSE);
  append (&fixture, 10);
  wait_until_it_hangs ();
  append (&fixture, N);
  set_disk (0, FALSE, TRUE); /* the write that hung fails */
  ph_spool_flush (fixture.spool);
  append (&fixture, 1);
  g_assert_cmpuint (ph_store_dropped (fixture.store), >, 0);
  g_assert_cmpuint (check (fixture.store), ==, ph_store_dropped (fixture.store));
  fixture_clear (&fixture);
}

static void
test_what_waits_for_the_disk_when_a_session_goes_is_written_all_the_same (void)
{
  Fixture fixture = fixture_new (PH_STORE_PAUSE);
  GThread *writer;

  set_disk (0, TRUE, FALSE);
  writer = g_thread_new ("writer", append_some, &fixture);
  wait_until_it_hangs ();
  while (!ph_store_is_waiting (fixture.store))
    g_usleep (1000);
  ph_store_abandon (fixture.store);
  g_thread_join (writer);
  set_disk (0, FALSE, FALSE);
  g_assert_cmpuint (ph_store_dropped (fixture.store), ==, 0);
  g_assert_cmpuint (check_file (&fixture), ==, 0);
  fixture_clear (&fixture);
}

static void
test_what_was_being_written_when_the_disk_filled_up_is_counted (void)
{
  Fixture fixture = fixture_new (PH_STORE_DROP_OLDEST);
  guint64 dropped;

  append (&fixture, 3 * CHUNK);
  ph_spool_flush (fixture.spool);
  set_disk (0, TRUE, FALSE);
  append (&fixture, 2 * CHUNK);
  wait_until_it_hangs ();
  append (&fixture, N);
  set_disk (0, FALSE, TRUE); /* the write that hung fails */
  ph_spool_flush (fixture.spool);
  g_assert_cmpint (ph_spool_get_state (fixture.spool), ==, PH_SPOOL_BROKEN);
  set_disk (0, FALSE, FALSE);
  ph_spool_flush (fixture.spool);
  append (&fixture, 1);
  ph_spool_flush (fixture.spool);
  dropped = ph_store_dropped (fixture.store);
  g_assert_cmpuint (dropped, >, 0);
  g_assert_cmpuint (check (fixture.store), ==, dropped);
  g_assert_cmpuint (check_file (&fixture), <=, dropped); /* a part of it may have been written before */
  assert_told (&fixture, "the disk is full", TRUE);
  assert_told (&fixture, "again", TRUE);
  fixture_clear (&fixture);
}

static void
test_a_disk_that_was_full_gets_what_waited_in_memory (void)
{
  Fixture fixture = fixture_new (PH_STORE_DROP_OLDEST);

  append (&fixture, 3 * CHUNK);
  ph_spool_flush (fixture.spool);
  set_disk (0, FALSE, TRUE);
  append (&fixture, 20 * CHUNK);
  ph_spool_flush (fixture.spool);
  g_assert_cmpint (ph_spool_get_state (fixture.spool), ==, PH_SPOOL_BROKEN);
  set_disk (0, FALSE, FALSE);
  ph_spool_flush (fixture.spool);
  g_assert_cmpint (ph_spool_get_state (fixture.spool), ==, PH_SPOOL_WRITING);
  append (&fixture, 10);
  g_assert_cmpuint (ph_store_dropped (fixture.store), ==, 0);
  g_assert_cmpuint (check_file (&fixture), ==, 0);
  assert_told (&fixture, "the disk is full. It goes on in memory", TRUE);
  assert_told (&fixture, "is written to", TRUE);
  assert_told (&fixture, "slower", FALSE);
  fixture_clear (&fixture);
}

static void
test_a_capture_stops_at_its_size_and_goes_on_when_it_may_have_more (void)
{
  Fixture fixture = fixture_new (PH_STORE_DROP_OLDEST);
  GStatBuf status;

  ph_spool_set_limits (fixture.spool, 8 * PH_STORE_CHUNK, 0);
  append (&fixture, 20 * CHUNK);
  ph_spool_flush (fixture.spool);
  g_assert_cmpint (ph_spool_get_state (fixture.spool), ==, PH_SPOOL_BROKEN);
  g_assert_cmpint (g_stat (fixture.path, &status), ==, 0);
  g_assert_cmpuint ((guint64) status.st_size, ==, 8 * PH_STORE_CHUNK);
  g_assert_cmpuint (ph_spool_get_written (fixture.spool), ==, 8 * PH_STORE_CHUNK);
  g_assert_cmpuint (check (fixture.store), ==, 0);
  ph_spool_set_limits (fixture.spool, G_MAXUINT64, 0);
  ph_spool_flush (fixture.spool);
  append (&fixture, 1);
  g_assert_cmpuint (check_file (&fixture), ==, 0);
  assert_told (&fixture, "the size that Preferences allow. It goes on in memory", TRUE);
  fixture_clear (&fixture);
}

static void
test_a_capture_leaves_the_disk_some_room (void)
{
  Fixture fixture = fixture_new (PH_STORE_DROP_OLDEST);
  PhFile file = ph_plat_file_open (fixture.path, NULL);
  guint64 room = ph_plat_file_free_space (file);

  ph_plat_file_close (file);
  g_assert_cmpuint (room, >, 0);
  ph_spool_set_limits (fixture.spool, G_MAXUINT64, G_MAXUINT64 / 2);
  append (&fixture, 3 * CHUNK);
  ph_spool_flush (fixture.spool);
  g_assert_cmpint (ph_spool_get_state (fixture.spool), ==, room < G_MAXUINT64 / 2 ? PH_SPOOL_BROKEN : PH_SPOOL_WRITING);
  ph_spool_set_limits (fixture.spool, G_MAXUINT64, 1);
  ph_spool_flush (fixture.spool);
  append (&fixture, 1);
  g_assert_cmpuint (check_file (&fixture), ==, 0);
  if (room < G_MAXUINT64 / 2)
    assert_told (&fixture, "is free on the disk. It goes on in memory", TRUE);
  fixture_clear (&fixture);
}

static void
test_a_thread_that_writes_and_one_that_looks_are_held_up_by_no_slow_disk (void)
{
  Fixture fixture = fixture_new (PH_STORE_DROP_OLDEST);
  GThread *writer;
  guint64 dropped;

  set_disk (3000, FALSE, FALSE);
  writer = g_thread_new ("writer", append_all, &fixture);
  while (ph_store_end (fixture.store) < N)
    {
      PhBlock *block;
      guint64 first, end;

      ph_store_chunks (fixture.store, &first, &end);
      block = ph_store_hold (fixture.store, first + (end - first) / 2);
      if (block != NULL && ph_block_count (block) > 0)
        g_assert_cmpuint (ph_chunk_record (ph_block_get_chunk (block), 0)->length, >, 0);
      g_clear_pointer (&block, ph_block_release);
    }
  g_thread_join (writer);
  set_disk (0, FALSE, FALSE);
  ph_spool_flush (fixture.spool);
  dropped = ph_store_dropped (fixture.store);
  g_assert_cmpuint (check_file (&fixture), ==, dropped);
  fixture_clear (&fixture);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, name) g_test_add_func ("/slow-disk/" path, test_##name)
  ADD ("at-the-limit-of-memory-the-oldest-go-and-the-count-is-what-the-file-misses",
       at_the_limit_of_memory_the_oldest_go_and_the_count_is_what_the_file_misses);
  ADD ("who-pauses-waits-for-a-slow-disk-and-loses-nothing", who_pauses_waits_for_a_slow_disk_and_loses_nothing);
  ADD ("a-disk-that-hangs-holds-up-nobody-and-what-it-was-writing-is-not-lost",
       a_disk_that_hangs_holds_up_nobody_and_what_it_was_writing_is_not_lost);
  ADD ("a-flush-ends-though-a-flood-on-a-slow-disk-does-not", a_flush_ends_though_a_flood_on_a_slow_disk_does_not);
  ADD ("what-hung-and-was-dropped-is-counted-once-when-it-fails", what_hung_and_was_dropped_is_counted_once_when_it_fails);
  ADD ("what-waits-for-the-disk-when-a-session-goes-is-written-all-the-same",
       what_waits_for_the_disk_when_a_session_goes_is_written_all_the_same);
  ADD ("what-was-being-written-when-the-disk-filled-up-is-counted",
       what_was_being_written_when_the_disk_filled_up_is_counted);
  ADD ("a-disk-that-was-full-gets-what-waited-in-memory", a_disk_that_was_full_gets_what_waited_in_memory);
  ADD ("a-capture-stops-at-its-size-and-goes-on-when-it-may-have-more",
       a_capture_stops_at_its_size_and_goes_on_when_it_may_have_more);
  ADD ("a-capture-leaves-the-disk-some-room", a_capture_leaves_the_disk_some_room);
  ADD ("a-thread-that-writes-and-one-that-looks-are-held-up-by-no-slow-disk",
       a_thread_that_writes_and_one_that_looks_are_held_up_by_no_slow_disk);
#undef ADD

  return g_test_run ();
}
