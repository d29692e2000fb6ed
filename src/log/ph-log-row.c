/* ph-log-row.c: a record as a row of the table: the columns that are shown, in their order, with tabs between them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-log-row.h"

#include "ph-format.h"
#include "ph-log-times.h"

/**
 * ph_log_row_is_right:
 *
 * Returns: whether the column has numbers, which end at its right edge
 */
gboolean
ph_log_row_is_right (PhLogColumn column)
{
  return column == PH_LOG_COLUMN_NUMBER || column == PH_LOG_COLUMN_LENGTH;
}

/**
 * ph_log_row_shows:
 *
 * Returns: whether rows have the column
 */
gboolean
ph_log_row_shows (const PhLogFormat *format, PhLogColumn column)
{
  return !format->hidden[column] && (column != PH_LOG_COLUMN_TIME || format->time != PH_TIME_NONE);
}

/**
 * ph_log_row_dup_short:
 * @most: characters, at least 3; 0 for any number
 *
 * Returns: (transfer full): @text, with “…” in its middle if it is longer
 */
char *
ph_log_row_dup_short (const char *text, guint most)
{
  guint length = (guint) g_utf8_strlen (text, -1), head = (most - 1) / 2;

  if (most == 0 || length <= most)
    return g_strdup (text);

  return g_strdup_printf ("%.*s…%s", (int) (g_utf8_offset_to_pointer (text, head) - text), text,
                          g_utf8_offset_to_pointer (text, length - (most - 1 - head)));
}

static void
append_peer (const PhLogContext *context, PhLogLine *line, GString *out)
{
  g_autofree char *peer = ph_log_lines_dup_peer (context);
  g_autofree char *shown = ph_log_row_dup_short (peer, context->format->peer_chars);

  line->cut = line->cut || !g_str_equal (peer, shown);
  g_string_append (out, shown);
}

static void
append_number (PhLogLine *line, GString *out, guint64 value)
{
  g_autofree char *number = ph_format_dup_grouped (value);

  ph_log_line_append_styled (line, out, number, PH_LOG_STYLE_DIM);
}

static void
append_direction (PhLogLine *line, GString *out)
{
  g_autofree char *direction = ph_log_lines_dup_direction (line->accent);

  ph_log_line_append_styled (line, out, direction, line->accent);
}

static void
append_cell (const PhLogContext *context, PhLogLine *line, PhLogColumn column, GString *out)
{
  gboolean data = ph_record_is_data (&context->item->record);

  switch (column)
    {
    case PH_LOG_COLUMN_NUMBER:
      append_number (line, out, context->number);
      break;
    case PH_LOG_COLUMN_TIME:
      ph_log_times_append (context, line, out);
      break;
    case PH_LOG_COLUMN_DIRECTION:
      append_direction (line, out);
      break;
    case PH_LOG_COLUMN_PEER:
      append_peer (context, line, out);
      break;
    case PH_LOG_COLUMN_LENGTH:
      if (data)
        append_number (line, out, context->item->record.length);
      break;
    default:
      line->body = out->len;
      if (data)
        ph_log_lines_append_start (context, line, out);
      else
        ph_log_lines_append_event (context, line, out);
    }
}

static PhLogColumn
column_at (const PhLogFormat *format, guint n)
{
  return format->columns[PH_LOG_COLUMN_DATA] == PH_LOG_COLUMN_DATA ? format->columns[n] : n;
}

/**
 * ph_log_row_build:
 *
 * Returns: (transfer full): the only line of a record in the table
 */
PhLogLine *
ph_log_row_build (const PhLogContext *context)
{
  PhLogLine *line = ph_log_line_new (PH_LOG_LINE_ROW, ph_log_lines_accent (&context->item->record));
  GString *out = g_string_new (NULL);
  gboolean first = TRUE;

  line->final = !ph_log_lines_awaits_peer (context);
  for (guint i = 0; i < PH_LOG_N_COLUMNS; i++)
    {
      PhLogColumn column = column_at (context->format, i);

      if (!ph_log_row_shows (context->format, column))
        continue;
      if (first && ph_log_row_is_right (column))
        line->lead = 1;
      if (!first || line->lead > 0)
        g_string_append_c (out, '\t');
      append_cell (context, line, column, out);
      first = FALSE;
    }
  ph_log_line_take_text (line, out);

  return line;
}
