/* ph-log-stream.c: which reads go on in the line of the read before, in Stream
 *
 * A read goes on there if the one directly before it is of the same flow and does not end its line. A line has a limit, and
 * where it is cut depends on a few records before only, wherever one begins to look: a line has at most PH_LOG_PIECE bytes, and
 * where no line end is near, it ends at each multiple of PH_LOG_STREAM_RECORDS.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-log-stream.h"

#include "ph-flow.h"
#include "ph-log-index.h"
#include "ph-log-source-private.h"

/** Read: a record that may be a part of a line. */
typedef struct
{
  guint64 seq;
  const PhRecord *record;
  const guint8 *payload;
  PhLogForm form;
} Read;

/* The record directly before @of that is shown. */
static gboolean
find_before (PhLogSource *self, const Read *of, Read *ret_before)
{
  for (guint64 seq = of->seq; seq-- > self->first;)
    {
      const guint8 *payload;
      const PhRecord *record = ph_store_get (self->store, seq, &payload);

      if (record == NULL)
        return FALSE;
      if (ph_record_is_silent (record))
        continue;
      *ret_before = (Read) { .seq = seq, .record = record, .payload = payload };
      if (ph_record_is_data (record))
        ret_before->form = ph_log_forms_get (self->forms, record, payload);

      return self->filter == NULL || ph_matches_contains (self->filter, seq);
    }

  return FALSE;
}

/* Bytes of the last line of a read: at most PH_LOG_PIECE, which is too much for another to go on. */
static gsize
last_line (const Read *read)
{
  return ph_log_index_last (read->form.charset, read->payload, read->record->length);
}

static gboolean
has_end (const Read *read)
{
  return last_line (read) < read->record->length;
}

/* Whether nothing but a limit keeps @read from going on in the line of @before. */
static gboolean
goes_on (const Read *before, const Read *read)
{
  return before->record->length > 0 && ph_flow_has (read->record, before->record) && !before->form.hex
         && before->form.charset == read->form.charset && last_line (before) > 0;
}

/* Fills @reads with those from the beginning of the line on, the last one first, and returns how many there are. */
static guint
collect (PhLogSource *self, const Read *last, Read *reads, guint most)
{
  guint n = 0;

  reads[n++] = *last;
  while (n < most && find_before (self, &reads[n - 1], &reads[n]) && goes_on (&reads[n], &reads[n - 1]))
    if (has_end (&reads[n++]))
      break;

  return n;
}

/* Whether the natural beginning of the line of reads[at] is so far that a round number begins a new one. */
static gboolean
is_cut (const Read *reads, guint n, guint at)
{
  return reads[at].seq / PH_LOG_STREAM_RECORDS != reads[at + 1].seq / PH_LOG_STREAM_RECORDS
         && n - 1 - at >= PH_LOG_STREAM_RECORDS;
}

/* What is known of the reads before the last one that was asked for: whoever asks for lines goes from one to the next. */
static gboolean
is_known (PhLogSource *self, guint64 seq, gboolean *ret_continues)
{
  for (guint i = 0; i < self->stream.n; i++)
    if (self->stream.seqs[i] == seq)
      {
        *ret_continues = self->stream.continues[i];
        return TRUE;
      }

  return FALSE;
}

/* Divides the reads up to reads[0] into lines, from the beginning of a line on. */
static void
divide (PhLogSource *self, const Read *reads, guint n)
{
  guint first = 0;
  gsize bytes;

  while (first + 1 < n && !is_cut (reads, n, first))
    first++;
  self->stream.n = first + 1;
  self->stream.seqs[first] = reads[first].seq;
  self->stream.continues[first] = FALSE;
  bytes = last_line (&reads[first]);
  for (guint i = first; i-- > 0;)
    {
      gsize more = ph_log_index_first (reads[i].form.charset, reads[i].payload, reads[i].record->length);
      gboolean fits = bytes + more <= PH_LOG_PIECE;

      bytes = fits ? bytes + more : last_line (&reads[i]);
      self->stream.seqs[i] = reads[i].seq;
      self->stream.continues[i] = fits;
    }
  /* It may go on in a line of its own. */
  if (first > 0 && has_end (&reads[first]))
    self->stream.seqs[first] = G_MAXUINT64;
}

/**
 * ph_log_stream_continues:
 * @item: a record that is shown as text, in Stream
 *
 * Inside a read section.
 *
 * Returns: whether its first line goes on in the last one of the record before it
 */
gboolean
ph_log_stream_continues (PhLogSource *self, PhLogItem *item, const guint8 *payload)
{
  Read last = { .seq = item->seq, .record = &item->record, .payload = payload, .form = item->form };
  Read reads[PH_LOG_STREAM_KNOWN];
  gboolean continues;

  if (!item->stream || item->record.length == 0 || item->seq <= self->first)
    return FALSE;
  item->awaits = item->awaits || ph_store_awaits (self->store, item->seq - 1);
  if (is_known (self, item->seq, &continues))
    return continues;
  divide (self, reads, collect (self, &last, reads, G_N_ELEMENTS (reads)));

  return self->stream.continues[0];
}
