/* ph-log-finds.c: where in the lines of the log is what was found: from bytes of a payload to places in a line's text
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-log-source-private.h"

#include <string.h>

#include "ph-log-hex.h"

#define FINDS_MAX 256u /* marked in one line */

/**
 * ph_log_source_set_finder:
 * @self: a source
 * @finder: (nullable) (transfer none): what it finds is marked; call it again when that has another query
 */
void
ph_log_source_set_finder (PhLogSource *self, PhFinder *finder)
{
  self->finder = finder;
  self->serial++;
}

/* Where the query is in a payload; known for the record that was looked at last, of which there are many lines. */
static const GArray *
find_in_record (PhLogSource *self, const PhLogItem *item, const guint8 *payload)
{
  if (self->found_serial == self->serial && self->found_seq == item->seq)
    return self->found;
  g_array_set_size (self->found, 0);
  ph_search_ranges (ph_finder_get_search (self->finder), &item->record, payload, self->found);
  self->found_serial = self->serial;
  self->found_seq = item->seq;

  return self->found;
}

static void
append_range (GArray *ranges, gsize start, gsize end)
{
  PhSearchRange range = { (guint32) start, (guint32) end };

  if (end > start)
    g_array_append_val (ranges, range);
}

/* ---- from bytes to places ---- */

/* How much text is shown for the payload from @start to @byte. */
static gsize
shown_length (const PhLogContext *context, gsize start, gsize byte, const char *keep)
{
  PhDecoder *decoder = ph_log_carry_get_decoder (context->carries);
  g_autoptr (PhLogLine) line = ph_log_line_new (PH_LOG_LINE_PAYLOAD, PH_LOG_STYLE_PLAIN);
  g_autoptr (GString) decoded = g_string_new (NULL);
  g_autoptr (GString) shown = g_string_new (NULL);
  PhCarry carry = { .length = 0 };

  if (start == 0 && context->item->stream)
    carry = context->item->carry;
  ph_decoder_decode (decoder, &carry, context->payload + start, byte - start, decoded);
  ph_log_line_append_shown (context->format, line, shown, decoded->str, decoded->len, keep);

  return shown->len;
}

static void
mark_text (const PhLogContext *context, PhLogLine *line, gsize start, gsize from, gsize to)
{
  gsize left = MIN (shown_length (context, start, from, "\t"), line->tail);
  gsize right = MIN (shown_length (context, start, to, "\t"), line->tail);

  /* What is found in nothing but the line break. */
  append_range (line->finds, left, right == left && left == line->tail ? line->length : right);
}

/* Both the bytes and the characters of a row of Hex mode. */
static void
mark_hex_row (const PhLogContext *context, PhLogLine *line, gsize from, gsize to)
{
  glong columns[2];

  for (guint i = 0; i < 2; i++)
    {
      const char *left, *right;

      columns[0] = ph_log_hex_column_of (context->format->row, from, i == 1);
      columns[1] = ph_log_hex_column_of (context->format->row, to - 1, i == 1) + (i == 1 ? 1 : 2);
      left = g_utf8_offset_to_pointer (line->text, columns[0]);
      right = g_utf8_offset_to_pointer (line->text, columns[1]);
      append_range (line->finds, left - line->text, right - line->text);
    }
}

/* The end of a row of the table: the beginning of the payload. */
static void
mark_preview (const PhLogContext *context, PhLogLine *line, gsize from, gsize to)
{
  const char *tab = strrchr (line->text, '\t');
  gsize base = tab != NULL ? tab + 1 - line->text : 0, left, right;

  if (from >= PH_LOG_PREVIEW)
    return;
  to = MIN (to, PH_LOG_PREVIEW);
  left = base + (context->format->hex ? from * 3 : shown_length (context, 0, from, NULL));
  right = base + (context->format->hex ? to * 3 - 1 : shown_length (context, 0, to, NULL));
  append_range (line->finds, MIN (left, line->length), MIN (right, line->length));
}

static void
mark_bytes (const PhLogContext *context, PhLogLine *line, gsize start, gsize from, gsize to)
{
  const PhLogFormat *format = context->format;

  if (format->mode == PH_LOG_MODE_TABLE)
    mark_preview (context, line, from, to);
  else if (format->mode == PH_LOG_MODE_HEX)
    mark_hex_row (context, line, from - start, to - start);
  else if (format->hex)
    append_range (line->finds, (from - start) * 3, (to - start) * 3 - 1);
  else
    mark_text (context, line, start, from, to);
}

