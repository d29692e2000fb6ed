/* ph-frames.h: looks at a store once a frame while there is something new, and not at all while there is not
 *
 * Any thread wakes it; it then calls back in the main loop, again and again a frame apart, until a look finds nothing.
 * Then it arms the store's wake-up and sleeps.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-store.h"

G_BEGIN_DECLS

typedef struct _PhFrames PhFrames;

/* Returns: whether there was anything new. */
typedef gboolean (*PhFramesFunc) (gpointer data);

PhFrames *ph_frames_new (PhFramesFunc look, gpointer data);
void ph_frames_free (PhFrames *frames);
void ph_frames_set_store (PhFrames *frames, PhStore *store);
void ph_frames_wake (gpointer frames);
guint64 ph_frames_count (PhFrames *frames);

G_END_DECLS
