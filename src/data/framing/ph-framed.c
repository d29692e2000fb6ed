/* ph-framed.c: a store of frames, made from a store of what arrived
 *
 * A frame is a record: its time is that of its first byte, and its place in the order is that of its last one. So times may step back.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-framed.h"

struct _PhFramed
{
  PhStore *from, *to;
  PhFrameRule *rule;

  guint64 next;     /* the record that is read next */
  guint64 number;   /* of the last record that was read, counted as they are shown */
  guint64 missing;  /* records that were gone before they were read */
  gboolean gap;     /* there may be some before @next */
  PhBlock *block;   /* nullable: has the record before @next */

  GHashTable *flows; /* guint64 key → Flow */
  GQueue order;      /* of Flow: those that have bytes of a frame which has not ended, the oldest first */
  gsize kept;        /* bytes that they have */
  gint64 deadline;   /* the first of theirs, or sooner */
};

/* One peer and one direction. */
typedef struct
{
  PhFramed *framed;
  PhFrames *frames;
  PhRecord record; /* what came last: a frame is like it */
  GList link;      /* in @order, if it has bytes */
  gsize kept;
} Flow;

/* ---- flows ---- */

static guint64
key_of (guint32 peer, guint kind)
{
  return (guint64) kind << 32 | peer;
}

static void
frame_cb (gpointer data, const PhFrame *frame)
{
  Flow *flow = data;
  PhRecord record = flow->record;
  gboolean stream = ph_record_is_stream (&record);

  record.time = frame->time;
  record.length = (guint32) frame->size & (PH_FRAME_MOST * 2 - 1);
  record.flags &= (guint16) ~(PH_RECORD_MORE | PH_RECORD_STREAM);
  if (stream && record.kind == PH_RECORD_IN)
    record.detail = (guint16) MIN (frame->reads, G_MAXUINT16);
  if ((frame->flags & PH_FRAME_OUTSIDE) != 0)
    record.flags |= PH_RECORD_NO_FRAME;
  if ((frame->flags & PH_FRAME_CUT) != 0)
    record.flags |= PH_RECORD_CUT | PH_RECORD_STREAM;
  if ((frame->flags & PH_FRAME_UNFINISHED) != 0)
    record.flags |= PH_RECORD_UNFINISHED;
  ph_store_append (flow->framed->to, &record, frame->bytes);
}

static Flow *
flow_new (PhFramed *self)
{
  Flow *flow = g_new0 (Flow, 1);

  flow->framed = self;
  flow->frames = ph_frames_new (self->rule, frame_cb, flow);
  flow->link.data = flow;

  return flow;
}

static void
flow_free (gpointer data)
{
  Flow *flow = data;

  ph_frames_free (flow->frames);
  g_free (flow);
}

static Flow *
get_flow (PhFramed *self, const PhRecord *record)
{
  const guint64 key = key_of (record->peer, record->kind);
  Flow *flow = g_hash_table_lookup (self->flows, &key);

  if (flow != NULL)
    return flow;
  flow = flow_new (self);
  g_hash_table_insert (self->flows, g_memdup2 (&key, sizeof key), flow);

  return flow;
}

/* After bytes came to a flow, or were taken from it. */
static void
count_kept (PhFramed *self, Flow *flow)
{
  gsize kept = ph_frames_get_kept (flow->frames);

  if (flow->kept == 0 && kept > 0)
    g_queue_push_tail_link (&self->order, &flow->link);
  else if (flow->kept > 0 && kept == 0)
    g_queue_unlink (&self->order, &flow->link);
  self->kept = self->kept - flow->kept + kept;
  flow->kept = kept;
  self->deadline = MIN (self->deadline, ph_frames_get_deadline (flow->frames));
}

/* Those that have waited longest lose their room to those that go on. */
static void
limit_kept (PhFramed *self)
{
  while (self->kept > PH_FRAMED_KEPT_MOST)
    {
      Flow *flow = g_queue_peek_head (&self->order);

      ph_frames_cut (flow->frames);
      count_kept (self, flow);
    }
}

static void
end_flow (PhFramed *self, guint32 peer, PhRecordKind kind)
{
  const guint64 key = key_of (peer, kind);
  Flow *flow = g_hash_table_lookup (self->flows, &key);

  if (flow == NULL)
    return;
  ph_frames_end (flow->frames);
  count_kept (self, flow);
  g_hash_table_remove (self->flows, &key);
}

/** ph_framed_end: Nothing follows: what has not ended is unfinished. */
void
ph_framed_end (PhFramed *self)
{
  for (Flow *flow; (flow = g_queue_peek_head (&self->order)) != NULL;)
    {
      ph_frames_end (flow->frames);
      count_kept (self, flow);
    }
  g_hash_table_remove_all (self->flows);
}

/* ---- records ---- */

