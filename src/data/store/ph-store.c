/* ph-store.c: the writer of a store: reserves a place, and commits records
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-store-private.h"

#include <string.h>

/* Free bytes between payloads and records. The writer only. */
static gsize
chunk_room (PhChunk *chunk)
{
  return PH_CHUNK_SIZE - chunk->count * sizeof (PhRecord) - chunk->used;
}

/* Takes the spare chunk. */
static void
push_chunk (PhStore *store)
{
  guint64 number = atomic_load (&store->tail);
  guint64 seq = store->last != NULL ? store->last->first_seq + store->last->count : 0;
  PhBlock *block = g_steal_pointer (&store->spare);

  block->number = number;
  ph_chunk_init (block->chunk, number, seq);
  block->chunk->shown = store->shown;
  atomic_store_explicit (&store->slots[number % SLOTS], block, memory_order_release);
  atomic_store_explicit (&store->tail, number + 1, memory_order_release);
  store->last = block->chunk;
}

/**
 * ph_store_new:
 * @limit: bytes of memory to keep at most, clamped to [%PH_STORE_LIMIT_MIN, %PH_STORE_LIMIT_MAX]
 * @wake: (nullable): called on the writer's thread by ph_store_notify() when the reader is to look
 * @data: for @wake
 *
 * Returns: (transfer full): an empty store
 */
PhStore *
ph_store_new (guint64 limit, PhStoreWakeFunc wake, gpointer data)
{
  PhStore *store = ph_store_new_empty (limit);

  store->wake = wake;
  store->wake_data = data;
  store->spare = ph_block_new_first ();
  push_chunk (store);
  store->spare = ph_block_new_first ();

  return store;
}

/* ---- any thread ---- */

/**
 * ph_store_wake_writer:
 *
 * Wakes a writer that waits for room: something has changed that may give it room. Any thread.
 */
void
ph_store_wake_writer (PhStore *store)
{
  g_mutex_lock (&store->wait_mutex);
  if (store->waiting)
    g_cond_signal (&store->wait_cond);
  g_mutex_unlock (&store->wait_mutex);
}

/**
 * ph_store_set_limit:
 * @limit: bytes, clamped
 *
 * Takes effect when the next chunk begins. Any thread.
 */
void
ph_store_set_limit (PhStore *store, guint64 limit)
{
  atomic_store (&store->limit, CLAMP (limit, PH_STORE_LIMIT_MIN, PH_STORE_LIMIT_MAX));
  ph_store_wake_writer (store);
}

/**
 * ph_store_get_limit:
 *
 * Any thread.
 *
 * Returns: bytes
 */
guint64
ph_store_get_limit (PhStore *store)
{
  return atomic_load (&store->limit);
}

/**
 * ph_store_set_full:
 * @full: what to do if the chunks that are not on file reach the limit
 *
 * Any thread.
 */
void
ph_store_set_full (PhStore *store, PhStoreFull full)
{
  atomic_store (&store->full, (int) full);
  ph_store_wake_writer (store);
}

/**
 * ph_store_get_full:
 *
 * Any thread.
 *
 * Returns: what happens if the chunks that are not on file reach the limit
 */
PhStoreFull
ph_store_get_full (PhStore *store)
{
  return (PhStoreFull) atomic_load (&store->full);
}

/**
 * ph_store_keep_from:
 * @keeper: each has its own place; the limit obeys the one that is farthest behind
 * @seq: a sequence number; %G_MAXUINT64 for none
 *
 * Says that another thread than the reader holds chunks from this record on, one after the other: the limit drops none of these records. If
 * they are all that is in memory, the writer waits. Any thread.
 */
void
ph_store_keep_from (PhStore *store, PhStoreKeeper keeper, guint64 seq)
{
  atomic_store (&store->kept[keeper], seq);
  ph_store_wake_writer (store);
}

