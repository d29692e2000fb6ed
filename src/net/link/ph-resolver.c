/* ph-resolver.c: looks up the addresses of names on threads of its own, because the system's resolver blocks
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-resolver.h"

#include "ph-thread.h"

#define THREADS 8 /* look-ups at a time, for the whole program */

GArray *(*ph_resolver_ask) (const char *host, guint16 port, GError **error) = ph_plat_resolve;

typedef struct
{
  PhPlace place;
  guint64 id;
  PhResolvedFunc func;
  gpointer data;
  GDestroyNotify destroy;
} Job;

static GMutex mutex;  /* guards what follows */
static GQueue waiting; /* of Job */
static guint n_threads;

static void
answer (Job *job, GArray *addrs, GError *error)
{
  job->func (job->id, addrs, error, job->data);
  job->destroy (job->data);
  ph_place_clear (&job->place);
  g_free (job);
}

/* FALSE if there is none, and the calling thread ends. */
static gboolean
take_job (Job **ret_job)
{
  g_mutex_lock (&mutex);
  *ret_job = g_queue_pop_head (&waiting);
  if (*ret_job == NULL)
    n_threads--;
  g_mutex_unlock (&mutex);

  return *ret_job != NULL;
}

static gpointer
run_jobs (gpointer unused)
{
  Job *job;

  while (take_job (&job))
    {
      GError *error = NULL;
      GArray *addrs = ph_resolver_ask (job->place.name, (guint16) MAX (job->place.port, 0), &error);

      answer (job, addrs, error);
    }

  return NULL;
}

/**
 * ph_resolver_start:
 * @place: an IP place with a name; its port goes into what is found, 0 for %PH_PORT_UNSET
 * @id: passed to @func
 * @func: called on another thread with the answer, which may take long; or at once, where the system starts no thread
 * @data: (transfer full): for @func
 * @destroy: called for @data after @func
 *
 * Any thread; returns at once.
 */
void
ph_resolver_start (const PhPlace *place, guint64 id, PhResolvedFunc func, gpointer data, GDestroyNotify destroy)
{
  Job *job = g_new (Job, 1);
  GError *error = NULL;
  gboolean alone;

  *job = (Job){ .id = id, .func = func, .data = data, .destroy = destroy };
  ph_place_set (&job->place, place);
  g_mutex_lock (&mutex);
  g_queue_push_tail (&waiting, job);
  if (n_threads < THREADS && ph_thread_run ("resolver", run_jobs, NULL, &error))
    n_threads++;
  alone = n_threads == 0;
  if (alone)
    g_queue_remove (&waiting, job);
  g_mutex_unlock (&mutex);
  if (alone)
    answer (job, NULL, g_steal_pointer (&error));
  g_clear_error (&error);
}
