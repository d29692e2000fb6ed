/* ph-resolver.c: looks up the addresses of names on pool threads, because the system's resolver blocks
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-resolver.h"

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

static void
run_job (gpointer item, gpointer unused)
{
  Job *job = item;
  GError *error = NULL;
  GArray *addrs = ph_resolver_ask (job->place.name, (guint16) MAX (job->place.port, 0), &error);

  job->func (job->id, addrs, error, job->data);
  job->destroy (job->data);
  ph_place_clear (&job->place);
  g_free (job);
}

/**
 * ph_resolver_start:
 * @place: an IP place with a name; its port goes into what is found, 0 for %PH_PORT_UNSET
 * @id: passed to @func
 * @func: called on a pool thread with the answer, which may take long
 * @data: (transfer full): for @func
 * @destroy: called for @data after @func
 *
 * Any thread; returns at once.
 */
void
ph_resolver_start (const PhPlace *place, guint64 id, PhResolvedFunc func, gpointer data, GDestroyNotify destroy)
{
  static GThreadPool *pool;
  Job *job = g_new (Job, 1);

  if (g_once_init_enter (&pool))
    g_once_init_leave (&pool, g_thread_pool_new (run_job, NULL, THREADS, FALSE, NULL));

  *job = (Job){ .id = id, .func = func, .data = data, .destroy = destroy };
  ph_place_set (&job->place, place);
  g_thread_pool_push (pool, job, NULL);
}
