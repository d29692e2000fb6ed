/* ph-store-back.c: chunks that the reader wants from the file: a thread reads them back, and the newest are kept
 *
 * The reader asks for a chunk whenever it looks for a record that is on file only. A request is served at the end of the read section,
 * the newest one first, and the reader is woken after each. Requests have a limit in number and in time. So one may get lost; but there
 * is another one then, and who still wants the chunk asks again when woken.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-store-private.h"
#include "ph-thread.h"

#include <glib/gi18n.h>

#define ASKED_LONGEST G_TIME_SPAN_SECOND /* an older request is dropped after a read */
#define LINGER G_TIME_SPAN_SECOND        /* how long the thread waits for more to do before it ends */
#define RECENT 4u                        /* read sections: chunks looked at in these stay, up to PH_STORE_BACK_MOST */
#define RETRY 10u                        /* s: a chunk that could not be read is tried again after this, if it is asked for */

/**
 * ph_store_is_on_file:
 *
 * Called with the reading lock.
 *
 * Returns: whether a chunk is on file and not in memory
 */
gboolean
ph_store_is_on_file (PhStore *store, guint64 number)
{
  return number >= store->base && number < atomic_load (&store->head) && number < atomic_load (&store->spooled)
         && g_array_index (store->gone, Gone, number - store->base).on_file;
}

/* ---- what was read ---- */

/**
 * ph_store_find_back:
 *
 * The reader, inside a read section.
 *
 * Returns: (nullable) (transfer none): a chunk that was read back
 */
PhBlock *
ph_store_find_back (PhStore *store, guint64 number)
{
  if (store->hit != NULL && store->hit->number == number)
    return store->hit;
  for (guint i = store->back->len; i > 0; i--)
    {
      PhBlock *block = store->back->pdata[i - 1];

      if (block->number != number)
        continue;
      block->used = store->sections;
      store->hit = block;
      return block;
    }

  return NULL;
}

/* What was looked at last comes first. */
static int
compare_use (gconstpointer a, gconstpointer b)
{
  const PhBlock *left = *(PhBlock *const *) a, *right = *(PhBlock *const *) b;

  return left->used > right->used ? -1 : left->used < right->used;
}

/* Takes chunks away that were not looked at for long, if there are too many. Called with the reading lock. */
static void
trim (PhStore *store)
{
  guint keep = PH_STORE_BACK_MAX / 2;

  if (store->back->len <= PH_STORE_BACK_MAX)
    return;
  g_ptr_array_sort (store->back, compare_use);
  while (keep < MIN (store->back->len, PH_STORE_BACK_MOST)
         && ((PhBlock *) store->back->pdata[keep])->used + RECENT > store->sections)
    keep++;
  store->hit = NULL;
  g_ptr_array_set_size (store->back, (gint) keep);
}

/* Whether this program only reads the file. */
static gboolean
is_foreign (PhStore *store)
{
  return atomic_load (&store->head) == atomic_load (&store->tail);
}

/* Checks a chunk of a file that this program only reads. The last chunk need not be sealed: the header has told already that
 * the file was not ended. */
static void
note_proof (PhStore *store, Gone *gone, const PhChunk *chunk, gboolean proven)
{
  gboolean last = chunk->number + 1 == atomic_load (&store->tail);

  gone->checked = TRUE;
  if (!proven && !(last && (chunk->state & PH_CHUNK_SEALED) == 0) && gone->shown + 1 < atomic_load (&store->changed))
    atomic_store (&store->changed, gone->shown + 1);
}

/* Notes which of the records of a chunk it has, which may be fewer than the header said when the file was opened. */
static void
note_extent (PhStore *store, Gone *gone, PhBlock *block)
{
  guint64 from = MAX (block->chunk->first_seq, gone->first_seq), end = block->chunk->first_seq + ph_block_count (block);

  gone->skip = (guint32) MIN (from - gone->first_seq, PH_CHUNK_RECORDS_MAX);
  gone->count = end > from && gone->skip == from - gone->first_seq ? (guint32) MIN (end - from, PH_CHUNK_RECORDS_MAX) : 0;
  gone->failed = FALSE;
}

static void
note_failure (PhStore *store, guint64 number, const char *why)
{
  Gone *gone = &g_array_index (store->gone, Gone, number - store->base);

  gone->failed = TRUE;
  gone->failed_at = (guint32) (g_get_monotonic_time () / G_TIME_SPAN_SECOND);
  if (g_strcmp0 (store->failure, why) == 0)
    return;
  g_free (store->failure);
  store->failure = g_strdup (why);
}

/* A read that is going on. */
typedef struct
{
  guint64 number;
  gboolean check, proven;
  PhBlock *block;
  GError *error;
} Read;

/* Reads a chunk. Called with the reading lock, which is not held meanwhile. */
static void
read_chunk (PhStore *store, Read *read)
{
  read->check = is_foreign (store) && !g_array_index (store->gone, Gone, read->number - store->base).checked;
  g_mutex_unlock (&store->reading);
  read->block = ph_block_new_read (store->file, read->number, read->check ? &read->proven : NULL, &read->error);
  g_mutex_lock (&store->reading);
}

/* Keeps what was read, unless the chunk was discarded or read otherwise meanwhile. Called with the reading lock. */
static void
keep_read (PhStore *store, Read *read)
{
  g_autoptr (PhBlock) block = g_steal_pointer (&read->block);
  g_autoptr (GError) error = g_steal_pointer (&read->error);
  Gone *gone;

  store->hit = NULL;
  if (!ph_store_is_on_file (store, read->number) || ph_store_find_back (store, read->number) != NULL)
    return;
  gone = &g_array_index (store->gone, Gone, read->number - store->base);
  if (block == NULL)
    {
      note_failure (store, read->number, error->message);
      return;
    }
  if (read->check)
    note_proof (store, gone, block->chunk, read->proven);
  note_extent (store, gone, block);
  block->used = store->sections;
  if (gone->count > 0)
    g_ptr_array_add (store->back, g_steal_pointer (&block));
}

