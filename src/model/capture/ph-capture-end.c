/* ph-capture-end.c: ends captures on threads of their own, so that nobody waits for the disk
 *
 * To end a capture is to write to its file what the spool still has in memory, and then to free spool and store. On a slow disk that
 * takes as long as it takes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-capture-end.h"

#include "ph-thread.h"

typedef struct
{
  PhSpool *spool; /* nullable */
  PhStore *store;
} Ending;

static GMutex mutex; /* guards all of these */
static GCond cond;
static guint n_endings; /* threads that have not finished */
static GSourceFunc watcher;
static gpointer watcher_data;

static gpointer
end_cb (gpointer data)
{
  Ending *ending = data;

  g_clear_pointer (&ending->spool, ph_spool_free);
  ph_store_free (ending->store);
  g_free (ending);

  g_mutex_lock (&mutex);
  n_endings--;
  if (watcher != NULL)
    g_idle_add (watcher, watcher_data);
  g_cond_broadcast (&cond);
  g_mutex_unlock (&mutex);

  return NULL;
}

/**
 * ph_capture_end:
 * @spool: (transfer full) (nullable): writes @store to its file; %NULL if it was only read
 * @store: (transfer full): must have no reader and no writer any more
 *
 * Ends a capture, and closes its file. Returns at once, but where the system starts no thread waits for the disk. Any thread.
 */
void
ph_capture_end (PhSpool *spool, PhStore *store)
{
  Ending *ending = g_new0 (Ending, 1);

  ending->spool = spool;
  ending->store = store;
  g_mutex_lock (&mutex);
  n_endings++;
  g_mutex_unlock (&mutex);
  if (!ph_thread_run ("capture-end", end_cb, ending, NULL))
    end_cb (ending);
}

/**
 * ph_capture_end_wait:
 *
 * Waits until all captures that are being ended are on disk. Called before the program ends. Any thread.
 */
void
ph_capture_end_wait (void)
{
  g_mutex_lock (&mutex);
  while (n_endings > 0)
    g_cond_wait (&cond, &mutex);
  g_mutex_unlock (&mutex);
}

/**
 * ph_capture_end_watch:
 * @ended: (nullable): called with @data in the default main context after each end
 *
 * Replaces the function that was set before. Any thread.
 */
void
ph_capture_end_watch (GSourceFunc ended, gpointer data)
{
  g_mutex_lock (&mutex);
  watcher = ended;
  watcher_data = data;
  g_mutex_unlock (&mutex);
}
