/* ph-spool.c: the thread that writes a store's chunks to a file while they fill
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-spool.h"

#include <string.h>

#include "ph-proof.h"
#include "ph-store-private.h"
#include "ph-thread.h"
#include "ph-words.h"

#define PART_EVERY G_TIME_SPAN_SECOND /* how long records of an unfinished chunk wait at most */

struct _PhSpool
{
  PhStore *store; /* borrowed */
  char *path;
  GThread *thread;
  _Atomic int state; /* a PhSpoolState */
  _Atomic guint64 size_most;  /* bytes that the file may have */
  _Atomic guint64 space_least; /* bytes that stay free on the disk */

  GMutex mutex;
  GCond cond;       /* something has changed: */
  gboolean news;    /* the writer has something */
  gboolean hurry;   /* what there is, at once */
  gboolean stop;
  gboolean wanted;  /* the file */
  GCond done;       /* a chunk is written, nothing is left to write, or it cannot be written */
  guint64 rounds;   /* finished */

  /* The thread's own. */
  gboolean create;      /* there is no file yet */
  guint64 next;         /* chunk to write next */
  guint32 written;      /* records of it that are on file */
  gsize written_end;    /* bytes of it that are, from its start */
  gboolean ending;      /* nothing comes after what is in the store */
  PhChunk sealed;       /* the header that was written last; its state is 0 if that chunk is not sealed */
  guint32 sealed_body;  /* of a sealed one: the checksum of what is behind it */
};

/* ---- writing ---- */

static gboolean
write_at (PhSpool *spool, gsize place, gconstpointer bytes, gsize length, GError **error)
{
  return length == 0 || ph_plat_file_write (spool->store->file, spool->next * PH_CHUNK_SIZE + place, bytes, length, error);
}

/* Writes what of a chunk is not on file yet: payloads, then records, and the header that counts them last of all. A chunk to
 * which nothing is added any more is sealed. */
static gboolean
write_chunk (PhSpool *spool, PhBlock *block, guint32 count, gboolean full, GError **error)
{
  const PhChunk *chunk = ph_block_get_chunk (block);
  gsize end = ph_chunk_end (chunk, count), records = PH_CHUNK_SIZE - count * sizeof (PhRecord);
  gboolean seal = full || spool->ending;
  guint32 body = seal ? ph_proof_sum_body (chunk, count) : 0;
  PhChunk head;

  ph_chunk_init (&head, chunk->number, chunk->first_seq);
  head.count = count;
  head.used = (guint32) end;
  head.shown = chunk->shown;
  if (seal)
    ph_proof_seal_head (&head, body, !full);
  if (!write_at (spool, spool->written_end, (const guint8 *) chunk + spool->written_end, end - spool->written_end, error)
      || !write_at (spool, records, (const guint8 *) chunk + records, (count - spool->written) * sizeof (PhRecord), error)
      || !write_at (spool, 0, &head, sizeof head, error))
    return FALSE;
  spool->written = count;
  spool->written_end = end;
  spool->sealed = head;
  spool->sealed_body = body;

  return TRUE;
}

static void
begin_chunk (PhSpool *spool, guint64 number)
{
  spool->next = number;
  spool->written = 0;
  spool->written_end = sizeof (PhChunk);
}

/* The last chunk is empty, so the file ends with the one before: its header has to say so. */
static gboolean
mark_end (PhSpool *spool, GError **error)
{
  if ((spool->sealed.state & PH_CHUNK_SEALED) == 0 || spool->sealed.number + 1 != spool->next)
    return TRUE;
  ph_proof_seal_head (&spool->sealed, spool->sealed_body, TRUE);

  return ph_plat_file_write (spool->store->file, spool->sealed.number * PH_CHUNK_SIZE, &spool->sealed, sizeof spool->sealed, error);
}

/* Whether the file may become a chunk longer. */
static gboolean
may_grow (PhSpool *spool, GError **error)
{
  guint64 reserve = atomic_load (&spool->space_least);

  if ((spool->next + 1) * PH_CHUNK_SIZE > atomic_load (&spool->size_most))
    {
      ph_error_set (error, PH_ERROR_LIMIT, "captures-full", ph_error_why (PH_ERROR_LIMIT));
      return FALSE;
    }
  if (reserve > 0 && ph_plat_file_free_space (spool->store->file) < reserve + PH_CHUNK_SIZE)
    {
      ph_error_set (error, PH_ERROR_NO_SPACE, "low-disk", ph_error_why (PH_ERROR_NO_SPACE));
      return FALSE;
    }

  return TRUE;
}

