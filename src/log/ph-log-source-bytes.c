/* ph-log-source-bytes.c: which bytes of a record a line shows, and which line shows a byte
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-log-bytes.h"
#include "ph-log-source-private.h"

/**
 * ph_log_source_has_bytes:
 *
 * Returns: whether @entry is a record whose payload is shown as rows of bytes, so that its lines depend on the width
 */
gboolean
ph_log_source_has_bytes (PhLogSource *self, guint64 entry)
{
  const guint8 *payload;
  PhLogItem *item;
  gboolean result;

  if (entry == PH_LOG_ENTRY_GONE || entry == PH_LOG_ENTRY_HIDDEN || self->format.mode == PH_LOG_MODE_TABLE)
    return FALSE;
  ph_log_source_begin_read (self);
  item = ph_log_source_get_item (self, entry - 1, &payload);
  result = item != NULL && ph_record_is_data (&item->record) && (item->form.hex || self->format.mode == PH_LOG_MODE_BYTES);
  ph_log_source_end_read (self);

  return result;
}

/**
 * ph_log_source_byte_at:
 * Returns: the first byte of the record's payload that is shown at @pos; 0 if the line shows none
 */
gsize
ph_log_source_byte_at (PhLogSource *self, const PhLogPos *pos)
{
  const guint8 *payload;
  PhLogItem *item;
  gsize byte = 0;

  if (pos->entry == PH_LOG_ENTRY_GONE || pos->entry == PH_LOG_ENTRY_HIDDEN)
    return 0;
  ph_log_source_begin_read (self);
  item = ph_log_source_get_item (self, pos->entry - 1, &payload);
  if (item != NULL && pos->line < item->n_lines)
    {
      PhLogContext context = ph_log_source_make_context (self, item, payload);

      byte = ph_log_bytes_from (&context, pos->line, pos->index);
    }
  ph_log_source_end_read (self);

  return byte;
}

/* The line of a text that holds @byte, by binary search. */
static guint
find_text_line (const PhLogItem *item, gsize byte)
{
  guint low = 0, high = item->n_starts;

  while (high - low > 1)
    {
      guint middle = low + (high - low) / 2;

      if (item->starts[middle] <= byte)
        low = middle;
      else
        high = middle;
    }
  return low;
}

/**
 * ph_log_source_line_at_byte:
 *
 * Returns: the line of the record @entry that shows @byte of its payload, or the nearest one
 */
guint
ph_log_source_line_at_byte (PhLogSource *self, guint64 entry, gsize byte)
{
  const guint8 *payload;
  PhLogItem *item;
  guint line = 0;

  if (entry == PH_LOG_ENTRY_GONE || entry == PH_LOG_ENTRY_HIDDEN)
    return 0;
  ph_log_source_begin_read (self);
  item = ph_log_source_get_item (self, entry - 1, &payload);
  if (item != NULL && item->n_lines > 1)
    {
      guint n = item->n_starts > 0 ? find_text_line (item, byte) : byte / self->format.row;

      line = MIN (ph_log_lines_n_before (&self->format) + MIN (n, item->n_shown), item->n_lines - 1);
    }
  ph_log_source_end_read (self);

  return line;
}
