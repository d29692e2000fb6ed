/* ph-format-csv.c: a record as one row of a table with commas (RFC 4180)
 *
 * The columns have the names that lines of JSON have. `length` counts the bytes that `hex` has; events have none of either, and their
 * `text` is a sentence. Line breaks and tabs are the only control characters, and these stand between quotes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-format-private.h"

#include <string.h>

#include "ph-hex.h"
#include "ph-marks.h"

/* A formula would be computed by who opens the table: with @escape an apostrophe stands before it, as it does in the programs
 * themselves. Where one stands already a second one does, so it can be taken away again. */
static void
append_cell (GString *out, const char *text, gsize length, gboolean escape)
{
  gboolean formula = escape && length > 0 && strchr ("=+-@\t'", *text) != NULL;
  const char *p = text, *end = text + length;

  g_string_append (out, ",\"");
  if (formula)
    g_string_append_c (out, '\'');
  while (p < end)
    {
      const char *quote = memchr (p, '"', (gsize) (end - p)), *next = quote != NULL ? quote + 1 : end;

      g_string_append_len (out, p, next - p);
      if (quote != NULL)
        g_string_append_c (out, '"');
      p = next;
    }
  g_string_append_c (out, '"');
}

/* Addresses need no quotes, but for a name that a file claims. */
static void
append_name (GString *out, const char *name, gboolean escape)
{
  if (name == NULL || *name == '\0')
    g_string_append_c (out, ',');
  else if (strpbrk (name, ",\"\n\t=+-@' ") != NULL)
    append_cell (out, name, strlen (name), escape);
  else
    g_string_append_printf (out, ",%s", name);
}

static void
append_text (GString *out, const PhFormatContext *context, const PhRecord *record, const guint8 *payload)
{
  g_autoptr (GString) text = g_string_sized_new (record->length + 1);
  g_autofree char *event = NULL;

  if (ph_record_is_data (record))
    {
      ph_format_shown (text, context, record, payload);
      append_cell (out, text->str, text->len, context->escape);
      return;
    }
  event = ph_format_event (record, payload, context->peer, PH_LANGUAGE_USER);
  append_cell (out, event, strlen (event), context->escape);
}

/** ph_format_csv: Appends a record as one row. Returns: %FALSE if it is not shown */
gboolean
ph_format_csv (GString *out, const PhFormatContext *context, const PhRecord *record, const guint8 *payload)
{
  const char *peer = record->peer == PH_PEER_ALL ? "all" : context->peer;
  guint32 length = ph_record_is_data (record) ? record->length : 0;

  if (ph_record_is_silent (record))
    return FALSE;
  g_string_append_printf (out, "%" G_GUINT64_FORMAT ",%s", context->number, ph_format_stamp (record->time, FALSE));
  ph_format_fraction (out, record->time, 6);
  g_string_append_printf (out, ",%s", ph_record_kind_id (record->kind));
  append_name (out, peer, context->escape);
  append_name (out, context->local, context->escape);
  append_name (out, context->to, context->escape);
  g_string_append_printf (out, ",%u", length);
  append_text (out, context, record, payload);
  g_string_append_c (out, ',');
  ph_hex_append (out, payload, length);
  g_string_append_c (out, '\n');

  return TRUE;
}
