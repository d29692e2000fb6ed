/* ph-store-read.c: reads the records of a store, from memory and from its file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-store-private.h"

#define READ_AHEAD 12u /* chunks that are read together by who reads all of them in order */

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
 * Any thread that may wait for the disk, outside of a read section.
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
  on_file = block == NULL && ph_store_is_on_file (store, number);
  g_mutex_unlock (&store->reading);

  return on_file ? ph_block_new_read (store->file, number, NULL, NULL) : block;
}

static void
release_held (gpointer block)
{
  if (block != NULL)
    ph_block_release (block);
}

/**
 * ph_store_hold_unwritten:
 *
 * The writer does not wait for whoever holds them: it drops them from the store as ever, and they stay in memory beside what it goes on
 * with. Any thread, outside of a read section.
 *
 * Returns: (transfer full) (element-type PhBlock): the chunks that are in memory only, in order. An element that was released one by one
 *   is to be set to %NULL
 */
GPtrArray *
ph_store_hold_unwritten (PhStore *store)
{
  GPtrArray *blocks = g_ptr_array_new_with_free_func (release_held);
  guint64 number, tail;

  g_mutex_lock (&store->reading);
  number = atomic_load (&store->head);
  tail = atomic_load (&store->tail);
  if (store->file != PH_FILE_NONE)
    number = MAX (number, atomic_load (&store->spooled));
  for (; number < tail; number++)
    {
      PhBlock *block = block_at (store, number);

      atomic_fetch_add (&block->refs, 1);
      g_ptr_array_add (blocks, block);
    }
  g_mutex_unlock (&store->reading);

  return blocks;
}

/* ---- the reader ---- */

/**
 * ph_store_find_block:
 * @number: of a chunk
 * @ask: whether it is asked for if it is on file only
 *
 * The reader, inside a read section.
 *
 * Returns: (transfer none) (nullable): that chunk, until the section ends; %NULL where there is nothing, or not yet
 */
