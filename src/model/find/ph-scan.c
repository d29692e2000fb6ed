/* ph-scan.c: the thread that searches the records of a store for a finder
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-scan.h"

#include "ph-thread.h"

/* Shared by its owner and its thread, which may wait for the disk: the last one frees it. */
struct _PhScan
{
  PhStore *store; /* borrowed; the thread keeps it from being freed */
  PhScanFunc found;
  gpointer data;
  GThread *thread; /* NULL until the first search */

  int stop; /* atomic: the chunk that is being searched is not wanted any more */

  GMutex mutex; /* never held while searching; guards all that follow */
  GCond cond;
  PhSearch *search; /* the next search, until the thread takes it */
  gboolean active;  /* there is a search */
  gboolean quit;
  guint64 next, end; /* records that are to be searched */
  GArray *pieces;    /* of PhScanPiece: results that were not taken yet */
};

static void
piece_clear (gpointer data)
{
  g_free (((PhScanPiece *) data)->bits);
}

static GArray *
make_pieces (void)
{
  GArray *pieces = g_array_new (FALSE, FALSE, sizeof (PhScanPiece));

  g_array_set_clear_func (pieces, piece_clear);

  return pieces;
}

/* Searches the records from @next to @end, but only those in the chunk of @next. *@ret_piece becomes the result; it is empty if the
 * chunk is gone or cannot be read. Returns FALSE if the search was stopped. A file is not trusted: a chunk of it may have fewer
 * records than the next chunk says, or than it had when the file was opened. */
static gboolean
search_some (PhScan *self, PhSearch *search, guint64 next, guint64 end, PhScanPiece *ret_piece)
{
  guint64 number = ph_store_chunk_of (self->store, next), behind = ph_store_chunk_first (self->store, number + 1);
  g_autoptr (PhBlock) block = ph_store_hold (self->store, number);
  guint64 first_seq = block != NULL ? ph_block_get_chunk (block)->first_seq : 0;
  guint32 from, to;

  next = MAX (next, first_seq);
  end = MIN (end, behind);
  *ret_piece = (PhScanPiece) { .first = next };
  if (block == NULL || next >= MIN (end, first_seq + ph_block_count (block)))
    return TRUE;
  from = (guint32) (next - first_seq);
  to = (guint32) MIN (end - first_seq, ph_block_count (block));
  ret_piece->n = to - from;
  ret_piece->bits = g_new0 (guint64, (ret_piece->n + 63) / 64);

  if (!ph_search_chunk (search, ph_block_get_chunk (block), from, to, &self->stop, ret_piece->bits))
    return FALSE;
  ret_piece->n_unknown = ph_search_take_unknown (search, &ret_piece->unknown);

  return TRUE;
}

/* Called with the lock held. Returns FALSE if the thread is to end. */
static gboolean
wait_for_work (PhScan *self)
{
  while (!self->quit && self->search == NULL && !(self->active && self->next < self->end))
    g_cond_wait (&self->cond, &self->mutex);

  return !self->quit;
}

/* Called with the lock held. Takes over @piece, or frees it if another search was started meanwhile. Returns whether the found
 * function is to be called. */
static gboolean
deliver (PhScan *self, PhScanPiece *piece, gboolean whole)
{
  gboolean first = self->pieces->len == 0;

  if (!whole || !self->active || self->search != NULL)
    {
      piece_clear (piece);
      return FALSE;
    }
  self->next = piece->first + piece->n;
  g_array_append_val (self->pieces, *piece);

  return first;
}

static void
scan_clear (gpointer data)
{
  PhScan *self = data;

  g_clear_pointer (&self->search, ph_search_free);
  g_array_unref (self->pieces);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);
}

