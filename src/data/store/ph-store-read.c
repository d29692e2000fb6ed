/* ph-store-read.c: reads the records of a store, from memory and from its file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-store-private.h"

#define LOOKS_MAX 8u /* chunks read from the file for one step over what is missing */

/**
 * ph_store_first:
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
 *
 * Any thread.
 *
 * Returns: how many records that are shown were lost to the memory limit, without those that the user cleared
 */
guint64
ph_store_dropped (PhStore *store)
{
  return atomic_load (&store->dropped);
}

/**
 * ph_store_size:
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

/**
 * ph_store_find_chunk:
 * @hint: a chunk that may have it
 *
 * Called with the reading lock.
 *
 * Returns: the number of the chunk that has @seq, or would have it
 */
guint64
ph_store_find_chunk (PhStore *store, guint64 seq, guint64 hint)
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
 * @seq: a sequence number
 *
 * Any thread, outside of a read section.
 *
 * Returns: the number of the chunk with that record; if there is none, of the nearest chunk
 */
guint64
ph_store_chunk_of (PhStore *store, guint64 seq)
{
  guint64 number;

  g_mutex_lock (&store->reading);
  number = ph_store_find_chunk (store, seq, 0);
  g_mutex_unlock (&store->reading);

  return number;
}

/**
 * ph_store_chunk_first:
 * @number: of a chunk
 *
 * Any thread, outside of a read section.
 *
 * Returns: the sequence number of its first record, or of the next record there is; the end behind the last chunk
 */
