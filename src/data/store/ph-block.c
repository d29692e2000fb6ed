/* ph-block.c: chunks with a reference count: those of the writer, and those read back from a file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-plat.h"
#include "ph-proof.h"
#include "ph-store-private.h"

#include <glib/gi18n.h>

#define PAGE 4096 /* bytes that a system gives at a time, or more */
#define POOL_MAX 4u /* free chunks kept for reuse: new memory costs as much as reading a chunk into it */

static GMutex pool_mutex; /* guards what follows */
static PhChunk *pool[POOL_MAX];
static guint n_pool;

/* The system provides a page at the first write to it. Touching all pages here keeps these delays out of the receive path. */
static PhChunk *
new_memory (void)
{
  volatile guint8 *bytes = g_try_malloc (PH_CHUNK_SIZE);

  for (gsize i = 0; bytes != NULL && i < PH_CHUNK_SIZE; i += PAGE)
    bytes[i] = 0;

  return (PhChunk *) bytes;
}

/* NULL where the system gives no more. */
static PhChunk *
take_memory (gsize left_over)
{
  PhChunk *chunk = NULL;

  g_mutex_lock (&pool_mutex);
  if (n_pool > 0)
    chunk = pool[--n_pool];
  g_mutex_unlock (&pool_mutex);

  if (chunk == NULL && (left_over == 0 || ph_plat_has_memory (PH_CHUNK_SIZE + left_over)))
    chunk = new_memory ();

  return chunk;
}

static void
give_memory (PhChunk *chunk)
{
  g_mutex_lock (&pool_mutex);
  if (n_pool < POOL_MAX)
    pool[n_pool++] = g_steal_pointer (&chunk);
  g_mutex_unlock (&pool_mutex);
  g_free (chunk);
}

static PhBlock *
block_new (PhChunk *chunk, guint64 number)
{
  PhBlock *block;

  if (chunk == NULL)
    return NULL;
  block = g_new0 (PhBlock, 1);
  block->refs = 1;
  block->number = number;
  block->chunk = chunk;
  ph_chunk_init (chunk, number, 0);

  return block;
}

/**
 * ph_block_new:
 *
 * Returns: (transfer full) (nullable): an empty chunk in memory; %NULL if the program would be left with less than
 *   %PH_STORE_LEFT_OVER
 */
PhBlock *
ph_block_new (void)
{
  return block_new (take_memory (PH_STORE_LEFT_OVER), 0);
}

/**
 * ph_block_new_first:
 *
 * Returns: (transfer full): an empty chunk in memory, which a store cannot do without
 */
PhBlock *
ph_block_new_first (void)
{
  return block_new (g_malloc (PH_CHUNK_SIZE), 0);
}

/**
 * ph_block_new_read:
 * @file: a file of chunks
 * @number: the index of the chunk
 * @ret_proven: (out) (optional): whether its checksum is right, or the file ends in it; to check takes longer than to read
 * @error: why it cannot be read
 *
 * The chunk is read, not mapped: if another program cuts off a mapped file, this one is killed, and what another program changes
 * in it was not checked. Of a chunk in which the file ends, the records that are left are in the result.
 *
 * Waits for the disk: not on the main thread of a program with a window, and not with a lock that others need.
 *
 * Returns: (transfer full) (nullable): the chunk; %NULL if the file does not have it, or there is no memory for it
 */
PhBlock *
ph_block_new_read (PhFile file, guint64 number, gboolean *ret_proven, GError **error)
{
  g_autoptr (PhBlock) block = block_new (take_memory (0), number);
  gssize n;

  if (block == NULL)
    {
      ph_error_no_memory (error);
      return NULL;
    }
  n = ph_plat_file_read (file, number * PH_CHUNK_SIZE, block->chunk, PH_CHUNK_SIZE, error);
  if (n < 0)
    return NULL;
  if (n < (gssize) sizeof (PhChunk) || !ph_chunk_is_head (block->chunk, number))
    {
      ph_error_set (error, PH_ERROR_INVALID, "changed", _("the file was changed"));
      return NULL;
    }
  if (ret_proven != NULL)
    *ret_proven = n < PH_CHUNK_SIZE || ph_proof_holds (block->chunk);
  ph_chunk_cut (block->chunk, (gsize) n);
  block->chunk->count = ph_chunk_sound (block->chunk);

  return g_steal_pointer (&block);
}

/**
 * ph_block_get_chunk:
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
 *
 * Any thread.
 *
 * Returns: how many records it has; the newest chunk still gets more
 */
guint32
ph_block_count (PhBlock *block)
{
  return ph_chunk_count (block->chunk);
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
  give_memory (block->chunk);
  g_free (block);
}
