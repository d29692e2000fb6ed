/* ph-log-compact.c: the first line of a record in Compact: fields, then the beginning of the payload
 *
 * The fields are separated by tabs: time (if it is shown), mark, peer, length, payload; of an event time, mark, words.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-log-compact.h"

#include <string.h>

#include "ph-format.h"
#include "ph-log-times.h"

static guint
cells_of (gunichar c)
{
  return g_unichar_iszerowidth (c) ? 0 : g_unichar_iswide (c) ? 2 : 1;
}

/* How many characters of the usual width the text takes, about. */
guint
ph_log_compact_cells (const char *text, gsize length)
{
  guint cells = 0;

  for (const char *p = text; p < text + length; p = g_utf8_next_char (p))
    cells += cells_of (g_utf8_get_char (p));

  return cells;
}

/**
 * ph_log_compact_shorten:
 * @cells: at least 3
 *
 * The end of an address is its port, and the beginning its network, so what is left out is the middle.
 *
 * Returns: (transfer full): @text, or its beginning and its end, with “…” between them, in @cells cells
 */
char *
ph_log_compact_shorten (const char *text, guint cells)
{
  const char *from = text, *to = text + strlen (text);
  guint left = (cells - 1) / 2, right = cells - 1 - left;

  if (ph_log_compact_cells (text, strlen (text)) <= cells)
    return g_strdup (text);
  for (guint more; (more = cells_of (g_utf8_get_char (from))) <= left; left -= more)
    from = g_utf8_next_char (from);
  for (guint more; (more = cells_of (g_utf8_get_char (g_utf8_prev_char (to)))) <= right; right -= more)
    to = g_utf8_prev_char (to);

  return g_strdup_printf ("%.*s…%s", (int) (from - text), text, to);
}

static void
append_time (const PhLogContext *context, PhLogLine *line, GString *out)
{
  if (context->format->time == PH_TIME_NONE)
    return;
  ph_log_times_append (context, line, out);
  line->fields.time_end = out->len;
  g_string_append_c (out, '\t');
}

static void
append_peer (const PhLogContext *context, PhLogLine *line, GString *out)
{
  g_autofree char *peer = ph_log_lines_dup_peer (context);
  g_autofree char *shown = ph_log_compact_shorten (peer, PH_LOG_PEER_CELLS);

  line->fields.peer_start = out->len;
  g_string_append (out, shown);
  line->fields.peer_end = out->len;
  if (strcmp (shown, peer) != 0)
    line->fields.peer = g_steal_pointer (&peer);
}

static void
append_length (const PhLogContext *context, PhLogLine *line, GString *out)
{
  g_autofree char *length = ph_format_dup_grouped (context->item->record.length);

  ph_log_line_append_styled (line, out, length, PH_LOG_STYLE_DIM);
}

/* Quieter than data, unless it is an error. */
static void
take_event (const PhLogContext *context, PhLogLine *line, GString *out)
{
  line->body = out->len;
  ph_log_lines_append_event (context, line, out);
  ph_log_line_take_text (line, out);
  if (line->accent == PH_LOG_STYLE_EVENT)
    ph_log_line_add_span_below (line, line->body, line->length, PH_LOG_STYLE_EVENT);
}

/**
 * ph_log_compact_build:
 *
 * Returns: (transfer full): the first line of the record
 */
PhLogLine *
ph_log_compact_build (const PhLogContext *context)
{
  const PhRecord *record = &context->item->record;
  gboolean data = ph_record_is_data (record);
  PhLogLine *line = ph_log_line_new (data ? PH_LOG_LINE_FIELDS : PH_LOG_LINE_EVENT, ph_log_lines_accent (record));
  GString *out = g_string_new (NULL);

  append_time (context, line, out);
  ph_log_line_append_styled (line, out, ph_log_lines_mark (line->accent), line->accent);
  g_string_append_c (out, '\t');
  if (data)
    {
      append_peer (context, line, out);
      g_string_append_c (out, '\t');
      append_length (context, line, out);
      g_string_append_c (out, '\t');
      ph_log_lines_append_cut (context, line, out);
      ph_log_lines_take_payload (context, line, out, 0);
    }
  else
    {
      take_event (context, line, out);
    }
  if (ph_log_lines_awaits_peer (context))
    line->final = FALSE;

  return line;
}

/**
 * ph_log_compact_get_body:
 * @line: of kind %PH_LOG_LINE_FIELDS
 *
 * Returns: (transfer none): a line with what is behind the fields
 */
PhLogLine *
ph_log_compact_get_body (PhLogLine *line)
{
  PhLogLine *body = line->fields.rest;

  if (body != NULL)
    return body;
  body = line->fields.rest = ph_log_line_new (PH_LOG_LINE_PAYLOAD, line->accent);
  ph_log_line_take_text (body, g_string_new_len (line->text + line->body, line->length - line->body));
  body->tail = line->tail - line->body;
  body->bytes = line->bytes;
  body->joined = line->joined;
  for (guint i = 0; i < line->spans->len; i++)
    {
      const PhLogSpan *span = &g_array_index (line->spans, PhLogSpan, i);

      if (span->start >= line->body)
        ph_log_line_add_span (body, span->start - line->body, span->end - line->body, span->style);
    }

  return body;
}
