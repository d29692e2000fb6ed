/* ph-store.c: the chunks that hold a session's records
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-store.h"

#include <stdatomic.h>
#include <string.h>

#define SLOTS (PH_STORE_LIMIT_MAX / PH_STORE_CHUNK + PH_STORE_SLACK + 1)

/* The head of a chunk, the same in memory and on disk. Native byte order, told by byte_order. */
typedef struct
{
  char magic[8];
  guint32 byte_order;
  guint32 header_size;
  guint32 record_size;
  guint32 chunk_size;
  guint64 number;    /* of the chunk in its stream: its place in a file is number × chunk_size */
  guint64 first_seq; /* sequence number of its first record */
  _Atomic guint32 count;
  guint32 used; /* bytes from the start of the chunk, header included, that hold payload */
  guint8 reserved[16];
} Chunk;

G_STATIC_ASSERT (sizeof (Chunk) == 64);
G_STATIC_ASSERT (sizeof (Chunk) + PH_STORE_PAYLOAD_MAX + sizeof (PhRecord) <= PH_STORE_CHUNK);

struct _PhStore
{
  PhStoreWakeFunc wake;
  gpointer wake_data;

  /* Shared. Chunks [head, tail) are held, chunk k in slots[k % SLOTS]. */
  _Atomic (Chunk *) *slots;
  _Atomic guint64 head;
  _Atomic guint64 tail;
  _Atomic guint64 first_seq; /* of the head, or what discard left of it */
  _Atomic guint64 end;       /* sequence number of the next record */
  _Atomic guint64 released;  /* the reader is done with all before this */
  _Atomic guint64 dropped;   /* records that the limit took */
  _Atomic guint64 limit;
  _Atomic gboolean pending;
  _Atomic gboolean abandoned;
  GMutex reading; /* held by the reader in a read section, and by whoever takes chunks away */

  /* The writer waits here while everything held is unread. */
  GMutex wait_mutex;
  GCond wait_cond;
  gboolean waiting;

  /* The writer's own. */
  Chunk *last;
  Chunk *spare;
  gboolean limit_reached, limit_taken;

  /* The reader's own: where the last record was found. */
  guint64 found;
};

static Chunk *
chunk_at (PhStore *store, guint64 number)
{
  return atomic_load_explicit (&store->slots[number % SLOTS], memory_order_acquire);
}

static PhRecord *
chunk_record (Chunk *chunk, guint32 index)
{
  return (PhRecord *) ((guint8 *) chunk + PH_STORE_CHUNK) - 1 - index;
}

static guint32
chunk_count (Chunk *chunk)
{
  return atomic_load_explicit (&chunk->count, memory_order_acquire);
}

/* Bytes between the payloads and the records. The writer's view. */
static gsize
chunk_room (Chunk *chunk)
{
  guint32 count = atomic_load_explicit (&chunk->count, memory_order_relaxed);

  return PH_STORE_CHUNK - count * sizeof (PhRecord) - chunk->used;
}

static void
chunk_init (Chunk *chunk, guint64 number, guint64 first_seq)
{
  memset (chunk, 0, sizeof *chunk);
  memcpy (chunk->magic, "PHCHUNK1", sizeof chunk->magic);
  chunk->byte_order = 0x01020304;
  chunk->header_size = sizeof (Chunk);
  chunk->record_size = sizeof (PhRecord);
  chunk->chunk_size = PH_STORE_CHUNK;
  chunk->number = number;
  chunk->first_seq = first_seq;
  chunk->used = sizeof (Chunk);
}

/* Takes the oldest chunk out of the store; the caller holds the reading lock and owns what it gets. Tells how many
 * records go with it: those that were discarded before are gone already. */
static Chunk *
steal_head (PhStore *store, guint64 *ret_n_records)
{
  guint64 head = atomic_load (&store->head);
  Chunk *chunk = chunk_at (store, head);
  guint64 next_seq = chunk_at (store, head + 1)->first_seq;
  guint64 first_seq = atomic_load (&store->first_seq);

  *ret_n_records = next_seq > first_seq ? next_seq - first_seq : 0;
  atomic_store (&store->slots[head % SLOTS], NULL);
  atomic_store (&store->head, head + 1);
  if (first_seq < next_seq)
    atomic_store (&store->first_seq, next_seq);

  return chunk;
}

