/* ph-frames.h: cuts the bytes of one flow (one peer, one direction) into frames
 *
 * One thread at a time.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-framer.h"

G_BEGIN_DECLS

typedef enum
{
  PH_FRAME_OUTSIDE = 1 << 0,    /* bytes that are in no frame */
  PH_FRAME_CUT = 1 << 1,        /* a piece of a frame that is longer than %PH_FRAME_MOST */
  PH_FRAME_UNFINISHED = 1 << 2, /* its end never came */
} PhFrameFlags;

/**
 * PhFrame: what was cut.
 * @bytes: what is stored of it; valid during the call only
 * @taken: bytes of the flow that it is made of
 * @time: when its first byte came, in ns
 * @reads: in how many pieces it came
 */
typedef struct
{
  const guint8 *bytes;
  gsize size;
  gsize taken;
  gint64 time;
  guint reads;
  PhFrameFlags flags;
} PhFrame;

typedef void (*PhFrameFunc) (gpointer data, const PhFrame *frame);

typedef struct _PhFrames PhFrames;

PhFrames *ph_frames_new (PhFrameRule *rule, PhFrameFunc func, gpointer data);
void ph_frames_free (PhFrames *frames);
void ph_frames_feed (PhFrames *frames, const guint8 *bytes, gsize n, gint64 time);
void ph_frames_end (PhFrames *frames);
gint64 ph_frames_get_deadline (const PhFrames *frames);
void ph_frames_pass (PhFrames *frames, gint64 now);
gsize ph_frames_get_kept (const PhFrames *frames);
void ph_frames_cut (PhFrames *frames);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhFrames, ph_frames_free)

G_END_DECLS