/* ---- a line ---- */

static void
mark_data (PhLogSource *self, const PhLogContext *context, PhLogLine *line)
{
  const GArray *found = find_in_record (self, context->item, context->payload);
  gsize start, end;

  if (!ph_log_line_span_of (context, line->line, &start, &end))
    return;
  for (guint i = 0; i < found->len && line->finds->len < FINDS_MAX; i++)
    {
      const PhSearchRange *range = &g_array_index (found, PhSearchRange, i);

      if (range->end > start && range->start < end)
        mark_bytes (context, line, start, MAX (range->start, start), MIN (range->end, end));
    }
}

/* The words of an event are the end of its line. */
static void
mark_event (PhLogSource *self, const PhLogContext *context, PhLogLine *line)
{
  g_autofree char *words = ph_format_event (&context->item->record, context->payload, context->peer);
  gsize start;

  if (!g_str_has_suffix (line->text, words))
    return;
  start = line->length - strlen (words);
  ph_search_text_ranges (ph_finder_get_search (self->finder), words, strlen (words), line->finds);
  for (guint i = 0; i < line->finds->len; i++)
    {
      PhSearchRange *range = &g_array_index (line->finds, PhSearchRange, i);

      range->start += start;
      range->end += start;
    }
}

static void
mark_line (PhLogSource *self, PhLogLine *line)
{
  const guint8 *payload;
  PhLogItem *item;

  ph_store_begin_read (self->store);
  item = ph_log_source_get_item (self, line->entry - 1, &payload);
  if (item != NULL && line->line < item->n_lines)
    {
      PhLogContext context = ph_log_source_make_context (self, item, payload);

      if (ph_record_is_data (&item->record))
        mark_data (self, &context, line);
      else
        mark_event (self, &context, line);
    }
  ph_store_end_read (self->store);
}

/**
 * ph_log_source_get_finds:
 * @self: a source
 * @line: one of its lines
 *
 * Returns: (nullable) (transfer none) (element-type PhSearchRange): what of its text was found, in order; in Hex mode
 *   bytes and characters by turns
 */
const GArray *
ph_log_source_get_finds (PhLogSource *self, PhLogLine *line)
{
  if (self->finder == NULL || line->entry == PH_LOG_ENTRY_GONE || line->entry == PH_LOG_ENTRY_HIDDEN
      || !ph_matches_contains (ph_finder_get_matches (self->finder), line->entry - 1))
    return NULL;
  if (line->finds != NULL && line->finds_serial == self->serial)
    return line->finds;
  if (line->finds == NULL)
    line->finds = g_array_new (FALSE, FALSE, sizeof (PhSearchRange));
  g_array_set_size (line->finds, 0);
  line->finds_serial = self->serial;
  mark_line (self, line);

  return line->finds;
}

/* Which line of a record shows the first byte that was found in it. */
static guint
first_line_found (PhLogSource *self, guint64 entry)
{
  const guint8 *payload;
  gboolean some = FALSE;
  PhLogItem *item;
  gsize byte = 0;

  ph_store_begin_read (self->store);
  item = ph_log_source_get_item (self, entry - 1, &payload);
  if (item != NULL && ph_record_is_data (&item->record))
    {
      const GArray *found = find_in_record (self, item, payload);

      some = found->len > 0;
      byte = some ? g_array_index (found, PhSearchRange, 0).start : 0;
    }
  ph_store_end_read (self->store);

  return some ? ph_log_source_line_at_byte (self, entry, byte) : 0;
}

/**
 * ph_log_source_first_find:
 * @self: a source
 * @entry: a record that the finder has found
 * @ret_pos: (out): where it begins; the record's first line if that has no text of its own
 *
 * Returns: %FALSE if the record is not there
 */
gboolean
ph_log_source_first_find (PhLogSource *self, guint64 entry, PhLogPos *ret_pos)
{
  guint n = self->finder != NULL && ph_finder_get_search (self->finder) != NULL ? first_line_found (self, entry) : 0;
  g_autoptr (PhLogLine) line = ph_log_source_dup_line (self, entry, n);
  const GArray *finds = line != NULL ? ph_log_source_get_finds (self, line) : NULL;

  if (line == NULL)
    return FALSE;
  *ret_pos = (PhLogPos) { entry, n, line->lead };
  if (finds != NULL && finds->len > 0)
    ret_pos->index = g_array_index (finds, PhSearchRange, 0).start;

  return TRUE;
}