static void
push_chunk (PhStore *store)
{
  guint64 number = atomic_load (&store->tail);
  guint64 seq = store->last != NULL ? store->last->first_seq + store->last->count : 0;
  Chunk *chunk = store->spare != NULL ? g_steal_pointer (&store->spare) : g_malloc (PH_STORE_CHUNK);

  chunk_init (chunk, number, seq);
  atomic_store_explicit (&store->slots[number % SLOTS], chunk, memory_order_release);
  atomic_store_explicit (&store->tail, number + 1, memory_order_release);
  store->last = chunk;
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
  PhStore *store = g_new0 (PhStore, 1);

  store->wake = wake;
  store->wake_data = data;
  store->slots = g_malloc0 (SLOTS * sizeof *store->slots);
  g_mutex_init (&store->reading);
  g_mutex_init (&store->wait_mutex);
  g_cond_init (&store->wait_cond);
  ph_store_set_limit (store, limit);
  push_chunk (store);

  return store;
}

/**
 * ph_store_free:
 * @store: (transfer full): a store that neither thread uses any more
 */
void
ph_store_free (PhStore *store)
{
  for (guint64 k = store->head; k < store->tail; k++)
    g_free (chunk_at (store, k));
  g_free (store->spare);
  g_free (store->slots);
  g_mutex_clear (&store->reading);
  g_mutex_clear (&store->wait_mutex);
  g_cond_clear (&store->wait_cond);
  g_free (store);
}

/**
 * ph_store_set_limit:
 * @store: a store
 * @limit: bytes, clamped
 *
 * Takes effect when the next chunk begins. Any thread.
 */
void
ph_store_set_limit (PhStore *store, guint64 limit)
{
  atomic_store (&store->limit, CLAMP (limit, PH_STORE_LIMIT_MIN, PH_STORE_LIMIT_MAX));
}

/**
 * ph_store_get_limit:
 * @store: a store
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
 * ph_store_abandon:
 * @store: a store
 *
 * Says that the reader will not read again, so the writer never waits for it. Any thread.
 */
void
ph_store_abandon (PhStore *store)
{
  g_mutex_lock (&store->wait_mutex);
  atomic_store (&store->abandoned, TRUE);
  g_cond_signal (&store->wait_cond);
  g_mutex_unlock (&store->wait_mutex);
}

/* ---- the writer ---- */

/* Takes the oldest chunk if the reader is done with it; without @wait, only if the reader is not looking just now. */
static Chunk *
take_head (PhStore *store, gboolean wait, guint64 *ret_n_records)
{
  Chunk *chunk = NULL;
  guint64 next;

  if (wait)
    g_mutex_lock (&store->reading);
  else if (!g_mutex_trylock (&store->reading))
    return NULL;

  next = atomic_load (&store->head) + 1;
  if (next < atomic_load (&store->tail)
      && (atomic_load (&store->abandoned) || chunk_at (store, next)->first_seq <= atomic_load (&store->released)))
    chunk = steal_head (store, ret_n_records);
  g_mutex_unlock (&store->reading);

  return chunk;
}

/* Sleeps until the reader has moved on from @head or @released. */
static void
wait_for_reader (PhStore *store, guint64 head, guint64 released)
{
  ph_store_notify (store);
  g_mutex_lock (&store->wait_mutex);
  store->waiting = TRUE;
  while (atomic_load (&store->released) == released && atomic_load (&store->head) == head
         && !atomic_load (&store->abandoned))
    g_cond_wait (&store->wait_cond, &store->wait_mutex);
  store->waiting = FALSE;
  g_mutex_unlock (&store->wait_mutex);
}

static void
recycle (PhStore *store, Chunk *chunk, guint64 n_records)
{
  atomic_fetch_add (&store->dropped, n_records);
  store->limit_reached = TRUE;
  g_free (store->spare);
  store->spare = chunk;
}

/* Makes room for one chunk more: politely first, waiting only when the slack is used up. */
static void
make_room (PhStore *store)
{
  for (;;)
    {
      guint64 head = atomic_load (&store->head);
      guint64 released = atomic_load (&store->released);
      guint64 held = atomic_load (&store->tail) - head;
      guint64 allowed = atomic_load (&store->limit) / PH_STORE_CHUNK;
      gboolean must = held >= allowed + PH_STORE_SLACK;
      guint64 n_records = 0;
      Chunk *chunk;

      if (held < allowed)
        return;
      chunk = take_head (store, must, &n_records);
      if (chunk != NULL)
        recycle (store, chunk, n_records);
      else if (must)
        wait_for_reader (store, head, released);
      else
        return;
    }
}

/**
 * ph_store_reserve:
 * @store: a store
 * @payload: bytes needed together, at most %PH_STORE_PAYLOAD_MAX
 * @n_records: how many records will be committed into the place, at most a few hundred
 * @ret_size: (out) (optional): bytes there are, @payload or more
 *
 * The writer. Waits only if everything held is unread and the slack is used up.
 *
 * Returns: where payload may be written; good until the next reserve or append
 */
