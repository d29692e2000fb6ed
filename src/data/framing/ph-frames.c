/* ph-frames.c: cuts the bytes of one flow into frames
 *
 * Every byte that comes is in exactly one frame, or in bytes that are in none. Where a frame ends does not depend on the pieces in which
 * it came, but for silence.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-frames.h"

#include "ph-framer-private.h"

#define READS_KEPT 64u /* reads that are over, before their places are forgotten */

/* A piece in which bytes came. */
typedef struct
{
  guint64 begin; /* place of its first byte in the flow */
  gint64 time;
} Read;

struct _PhFrames
{
  PhFrameRule *rule;
  PhFrameFunc func;
  gpointer data;

  PhScan scan;
  gsize left;       /* bytes of a frame that is too long, which still belong to it */
  guint64 place;    /* in the flow: where the next frame begins */
  gint64 last;      /* when bytes came last */
  guint read;       /* of @reads: the one that the next frame begins in */
  GArray *reads;    /* of Read */
  GByteArray *kept; /* bytes of a frame that has not ended */
};

/**
 * ph_frames_new:
 * @rule: a reference is kept
 * @func: is called for each frame, from within ph_frames_feed(), ph_frames_end() and ph_frames_pass()
 *
 * Returns: (transfer full)
 */
PhFrames *
ph_frames_new (PhFrameRule *rule, PhFrameFunc func, gpointer data)
{
  PhFrames *self = g_new0 (PhFrames, 1);

  self->rule = ph_frame_rule_ref (rule);
  self->func = func;
  self->data = data;
  self->scan.decoded = g_byte_array_new ();
  self->reads = g_array_new (FALSE, FALSE, sizeof (Read));
  self->kept = g_byte_array_new ();

  return self;
}

/** ph_frames_free: What has not ended is forgotten. */
void
ph_frames_free (PhFrames *self)
{
  g_byte_array_unref (self->scan.decoded);
  g_byte_array_unref (self->kept);
  g_array_unref (self->reads);
  ph_frame_rule_unref (self->rule);
  g_free (self);
}

/* ---- reads ---- */

static const Read *
read_at (const PhFrames *self, guint i)
{
  return &g_array_index (self->reads, Read, i);
}

static void
note_read (PhFrames *self, gsize kept, gint64 time)
{
  const Read read = { .begin = self->place + kept, .time = time };

  if (self->read > READS_KEPT)
    {
      g_array_remove_range (self->reads, 0, self->read);
      self->read = 0;
    }
  g_array_append_val (self->reads, read);
  self->last = time;
}

static void
step_reads (PhFrames *self, guint64 last)
{
  while (self->read + 1 < self->reads->len && read_at (self, self->read + 1)->begin <= last)
    self->read++;
}

/* ---- cutting ---- */

static void
restart (PhFrames *self)
{
  PhScan *scan = &self->scan;

  *scan = (PhScan){ .synced = scan->synced, .ended = scan->ended, .decoded = scan->decoded };
  g_byte_array_set_size (scan->decoded, 0);
}

static gsize
give_frame (PhFrames *self, PhFrame *frame)
{
  guint first;

  step_reads (self, self->place);
  first = self->read;
  frame->time = read_at (self, first)->time;
  self->place += frame->taken;
  step_reads (self, self->place - 1);
  frame->reads = self->read - first + 1;
  self->func (self->data, frame);
  restart (self);

  return frame->taken;
}

/* The first @taken bytes, as they are. */
static gsize
give (PhFrames *self, const guint8 *bytes, gsize taken, PhFrameFlags flags)
{
  PhFrame frame = { .bytes = bytes, .size = taken, .taken = taken, .flags = flags };

  return give_frame (self, &frame);
}

/* What the framer has found, all of which is there. */
static gsize
give_found (PhFrames *self, const guint8 *bytes)
{
  const PhScan *scan = &self->scan;
  PhFrame frame = { .bytes = bytes + scan->from, .size = scan->size, .taken = scan->length };

  frame.flags = scan->outside ? PH_FRAME_OUTSIDE : 0;
  if (scan->is_decoded)
    {
      frame.bytes = scan->decoded->data;
      frame.size = scan->decoded->len;
    }

  return give_frame (self, &frame);
}

/* A frame that is too long: pieces of it. Of one whose length is known the rest belongs to it too. */
static gsize
give_piece (PhFrames *self, const guint8 *bytes, gsize n)
{
  gsize piece = MIN (self->left, PH_FRAME_MOST);

  if (n < piece && !self->scan.ended)
    return 0;
  piece = MIN (piece, n);
  self->left -= piece;

  return give (self, bytes, piece, PH_FRAME_CUT | (piece == n && self->left > 0 && self->scan.ended ? PH_FRAME_UNFINISHED : 0));
}