/* Frames of datagrams end with them, unless the rule says otherwise. */
static void
take_data (PhFramed *self, const PhRecord *record, const guint8 *payload)
{
  Flow *flow = get_flow (self, record);

  flow->record = *record;
  ph_frames_feed (flow->frames, payload, record->length, record->time);
  if (!ph_record_is_stream (record) && !ph_frame_rule_is_across (self->rule))
    ph_frames_end (flow->frames);
  count_kept (self, flow);
  limit_kept (self);
}

/* A frame that an event ends stands before it. */
static void
take_event (PhFramed *self, const PhRecord *record, const guint8 *payload)
{
  switch (record->kind)
    {
    case PH_RECORD_HALF_CLOSED:
      end_flow (self, record->peer, PH_RECORD_IN);
      break;
    case PH_RECORD_LEFT:
      end_flow (self, record->peer, PH_RECORD_IN);
      end_flow (self, record->peer, PH_RECORD_OUT);
      break;
    case PH_RECORD_OPENING:
    case PH_RECORD_CLOSED:
      ph_framed_end (self);
      break;
    default:
      break;
    }
  ph_store_append (self->to, record, payload);
}

static void
take_record (PhFramed *self, const PhRecord *record, const guint8 *payload)
{
  ph_framed_pass (self, record->time);
  if (ph_record_is_data (record) && record->length > 0)
    take_data (self, record, payload);
  else
    take_event (self, record, payload);
  if (!ph_record_is_silent (record))
    self->number++;
}

/* Bytes are missing behind a gap, so no frame goes on there. */
static void
end_gap (PhFramed *self, const PhChunk *chunk)
{
  guint64 before = chunk->shown + ph_chunk_count_shown (chunk, 0, (guint32) (self->next - chunk->first_seq));

  self->gap = FALSE;
  if (before <= self->number)
    return;
  ph_framed_end (self);
  self->missing += before - self->number;
  self->number = before;
}

/**
 * ph_framed_take:
 * @end: of the records there are
 * @most: how many are taken now
 *
 * Waits for the store that is written, if that is set to wait.
 *
 * Returns: whether there are more
 */
gboolean
ph_framed_take (PhFramed *self, guint64 end, guint most)
{
  for (; self->next < end && most > 0; most--)
    {
      const PhChunk *chunk = ph_store_hold_for (self->from, self->next, &self->block);
      const PhRecord *record;

      if (chunk == NULL)
        {
          self->gap = TRUE;
          self->next = MIN (ph_store_step_over (self->from, self->next), end);
          continue;
        }
      if (self->gap)
        end_gap (self, chunk);
      record = ph_chunk_record (chunk, (guint32) (self->next - chunk->first_seq));
      take_record (self, record, (const guint8 *) chunk + record->offset);
      self->next++;
    }

  return self->next < end;
}

/* ---- silence ---- */

/** ph_framed_get_deadline: Returns: when silence ends a frame, in ns, or sooner; %G_MAXINT64: it ends none */
gint64
ph_framed_get_deadline (PhFramed *self)
{
  return self->deadline;
}

/** ph_framed_pass: @now: ns: frames that silence has ended by then end */
void
ph_framed_pass (PhFramed *self, gint64 now)
{
  if (now < self->deadline)
    return;
  self->deadline = G_MAXINT64;
  for (GList *at = self->order.head, *next; at != NULL; at = next)
    {
      Flow *flow = at->data;

      next = at->next;
      ph_frames_pass (flow->frames, now);
      count_kept (self, flow);
    }
}

/* ---- beginning and end ---- */

/**
 * ph_framed_new:
 * @from: a reference is kept, as of @to
 * @to: nobody else writes it
 *
 * Returns: (transfer full)
 */
PhFramed *
ph_framed_new (PhStore *from, PhStore *to, PhFrameRule *rule)
{
  PhFramed *self = g_new0 (PhFramed, 1);

  self->from = ph_store_ref (from);
  self->to = ph_store_ref (to);
  self->rule = ph_frame_rule_ref (rule);
  self->flows = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, flow_free);
  self->deadline = G_MAXINT64;
  g_queue_init (&self->order);

  return self;
}

/** ph_framed_free: What has not ended is forgotten: see ph_framed_end(). */
void
ph_framed_free (PhFramed *self)
{
  g_queue_init (&self->order); /* its links are the flows' */
  g_hash_table_unref (self->flows);
  g_clear_pointer (&self->block, ph_block_release);
  ph_frame_rule_unref (self->rule);
  ph_store_unref (self->from);
  ph_store_unref (self->to);
  g_free (self);
}

/** ph_framed_get_next: Returns: the number of the record that is read next */
guint64
ph_framed_get_next (const PhFramed *self)
{
  return self->next;
}

/** ph_framed_get_missing: Returns: how many records were gone before they could be read */
guint64
ph_framed_get_missing (const PhFramed *self)
{
  return self->missing;
}
