/* ph-refresh.c: calls a function once a frame while a store gets records, and not at all otherwise
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-refresh.h"

#define FRAME (16 * G_TIME_SPAN_MILLISECOND)

struct _PhRefresh
{
  GSource source;

  PhRefreshFunc look;
  gpointer data;

  gint64 next; /* monotonic µs: not called before */
  gint64 pause; /* µs from one call to the next, at least */

  /* borrowed */
  PhStore *store;
};

static gboolean
ph_refresh_dispatch (GSource *source, GSourceFunc callback, gpointer data)
{
  PhRefresh *refresh = (PhRefresh *) source;
  gint64 now = g_source_get_time (source);
  PhRefreshNext next;

  /* Each chunk that was read back wakes it. */
  if (now < refresh->next)
    {
      g_source_set_ready_time (source, refresh->next);
      return G_SOURCE_CONTINUE;
    }
  refresh->next = now + refresh->pause;

  /* Before anything else: as soon as the store is armed, another thread sets the ready time. */
  g_source_set_ready_time (source, -1);

  /* The callback may call ph_refresh_free(). The main loop holds a reference to the source until this returns. */
  next = refresh->look (refresh->data);
  if (next == PH_REFRESH_AGAIN)
    g_source_set_ready_time (source, refresh->next);
  else if (next == PH_REFRESH_SLEEP && !g_source_is_destroyed (source) && !ph_store_rearm (refresh->store))
    g_source_set_ready_time (source, 0);

  return G_SOURCE_CONTINUE;
}

static GSourceFuncs ph_refresh_funcs = { .dispatch = ph_refresh_dispatch };

/**
 * ph_refresh_new:
 * @look: called in the thread-default main context of the caller
 *
 * Returns: (transfer full): asleep until ph_refresh_wake()
 */
PhRefresh *
ph_refresh_new (PhRefreshFunc look, gpointer data)
{
  GSource *source = g_source_new (&ph_refresh_funcs, sizeof (PhRefresh));
  PhRefresh *refresh = (PhRefresh *) source;

  refresh->look = look;
  refresh->data = data;
  refresh->pause = FRAME;
  g_source_set_static_name (source, "PhRefresh");
  g_source_attach (source, g_main_context_get_thread_default ());

  return refresh;
}

/**
 * ph_refresh_free:
 * @refresh: (transfer full): no other thread may use it any more
 */
void
ph_refresh_free (PhRefresh *refresh)
{
  g_source_destroy (&refresh->source);
  g_source_unref (&refresh->source);
}

/**
 * ph_refresh_set_store:
 * @store: armed when a callback finds nothing new; its wake function is ph_refresh_wake()
 *
 * Must be called before the first ph_refresh_wake().
 */
void
ph_refresh_set_store (PhRefresh *refresh, PhStore *store)
{
  refresh->store = store;
}

/** ph_refresh_set_pause: @pause: µs from one call to the next, at least: where nothing is drawn, less than a frame */
void
ph_refresh_set_pause (PhRefresh *refresh, gint64 pause)
{
  refresh->pause = pause;
}

/**
 * ph_refresh_wake:
 * @refresh: a #PhRefresh; without a type, so that this is a #PhStoreWakeFunc
 *
 * Any thread.
 */
void
ph_refresh_wake (gpointer refresh)
{
  g_source_set_ready_time (refresh, 0);
}
