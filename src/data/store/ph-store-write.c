/* ph-store-write.c: the chunks of a store that its spool writes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-store-private.h"

/**
 * ph_store_begin_write:
 * @number: of a chunk
 *
 * The spool.
 *
 * Returns: (transfer full) (nullable): that chunk, which counts as on file if it leaves memory before ph_store_end_write();
 *   %NULL if it has left memory already
 */
PhBlock *
ph_store_begin_write (PhStore *store, guint64 number)
{
  PhBlock *block = NULL;

  g_mutex_lock (&store->reading);
  if (number >= atomic_load (&store->head) && number < atomic_load (&store->tail))
    {
      block = block_at (store, number);
      atomic_fetch_add (&block->refs, 1);
      /* Not the newest chunk: it may get records that the spool has not seen. */
      if (number + 1 < atomic_load (&store->tail))
        store->writing = block;
    }
  g_mutex_unlock (&store->reading);

  return block;
}

/* Corrects the count if the chunk left memory and could not be written. Called with the reading lock. */
static void
count_unwritten (PhStore *store, const PhChunk *chunk)
{
  Gone *gone;

  if (chunk->number < store->base || chunk->number >= atomic_load (&store->head))
    return;
  gone = &g_array_index (store->gone, Gone, chunk->number - store->base);
  if (!gone->on_file)
    return; /* it was counted when it went */
  gone->on_file = FALSE;
  atomic_fetch_add (&store->dropped, ph_store_count_lost (store, chunk));
}

/**
 * ph_store_end_write:
 * @block: (transfer full): from ph_store_begin_write()
 * @written: whether all of what is published in it is on file now
 *
 * The spool.
 */
void
ph_store_end_write (PhStore *store, PhBlock *block, gboolean written)
{
  g_mutex_lock (&store->reading);
  if (!written)
    count_unwritten (store, block->chunk);
  else if (store->writing == block)
    atomic_store (&store->spooled, block->number + 1); /* before this lets go of it */
  store->writing = NULL;
  g_mutex_unlock (&store->reading);
  ph_block_release (block);
}