/**
 * ph_store_is_waiting:
 *
 * Any thread.
 *
 * Returns: whether the writer waits for room just now
 */
gboolean
ph_store_is_waiting (PhStore *store)
{
  return atomic_load (&store->stalled);
}

/**
 * ph_store_abandon:
 *
 * Says that nobody will read again, so the writer never waits, and nobody is woken for a chunk that was read back. Any thread.
 */
void
ph_store_abandon (PhStore *store)
{
  g_mutex_lock (&store->reading);
  atomic_store (&store->abandoned, TRUE);
  g_cond_signal (&store->asked_cond);
  g_mutex_unlock (&store->reading);
  ph_store_wake_writer (store);
}

/**
 * ph_store_poke:
 *
 * Says that there is a command for the writer. If it waits for room, it gets one chunk more than the limit allows, and takes
 * the command before that chunk is full (ph_store_is_over()). Any thread.
 */
void
ph_store_poke (PhStore *store)
{
  g_mutex_lock (&store->wait_mutex);
  store->poked = TRUE;
  g_cond_signal (&store->wait_cond);
  g_mutex_unlock (&store->wait_mutex);
}

/**
 * ph_store_post:
 * @payload: (nullable): the bytes of @record
 *
 * Asks the writer to append a record. Both are copied. Any thread.
 */
void
ph_store_post (PhStore *store, const PhRecord *record, gconstpointer payload)
{
  GByteArray *both = g_byte_array_new ();

  g_byte_array_append (both, (const guint8 *) record, sizeof *record);
  g_byte_array_append (both, payload, record->length);
  g_mutex_lock (&store->post_mutex);
  g_queue_push_tail (&store->posted, g_byte_array_free_to_bytes (both));
  atomic_store (&store->has_posted, TRUE);
  if (store->writer_wake != NULL)
    store->writer_wake (store->writer_data);
  g_mutex_unlock (&store->post_mutex);
}

/* ---- the writer ---- */

/**
 * ph_store_set_writer:
 * @wake: (nullable): called on any thread when there is something for ph_store_append_posted()
 * @data: for @wake
 *
 * After this returns, the function given before is not called any more.
 */
void
ph_store_set_writer (PhStore *store, PhStoreWakeFunc wake, gpointer data)
{
  g_mutex_lock (&store->post_mutex);
  store->writer_wake = wake;
  store->writer_data = data;
  g_mutex_unlock (&store->post_mutex);
}

/* The spool is woken for each full chunk, and for the first record since it looked. */
static void
wake_spool (PhStore *store, gboolean full)
{
  if (store->spool_wake != NULL && (!atomic_exchange (&store->unsaved, TRUE) || full))
    store->spool_wake (store->spool_data);
}

/**
 * ph_store_reserve:
 * @payload: bytes needed together, at most %PH_STORE_PAYLOAD_MAX
 * @n_records: how many records will be committed into the place, at most a few hundred
 * @ret_size: (out) (optional): bytes there are, @payload or more
 *
 * The writer. Waits only if nothing can leave memory: see the invariants.
 *
 * Returns: where payload may be written; good until the next reserve or append
 */
guint8 *
ph_store_reserve (PhStore *store, gsize payload, guint n_records, gsize *ret_size)
{
  gsize records = n_records * sizeof (PhRecord);

  if (chunk_room (store->last) < payload + records)
    {
      ph_store_make_room (store);
      push_chunk (store);
      wake_spool (store, TRUE);
    }
  if (ret_size != NULL)
    *ret_size = chunk_room (store->last) - records;

  return (guint8 *) store->last + store->last->used;
}

/**
 * ph_store_commit:
 * @record: the record; its offset is not looked at
 * @payload: where its bytes lie inside what was reserved, not before the payload committed last
 *
 * Publishes a record. The writer.
 */