/* Whether the next chunk, of which @count records are in memory, has to be written: for the first time, for new records, or to
 * be sealed. */
static gboolean
has_work (PhSpool *spool, guint32 count, gboolean full)
{
  return count > spool->written || (count > 0 && (full || spool->ending));
}

/* Writes what is new in the next chunk. FALSE with @error if that failed. @ret_more: whether a further chunk follows. */
static gboolean
write_next (PhSpool *spool, gboolean *ret_more, GError **error)
{
  gboolean full = spool->next + 1 < atomic_load (&spool->store->tail), done = TRUE;
  PhBlock *block = ph_store_begin_write (spool->store, spool->next);
  guint32 count = block != NULL ? ph_block_count (block) : 0;

  *ret_more = full;
  if (has_work (spool, count, full))
    done = (spool->written > 0 || may_grow (spool, error)) && write_chunk (spool, block, count, full, error);
  else if (spool->ending && !full)
    done = mark_end (spool, error);
  if (block != NULL)
    ph_store_end_write (spool->store, block, done);
  if (!done)
    return FALSE;
  if (full)
    {
      begin_chunk (spool, spool->next + 1);
      atomic_store (&spool->store->spooled, spool->next);
      ph_store_wake_writer (spool->store);
      g_mutex_lock (&spool->mutex);
      g_cond_broadcast (&spool->done);
      g_mutex_unlock (&spool->mutex);
    }

  return TRUE;
}

/* ---- telling ---- */

static void
post (PhSpool *spool, PhRecordKind kind, guint16 detail, const char *action, const char *cause)
{
  g_autofree char *name = g_filename_display_name (spool->path);
  PhRecord record = { .time = g_get_real_time () * 1000, .kind = (guint8) kind, .detail = detail };
  PhWords words;

  ph_words_init (&words, action, name);
  ph_words_add (&words, "cause", cause);
  if (g_strcmp0 (cause, "low-disk") == 0)
    ph_words_add_number (&words, "reserve", atomic_load (&spool->space_least));
  record.length = (guint32) words.length;
  ph_store_post (spool->store, &record, words.bytes);
}

static void
set_state (PhSpool *spool, PhSpoolState state, const GError *error)
{
  int before = atomic_exchange (&spool->state, (int) state);

  if (before == (int) state)
    return;
  if (state == PH_SPOOL_BROKEN)
    post (spool, PH_RECORD_ERROR, (guint16) error->code, "write", ph_error_get_cause (error));
  else if (state == PH_SPOOL_SLOW)
    post (spool, PH_RECORD_NOTE, 0, "write", "slow");
  else
    post (spool, PH_RECORD_NOTE, 0, "write", before == PH_SPOOL_SLOW ? "keeps-up" : "again");
}

/* How much waits when the disk counts as too slow. */
static guint64
too_much (PhSpool *spool)
{
  return (ph_store_get_limit (spool->store) + PH_STORE_SLACK * PH_CHUNK_SIZE) / 2;
}

/* Only while writing works: after a failure there always is a backlog. */
static void
watch_speed (PhSpool *spool)
{
  guint64 backlog = ph_spool_get_backlog (spool);
  int state = atomic_load (&spool->state);

  if (state == PH_SPOOL_WRITING && backlog >= too_much (spool))
    set_state (spool, PH_SPOOL_SLOW, NULL);
  else if (state == PH_SPOOL_SLOW && backlog < too_much (spool) / 8)
    set_state (spool, PH_SPOOL_WRITING, NULL);
}

/* ---- the thread ---- */

/* Sleeps until there is something to write. A full chunk is written at once, a part of one after PART_EVERY. FALSE at the end. */
static gboolean
wait_for_work (PhSpool *spool)
{
  int state = atomic_load (&spool->state);
  gboolean broken = state == PH_SPOOL_BROKEN, absent = state == PH_SPOOL_ABSENT, stop;
  gint64 until;

  g_mutex_lock (&spool->mutex);
  spool->rounds++;
  g_cond_broadcast (&spool->done);
  while ((!spool->news || absent) && !spool->hurry && !spool->stop && !broken)
    g_cond_wait (&spool->cond, &spool->mutex);
  until = g_get_monotonic_time () + PART_EVERY;
  while (!spool->hurry && !spool->stop
         && (broken || spool->next + 1 >= atomic_load (&spool->store->tail)))
    if (!g_cond_wait_until (&spool->cond, &spool->mutex, until))
      break;
  spool->news = spool->hurry = FALSE;
  atomic_store (&spool->store->unsaved, FALSE);
  stop = spool->stop;
  g_mutex_unlock (&spool->mutex);

  return !stop;
}

