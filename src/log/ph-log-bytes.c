/* ph-log-bytes.c: finds the bytes of the payloads that a selection holds
 *
 * A character that is selected stands for all its bytes, and half a mark or a digit for the whole byte. Only the two ends of a
 * selection are looked at: what is between them is selected as it is.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-log-bytes.h"

#include <string.h>

#include "ph-log-hex.h"
#include "ph-log-index.h"
#include "ph-log-places.h"
#include "ph-log-source-private.h"

/* The byte behind the last one whose text is in the first @shown bytes of the line's text, even in part. The line break that ends
 * at @limit has no text. */
static gsize
byte_reaching (PhLogPlaces *places, gsize limit, gsize shown)
{
  gsize low = places->start, high = limit;

  while (low < high)
    {
      gsize middle = low + (high - low) / 2;

      if (ph_log_places_shown (places, middle) >= shown)
        high = middle;
      else
        low = middle + 1;
    }

  return low;
}

/* The first byte of the character that is at byte @index of the line's text. */
static gsize
byte_showing (PhLogPlaces *places, gsize limit, gsize index)
{
  gsize low = places->start, high = limit;

  while (low < high)
    {
      gsize middle = low + (high - low + 1) / 2;

      if (ph_log_places_shown (places, middle) <= index)
        low = middle;
      else
        high = middle - 1;
    }

  return byte_reaching (places, limit, ph_log_places_shown (places, low));
}

/* ---- a line of text ---- */

static gsize
text_byte (const PhLogContext *context, const PhLogLine *line, guint32 index, gboolean end, gboolean whole)
{
  g_auto (PhLogPlaces) places = { 0 };
  gsize limit;

  if (!ph_log_places_init (&places, context, line))
    return 0;
  limit = places.end - ph_log_index_ending (context->item->form.charset, context->payload, places.start, places.end).length;
  if (index > line->tail || (whole && index >= line->length))
    return places.end;
  index -= MIN (index, line->body);

  return end ? byte_reaching (&places, limit, index) : byte_showing (&places, limit, index);
}

/* ---- a row of bytes ---- */

static gsize
hex_byte (const PhLogContext *context, const PhLogLine *line, guint32 index, gboolean end, gboolean whole)
{
  guint row = context->format->row;
  glong column = g_utf8_pointer_to_offset (line->text, line->text + index);
  gsize first, last;

  ph_log_lines_get_bytes (context, line->line, &first, &last);
  if (context->format->mode != PH_LOG_MODE_BYTES && index <= line->body)
    return first;
  if (context->format->mode != PH_LOG_MODE_BYTES)
    return MIN (first + (index - line->body + (end ? 2 : 1)) / 3, last);
  if (whole && ph_log_hex_is_character (row, column))
    return last; /* all digits are before it */

  return MIN (first + ph_log_hex_byte_at (row, column, end), last);
}

/* ---- a row of the table ---- */

/* The columns before the last one stand for the whole record, and so does the end of the row, as it may be cut. */
static gsize
table_byte (const PhLogContext *context, const PhLogLine *line, guint32 index, gboolean end)
{
  guint32 base = line->body;
  g_auto (PhLogPlaces) places = { 0 };

  if (index <= base || !ph_log_places_init (&places, context, line))
    return end ? context->item->record.length : 0;
  if (index >= line->length)
    return context->item->record.length;
  if (context->item->form.hex)
    return MIN ((index - base + (end ? 2 : 1)) / 3, places.end);

  return end ? byte_reaching (&places, places.end, index - base) : byte_showing (&places, places.end, index - base);
}

/* ---- the line that shows the rest ---- */

static gsize
fold_byte (const PhLogContext *context, const PhLogLine *line, guint32 index, gboolean end)
{
  gsize first, last;

  ph_log_lines_get_bytes (context, line->line, &first, &last);

  return end && index > 0 ? last : first;
}

/* ---- the interface ---- */

static gsize
get_byte (const PhLogContext *context, guint n, guint32 index, gboolean end, gboolean whole)
{
  const PhLogFormat *format = context->format;
  g_autoptr (PhLogLine) line = NULL;
  gsize first, last;

  if (!ph_log_lines_get_bytes (context, n, &first, &last))
    return 0;
  line = ph_log_lines_build (context, n);
  line->line = n;
  index = MIN (index, line->length);
  if (format->mode == PH_LOG_MODE_TABLE)
    return table_byte (context, line, index, end);
  if (line->kind == PH_LOG_LINE_FOLD)
    return fold_byte (context, line, index, end);
  if (ph_log_lines_is_hex (context))
    return hex_byte (context, line, index, end, whole);

  return text_byte (context, line, index, end, whole);
}

