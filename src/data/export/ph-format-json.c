/* ph-format-json.c: a record as one line of JSON
 *
 * Nothing in a line acts upon a terminal: controls and invisible characters are written as \u escapes, and what is not
 * text as the mark that one sees elsewhere. The bytes themselves are in "hex".
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-format-private.h"

#include <string.h>

#include "ph-error.h"
#include "ph-marks.h"

static void
append_unicode_escape (GString *out, gunichar c)
{
  if (c == '\n')
    g_string_append (out, "\\n");
  else if (c == '\r')
    g_string_append (out, "\\r");
  else if (c == '\t')
    g_string_append (out, "\\t");
  else if (c < 0x10000)
    g_string_append_printf (out, "\\u%04x", c);
  else
    g_string_append_printf (out, "\\u%04x\\u%04x", 0xD7C0 + (c >> 10), 0xDC00 + (c & 0x3FF));
}

static void
append_string (GString *out, const char *text, gsize length)
{
  const char *p = text, *end = text + length;

  g_string_append_c (out, '"');
  while (p < end)
    {
      const char *start = p;
      gunichar c;
      PhMarkKind kind = ph_marks_next_in (text, &p, end, &c);

      if (kind == PH_MARK_BAD)
        ph_marks_show (start, p - start, NULL, out, NULL);
      else if (kind == PH_MARK_SPECIAL)
        append_unicode_escape (out, c);
      else
        {
          if (c == '"' || c == '\\')
            g_string_append_c (out, '\\');
          g_string_append_len (out, start, p - start);
        }
    }
  g_string_append_c (out, '"');
}

static void
append_key (GString *out, const char *key, const char *value)
{
  g_string_append_printf (out, ",\"%s\":", key);
  if (value == NULL)
    g_string_append (out, "null");
  else
    append_string (out, value, strlen (value));
}

static void
append_hex (GString *out, const guint8 *bytes, gsize length)
{
  static const char digits[] = "0123456789abcdef";
  gsize start = out->len;
  char *to;

  g_string_set_size (out, start + length * 2);
  to = out->str + start;
  for (gsize i = 0; i < length; i++)
    {
      *to++ = digits[bytes[i] >> 4];
      *to++ = digits[bytes[i] & 0xF];
    }
}

static void
append_data (GString *out, const PhFormatContext *context, const PhRecord *record, const guint8 *payload)
{
  g_autoptr (GString) text = g_string_sized_new (record->length + 1);

  ph_decoder_decode (context->decoder, ph_record_is_stream (record) ? context->carry : NULL, payload, record->length, text);
  g_string_append_printf (out, ",\"length\":%u,\"text\":", record->length);
  append_string (out, text->str, text->len);
  g_string_append (out, ",\"hex\":\"");
  append_hex (out, payload, record->length);
  g_string_append (out, "\"}\n");
}

static gboolean
is_one_of (const char *name, const char *const *names, gsize n)
{
  for (gsize i = 0; i < n; i++)
    if (strcmp (names[i], name) == 0)
      return TRUE;

  return FALSE;
}

/* The words of an event. A name has one type in all lines, and is there once, whatever a file claims. */
static void
append_words (GString *out, const PhWords *words)
{
  static const char *const taken[] = { "seq", "time", "kind", "peer", "local", "to", "clock", "length", "text", "hex",
                                       "clients", "error", "why", "by" };
  static const char *const numbers[] = { "after", "bytes", "count", "delay", "delay_most", "earlier", "elapsed", "interval", "late", "limit",
                                         "lost", "most", "queued", "refused", "reserve", "sent", "size", "waiting" };
  char name[PH_WORDS_NAME_MAX + 1];
  const char *value;
  guint64 number;
  gsize at = 0;

  while (ph_words_next (words, &at, name, &value))
    if (is_one_of (name, taken, G_N_ELEMENTS (taken)))
      continue;
    else if (!is_one_of (name, numbers, G_N_ELEMENTS (numbers)))
      append_key (out, name, value);
    else if (ph_words_get_number (words, name, &number))
      g_string_append_printf (out, ",\"%s\":%" G_GUINT64_FORMAT, name, number);
}

static void
append_event (GString *out, const PhFormatContext *context, const PhRecord *record, const guint8 *payload)
{
  g_autofree char *text = ph_format_event (record, payload, context->peer, PH_LANGUAGE_ENGLISH);
  gboolean failed = record->kind == PH_RECORD_ERROR || record->kind == PH_RECORD_NOTE;
  gboolean ended = record->kind == PH_RECORD_LEFT || record->kind == PH_RECORD_CLOSED;
  const char *error = failed ? ph_error_id (record->detail) : NULL, *why = ph_record_why_id (record);
  const char *by = ended ? ph_left_by (record->detail) : NULL;
  PhWords words;

  g_string_append (out, ",\"length\":0,\"text\":");
  append_string (out, text, strlen (text));
  g_string_append (out, ",\"hex\":\"\"");
  if (error != NULL)
    append_key (out, "error", error);
  if (why != NULL)
    append_key (out, "why", why);
  if (by != NULL)
    append_key (out, "by", by);
  if (ph_record_has_words (record))
    {
      ph_words_read (&words, payload, record->length);
      append_words (out, &words);
    }
  g_string_append (out, "}\n");
}

/**
 * ph_format_json:
 * @out: appended to
 * @context: what a line needs in addition to the record
 * @payload: its payload
 *
 * `length` counts the bytes that `hex` has. Records that are not data have none of either; their `text` is the sentence
 * of ph_format_event() in English, and behind it are the words that the sentence is made of. `clients` is how many took what was
 * sent to all. `to` is where a datagram was sent to, if it was not the address that is bound; `clock` says whose
 * time it is.
 */
void
ph_format_json (GString *out, const PhFormatContext *context, const PhRecord *record, const guint8 *payload)
{
  g_autofree char *text = NULL;
  const char *peer = context->peer, *local = context->local, *stamp = ph_format_stamp (record->time, TRUE);

  if (record->peer == PH_PEER_ALL)
    peer = "all";
  if ((record->kind == PH_RECORD_JOINED && peer == NULL) || (record->kind == PH_RECORD_OPEN && local == NULL))
    text = ph_marks_dup ((const char *) payload, record->length, PH_MARKS_NAME_MAX);
  if (record->kind == PH_RECORD_JOINED && peer == NULL)
    peer = text;
  if (record->kind == PH_RECORD_OPEN && local == NULL)
    local = text;

  /* The number that the window's table shows, and that one jumps to. */
  g_string_append_printf (out, "{\"seq\":%" G_GUINT64_FORMAT ",\"time\":\"%.10sT%s", context->number, stamp, stamp + 11);
  ph_format_fraction (out, record->time, 9);
  g_string_append (out, "Z\"");
  append_key (out, "kind", ph_record_kind_id (record->kind));
  append_key (out, "peer", peer);
  if (record->peer == PH_PEER_ALL)
    g_string_append_printf (out, ",\"clients\":%u", record->detail);
  append_key (out, "local", local);
  append_key (out, "to", context->to);
  append_key (out, "clock", (record->flags & PH_RECORD_KERNEL_TIME) != 0 ? "kernel" : "program");
  if (ph_record_is_data (record))
    append_data (out, context, record, payload);
  else
    append_event (out, context, record, payload);
}
