/* ph-block.c: chunks with more than one holder: in memory, or mapped from a file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-store-private.h"

/**
 * ph_block_new:
 * @number: of the chunk in its stream
 * @first_seq: sequence number of its first record
 *
 * Returns: (transfer full): an empty chunk in memory
 */
PhBlock *
ph_block_new (guint64 number, guint64 first_seq)
{
  PhBlock *block = g_new0 (PhBlock, 1);

  block->refs = 1;
  block->number = number;
  block->chunk = g_malloc (PH_CHUNK_SIZE);
  ph_chunk_init (block->chunk, number, first_seq);

  return block;
}

/**
 * ph_block_new_mapped:
 * @file: a file of chunks
 * @number: which
 *
 * Returns: (transfer full) (nullable): the chunk, to be read only; %NULL if the file does not have it
 */
PhBlock *
ph_block_new_mapped (PhFile file, guint64 number)
{
  const guint8 *map = ph_plat_file_map (file, number * PH_CHUNK_SIZE, PH_CHUNK_SIZE, NULL);
  PhBlock *block;

  if (map == NULL)
    return NULL;
  if (!ph_chunk_is_head ((const PhChunk *) (gconstpointer) map, number))
    {
      ph_plat_file_unmap (map, PH_CHUNK_SIZE);
      return NULL;
    }
  block = g_new0 (PhBlock, 1);
  block->refs = 1;
  block->number = number;
  block->mapped = TRUE;
  block->chunk = (PhChunk *) (gpointer) map;
  block->sound = ph_chunk_sound (block->chunk);

  return block;
}

/**
 * ph_block_get_chunk:
 * @block: a block
 *
 * Any thread.
 *
 * Returns: (transfer none): its chunk, of which ph_block_count() records may be used
 */
const PhChunk *
ph_block_get_chunk (PhBlock *block)
{
  return block->chunk;
}

/**
 * ph_block_count:
 * @block: a block
 *
 * Any thread.
 *
 * Returns: how many records it has; grows as long as the chunk is the newest
 */
guint32
ph_block_count (PhBlock *block)
{
  return block->mapped ? block->sound : ph_chunk_count (block->chunk);
}

/**
 * ph_block_release:
 * @block: (transfer full): a block
 *
 * Any thread.
 */
void
ph_block_release (PhBlock *block)
{
  if (atomic_fetch_sub (&block->refs, 1) != 1)
    return;
  if (block->mapped)
    ph_plat_file_unmap ((const guint8 *) block->chunk, PH_CHUNK_SIZE);
  else
    g_free (block->chunk);
  g_free (block);
}
