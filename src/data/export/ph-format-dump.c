/* ph-format-dump.c: bytes as rows of hex with their offsets and characters
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-format-private.h"

#define ROW 16u /* bytes */
#define GAP 8u  /* bytes before a wider gap */

static void
append_digits (GString *out, const guint8 *bytes, gsize length)
{
  for (gsize i = 0; i < ROW; i++)
    {
      if (i == GAP)
        g_string_append_c (out, ' ');
      if (i < length)
        g_string_append_printf (out, "%02X ", bytes[i]);
      else
        g_string_append (out, "   ");
    }
}

/**
 * ph_format_dump:
 * @out: appended to
 * @indent: before each line
 *
 * Appends “000010  68 65 6C 6C 6F …   hello”, as Bytes shows them in the window: bytes that are no printable ASCII are dots in the
 * middle of the line, so a full stop is told from them.
 */
void
ph_format_dump (GString *out, const guint8 *bytes, gsize length, const char *indent)
{
  for (gsize start = 0; start < length; start += ROW)
    {
      gsize n = MIN (ROW, length - start);

      g_string_append_printf (out, "%s%06" G_GSIZE_MODIFIER "X  ", indent, start);
      append_digits (out, bytes + start, n);
      g_string_append_c (out, ' ');
      for (gsize i = 0; i < n; i++)
        if (bytes[start + i] >= 0x20 && bytes[start + i] < 0x7F)
          g_string_append_c (out, (char) bytes[start + i]);
        else
          g_string_append (out, "·");
      g_string_append_c (out, '\n');
    }
}