guint8 *
ph_store_reserve (PhStore *store, gsize payload, guint n_records, gsize *ret_size)
{
  gsize records = n_records * sizeof (PhRecord);

  if (chunk_room (store->last) < payload + records)
    {
      make_room (store);
      push_chunk (store);
    }
  if (ret_size != NULL)
    *ret_size = chunk_room (store->last) - records;

  return (guint8 *) store->last + store->last->used;
}

/**
 * ph_store_commit:
 * @store: a store
 * @record: the record; its offset is not looked at
 * @payload: where its bytes lie inside what was reserved, not before the payload committed last
 *
 * Publishes a record. The writer.
 */
void
ph_store_commit (PhStore *store, const PhRecord *record, const guint8 *payload)
{
  Chunk *chunk = store->last;
  guint32 count = atomic_load_explicit (&chunk->count, memory_order_relaxed);
  PhRecord *place = chunk_record (chunk, count);

  *place = *record;
  place->offset = (guint32) (payload - (guint8 *) chunk);
  chunk->used = place->offset + record->length;
  atomic_store_explicit (&chunk->count, count + 1, memory_order_release);
  atomic_store_explicit (&store->end, chunk->first_seq + count + 1, memory_order_release);
}

/**
 * ph_store_append:
 * @store: a store
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
 * ph_store_take_limit_reached:
 * @store: a store
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
 * ph_store_notify:
 * @store: a store
 *
 * Tells the reader that there is something new; wakes it only if it has looked since the last time. The writer, once
 * after each round of commits.
 */
void
ph_store_notify (PhStore *store)
{
  /* Sequentially consistent, as in ph_store_rearm(): either the reader sees the new end, or this sees it re-armed. */
  atomic_store (&store->end, store->last->first_seq + chunk_count (store->last));
  if (!atomic_exchange (&store->pending, TRUE) && store->wake != NULL)
    store->wake (store->wake_data);
}

/* ---- the reader ---- */

static void
wake_writer (PhStore *store)
{
  g_mutex_lock (&store->wait_mutex);
  if (store->waiting)
    g_cond_signal (&store->wait_cond);
  g_mutex_unlock (&store->wait_mutex);
}

/**
 * ph_store_first:
 * @store: a store
 *
 * The reader.
 *
 * Returns: sequence number of the oldest record held
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
 * The reader.
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
  g_mutex_unlock (&store->reading);
}

/* The number of the chunk that holds @seq, which is known to be held. */
static guint64
find_chunk (PhStore *store, guint64 seq)
{
  guint64 low = atomic_load (&store->head), high = atomic_load (&store->tail) - 1;

  if (store->found >= low && store->found <= high && chunk_at (store, store->found)->first_seq <= seq)
    {
      low = store->found;
      if (low == high || chunk_at (store, low + 1)->first_seq > seq)
        return low;
    }
  while (low < high)
    {
      guint64 middle = low + (high - low + 1) / 2;

      if (chunk_at (store, middle)->first_seq <= seq)
        low = middle;
      else
        high = middle - 1;
    }

  return store->found = low;
}

/**
 * ph_store_get:
 * @store: a store
 * @seq: a sequence number
 * @ret_payload: (out) (optional): the record's bytes
 *
 * The reader, inside a read section, whose end ends what is returned.
 *
 * Returns: (nullable) (transfer none): the record; %NULL if it is gone or not there yet
 */
const PhRecord *
ph_store_get (PhStore *store, guint64 seq, const guint8 **ret_payload)
{
  PhRecord *record;
  Chunk *chunk;
  guint64 index;

  if (seq < atomic_load (&store->first_seq))
    return NULL;
  chunk = chunk_at (store, find_chunk (store, seq));
  index = seq - chunk->first_seq;
  if (index >= chunk_count (chunk))
    return NULL;

  record = chunk_record (chunk, (guint32) index);
  if (ret_payload != NULL)
    *ret_payload = (const guint8 *) chunk + record->offset;

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
  wake_writer (store);
}

/**
 * ph_store_discard:
 * @store: a store
 * @seq: a sequence number, at most the end
 *
 * Forgets what is before @seq because the user asked to. The reader, outside of a read section.
 */
void
ph_store_discard (PhStore *store, guint64 seq)
{
  guint64 ignored;

  ph_store_begin_read (store);
  while (atomic_load (&store->head) + 1 < atomic_load (&store->tail)
         && chunk_at (store, atomic_load (&store->head) + 1)->first_seq <= seq)
    g_free (steal_head (store, &ignored));
  if (atomic_load (&store->first_seq) < seq)
    atomic_store (&store->first_seq, seq);
  ph_store_end_read (store);
  wake_writer (store);
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
