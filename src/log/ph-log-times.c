/* ph-log-times.c: the time that is shown of a record: of day, or since the opening or the record before
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-log-times.h"

#include "ph-format.h"

#define SILENT_MAX 256u /* records that are not shown, between one that is and the one before it */

/* The last record before @seq that the filter lets through, or all of them without one. FALSE if there is none. */
static gboolean
step_back (PhLogSource *self, guint64 seq, guint64 *ret_seq)
{
  guint64 behind;

  if (self->filter != NULL)
    return ph_matches_previous (self->filter, seq, ret_seq);
  behind = ph_store_previous (self->store, seq);
  if (behind <= self->first)
    return FALSE;
  *ret_seq = behind - 1;

  return TRUE;
}

/* The record that is shown before @seq; NULL if there is none, or if it has to be read first. */
static const PhRecord *
find_before (PhLogSource *self, guint64 seq, gboolean *ret_waits)
{
  for (guint n = 0; n < SILENT_MAX && step_back (self, seq, &seq); n++)
    {
      const PhRecord *record = ph_store_get (self->store, seq, NULL);

      *ret_waits = record == NULL && ph_store_awaits (self->store, seq);
      if (record == NULL || !ph_record_is_silent (record))
        return record;
    }

  return NULL;
}

/**
 * ph_log_times_find:
 * @context: (inout): of a record that is shown; its fields "since" are set
 *
 * Finds from when on the time of the record counts. Inside a read section.
 */
void
ph_log_times_find (PhLogSource *self, PhLogContext *context)
{
  const PhRecord *before;

  if (context->format->time == PH_TIME_SINCE_OPENING && self->opened != NULL)
    context->has_since = ph_opened_find (self->opened, context->item->seq, &context->since);
  if (context->format->time != PH_TIME_SINCE_RECORD)
    return;
  before = find_before (self, context->item->seq, &context->since_waits);
  context->has_since = before != NULL;
  if (before != NULL)
    context->since = before->time;
}

/**
 * ph_log_times_append:
 * @line: of the record of @context
 * @out: the text of @line so far
 *
 * Appends the time, dim. Nothing if none is shown.
 */
void
ph_log_times_append (const PhLogContext *context, PhLogLine *line, GString *out)
{
  const PhLogFormat *format = context->format;
  gsize start = out->len;

  if (format->time == PH_TIME_NONE)
    return;
  if (format->time == PH_TIME_OF_DAY)
    ph_format_time (out, context->item->record.time, format->time_format);
  else if (context->has_since)
    ph_format_since (out, context->item->record.time, context->since, format->time_format);
  else
    ph_format_since_nothing (out, format->time_format);
  ph_log_line_add_span (line, start, out->len, PH_LOG_STYLE_DIM);
  if (context->since_waits)
    {
      line->waits = TRUE;
      line->final = FALSE;
    }
}
