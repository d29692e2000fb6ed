/* ph-frames.c: looks at a store once a frame while there is something new, and not at all while there is not
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-frames.h"

#define FRAME (16 * G_TIME_SPAN_MILLISECOND)

struct _PhFrames
{
  GSource source;

  guint64 count;
  PhFramesFunc look;
  gpointer data;

  /* borrowed */
  PhStore *store;
};

static gboolean
ph_frames_dispatch (GSource *source, GSourceFunc callback, gpointer data)
{
  PhFrames *frames = (PhFrames *) source;
  gint64 next = g_source_get_time (source) + FRAME;

  /* First of all, for once the store is armed, another thread sets the ready time. */
  g_source_set_ready_time (source, -1);
  frames->count++;

  /* A look may end in ph_frames_free(); the main loop's own reference keeps the source until this returns. */
  if (frames->look (frames->data))
    g_source_set_ready_time (source, next);
  else if (!g_source_is_destroyed (source) && !ph_store_rearm (frames->store))
    g_source_set_ready_time (source, 0);

  return G_SOURCE_CONTINUE;
}

static GSourceFuncs ph_frames_funcs = { .dispatch = ph_frames_dispatch };

/**
 * ph_frames_new:
 * @look: called in the thread-default main context of the caller
 * @data: for @look
 *
 * Returns: (transfer full): asleep until ph_frames_wake()
 */
PhFrames *
ph_frames_new (PhFramesFunc look, gpointer data)
{
  GSource *source = g_source_new (&ph_frames_funcs, sizeof (PhFrames));
  PhFrames *frames = (PhFrames *) source;

  frames->look = look;
  frames->data = data;
  g_source_set_static_name (source, "PhFrames");
  g_source_attach (source, g_main_context_get_thread_default ());

  return frames;
}

/**
 * ph_frames_free:
 * @frames: (transfer full): to which no other thread holds on any more
 */
void
ph_frames_free (PhFrames *frames)
{
  g_source_destroy (&frames->source);
  g_source_unref (&frames->source);
}

/**
 * ph_frames_set_store:
 * @frames: the frames
 * @store: what to arm when a look finds nothing; its wake function is ph_frames_wake(). Before the first wake.
 */
void
ph_frames_set_store (PhFrames *frames, PhStore *store)
{
  frames->store = store;
}

/**
 * ph_frames_wake:
 * @frames: the frames; a pointer without a type because it is a #PhStoreWakeFunc
 *
 * Any thread.
 */
void
ph_frames_wake (gpointer frames)
{
  g_source_set_ready_time (frames, 0);
}

/**
 * ph_frames_count:
 * @frames: the frames
 *
 * Returns: how many looks there were
 */
guint64
ph_frames_count (PhFrames *frames)
{
  return frames->count;
}