static gpointer
run (gpointer data)
{
  PhScan *self = data;
  PhSearch *search = NULL;

  g_mutex_lock (&self->mutex);
  while (wait_for_work (self))
    {
      guint64 next = self->next, end = self->end;
      PhScanPiece piece;
      gboolean whole, tell;

      if (self->search != NULL)
        {
          g_clear_pointer (&search, ph_search_free);
          search = g_steal_pointer (&self->search);
          g_atomic_int_set (&self->stop, 0);
          continue;
        }
      g_mutex_unlock (&self->mutex);
      whole = search_some (self, search, next, end, &piece);
      if (whole && piece.n == 0)
        piece.first = MIN (ph_store_step_over (self->store, next), end);
      g_mutex_lock (&self->mutex);
      tell = deliver (self, &piece, whole);
      /* With the lock, so that it is not called after ph_scan_free(). */
      if (tell && !self->quit)
        self->found (self->data);
    }
  g_mutex_unlock (&self->mutex);
  g_clear_pointer (&search, ph_search_free);
  ph_store_unref (self->store);
  g_atomic_rc_box_release_full (self, scan_clear);

  return NULL;
}

/**
 * ph_scan_new:
 * @store: outlives the scan
 * @found: (scope forever): called with @data on the scan's thread; must not call the scan
 *
 * Returns: (transfer full): a scan without a thread, which is started with the first search
 */
PhScan *
ph_scan_new (PhStore *store, PhScanFunc found, gpointer data)
{
  PhScan *self = g_atomic_rc_box_new0 (PhScan);

  self->store = store;
  self->found = found;
  self->data = data;
  self->pieces = make_pieces ();
  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);

  return self;
}

/**
 * ph_scan_free:
 *
 * Stops the search. Does not wait for the thread, which may wait for the disk: it ends as soon as it can, and the store is not freed
 * before.
 */
void
ph_scan_free (PhScan *self)
{
  ph_scan_stop (self);
  g_mutex_lock (&self->mutex);
  self->quit = TRUE;
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->mutex);
  g_clear_pointer (&self->thread, g_thread_unref);
  g_atomic_rc_box_release_full (self, scan_clear);
}

/* Called with the lock held. */
static void
forget (PhScan *self)
{
  g_atomic_int_set (&self->stop, 1);
  self->active = FALSE;
  g_clear_pointer (&self->search, ph_search_free);
  g_array_set_size (self->pieces, 0);
}

/**
 * ph_scan_start:
 * @search: (transfer full)
 * @first: the first record to search
 * @end: one after the last record; see ph_scan_advance()
 *
 * Starts a search. The one before is stopped, and its results are dropped.
 *
 * Returns: %FALSE with @error if the system starts no thread: then nothing is searched
 */
gboolean
ph_scan_start (PhScan *self, PhSearch *search, guint64 first, guint64 end, GError **error)
{
  g_mutex_lock (&self->mutex);
  forget (self);
  self->search = search;
  self->active = TRUE;
  self->next = first;
  self->end = end;
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->mutex);
  if (self->thread != NULL)
    return TRUE;
  ph_store_ref (self->store);
  self->thread = ph_thread_new ("find", run, g_atomic_rc_box_acquire (self), error);
  if (self->thread != NULL)
    return TRUE;
  g_atomic_rc_box_release (self);
  ph_store_unref (self->store);
  ph_scan_stop (self);

  return FALSE;
}

/**
 * ph_scan_stop:
 *
 * Stops the search and drops its results. Does not wait for the thread.
 */
void
ph_scan_stop (PhScan *self)
{
  g_mutex_lock (&self->mutex);
  forget (self);
  g_mutex_unlock (&self->mutex);
}

/**
 * ph_scan_advance:
 * @end: one after the last record that there is now
 *
 * Lets the search go on with new records.
 */
void
ph_scan_advance (PhScan *self, guint64 end)
{
  g_mutex_lock (&self->mutex);
  self->end = MAX (self->end, end);
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->mutex);
}

/**
 * ph_scan_take:
 *
 * Returns: (transfer full) (element-type PhScanPiece): the results since the last call, in order
 */
GArray *
ph_scan_take (PhScan *self)
{
  GArray *pieces = make_pieces ();
  GArray *taken;

  g_mutex_lock (&self->mutex);
  taken = self->pieces;
  self->pieces = pieces;
  g_mutex_unlock (&self->mutex);

  return taken;
}
