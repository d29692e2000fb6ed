/* ph-store-walk.c: a store read record by record by a thread that may be slower than they come
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-store.h"

/**
 * ph_store_hold_for:
 * @seq: of a record; whoever reads all of them goes up by one
 * @block: (inout) (nullable): what the call before held, and this one holds: another one only where that lacks the record
 *
 * As ph_store_hold().
 *
 * Returns: (transfer none) (nullable): the chunk that has the record; %NULL if it is lost: see ph_store_step_over()
 */
const PhChunk *
ph_store_hold_for (PhStore *store, guint64 seq, PhBlock **block)
{
  const PhChunk *chunk = *block != NULL ? ph_block_get_chunk (*block) : NULL;

  if (chunk == NULL || seq >= chunk->first_seq + ph_chunk_count (chunk))
    {
      g_clear_pointer (block, ph_block_release);
      *block = ph_store_hold (store, ph_store_chunk_of (store, seq));
      chunk = *block != NULL ? ph_block_get_chunk (*block) : NULL;
    }
  if (chunk == NULL || seq < chunk->first_seq || seq >= chunk->first_seq + ph_chunk_count (chunk))
    return NULL;

  return chunk;
}

/**
 * ph_store_step_over:
 * @seq: a sequence number that the chunk from ph_store_hold() does not have, or whose chunk is gone
 *
 * Any thread, outside of a read section.
 *
 * Returns: where to go on: at the first record behind @seq of the store, of the same chunk, or of the next chunk
 */
guint64
ph_store_step_over (PhStore *store, guint64 seq)
{
  guint64 first = ph_store_first (store), number = ph_store_chunk_of (store, seq);

  if (first <= seq)
    first = ph_store_chunk_first (store, number);
  if (first <= seq)
    first = ph_store_chunk_first (store, number + 1);

  return MAX (first, seq + 1);
}