guint64
ph_store_chunk_first (PhStore *store, guint64 number)
{
  guint64 first = ph_store_end (store);

  g_mutex_lock (&store->reading);
  if (number < atomic_load (&store->tail))
    first = first_seq_of (store, MAX (number, store->base));
  g_mutex_unlock (&store->reading);

  return first;
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

static gboolean
is_on_file (PhStore *store, guint64 number)
{
  return number >= store->base && number < atomic_load (&store->head) && number < atomic_load (&store->spooled)
         && g_array_index (store->gone, Gone, number - store->base).on_file;
}

/* A chunk in memory, also one that has left the slots but is still being written. Called with the reading lock. */
static PhBlock *
find_in_memory (PhStore *store, guint64 number)
{
  guint64 head = atomic_load (&store->head);

  if (number >= head)
    return number < atomic_load (&store->tail) ? block_at (store, number) : NULL;
  if (store->writing == NULL || store->writing->number != number || number < store->base
      || !g_array_index (store->gone, Gone, number - store->base).on_file)
    return NULL;

  return store->writing;
}

/**
 * ph_store_hold:
 * @number: of a chunk
 *
 * Any thread, outside of a read section.
 *
 * Returns: (transfer full) (nullable): that chunk, until ph_block_release(); %NULL if it is gone or not there yet
 */
PhBlock *
ph_store_hold (PhStore *store, guint64 number)
{
  PhBlock *block;
  gboolean on_file;

  g_mutex_lock (&store->reading);
  block = find_in_memory (store, number);
  if (block != NULL)
    atomic_fetch_add (&block->refs, 1);
  on_file = block == NULL && is_on_file (store, number);
  g_mutex_unlock (&store->reading);

  return on_file ? ph_block_new_read (store->file, number, NULL) : block;
}

/* ---- the spool ---- */

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

/* ---- the reader ---- */

/* What has not been looked at for longest goes first. */
static int
compare_use (gconstpointer a, gconstpointer b)
{
  const PhBlock *left = *(PhBlock *const *) a, *right = *(PhBlock *const *) b;

  return left->used > right->used ? -1 : left->used < right->used;
}

/* Checks a chunk of a file that this program only reads. The last chunk need not be sealed: the header has told already that
 * the file was not ended. */
static void
note_proof (PhStore *store, const PhChunk *chunk, gboolean proven)
{
  Gone *gone = &g_array_index (store->gone, Gone, chunk->number - store->base);
  gboolean last = chunk->number + 1 == atomic_load (&store->tail);

  gone->checked = TRUE;
  if (!proven && !(last && (chunk->state & PH_CHUNK_SEALED) == 0) && gone->shown + 1 < atomic_load (&store->changed))
    atomic_store (&store->changed, gone->shown + 1);
}

/* A chunk from the file. If this program only reads the file and a chunk cannot be read, it is not tried again. */
static PhBlock *
read_back (PhStore *store, guint64 number)
{
  gboolean foreign = atomic_load (&store->head) == atomic_load (&store->tail), proven = TRUE, check;
  PhBlock *block;

  for (guint i = store->back->len; i > 0; i--)
    {
      block = store->back->pdata[i - 1];
      if (block->number == number)
        return block;
    }
  check = foreign && !g_array_index (store->gone, Gone, number - store->base).checked;
  block = ph_block_new_read (store->file, number, check ? &proven : NULL);
  if (block != NULL && check)
    note_proof (store, block->chunk, proven);
  if (block != NULL && ph_block_count (block) == 0)
    g_clear_pointer (&block, ph_block_release);
  if (block != NULL)
    g_ptr_array_add (store->back, block);
  else if (foreign)
    g_array_index (store->gone, Gone, number - store->base).on_file = FALSE;

  return block;
}

/**
 * ph_store_find_block:
 * @number: of a chunk
 *
 * The reader, inside a read section.
 *
 * Returns: (transfer none) (nullable): that chunk, until the section ends; %NULL where there is nothing
 */
PhBlock *
ph_store_find_block (PhStore *store, guint64 number)
{
  PhBlock *block = find_in_memory (store, number);

  if (block == NULL && is_on_file (store, number))
    {
      block = read_back (store, number);
      if (block != NULL)
        block->used = ++store->looks;
    }

  return block;
}

/**
 * ph_store_begin_read:
 *
 * Until ph_store_end_read() nothing is taken away, so records and payloads may be used in place. Keep it short: the
 * writer goes over its limit meanwhile. Not recursive. The reader.
 */
void
ph_store_begin_read (PhStore *store)
{
  g_mutex_lock (&store->reading);
}

void
ph_store_end_read (PhStore *store)
{
  if (store->back->len > PH_STORE_BACK_MAX)
    {
      g_ptr_array_sort (store->back, compare_use);
      g_ptr_array_set_size (store->back, PH_STORE_BACK_MAX / 2);
    }
  g_mutex_unlock (&store->reading);
}

/**
 * ph_store_get:
 * @seq: a sequence number
 * @ret_payload: (out) (optional): the record's bytes
 *
 * The reader, inside a read section. What is returned is valid until the section ends.
 *
 * Returns: (nullable) (transfer none): the record; %NULL if it is gone, cannot be read, or is not there yet
 */
const PhRecord *
ph_store_get (PhStore *store, guint64 seq, const guint8 **ret_payload)
{
  const PhRecord *record;
  PhBlock *block;
  guint64 index;

  if (seq < atomic_load (&store->first_seq) || seq >= ph_store_end (store))
    return NULL;
  store->found = ph_store_find_chunk (store, seq, store->found);
  block = ph_store_find_block (store, store->found);
  if (block == NULL)
    return NULL;
  index = seq - block->chunk->first_seq;
  if (index >= ph_block_count (block))
    return NULL;

  record = ph_chunk_record (block->chunk, (guint32) index);
  if (ret_payload != NULL)
    *ret_payload = (const guint8 *) block->chunk + record->offset;

  return record;
}

/**
 * ph_store_next:
 * @seq: a sequence number
 *
 * Skips missing records, in a time that does not depend on their number. The reader, inside a read section.
 *
 * Returns: @seq, or a later number before which nothing from @seq on can be read; at most the end. Whether something can be
 *   read there is told by ph_store_get() only.
 */
guint64
ph_store_next (PhStore *store, guint64 seq)
{
  guint64 end = ph_store_end (store), tail = atomic_load (&store->tail);
  guint looks = 0;

  seq = MAX (seq, atomic_load (&store->first_seq));
  if (seq >= end)
    return end;
  for (guint64 number = ph_store_find_chunk (store, seq, store->found); number < tail; number++)
    {
      guint64 first = MAX (seq, first_seq_of (store, number));
      PhBlock *block;

      if (looks == LOOKS_MAX)
        return MIN (first, end);
      looks += is_on_file (store, number);
      block = ph_store_find_block (store, number);
      if (block != NULL && first < block->chunk->first_seq + ph_block_count (block))
        return MIN (MAX (first, block->chunk->first_seq), end);
    }

  return end;
}

/**
 * ph_store_previous:
 * @seq: a sequence number
 *
 * The same backwards. The reader, inside a read section.
 *
 * Returns: @seq, or an earlier number from which on nothing before @seq can be read; at least the first. The one before that
 *   may be there.
 */
guint64
ph_store_previous (PhStore *store, guint64 seq)
{
  guint64 start = atomic_load (&store->first_seq);
  guint looks = 0;

  seq = MIN (seq, ph_store_end (store));
  if (seq <= start)
    return start;
  for (guint64 number = ph_store_find_chunk (store, seq - 1, store->found);; number--)
    {
      guint64 first = first_seq_of (store, number), end;
      PhBlock *block;

      looks += is_on_file (store, number);
      block = ph_store_find_block (store, number);
      end = block != NULL ? MIN (block->chunk->first_seq + ph_block_count (block), seq) : 0;
      if (end > MAX (first, start))
        return end;
      if (number == store->base || first <= start)
        return start;
      if (looks == LOOKS_MAX)
        return MIN (first, seq);
    }
}

/**
 * ph_store_release:
 * @seq: a sequence number
 *
 * Says that the records before @seq are folded, so that they may leave memory. The reader, outside of a read section.
 */
void
ph_store_release (PhStore *store, guint64 seq)
{
  atomic_store (&store->released, seq);
  ph_store_wake_writer (store);
}

/* Whether all of a chunk is before @seq. The newest chunk always stays. */
static gboolean
may_forget (PhStore *store, guint64 number, guint64 seq)
{
  return number + 1 < atomic_load (&store->tail) && first_seq_of (store, number + 1) <= seq;
}

/* Forgets chunks that are not in memory. In one step: there may be very many. */
static void
forget_gone (PhStore *store, guint64 seq)
{
  guint n = 0;

  while (n < store->gone->len && may_forget (store, store->base + n, seq))
    n++;
  if (n > 0)
    g_array_remove_range (store->gone, 0, n);
  store->base += n;
}

static void
forget_head (PhStore *store)
{
  guint64 head = atomic_load (&store->head);

  ph_block_release (block_at (store, head));
  atomic_store (&store->slots[head % SLOTS], NULL);
  atomic_store (&store->head, head + 1);
  store->base++;
}

/**
 * ph_store_discard:
 * @seq: a sequence number, at most the end
 *
 * Forgets what is before @seq because the user asked to; what is on file stays there. The reader, outside of a read
 * section.
 */
void
ph_store_discard (PhStore *store, guint64 seq)
{
  ph_store_begin_read (store);
  forget_gone (store, seq);
  while (store->gone->len == 0 && may_forget (store, store->base, seq))
    forget_head (store);
  if (atomic_load (&store->first_seq) < seq)
    atomic_store (&store->first_seq, seq);
  ph_store_end_read (store);
  ph_store_wake_writer (store);
}

/**
 * ph_store_rearm:
 *
 * Asks for a wake-up at the next ph_store_notify(). The reader, outside of a read section, after it has released what it read.
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