/**
 * ph_log_bytes_from:
 * @line: which of its lines
 * @index: a byte of the line's text
 *
 * Returns: the first byte of the payload that is shown there; 0 if the line shows none
 */
gsize
ph_log_bytes_from (const PhLogContext *context, guint line, guint32 index)
{
  return get_byte (context, line, index, FALSE, FALSE);
}

/**
 * ph_log_bytes_to:
 * @line: which of its lines
 * @index: a byte of the line's text
 * @whole: whether the end of the text stands for all bytes of the line, also for those that a later record shows
 *
 * Returns: the byte of the payload behind the last one that is shown before @index, even in part; 0 if the line shows none
 */
gsize
ph_log_bytes_to (const PhLogContext *context, guint line, guint32 index, gboolean whole)
{
  return get_byte (context, line, index, TRUE, whole);
}

/* Whether only bytes as characters are selected in a row of Bytes. */
static gboolean
is_in_characters (const PhLogContext *context, const PhLogPos *start, const PhLogPos *end)
{
  g_autoptr (PhLogLine) line = NULL;

  if (context->format->mode != PH_LOG_MODE_BYTES || start->line != end->line || start->line == 0)
    return FALSE;
  line = ph_log_lines_build (context, start->line);

  return ph_log_hex_is_character (context->format->row, g_utf8_strlen (line->text, MIN (start->index, line->length)));
}

/* Whether @pos is before the payload of the record: in its header or its fields. */
static gboolean
is_before_payload (const PhLogContext *context, const PhLogPos *pos)
{
  g_autoptr (PhLogLine) line = NULL;

  if (pos->line > 0 || context->format->mode != PH_LOG_MODE_COMPACT)
    return pos->line < ph_log_lines_n_before (context->format) || context->format->mode == PH_LOG_MODE_TABLE;
  line = ph_log_lines_build (context, 0);

  return pos->index < line->body;
}

/* Whether @pos is at the beginning of a text. */
static gboolean
is_at_text (const PhLogContext *context, const PhLogPos *pos)
{
  g_autoptr (PhLogLine) line = NULL;

  if (pos->line != ph_log_lines_n_before (context->format) || ph_log_lines_is_hex (context)
      || context->format->mode == PH_LOG_MODE_TABLE)
    return FALSE;
  line = ph_log_lines_build (context, pos->line);

  return pos->index == line->body;
}

static void
select_end (const PhLogContext *context, const PhLogPos *start, const PhLogPos *end, PhLogBytes *bytes)
{
  gboolean one = start->entry == end->entry;
  gboolean whole = !one || ph_log_lines_is_hex (context) || is_before_payload (context, start);

  if (one && is_in_characters (context, start, end))
    whole = FALSE;
  bytes->to = ph_log_bytes_to (context, end->line, end->index, whole);
}

/**
 * ph_log_bytes_select:
 * @start: of the selection
 * @end: of the selection, behind @start
 * @ret_bytes: (out): all zero if the records are gone
 *
 * A record that is selected from its header or fields on is selected as it is, in all modes. In a text, a character that is cut between two
 * records belongs to the record that shows it.
 */
void
ph_log_bytes_select (PhLogSource *source, const PhLogPos *start, const PhLogPos *end, PhLogBytes *ret_bytes)
{
  const guint8 *payload;
  PhLogItem *item;

  *ret_bytes = (PhLogBytes) { .from = 0 };
  ph_log_source_begin_read (source);
  item = start->entry != PH_LOG_ENTRY_GONE ? ph_log_source_get_item (source, start->entry - 1, &payload) : NULL;
  if (item != NULL && start->line < item->n_lines)
    {
      PhLogContext context = ph_log_source_make_context (source, item, payload);

      ret_bytes->from = ph_log_bytes_from (&context, start->line, start->index);
      if (item->stream && is_at_text (&context, start))
        ret_bytes->before = item->carry;
    }
  item = end->entry != PH_LOG_ENTRY_HIDDEN ? ph_log_source_get_item (source, end->entry - 1, &payload) : NULL;
  if (item != NULL && end->line < item->n_lines)
    {
      PhLogContext context = ph_log_source_make_context (source, item, payload);

      select_end (&context, start, end, ret_bytes);
    }
  ph_log_source_end_read (source);
}
