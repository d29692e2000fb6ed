/* ph-store-read.c: the records of one session: finding and reading them, in memory and in the file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-store-private.h"

/**
 * ph_store_first:
 * @store: a store
 *
 * Any thread.
 *
 * Returns: sequence number of the oldest record there is
 */
guint64
ph_store_first (PhStore *store)
{
  return atomic_load (&store->first_seq);
}

/**
 * ph_store_end:
 * @store: a store
 *
 * Any thread.
 *
 * Returns: the sequence number that the next record will get
 */
guint64
ph_store_end (PhStore *store)
{
  return atomic_load_explicit (&store->end, memory_order_acquire);
}

/**
 * ph_store_dropped:
 * @store: a store
 *
 * Any thread.
 *
 * Returns: how many records the memory limit has taken; what the user cleared is not among them
 */
guint64
ph_store_dropped (PhStore *store)
{
  return atomic_load (&store->dropped);
}

/**
 * ph_store_size:
 * @store: a store
 *
 * Any thread.
 *
 * Returns: bytes of memory held in chunks
 */
guint64
ph_store_size (PhStore *store)
{
  return (atomic_load (&store->tail) - atomic_load (&store->head)) * PH_STORE_CHUNK;
}

/* ---- chunks, for any thread ---- */

/**
 * ph_store_chunks:
 * @store: a store
 * @ret_first: (out): number of the oldest chunk there is
 * @ret_end: (out): number of the chunk that comes next
 *
 * Any thread, outside of a read section.
 */
void
ph_store_chunks (PhStore *store, guint64 *ret_first, guint64 *ret_end)
{
  g_mutex_lock (&store->reading);
  *ret_first = store->base;
  *ret_end = atomic_load (&store->tail);
  g_mutex_unlock (&store->reading);
}

/* The number of the chunk that holds @seq, or would. Called with the reading lock. */
static guint64
find_chunk (PhStore *store, guint64 seq, guint64 hint)
{
  guint64 low = store->base, high = atomic_load (&store->tail) - 1;

  if (hint >= low && hint <= high && first_seq_of (store, hint) <= seq)
    {
      low = hint;
      if (low == high || first_seq_of (store, low + 1) > seq)
        return low;
    }
  while (low < high)
    {
      guint64 middle = low + (high - low + 1) / 2;

      if (first_seq_of (store, middle) <= seq)
        low = middle;
      else
        high = middle - 1;
    }

  return low;
}

/**
 * ph_store_chunk_of:
 * @store: a store
 * @seq: a sequence number
 *
 * Any thread, outside of a read section.
 *
 * Returns: the number of the chunk that has that record, or of the nearest
 */
guint64
ph_store_chunk_of (PhStore *store, guint64 seq)
{
  guint64 number;

  g_mutex_lock (&store->reading);
  number = find_chunk (store, seq, 0);
  g_mutex_unlock (&store->reading);

  return number;
}

static gboolean
is_on_file (PhStore *store, guint64 number)
{
  return number >= store->base && number < atomic_load (&store->head)
         && g_array_index (store->gone, Gone, number - store->base).on_file;
}

/**
 * ph_store_hold:
 * @store: a store
 * @number: of a chunk
 *
 * Any thread, outside of a read section.
 *
 * Returns: (transfer full) (nullable): that chunk, until ph_block_release(); %NULL if it is gone or not there yet
 */
PhBlock *
ph_store_hold (PhStore *store, guint64 number)
{
  PhBlock *block = NULL;
  gboolean on_file;

  g_mutex_lock (&store->reading);
  if (number >= atomic_load (&store->head) && number < atomic_load (&store->tail))
    {
      block = block_at (store, number);
      atomic_fetch_add (&block->refs, 1);
    }
  on_file = is_on_file (store, number);
  g_mutex_unlock (&store->reading);

  return on_file ? ph_block_new_mapped (store->file, number) : block;
}

/* ---- the reader ---- */

/* Mappings that have not been looked at for longest go first. */
static int
compare_use (gconstpointer a, gconstpointer b)
{
  const PhBlock *left = *(PhBlock *const *) a, *right = *(PhBlock *const *) b;

  return left->used > right->used ? -1 : left->used < right->used;
}

static void
trim_maps (PhStore *store)
{
  if (store->maps->len <= PH_STORE_MAPS_MAX)
    return;
  g_ptr_array_sort (store->maps, compare_use);
  g_ptr_array_set_size (store->maps, PH_STORE_MAPS_MAX / 2);
}