static gboolean
scan_more (PhFrames *self, const guint8 *bytes, gsize n)
{
  const PhFramer *framer = ph_frame_rule_get_framer (self->rule);
  PhScan *scan = &self->scan;

  scan->bytes = bytes;
  scan->n = n;

  return framer->scan != NULL && framer->scan (self->rule, scan);
}

/* Cuts one frame off. Returns how many bytes it takes; 0: more are needed. */
static gsize
cut (PhFrames *self, const guint8 *bytes, gsize n)
{
  PhScan *scan = &self->scan;
  gsize least;

  if (self->left > 0)
    return give_piece (self, bytes, n);
  if (!scan_more (self, bytes, n))
    return n < PH_FRAME_MOST ? 0 : give (self, bytes, PH_FRAME_MOST, scan->outside ? PH_FRAME_OUTSIDE : PH_FRAME_CUT);
  least = scan->length;
  if (least <= PH_FRAME_MOST)
    return n < least ? 0 : give_found (self, bytes);
  if (scan->outside || !ph_frame_rule_get_framer (self->rule)->knows_length)
    return give (self, bytes, PH_FRAME_MOST, scan->outside ? PH_FRAME_OUTSIDE : PH_FRAME_CUT);
  self->left = least;

  return give_piece (self, bytes, n);
}

static gsize
cut_all (PhFrames *self, const guint8 *bytes, gsize n)
{
  gsize at = 0;

  for (gsize taken; at < n && (taken = cut (self, bytes + at, n - at)) > 0;)
    at += taken;

  return at;
}

static void
feed (PhFrames *self, const guint8 *bytes, gsize n)
{
  gsize taken;

  if (self->kept->len == 0)
    {
      taken = cut_all (self, bytes, n);
      g_byte_array_append (self->kept, bytes + taken, (guint) (n - taken));
      return;
    }
  g_byte_array_append (self->kept, bytes, (guint) n);
  taken = cut_all (self, self->kept->data, self->kept->len);
  g_byte_array_remove_range (self->kept, 0, (guint) taken);
}

/* What is kept ends here, as a frame if silence ends one. */
static void
end_kept (PhFrames *self, PhFrameFlags flags)
{
  if (self->kept->len > 0)
    give (self, self->kept->data, self->kept->len, self->scan.outside ? PH_FRAME_OUTSIDE : flags);
  g_byte_array_set_size (self->kept, 0);
}

/**
 * ph_frames_feed:
 * @bytes: what came in one piece: by one read, or in one datagram
 * @time: when, in ns
 */
void
ph_frames_feed (PhFrames *self, const guint8 *bytes, gsize n, gint64 time)
{
  gint64 gap = ph_frame_rule_get_gap (self->rule);

  if (n == 0)
    return;
  if (gap > 0 && self->kept->len > 0 && time - self->last >= gap)
    end_kept (self, 0);
  note_read (self, self->kept->len, time);
  feed (self, bytes, n);
}

/** ph_frames_end: The flow ends here, or a datagram whose frames do not go on in the next one. What is left has no end. */
void
ph_frames_end (PhFrames *self)
{
  gboolean gap = ph_frame_rule_get_gap (self->rule) > 0;

  self->scan.ended = TRUE;
  g_byte_array_remove_range (self->kept, 0, (guint) cut_all (self, self->kept->data, self->kept->len));
  end_kept (self, gap ? 0 : PH_FRAME_UNFINISHED);
  self->scan.ended = self->scan.synced = FALSE;
  self->left = 0;
  restart (self);
}

/** ph_frames_get_deadline: Returns: when silence ends what came so far, in ns; %G_MAXINT64: it does not */
gint64
ph_frames_get_deadline (const PhFrames *self)
{
  gint64 gap = ph_frame_rule_get_gap (self->rule);

  return gap > 0 && self->kept->len > 0 ? self->last + gap : G_MAXINT64;
}

/** ph_frames_pass: @now: ns: a frame whose deadline that is ends */
void
ph_frames_pass (PhFrames *self, gint64 now)
{
  if (now >= ph_frames_get_deadline (self))
    end_kept (self, 0);
}

/** ph_frames_get_kept: Returns: how many bytes have come of a frame that has not ended */
gsize
ph_frames_get_kept (const PhFrames *self)
{
  return self->kept->len;
}

/** ph_frames_cut: What is kept becomes a piece of a frame: for want of memory. */
void
ph_frames_cut (PhFrames *self)
{
  end_kept (self, PH_FRAME_CUT);
}
