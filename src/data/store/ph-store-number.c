/* ph-store-number.c: the numbers of records for users: only those that are shown count, from 1 on
 *
 * A chunk says how many records before it are shown. So a number is found by counting in one chunk, and from a record that was asked
 * for last it is a few steps.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-store-private.h"

/* How many of the records before @index are shown, in this chunk. Counts from the start, or from where it was counted last. */
static guint32
shown_before (PhStore *store, PhBlock *block, guint32 index)
{
  PhStoreCount *count = &store->count;

  if (count->number != block->number || count->first_seq != block->chunk->first_seq || index < count->index / 2)
    *count = (PhStoreCount) { .number = block->number, .first_seq = block->chunk->first_seq };
  if (index >= count->index)
    count->shown += ph_chunk_count_shown (block->chunk, count->index, index);
  else
    count->shown -= ph_chunk_count_shown (block->chunk, index, count->index);
  count->index = index;

  return count->shown;
}

/**
 * ph_store_count_lost:
 * @chunk: a chunk of the store, but not the newest
 *
 * Called with the reading lock.
 *
 * Returns: how many records that are shown are lost with it; those that were discarded before do not count
 */
guint64
ph_store_count_lost (PhStore *store, const PhChunk *chunk)
{
  guint64 first = atomic_load (&store->first_seq);
  guint32 discarded = (guint32) MIN (first - MIN (first, chunk->first_seq), ph_chunk_count (chunk));

  return shown_of (store, chunk->number + 1) - chunk->shown - ph_chunk_count_shown (chunk, 0, discarded);
}

/**
 * ph_store_number:
 * @seq: a sequence number, at most the end
 *
 * Records that are not shown (ph_record_is_silent()) have no number. The reader, inside a read section.
 *
 * Returns: the number of that record, counted from 1; if it is not shown, of the next one that is
 */
guint64
ph_store_number (PhStore *store, guint64 seq)
{
  guint64 number = ph_store_find_chunk (store, seq, store->count.number), first = first_seq_of (store, number);
  guint64 shown = shown_of (store, number);
  PhBlock *block = seq > first ? ph_store_find_block (store, number, TRUE) : NULL;

  if (block != NULL)
    shown += shown_before (store, block, (guint32) MIN (seq - first, ph_block_count (block)));
  /* A file may claim that fewer are shown than there are. Numbers never go back. */
  if (number + 1 < atomic_load (&store->tail))
    shown = MIN (shown, shown_of (store, number + 1));

  return shown + 1;
}

/* The last chunk that begins at or before record @number. */
static guint64
chunk_of_number (PhStore *store, guint64 number)
{
  guint64 low = store->base, high = atomic_load (&store->tail) - 1;

  while (low < high)
    {
      guint64 middle = low + (high - low + 1) / 2;

      if (shown_of (store, middle) < number)
        low = middle;
      else
        high = middle - 1;
    }

  return low;
}

/**
 * ph_store_find_number:
 * @number: the number of a record, counted from 1
 *
 * The reader, inside a read section.
 *
 * Returns: the sequence number of that record; if it is gone or cannot be read, of one near it; at most the end
 */
guint64
ph_store_find_number (PhStore *store, guint64 number)
{
  guint64 k = chunk_of_number (store, MAX (number, 1)), seq = first_seq_of (store, k), shown = shown_of (store, k);
  PhBlock *block = ph_store_find_block (store, k, TRUE);
  guint32 count = block != NULL ? ph_block_count (block) : 0;

  for (guint32 i = 0; i < count; i++, seq++)
    if (!ph_record_is_silent (ph_chunk_record (block->chunk, i)) && ++shown >= number)
      break;

  return MIN (MAX (seq, atomic_load (&store->first_seq)), ph_store_end (store));
}
