/* ph-store-ref.c: makes an empty store, shares it with threads, and frees it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-store-private.h"

static GMutex refs_mutex; /* guards the refs of all stores */
static GCond refs_cond;

/**
 * ph_store_new_empty:
 * @limit: as for ph_store_new()
 *
 * Returns: (transfer full): a store without a chunk
 */
PhStore *
ph_store_new_empty (guint64 limit)
{
  PhStore *store = g_new0 (PhStore, 1);

  store->slots = g_malloc0 (SLOTS * sizeof *store->slots);
  store->file = PH_FILE_NONE;
  store->changed = G_MAXUINT64;
  store->left_out = G_MAXUINT64;
  for (guint i = 0; i < PH_STORE_N_KEEPERS; i++)
    store->kept[i] = G_MAXUINT64;
  store->gone = g_array_new (FALSE, FALSE, sizeof (Gone));
  store->back = g_ptr_array_new_with_free_func ((GDestroyNotify) ph_block_release);
  store->asked = g_array_new (FALSE, FALSE, sizeof (PhStoreAsk));
  store->loading = G_MAXUINT64;
  g_queue_init (&store->posted);
  g_mutex_init (&store->reading);
  g_mutex_init (&store->wait_mutex);
  g_mutex_init (&store->post_mutex);
  g_cond_init (&store->wait_cond);
  g_cond_init (&store->asked_cond);
  ph_store_set_limit (store, limit);

  return store;
}

/**
 * ph_store_set_wake:
 * @wake: called when a chunk was read back, and as for ph_store_new()
 * @data: for @wake
 *
 * For a store that was made from a file, before it is read.
 */
void
ph_store_set_wake (PhStore *store, PhStoreWakeFunc wake, gpointer data)
{
  store->wake = wake;
  store->wake_data = data;
}

/**
 * ph_store_ref:
 *
 * For a thread that reads the store: until ph_store_unref() it is not freed. Any thread.
 *
 * Returns: (transfer none): @store
 */
PhStore *
ph_store_ref (PhStore *store)
{
  g_mutex_lock (&refs_mutex);
  store->refs++;
  g_mutex_unlock (&refs_mutex);

  return store;
}

/** ph_store_unref: for the thread of ph_store_ref(). */
void
ph_store_unref (PhStore *store)
{
  g_mutex_lock (&refs_mutex);
  store->refs--;
  g_cond_broadcast (&refs_cond);
  g_mutex_unlock (&refs_mutex);
}

/** ph_store_has_threads: Returns: whether a thread still has it from ph_store_ref(), so that ph_store_free() would wait. Any thread. */
gboolean
ph_store_has_threads (PhStore *store)
{
  gboolean has;

  g_mutex_lock (&refs_mutex);
  has = store->refs > 0;
  g_mutex_unlock (&refs_mutex);

  return has;
}

/**
 * ph_store_free:
 * @store: (transfer full): a store that has no reader and no writer any more; its spool is gone
 *
 * Waits for the threads that still read it. A store with a file is not freed on the main thread of a program with a window:
 * see ph_capture_end().
 */
void
ph_store_free (PhStore *store)
{
  ph_store_abandon (store);
  g_mutex_lock (&refs_mutex);
  while (store->refs > 0)
    g_cond_wait (&refs_cond, &refs_mutex);
  g_mutex_unlock (&refs_mutex);
  for (guint64 k = store->head; k < store->tail; k++)
    ph_block_release (block_at (store, k));
  g_clear_pointer (&store->spare, ph_block_release);
  g_ptr_array_unref (store->back);
  g_array_unref (store->asked);
  g_array_unref (store->gone);
  g_free (store->failure);
  g_queue_clear_full (&store->posted, (GDestroyNotify) g_bytes_unref);
  if (store->file != PH_FILE_NONE)
    ph_plat_file_close (store->file);
  g_free (store->slots);
  g_mutex_clear (&store->reading);
  g_mutex_clear (&store->wait_mutex);
  g_mutex_clear (&store->post_mutex);
  g_cond_clear (&store->wait_cond);
  g_cond_clear (&store->asked_cond);
  g_free (store);
}