static PhBlock *
find_map (PhStore *store, guint64 number)
{
  PhBlock *block;

  for (guint i = store->maps->len; i > 0; i--)
    {
      block = store->maps->pdata[i - 1];
      if (block->number == number)
        return block;
    }
  block = ph_block_new_mapped (store->file, number);
  if (block != NULL)
    g_ptr_array_add (store->maps, block);

  return block;
}

/**
 * ph_store_begin_read:
 * @store: a store
 *
 * Until ph_store_end_read() nothing is taken away, so records and payloads may be used in place. Keep it short: the
 * writer goes over its limit meanwhile. Not recursive. The reader.
 */
void
ph_store_begin_read (PhStore *store)
{
  g_mutex_lock (&store->reading);
}

/**
 * ph_store_end_read:
 * @store: a store
 */
void
ph_store_end_read (PhStore *store)
{
  trim_maps (store);
  g_mutex_unlock (&store->reading);
}

/**
 * ph_store_get:
 * @store: a store
 * @seq: a sequence number
 * @ret_payload: (out) (optional): the record's bytes
 *
 * The reader, inside a read section, whose end ends what is returned.
 *
 * Returns: (nullable) (transfer none): the record; %NULL if it is gone, cannot be read, or is not there yet
 */
const PhRecord *
ph_store_get (PhStore *store, guint64 seq, const guint8 **ret_payload)
{
  PhBlock *block = NULL;
  const PhRecord *record;
  guint64 index;

  if (seq < atomic_load (&store->first_seq) || seq >= ph_store_end (store))
    return NULL;
  store->found = find_chunk (store, seq, store->found);
  if (store->found >= atomic_load (&store->head))
    block = block_at (store, store->found);
  else if (is_on_file (store, store->found))
    block = find_map (store, store->found);
  if (block == NULL)
    return NULL;
  if (block->mapped)
    block->used = ++store->looks;
  index = seq - block->chunk->first_seq;
  if (index >= ph_block_count (block))
    return NULL;

  record = ph_chunk_record (block->chunk, (guint32) index);
  if (ret_payload != NULL)
    *ret_payload = (const guint8 *) block->chunk + record->offset;

  return record;
}

/**
 * ph_store_release:
 * @store: a store
 * @seq: a sequence number
 *
 * Says that what is before @seq has been seen, so the limit may take it. The reader, outside of a read section.
 */
void
ph_store_release (PhStore *store, guint64 seq)
{
  atomic_store (&store->released, seq);
  ph_store_wake_writer (store);
}

/* Whether all of the oldest chunk there is lies before @seq, and it is not the newest. */
static gboolean
may_forget (PhStore *store, guint64 seq)
{
  return store->base + 1 < atomic_load (&store->tail) && first_seq_of (store, store->base + 1) <= seq;
}

static void
forget_oldest (PhStore *store)
{
  guint64 head = atomic_load (&store->head);

  if (store->base < head)
    g_array_remove_index (store->gone, 0);
  else
    {
      ph_block_release (block_at (store, head));
      atomic_store (&store->slots[head % SLOTS], NULL);
      atomic_store (&store->head, head + 1);
    }
  store->base++;
}

/**
 * ph_store_discard:
 * @store: a store
 * @seq: a sequence number, at most the end
 *
 * Forgets what is before @seq because the user asked to; what is on file stays there. The reader, outside of a read
 * section.
 */
void
ph_store_discard (PhStore *store, guint64 seq)
{
  ph_store_begin_read (store);
  while (may_forget (store, seq))
    forget_oldest (store);
  if (atomic_load (&store->first_seq) < seq)
    atomic_store (&store->first_seq, seq);
  ph_store_end_read (store);
  ph_store_wake_writer (store);
}

/**
 * ph_store_rearm:
 * @store: a store
 *
 * Asks to be woken at the next notify. The reader, outside of a read section, when it has released all it saw.
 *
 * Returns: %FALSE if there is something new already: look again instead of waiting
 */
gboolean
ph_store_rearm (PhStore *store)
{
  atomic_store (&store->pending, FALSE);
  if (atomic_load (&store->end) <= atomic_load (&store->released))
    return TRUE;
  return atomic_exchange (&store->pending, TRUE);
}