/**
 * ph_store_read_now:
 * @number: of a chunk for which ph_store_may_ask() is %TRUE
 *
 * Reads a chunk back on this thread. The reader, inside a read section, which is interrupted.
 */
void
ph_store_read_now (PhStore *store, guint64 number)
{
  Read read = { .number = number };

  read_chunk (store, &read);
  store->sections += RECENT; /* who waits for each chunk goes through them in order */
  keep_read (store, &read);
  trim (store);
}

/* ---- requests ---- */

/**
 * ph_store_may_ask:
 * @number: of a chunk that is not in memory
 *
 * Called with the reading lock.
 *
 * Returns: whether it can be read back, as far as is known
 */
gboolean
ph_store_may_ask (PhStore *store, guint64 number)
{
  const Gone *gone;

  if (!ph_store_is_on_file (store, number))
    return FALSE;
  gone = &g_array_index (store->gone, Gone, number - store->base);

  return !gone->failed && gone->count > 0;
}

static gboolean
is_to_be_tried_again (PhStore *store, guint64 number)
{
  const Gone *gone = &g_array_index (store->gone, Gone, number - store->base);

  return gone->failed && (guint32) (g_get_monotonic_time () / G_TIME_SPAN_SECOND) - gone->failed_at >= RETRY;
}

/**
 * ph_store_ask:
 * @number: of a chunk that is on file only
 *
 * Asks for a chunk. A request that is there already becomes the newest one. The reader, inside a read section.
 */
void
ph_store_ask (PhStore *store, guint64 number)
{
  PhStoreAsk ask = { .number = number };

  if (store->loading == number || (!ph_store_may_ask (store, number) && !is_to_be_tried_again (store, number)))
    return;
  for (guint i = store->asked->len; i > 0; i--)
    {
      if (g_array_index (store->asked, PhStoreAsk, i - 1).number != number)
        continue;
      if (i == store->asked->len)
        return; /* the same as for the record before */
      g_array_remove_index (store->asked, i - 1);
    }
  if (store->asked->len == PH_STORE_ASKED_MAX)
    g_array_remove_index (store->asked, 0);
  ask.when = g_get_monotonic_time ();
  g_array_append_val (store->asked, ask);
}

/* ---- the thread ---- */

/* Takes the newest request. Waits a little for one. FALSE if the thread is to end. Called with the reading lock. */
static gboolean
take_ask (PhStore *store, guint64 *ret_number)
{
  gint64 until = g_get_monotonic_time () + LINGER;

  while (store->asked->len == 0 && !atomic_load (&store->abandoned))
    if (!g_cond_wait_until (&store->asked_cond, &store->reading, until))
      break;
  if (store->asked->len == 0 || atomic_load (&store->abandoned))
    return FALSE;
  *ret_number = g_array_index (store->asked, PhStoreAsk, store->asked->len - 1).number;
  g_array_set_size (store->asked, store->asked->len - 1);

  return TRUE;
}

static void
drop_old_asks (PhStore *store)
{
  gint64 oldest = g_get_monotonic_time () - ASKED_LONGEST;
  guint n = 0;

  while (n < store->asked->len && g_array_index (store->asked, PhStoreAsk, n).when < oldest)
    n++;
  if (n > 0)
    g_array_remove_range (store->asked, 0, n);
}

/* Called with the reading lock, so that nobody is woken after ph_store_abandon(). */
static void
wake_reader (PhStore *store)
{
  atomic_store (&store->loaded, TRUE);
  if (store->wake != NULL && !atomic_load (&store->abandoned))
    store->wake (store->wake_data);
}

static gpointer
load (gpointer data)
{
  PhStore *store = data;
  Read read = { 0 };

  g_mutex_lock (&store->reading);
  while (take_ask (store, &read.number))
    {
      if (!ph_store_is_on_file (store, read.number))
        continue;
      store->loading = read.number;
      read_chunk (store, &read);
      store->loading = G_MAXUINT64;
      keep_read (store, &read);
      drop_old_asks (store);
      wake_reader (store);
    }
  store->loader = FALSE;
  g_mutex_unlock (&store->reading);
  ph_store_unref (store);

  return NULL;
}

/* Without a thread nothing can be read. That is told as if the disk had failed, and tried again as then. */
static void
fail_all (PhStore *store, const char *why)
{
  for (guint i = 0; i < store->asked->len; i++)
    {
      guint64 number = g_array_index (store->asked, PhStoreAsk, i).number;

      if (ph_store_is_on_file (store, number))
        note_failure (store, number, why);
    }
  g_array_set_size (store->asked, 0);
  wake_reader (store);
}

/**
 * ph_store_begin_loading:
 *
 * Has the chunks read that were asked for, and takes old ones away. The reader, at the end of a read section.
 */
void
ph_store_begin_loading (PhStore *store)
{
  g_autoptr (GError) error = NULL;

  trim (store);
  if (store->asked->len == 0)
    return;
  if (store->loader)
    {
      g_cond_signal (&store->asked_cond);
      return;
    }
  store->loader = ph_thread_run ("load", load, ph_store_ref (store), &error);
  if (store->loader)
    return;
  ph_store_unref (store);
  fail_all (store, error->message);
}

/**
 * ph_store_take_loaded:
 *
 * The reader asks when it was woken.
 *
 * Returns: whether chunks were read back since the last call, or could not be
 */
gboolean
ph_store_take_loaded (PhStore *store)
{
  return atomic_exchange (&store->loaded, FALSE);
}
