/* ph-store-room.c: room for the next chunk of a store: within the memory limit, and where the system gives no more memory
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-store-private.h"

#define MEMORY_EVERY (100 * G_TIME_SPAN_MILLISECOND) /* how often memory is asked for again */
#define DISK_PATIENCE G_TIME_SPAN_SECOND /* how long the disk may take for a chunk where there is no memory */

/* Notes where the oldest chunk in memory is from now on: on file, or dropped. Called with the reading lock. */
static void
remember_gone (PhStore *store, const PhChunk *chunk, gboolean on_file)
{
  Gone gone = { .first_seq = chunk->first_seq, .shown = chunk->shown, .count = ph_chunk_count (chunk), .on_file = on_file };

  /* Dropped chunks before everything else need no entry: the store just begins later. */
  if (!on_file && store->gone->len == 0)
    {
      store->base = chunk->number + 1;
      atomic_store (&store->first_seq, MAX (atomic_load (&store->first_seq), chunk->first_seq + ph_chunk_count (chunk)));
      return;
    }
  g_array_append_val (store->gone, gone);
}

/* The first record that a slow thread still wants. */
static guint64
find_kept (PhStore *store)
{
  guint64 kept = G_MAXUINT64;

  for (guint i = 0; i < PH_STORE_N_KEEPERS; i++)
    kept = MIN (kept, atomic_load (&store->kept[i]));

  return kept;
}

/* Whether the oldest chunk may leave memory, and whether it stays on file. With a spool, nothing is dropped before the slack is
 * used up. A chunk that is being written counts as on file; if that fails, ph_store_end_write() corrects it. Called with the
 * reading lock. */
static gboolean
may_take (PhStore *store, guint64 head, gboolean over, gboolean *ret_on_file)
{
  const PhChunk *chunk = block_at (store, head)->chunk;

  if (head + 1 >= atomic_load (&store->tail))
    return FALSE;
  *ret_on_file = store->file != PH_FILE_NONE && head < atomic_load (&store->spooled);
  if (*ret_on_file)
    return TRUE;
  /* There is no reader any more, but the spool may still write the chunk. */
  if (atomic_load (&store->abandoned))
    return over || store->file == PH_FILE_NONE;
  *ret_on_file = store->writing != NULL && store->writing->number == head;

  return atomic_load (&store->full) == PH_STORE_DROP_OLDEST && (over || store->file == PH_FILE_NONE)
         && chunk->first_seq + ph_chunk_count (chunk) <= MIN (atomic_load (&store->released), find_kept (store));
}

/* Takes the oldest chunk out of memory, if that is allowed. Without @wait only if nobody is reading. @over: the slack is used
 * up. */
static PhBlock *
take_head (PhStore *store, gboolean wait, gboolean over)
{
  PhBlock *block = NULL;
  gboolean on_file = FALSE;
  guint64 head;

  if (wait)
    g_mutex_lock (&store->reading);
  else if (!g_mutex_trylock (&store->reading))
    return NULL;

  head = atomic_load (&store->head);
  if (may_take (store, head, over, &on_file))
    {
      block = block_at (store, head);
      if (!on_file)
        {
          atomic_fetch_add (&store->dropped, ph_store_count_lost (store, block->chunk));
          store->limit_reached = TRUE;
        }
      remember_gone (store, block->chunk, on_file);
      atomic_store (&store->slots[head % SLOTS], NULL);
      atomic_store (&store->head, head + 1);
    }
  g_mutex_unlock (&store->reading);

  return block;
}

/* What decides whether there is room. */
typedef struct
{
  guint64 head, released, kept, spooled, limit;
  int full;
} Room;

static Room
look_for_room (PhStore *store)
{
  return (Room){ .head = atomic_load (&store->head),
                 .released = atomic_load (&store->released),
                 .kept = find_kept (store),
                 .spooled = atomic_load (&store->spooled),
                 .limit = atomic_load (&store->limit),
                 .full = atomic_load (&store->full) };
}

static gboolean
has_changed (PhStore *store, const Room *before)
{
  const Room now = look_for_room (store);

  return now.head != before->head || now.released != before->released || now.kept != before->kept
         || now.spooled != before->spooled || now.limit != before->limit || now.full != before->full;
}

/* Sleeps until something has changed that may make room. @before was taken before room was looked for, so that a change in
 * between is noticed too. */
static void
wait_for_room (PhStore *store, const Room *before)
{
  atomic_store (&store->stalled, TRUE);
  ph_store_notify (store);
  g_mutex_lock (&store->wait_mutex);
  store->waiting = TRUE;
  while (!has_changed (store, before) && !atomic_load (&store->abandoned) && !store->poked)
    g_cond_wait (&store->wait_cond, &store->wait_mutex);
  store->waiting = FALSE;
  g_mutex_unlock (&store->wait_mutex);
}

static gboolean
take_poke (PhStore *store)
{
  gboolean poked;

  g_mutex_lock (&store->wait_mutex);
  poked = store->poked;
  store->poked = FALSE;
  g_mutex_unlock (&store->wait_mutex);

  return poked;
}

/* Another part of the program may give memory back, which nobody tells: so it is asked for again after a while. */
static void
wait_for_memory (PhStore *store)
{
  gint64 until = g_get_monotonic_time () + MEMORY_EVERY;

  atomic_store (&store->stalled, TRUE);
  ph_store_notify (store);
  g_mutex_lock (&store->wait_mutex);
  store->waiting = TRUE;
  g_cond_wait_until (&store->wait_cond, &store->wait_mutex, until);
  store->waiting = FALSE;
  g_mutex_unlock (&store->wait_mutex);
}

/* A chunk that nobody else holds is used again. */
static void
recycle (PhStore *store, PhBlock *block)
{
  if (store->spare == NULL && atomic_load (&block->refs) == 1)
    store->spare = block;
  else
    ph_block_release (block);
}

/* Whether there is a chunk to go on with. */
static gboolean
has_spare (PhStore *store)
{
  if (store->spare == NULL)
    store->spare = ph_block_new ();

  return store->spare != NULL;
}

/**
 * ph_store_make_room:
 *
 * Makes room for one more chunk, which is the spare one afterwards. The writer. Waits only if nothing may be taken away. Where the
 * system gives no more memory, what is held is the limit, and the disk gets a moment before records are dropped that it does not have.
 */
void
ph_store_make_room (PhStore *store)
{
  gint64 patience = 0;

  for (;;)
    {
      const Room room = look_for_room (store);
      guint64 held = atomic_load (&store->tail) - room.head, allowed = room.limit / PH_STORE_CHUNK;
      gboolean over = held >= allowed + PH_STORE_SLACK;
      /* The slack is for the time of a read section. If the user chose to pause, the limit is exact. */
      gboolean must = over || (held >= allowed && room.full == PH_STORE_PAUSE && !atomic_load (&store->abandoned));
      gboolean starved = held < allowed && !has_spare (store);
      PhBlock *block;

      if (held < allowed && !starved)
        break;
      if (starved && patience == 0)
        patience = g_get_monotonic_time () + DISK_PATIENCE;
      store->starved |= starved;
      block = take_head (store, must || starved, over || (starved && g_get_monotonic_time () >= patience));
      if (block != NULL)
        recycle (store, block);
      else if (starved)
        wait_for_memory (store);
      else if (must && !(take_poke (store) && held + 1 < SLOTS))
        wait_for_room (store, &room);
      else if (has_spare (store))
        break;
      else
        wait_for_memory (store);
    }
  atomic_store (&store->stalled, FALSE);
}