/* FALSE if the end comes first. */
static gboolean
wait_until_wanted (PhSpool *spool)
{
  gboolean wanted;

  g_mutex_lock (&spool->mutex);
  while (!spool->wanted && !spool->stop)
    g_cond_wait (&spool->cond, &spool->mutex);
  wanted = spool->wanted;
  g_mutex_unlock (&spool->mutex);

  return wanted;
}

/* Makes the folder and the file. */
static void
create (PhSpool *spool)
{
  g_autofree char *folder = g_path_get_dirname (spool->path);
  g_autoptr (GError) error = NULL;
  PhFile file;

  /* If this fails, so does creating the file, which reports the reason. */
  g_mkdir_with_parents (folder, 0700);
  file = ph_plat_file_create (spool->path, &error);
  spool->create = FALSE;
  if (file == PH_FILE_NONE)
    {
      atomic_store (&spool->state, PH_SPOOL_ABSENT);
      post (spool, PH_RECORD_ERROR, (guint16) error->code, "create", ph_error_get_cause (error));
      return;
    }
  g_mutex_lock (&spool->store->reading);
  spool->store->file = file;
  g_mutex_unlock (&spool->store->reading);
}

static void
write_all (PhSpool *spool)
{
  g_autoptr (GError) error = NULL;
  gboolean more = TRUE;

  if (atomic_load (&spool->state) == PH_SPOOL_ABSENT)
    return;
  while (more)
    {
      if (!write_next (spool, &more, &error))
        {
          set_state (spool, PH_SPOOL_BROKEN, error);
          return;
        }
      watch_speed (spool);
    }
  set_state (spool, PH_SPOOL_WRITING, NULL);
}

static gpointer
run (gpointer data)
{
  PhSpool *spool = data;

  if (spool->create && !wait_until_wanted (spool))
    return NULL;
  if (spool->create)
    create (spool);
  while (wait_for_work (spool))
    write_all (spool);
  spool->ending = TRUE;
  write_all (spool);

  return NULL;
}

/* ---- for others ---- */

/* Called on the writer's thread, for each full chunk and once for the first record since the spool looked. */
static void
news_cb (gpointer data)
{
  PhSpool *spool = data;

  g_mutex_lock (&spool->mutex);
  spool->news = TRUE;
  g_cond_signal (&spool->cond);
  g_mutex_unlock (&spool->mutex);
}

static void
spool_free (PhSpool *spool)
{
  spool->store->spool_wake = NULL;
  g_mutex_clear (&spool->mutex);
  g_cond_clear (&spool->cond);
  g_cond_clear (&spool->done);
  g_free (spool->path);
  g_free (spool);
}

static PhSpool *
spool_new (PhStore *store, const char *path)
{
  PhSpool *spool = g_new0 (PhSpool, 1);

  spool->store = store;
  spool->path = g_strdup (path);
  spool->size_most = G_MAXUINT64;
  begin_chunk (spool, 0);
  g_mutex_init (&spool->mutex);
  g_cond_init (&spool->cond);
  g_cond_init (&spool->done);
  store->spool_wake = news_cb;
  store->spool_data = spool;

  return spool;
}

/**
 * ph_spool_new:
 * @store: a store without a file, before its writer is started; outlives the spool
 * @path: (type filename): a file that does not exist
 * @error: why not
 *
 * Creates the file and starts the thread. Waits for the disk, so not on the main thread of a program with a window.
 *
 * Returns: (transfer full) (nullable): a spool
 */
PhSpool *
ph_spool_new (PhStore *store, const char *path, GError **error)
{
  PhFile file = ph_plat_file_create (path, error);
  PhSpool *spool;

  if (file == PH_FILE_NONE)
    return NULL;
  spool = spool_new (store, path);
  store->file = file;
  spool->thread = ph_thread_new ("spool", run, spool, error);
  if (spool->thread != NULL)
    return spool;
  store->file = PH_FILE_NONE;
  ph_plat_file_close (file);
  ph_plat_file_remove (path);
  spool_free (spool);

  return NULL;
}

/**
 * ph_spool_new_later:
 * @store: as for ph_spool_new()
 * @path: (type filename): a file that does not exist, in a folder that may not exist
 * @error: there is no thread for it
 *
 * Starts the thread, which makes the folder and the file when ph_spool_begin() asks for it; until then records stay in memory. If it
 * cannot, an error record says so, and the state is %PH_SPOOL_ABSENT.
 *
 * Returns: (transfer full) (nullable): a spool
 */
