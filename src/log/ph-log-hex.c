/* ph-log-hex.c: rows of bytes: with offset and characters in Bytes, without in the other forms
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-log-hex.h"

#include "ph-hex.h"

/* A row in Hex mode: offset, two blanks, bytes (with a gap in the middle of 16), a blank, characters. */
#define HEX_BYTES 8u
#define HEX_GAP(row) ((row) >= 16 ? 1u : 0u)
#define HEX_CHARACTERS(row) (HEX_BYTES + (row) * 3 + HEX_GAP (row) + 1)

static void
append_characters (PhLogLine *line, GString *out, const guint8 *bytes, gsize length)
{
  for (gsize i = 0; i < length; i++)
    {
      if (bytes[i] >= 0x20 && bytes[i] < 0x7F)
        g_string_append_c (out, bytes[i]);
      else
        ph_log_line_append_styled (line, out, "·", PH_LOG_STYLE_FAINT);
    }
}

/* A row of Bytes: offset, bytes, characters. */
static void
append_row (PhLogLine *line, GString *out, const guint8 *payload, gsize start, gsize length, guint row)
{
  gsize at = out->len;

  g_string_append_printf (out, "%06" G_GSIZE_MODIFIER "X  ", start);
  ph_log_line_add_span (line, at, out->len, PH_LOG_STYLE_DIM);
  for (guint i = 0; i < row; i++)
    {
      if (i == 8)
        g_string_append_c (out, ' ');
      if (i < length)
        g_string_append_printf (out, "%02X ", payload[start + i]);
      else
        g_string_append (out, "   ");
    }
  g_string_append_c (out, ' ');
  append_characters (line, out, payload + start, length);
}

/**
 * ph_log_hex_take:
 * @context: must be of a data record
 * @out: (transfer full): what is before the bytes
 * @n: which row of bytes
 *
 * Appends that row to @out, and makes it the text of @line: in Bytes with offset and characters, else the bytes alone.
 */
void
ph_log_hex_take (const PhLogContext *context, PhLogLine *line, GString *out, guint n)
{
  guint row = context->format->row;
  gsize start = (gsize) n * row;
  gsize length = MIN (row, context->item->record.length - start);

  if (context->format->mode == PH_LOG_MODE_BYTES)
    append_row (line, out, context->payload, start, length, row);
  else
    ph_hex_append (out, context->payload + start, length);
  ph_log_line_take_text (line, out);
  line->bytes = TRUE;
}

/**
 * ph_log_hex_byte_at:
 * @row: bytes in a row
 * @column: a character of a row of Hex mode
 * @end: whether the byte behind the last one that is shown before @column is meant, even in part
 *
 * Returns: the byte of the row that is shown there; the blank behind a byte counts for the next one
 */
gsize
ph_log_hex_byte_at (guint row, gsize column, gboolean end)
{
  gsize byte;

  if (column >= HEX_CHARACTERS (row))
    return column - HEX_CHARACTERS (row);
  if (column < HEX_BYTES)
    return 0;
  column -= HEX_BYTES;
  if (HEX_GAP (row) > 0 && column >= 8 * 3)
    column -= MIN (column - 8 * 3, HEX_GAP (row));
  byte = (column + (end ? 2 : 1)) / 3;

  return MIN (byte, row);
}

/**
 * ph_log_hex_is_character:
 * @column: a character of a row of Hex mode
 *
 * Returns: whether the bytes are shown as characters there, behind all their digits
 */
gboolean
ph_log_hex_is_character (guint row, gsize column)
{
  return column >= HEX_CHARACTERS (row);
}

/**
 * ph_log_hex_column_of:
 * @row: bytes in a row
 * @byte: of the row
 * @character: whether the byte as a character is meant, or as two digits
 *
 * Returns: the character of a row of Hex mode at which @byte is shown
 */
glong
ph_log_hex_column_of (guint row, gsize byte, gboolean character)
{
  if (character)
    return (glong) (HEX_CHARACTERS (row) + byte);

  return (glong) (HEX_BYTES + byte * 3 + (byte >= 8 ? HEX_GAP (row) : 0));
}