void
ph_store_commit (PhStore *store, const PhRecord *record, const guint8 *payload)
{
  PhChunk *chunk = store->last;
  guint32 count = chunk->count;
  PhRecord *place = ph_chunk_record (chunk, count);

  *place = *record;
  place->offset = (guint32) (payload - (guint8 *) chunk);
  chunk->used = place->offset + record->length;
  store->shown += !ph_record_is_silent (record);
  __atomic_store_n (&chunk->count, count + 1, __ATOMIC_RELEASE);
  atomic_store_explicit (&store->end, chunk->first_seq + count + 1, memory_order_release);
}

/**
 * ph_store_append:
 * @record: the record; @record->length tells the length of @payload, at most %PH_STORE_PAYLOAD_MAX
 * @payload: (nullable): copied
 *
 * Reserves, copies and commits. The writer.
 */
void
ph_store_append (PhStore *store, const PhRecord *record, gconstpointer payload)
{
  guint8 *place = ph_store_reserve (store, record->length, 1, NULL);

  if (record->length > 0)
    memcpy (place, payload, record->length);
  ph_store_commit (store, record, place);
}

/**
 * ph_store_is_over:
 *
 * The writer asks between two reads of a round.
 *
 * Returns: whether it was given a chunk that the limit does not allow (ph_store_poke()): then it takes commands before it reads more
 */
gboolean
ph_store_is_over (PhStore *store)
{
  guint64 held = atomic_load (&store->tail) - atomic_load (&store->head);
  guint64 slack = atomic_load (&store->full) == PH_STORE_PAUSE ? 0 : PH_STORE_SLACK;

  return held > atomic_load (&store->limit) / PH_STORE_CHUNK + slack;
}

/**
 * ph_store_take_limit_reached:
 *
 * The writer asks whether to tell the user, once, that the limit has begun to take the oldest records.
 *
 * Returns: %TRUE the first time after the limit took a chunk
 */
gboolean
ph_store_take_limit_reached (PhStore *store)
{
  if (!store->limit_reached || store->limit_taken)
    return FALSE;
  store->limit_taken = TRUE;
  return TRUE;
}

/**
 * ph_store_take_starved:
 *
 * The writer asks whether to tell the user, once, that the store cannot grow to its limit.
 *
 * Returns: the bytes that it holds; 0 if that was told, or is not so
 */
guint64
ph_store_take_starved (PhStore *store)
{
  if (!store->starved || store->starved_taken)
    return 0;
  store->starved_taken = TRUE;

  return (atomic_load (&store->tail) - atomic_load (&store->head)) * PH_STORE_CHUNK;
}

/**
 * ph_store_append_posted:
 *
 * Appends what other threads have posted. The writer, once in each round.
 */
void
ph_store_append_posted (PhStore *store)
{
  GQueue posted = G_QUEUE_INIT;
  GBytes *both;

  if (!atomic_load (&store->has_posted))
    return;
  g_mutex_lock (&store->post_mutex);
  posted = store->posted;
  g_queue_init (&store->posted);
  atomic_store (&store->has_posted, FALSE);
  g_mutex_unlock (&store->post_mutex);

  while ((both = g_queue_pop_head (&posted)) != NULL)
    {
      const guint8 *bytes = g_bytes_get_data (both, NULL);
      PhRecord record;

      memcpy (&record, bytes, sizeof record);
      ph_store_append (store, &record, bytes + sizeof record);
      g_bytes_unref (both);
    }
}

/**
 * ph_store_notify:
 *
 * Tells the reader, and the spool, that there is something new; wakes them only if they have looked since the last time.
 * The writer, once after each round of commits.
 */
void
ph_store_notify (PhStore *store)
{
  /* Sequentially consistent, as in ph_store_rearm(): either the reader sees the new end, or this sees it re-armed. */
  atomic_store (&store->end, store->last->first_seq + store->last->count);
  if (!atomic_exchange (&store->pending, TRUE) && store->wake != NULL)
    store->wake (store->wake_data);
  wake_spool (store, FALSE);
}
