/* test-no-memory.c: a store where the system gives no more memory
 *
 * The linker replaces the function that asks for memory by that of this file.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-plat.h"
#include "ph-spool.h"
#include "ph-store.h"

#include <glib/gstdio.h>
#include <string.h>

static int memory; /* atomic: chunks that the system still gives */

gboolean __wrap_ph_plat_has_memory (gsize n);

gboolean
__wrap_ph_plat_has_memory (gsize n)
{
  return g_atomic_int_get (&memory) > 0 && g_atomic_int_add (&memory, -1) > 0;
}

#define PAYLOAD 60000u
#define A_CHUNK 17u /* records of PAYLOAD bytes that one chunk has */

static void
append (PhStore *store, guint n)
{
  static const guint8 payload[PAYLOAD];
  const PhRecord record = { .length = PAYLOAD, .kind = PH_RECORD_IN };

  for (guint i = 0; i < n; i++)
    {
      ph_store_append (store, &record, payload);
      ph_store_release (store, ph_store_end (store));
    }
}

/* Takes the free chunks that the program keeps for reuse: they would count as memory. Free it last. */
static PhStore *
take_reserve (void)
{
  PhStore *store = ph_store_new (64 * PH_STORE_CHUNK, NULL, NULL);

  g_atomic_int_set (&memory, 0);
  while (ph_store_dropped (store) == 0)
    append (store, A_CHUNK);

  return store;
}

static void
test_without_more_memory_the_oldest_records_go_and_the_newest_stay (void)
{
  G_GNUC_UNUSED g_autoptr (PhStore) reserve = take_reserve ();
  g_autoptr (PhStore) store = ph_store_new (64 * PH_STORE_CHUNK, NULL, NULL);
  const PhRecord *last;

  g_atomic_int_set (&memory, 0);
  append (store, 10 * A_CHUNK);
  g_assert_cmpuint (ph_store_end (store), ==, 10 * A_CHUNK);
  g_assert_cmpuint (ph_store_first (store), ==, 8 * A_CHUNK);
  g_assert_cmpuint (ph_store_dropped (store), ==, 8 * A_CHUNK);
  ph_store_begin_read (store);
  last = ph_store_get (store, 10 * A_CHUNK - 1, NULL);
  g_assert_cmpuint (last->length, ==, PAYLOAD);
  ph_store_end_read (store);
}

static void
test_it_is_told_once_and_with_what_is_held (void)
{
  G_GNUC_UNUSED g_autoptr (PhStore) reserve = take_reserve ();
  g_autoptr (PhStore) store = ph_store_new (64 * PH_STORE_CHUNK, NULL, NULL);

  g_atomic_int_set (&memory, 3);
  append (store, 5 * A_CHUNK);
  g_assert_cmpuint (ph_store_take_starved (store), ==, 0);
  append (store, 5 * A_CHUNK);
  g_assert_cmpuint (ph_store_take_starved (store), ==, 5 * PH_STORE_CHUNK);
  g_assert_cmpuint (ph_store_take_starved (store), ==, 0);
  g_assert_true (ph_store_take_limit_reached (store));
}

static void
test_with_memory_again_the_store_grows_again (void)
{
  G_GNUC_UNUSED g_autoptr (PhStore) reserve = take_reserve ();
  g_autoptr (PhStore) store = ph_store_new (64 * PH_STORE_CHUNK, NULL, NULL);

  g_atomic_int_set (&memory, 0);
  append (store, 4 * A_CHUNK);
  g_atomic_int_set (&memory, 1000);
  append (store, 10 * A_CHUNK);
  g_assert_cmpuint (ph_store_first (store), ==, 2 * A_CHUNK);
}

static gpointer
write_cb (gpointer store)
{
  static const guint8 payload[PAYLOAD];
  const PhRecord record = { .length = PAYLOAD, .kind = PH_RECORD_IN };

  for (guint i = 0; i < 10 * A_CHUNK; i++)
    ph_store_append (store, &record, payload);

  return NULL;
}

/* A session that pauses where it is full does so here too, and goes on when there is memory. */
static void
test_a_session_that_pauses_waits_for_memory_and_loses_nothing (void)
{
  G_GNUC_UNUSED g_autoptr (PhStore) reserve = take_reserve ();
  g_autoptr (PhStore) store = ph_store_new (64 * PH_STORE_CHUNK, NULL, NULL);
  GThread *writer;

  ph_store_set_full (store, PH_STORE_PAUSE);
  g_atomic_int_set (&memory, 0);
  writer = g_thread_new ("writer", write_cb, store);
  while (!ph_store_is_waiting (store))
    g_thread_yield ();
  g_assert_cmpuint (ph_store_end (store), ==, 2 * A_CHUNK);
  g_atomic_int_set (&memory, 1000);
  g_thread_join (writer);
  g_assert_cmpuint (ph_store_end (store), ==, 10 * A_CHUNK);
  g_assert_cmpuint (ph_store_first (store), ==, 0);
}

/* What leaves memory stays on file. */
static void
test_a_capture_without_more_memory_has_every_record (void)
{
  G_GNUC_UNUSED g_autoptr (PhStore) reserve = take_reserve ();
  g_autofree char *folder = g_dir_make_tmp ("porthole-XXXXXX", NULL), *path = g_build_filename (folder, "a.porthole", NULL);
  g_autoptr (PhStore) store = ph_store_new (64 * PH_STORE_CHUNK, NULL, NULL);
  PhSpool *spool = ph_spool_new (store, path, NULL);

  g_atomic_int_set (&memory, 0);
  append (store, 20 * A_CHUNK);
  g_assert_cmpuint (ph_store_dropped (store), ==, 0);
  ph_spool_free (spool);
  for (guint64 number = 0; number < 20; number++)
    {
      g_autoptr (PhBlock) block = ph_store_hold (store, number);

      g_assert_cmpuint (ph_block_count (block), ==, A_CHUNK);
    }
  g_remove (path);
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ph_plat_init ();
  g_test_add_func ("/no-memory/the-oldest-records-go-and-the-newest-stay",
                   test_without_more_memory_the_oldest_records_go_and_the_newest_stay);
  g_test_add_func ("/no-memory/is-told-once-and-with-what-is-held", test_it_is_told_once_and_with_what_is_held);
  g_test_add_func ("/no-memory/with-memory-again-the-store-grows-again", test_with_memory_again_the_store_grows_again);
  g_test_add_func ("/no-memory/a-session-that-pauses-waits-and-loses-nothing",
                   test_a_session_that_pauses_waits_for_memory_and_loses_nothing);
  g_test_add_func ("/no-memory/a-capture-has-every-record", test_a_capture_without_more_memory_has_every_record);

  return g_test_run ();
}