PhBlock *
ph_store_find_block (PhStore *store, guint64 number, gboolean ask)
{
  PhBlock *block = find_in_memory (store, number);

  if (block == NULL && ph_store_is_on_file (store, number))
    {
      block = ph_store_find_back (store, number);
      if (block == NULL && ask)
        ph_store_ask (store, number);
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
  store->sections++;
  store->hit = NULL;
}

/** ph_store_end_read: also has the chunks read that were asked for. */
void
ph_store_end_read (PhStore *store)
{
  ph_store_begin_loading (store);
  g_mutex_unlock (&store->reading);
}

static const PhRecord *
find_record (PhStore *store, guint64 seq, const guint8 **ret_payload, gboolean ask)
{
  const PhRecord *record;
  PhBlock *block;
  guint64 index;

  if (seq < atomic_load (&store->first_seq) || seq >= ph_store_end (store))
    return NULL;
  store->found = ph_store_find_chunk (store, seq, store->found);
  block = ph_store_find_block (store, store->found, ask);
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
 * ph_store_get:
 * @seq: a sequence number
 * @ret_payload: (out) (optional): the record's bytes
 *
 * The reader, inside a read section. What is returned is valid until the section ends. Never waits for the disk.
 *
 * Returns: (nullable) (transfer none): the record; %NULL if it is gone, cannot be read, or is not there yet. If it is on file it
 *   was asked for: see ph_store_awaits()
 */
const PhRecord *
ph_store_get (PhStore *store, guint64 seq, const guint8 **ret_payload)
{
  return find_record (store, seq, ret_payload, TRUE);
}

/**
 * ph_store_fetch:
 * @seq: a sequence number
 * @ret_payload: (out) (optional): the record's bytes
 *
 * As ph_store_get(), but waits for the disk. The read section ends meanwhile and begins again, so what was returned before is
 * not valid any more. Not for the main thread of a program with a window.
 *
 * Returns: (nullable) (transfer none): the record; %NULL if it is gone or cannot be read
 */
const PhRecord *
ph_store_fetch (PhStore *store, guint64 seq, const guint8 **ret_payload)
{
  const PhRecord *record = find_record (store, seq, ret_payload, FALSE);

  if (record != NULL || !ph_store_awaits (store, seq))
    return record;
  ph_store_read_now (store, store->found);

  return find_record (store, seq, ret_payload, FALSE);
}

/* What can be had of a chunk, as far as that is known: records [@ret_from, @ret_end). Of one that could not be read the first
 * record stands for all. Called with the reading lock. */
static void
get_extent (PhStore *store, guint64 number, guint64 *ret_from, guint64 *ret_end)
{
  PhBlock *block = find_in_memory (store, number);
  guint64 first = first_seq_of (store, number);
  const Gone *gone;

  *ret_from = *ret_end = first;
  if (block != NULL)
    {
      *ret_end = first + ph_block_count (block);
      return;
    }
  if (!ph_store_is_on_file (store, number))
    return;
  gone = &g_array_index (store->gone, Gone, number - store->base);
  *ret_from += gone->skip;
  if (gone->failed)
    *ret_end = *ret_from + 1;
  else if (gone->count != NOT_KNOWN)
    *ret_end = *ret_from + gone->count;
  else
    *ret_end = number + 1 < atomic_load (&store->tail) ? first_seq_of (store, number + 1) : ph_store_end (store);
}

/**
 * ph_store_awaits:
 * @seq: a sequence number
 *
 * The reader, inside a read section.
 *
 * Returns: whether that record is on file and is not there yet: ph_store_get() may return it later
 */
gboolean
ph_store_awaits (PhStore *store, guint64 seq)
{
  guint64 from, end;

  if (seq < atomic_load (&store->first_seq) || seq >= ph_store_end (store))
    return FALSE;
  store->found = ph_store_find_chunk (store, seq, store->found);
  if (ph_store_find_block (store, store->found, FALSE) != NULL || !ph_store_may_ask (store, store->found))
    return FALSE;
  get_extent (store, store->found, &from, &end);

  return seq >= from && seq < end;
}

/**
 * ph_store_get_failure:
 * @seq: a sequence number
 * @ret_first: (out): the first of the records that could not be read together with that one
 * @ret_end: (out): one after the last of them
 *
 * The reader, inside a read section.
 *
 * Returns: (nullable) (transfer none): why that record could not be read from the file; %NULL if that is not so
 */
const char *
ph_store_get_failure (PhStore *store, guint64 seq, guint64 *ret_first, guint64 *ret_end)
{
  guint64 number, first = atomic_load (&store->first_seq), end = ph_store_end (store);

  if (seq < first || seq >= end)
    return NULL;
  number = ph_store_find_chunk (store, seq, store->found);
  if (!ph_store_is_on_file (store, number) || !g_array_index (store->gone, Gone, number - store->base).failed)
    return NULL;
  *ret_first = MAX (first_seq_of (store, number), first);
  *ret_end = number + 1 < atomic_load (&store->tail) ? first_seq_of (store, number + 1) : end;

  return store->failure;
}

/**
 * ph_store_read_ahead:
 * @seq: a sequence number
 *
 * Asks for the chunk of @seq, and for some that follow it. The reader, inside a read section.
 */
void
ph_store_read_ahead (PhStore *store, guint64 seq)
{
  guint64 number = ph_store_find_chunk (store, seq, store->found), n = MIN (atomic_load (&store->tail) - number, READ_AHEAD);

  /* The newest request is served first. */
  for (; n > 0; n--)
    ph_store_find_block (store, number + n - 1, TRUE);
}

/**
 * ph_store_next:
 * @seq: a sequence number
 *
 * Skips missing records, in a time that does not depend on their number. The reader, inside a read section.
 *
 * Returns: @seq, or a later number before which nothing from @seq on can be read; at most the end. Whether something can be
 *   read there is told by ph_store_get() only. A chunk that could not be read is not skipped as a whole: its first record is
 *   returned, so that it can be told about
 */
guint64
ph_store_next (PhStore *store, guint64 seq)
{
  guint64 store_end = ph_store_end (store), tail = atomic_load (&store->tail);

  seq = MAX (seq, atomic_load (&store->first_seq));
  if (seq >= store_end)
    return store_end;
  for (guint64 number = ph_store_find_chunk (store, seq, store->found); number < tail; number++)
    {
      guint64 from, end;

      get_extent (store, number, &from, &end);
      if (MAX (seq, from) < end)
        return MIN (MAX (seq, from), store_end);
    }

  return store_end;
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

  seq = MIN (seq, ph_store_end (store));
  if (seq <= start)
    return start;
  for (guint64 number = ph_store_find_chunk (store, seq - 1, store->found);; number--)
    {
      guint64 from, end;

      get_extent (store, number, &from, &end);
      end = MIN (end, seq);
      if (end > MAX (from, start))
        return end;
      if (number == store->base || from <= start)
        return start;
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