PhSpool *
ph_spool_new_later (PhStore *store, const char *path, GError **error)
{
  PhSpool *spool = spool_new (store, path);

  spool->create = TRUE;
  atomic_store (&spool->state, PH_SPOOL_WAITING);
  spool->thread = ph_thread_new ("spool", run, spool, error);
  if (spool->thread != NULL)
    return spool;
  spool_free (spool);

  return NULL;
}

/**
 * ph_spool_begin:
 * @spool: from ph_spool_new_later()
 *
 * Has the file made, with all records that are in the store. Does nothing the second time. Any thread.
 */
void
ph_spool_begin (PhSpool *spool)
{
  g_mutex_lock (&spool->mutex);
  if (atomic_load (&spool->state) == PH_SPOOL_WAITING)
    atomic_store (&spool->state, PH_SPOOL_WRITING);
  spool->wanted = TRUE;
  g_cond_signal (&spool->cond);
  g_mutex_unlock (&spool->mutex);
}

/**
 * ph_spool_end:
 * @spool: a spool; the writer of its store has ended
 *
 * Writes what is not on file yet, and ends the file in order. The store can go on reading from it. Waits for the disk.
 */
void
ph_spool_end (PhSpool *spool)
{
  if (spool->thread == NULL)
    return;
  g_mutex_lock (&spool->mutex);
  spool->stop = TRUE;
  g_cond_signal (&spool->cond);
  g_mutex_unlock (&spool->mutex);
  g_thread_join (g_steal_pointer (&spool->thread));
  spool->store->spool_wake = NULL;
}

/**
 * ph_spool_free:
 * @spool: (transfer full): a spool; the writer of its store has ended
 *
 * Ends the file as ph_spool_end() does. The file stays.
 */
void
ph_spool_free (PhSpool *spool)
{
  ph_spool_end (spool);
  spool_free (spool);
}

/**
 * ph_spool_flush:
 *
 * Writes all records that are committed, and waits until that is done or has failed. Any thread but the spool's own; waits
 * for a disk, so not the main one in a program with a window.
 */
void
ph_spool_flush (PhSpool *spool)
{
  guint64 target, tail = atomic_load (&spool->store->tail);

  if (atomic_load (&spool->state) == PH_SPOOL_WAITING)
    return;
  g_mutex_lock (&spool->mutex);
  target = spool->rounds + 2; /* the round that may be running has seen less */
  while (spool->rounds < target && atomic_load (&spool->store->spooled) < tail) /* a round may have no end in a flood */
    {
      spool->hurry = TRUE;
      g_cond_signal (&spool->cond);
      g_cond_wait (&spool->done, &spool->mutex);
    }
  g_mutex_unlock (&spool->mutex);
}

/**
 * ph_spool_get_path:
 *
 * Returns: (type filename) (transfer none): its file
 */
const char *
ph_spool_get_path (PhSpool *spool)
{
  return spool->path;
}

/**
 * ph_spool_get_state:
 *
 * Any thread.
 *
 * Returns: whether it can write; also %PH_SPOOL_SLOW while a single write takes very long
 */
PhSpoolState
ph_spool_get_state (PhSpool *spool)
{
  int state = atomic_load (&spool->state);

  return state == PH_SPOOL_WRITING && ph_spool_get_backlog (spool) >= too_much (spool) ? PH_SPOOL_SLOW : (PhSpoolState) state;
}

/**
 * ph_spool_set_limits:
 * @size: bytes that its file may have; %G_MAXUINT64 for any number
 * @reserve: bytes that stay free on the disk
 *
 * What does not fit stays in memory, as if it could not be written. Any thread.
 */
void
ph_spool_set_limits (PhSpool *spool, guint64 size, guint64 reserve)
{
  atomic_store (&spool->size_most, size);
  atomic_store (&spool->space_least, reserve);
}

/**
 * ph_spool_get_written:
 *
 * Any thread.
 *
 * Returns: bytes of the file, without the chunk that is being filled
 */
guint64
ph_spool_get_written (PhSpool *spool)
{
  return atomic_load (&spool->store->spooled) * PH_CHUNK_SIZE;
}

/**
 * ph_spool_get_backlog:
 *
 * Any thread.
 *
 * Returns: bytes of the full chunks that are not written yet
 */
guint64
ph_spool_get_backlog (PhSpool *spool)
{
  guint64 tail = atomic_load (&spool->store->tail), spooled = atomic_load (&spool->store->spooled);

  return tail > spooled + 1 ? (tail - spooled - 1) * PH_CHUNK_SIZE : 0;
}
