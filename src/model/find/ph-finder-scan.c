/* ph-finder-scan.c: the thread of a finder: searches chunk by chunk, and sleeps when there is nothing new
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-finder-scan.h"

struct _PhScan
{
  PhStore *store;
  PhScanFunc found;
  gpointer data;
  GThread *thread;

  int stop; /* atomic: what is being searched is not wanted any more */

  GMutex mutex; /* never held while searching; guards these: */
  GCond cond;
  PhSearch *search; /* waits for the thread; NULL once that has it, or if there is none */
  gboolean active, quit;
  guint64 next, end;
  GArray *pieces; /* of PhScanPiece */
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

/* Searches what the chunk with record @next has before @end, and before the next chunk, whatever a file says of that. @ret_piece
 * gets what was searched, perhaps nothing. */
static gboolean
search_some (PhScan *self, PhSearch *search, guint64 next, guint64 end, PhScanPiece *ret_piece)
{
  guint64 number = ph_store_chunk_of (self->store, next), behind = ph_store_chunk_first (self->store, number + 1);
  g_autoptr (PhBlock) block = ph_store_hold (self->store, number);
  guint64 first_seq = block != NULL ? ph_block_get_chunk (block)->first_seq : 0;
  guint32 from, to;

  next = MAX (next, first_seq); /* of a file that was cut since it was opened, there are fewer */
  end = MIN (end, behind);
  *ret_piece = (PhScanPiece) { .first = next };
  if (block == NULL || next >= MIN (end, first_seq + ph_block_count (block)))
    return TRUE;
  from = (guint32) (next - first_seq);
  to = (guint32) MIN (end - first_seq, ph_block_count (block));
  ret_piece->n = to - from;
  ret_piece->bits = g_new0 (guint64, (ret_piece->n + 63) / 64);

  return ph_search_chunk (search, ph_block_get_chunk (block), from, to, &self->stop, ret_piece->bits);
}

/* What the limit took meanwhile, or cannot be read from the file, is stepped over. Of the first chunk of a file there may be only
 * what comes behind @next. */
static guint64
step_over (PhScan *self, guint64 next, guint64 end)
{
  guint64 first = ph_store_first (self->store), number = ph_store_chunk_of (self->store, next);

  if (first <= next)
    first = ph_store_chunk_first (self->store, number);
  if (first <= next)
    first = ph_store_chunk_first (self->store, number + 1);

  return CLAMP (first, next + 1, end);
}

/* With the lock. Waits for something to do; FALSE at the end. */
static gboolean
wait_for_work (PhScan *self)
{
  while (!self->quit && self->search == NULL && !(self->active && self->next < self->end))
    g_cond_wait (&self->cond, &self->mutex);

  return !self->quit;
}

/* With the lock. Hands over what was found, unless nobody wants it any more. Returns whether somebody is to be told. */
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
        piece.first = step_over (self, next, end);
      g_mutex_lock (&self->mutex);
      tell = deliver (self, &piece, whole);
      if (tell)
        {
          g_mutex_unlock (&self->mutex);
          self->found (self->data);
          g_mutex_lock (&self->mutex);
        }
    }
  g_mutex_unlock (&self->mutex);
  g_clear_pointer (&search, ph_search_free);

  return NULL;
}

/**
 * ph_scan_new:
 * @store: outlives the scan
 * @found: (scope forever): called on the scan's thread
 * @data: for @found
 *
 * Returns: (transfer full): a scan; its thread is started with the first search
 */
PhScan *
ph_scan_new (PhStore *store, PhScanFunc found, gpointer data)
{
  PhScan *self = g_new0 (PhScan, 1);

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
 * @scan: a scan
 *
 * Waits for its thread, which gives up what it does.
 */
void
ph_scan_free (PhScan *self)
{
  ph_scan_stop (self);
  g_mutex_lock (&self->mutex);
  self->quit = TRUE;
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->mutex);
  if (self->thread != NULL)
    g_thread_join (self->thread);
  g_clear_pointer (&self->search, ph_search_free);
  g_array_unref (self->pieces);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);
  g_free (self);
}

/* With the lock. */
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
 * @scan: a scan
 * @search: (transfer full): what to look for from now on; what was looked for before is forgotten
 * @first: the first record to look at
 * @end: the one behind the last, for now
 *
 * Main thread.
 */
void
ph_scan_start (PhScan *self, PhSearch *search, guint64 first, guint64 end)
{
  g_mutex_lock (&self->mutex);
  forget (self);
  self->search = search;
  self->active = TRUE;
  self->next = first;
  self->end = end;
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->mutex);
  if (self->thread == NULL)
    self->thread = g_thread_new ("find", run, self);
}

/**
 * ph_scan_stop:
 * @scan: a scan
 *
 * Looks for nothing any more. Does not wait. Main thread.
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
 * @scan: a scan
 * @end: there are more records now: this is behind the last
 *
 * Main thread.
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
 * @scan: a scan
 *
 * Main thread.
 *
 * Returns: (transfer full) (element-type PhScanPiece): what has been searched since the last call, in order
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
