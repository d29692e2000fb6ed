/* ph-format.c: records as text for a terminal, a file or the clipboard
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-format.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ph-hex.h"
#include "ph-format-private.h"
#include "ph-marks.h"

#define INDENT "    "
#define HEX_ROW 16u /* bytes in a line of the log */

/**
 * ph_format_shown:
 *
 * Appends the payload as text that is safe to show; line breaks and tabs are kept.
 */
void
ph_format_shown (GString *out, const PhFormatContext *context, const PhRecord *record, const guint8 *payload)
{
  g_autoptr (GString) text = g_string_sized_new (record->length + 1);

  ph_decoder_decode (context->decoder, ph_record_is_stream (record) ? context->carry : NULL, payload, record->length, text);
  ph_marks_show (text->str, text->len, "\n\t", out, NULL);
}

/* ---- log ---- */

/* Every line of a payload is indented, so no peer can write a line that looks like one of ours. */
static void
append_indented (GString *out, const char *text, gsize length)
{
  const char *p = text, *end = text + length;

  while (p < end)
    {
      const char *line_break = memchr (p, '\n', end - p);
      const char *line_end = line_break != NULL ? line_break : end;

      g_string_append (out, INDENT);
      g_string_append_len (out, p, line_end - p);
      g_string_append_c (out, '\n');
      p = line_end + 1;
    }
}

static void
append_hex_rows (GString *out, const guint8 *bytes, gsize length)
{
  for (gsize i = 0; i < length; i += HEX_ROW)
    {
      g_string_append (out, INDENT);
      ph_hex_append (out, bytes + i, MIN (HEX_ROW, length - i));
      g_string_append_c (out, '\n');
    }
}

static void
append_log_data (GString *out, const PhFormatContext *context, const PhRecord *record, const guint8 *payload)
{
  g_autofree char *clients = record->peer == PH_PEER_ALL ? ph_format_dup_grouped (record->detail) : NULL;
  g_autofree char *length = ph_format_dup_bytes (record->length, PH_LANGUAGE_USER);

  g_string_append (out, record->kind == PH_RECORD_IN ? "← " : "→ ");
  if (record->peer == PH_PEER_ALL)
    g_string_append_printf (out, ngettext ("%s client  ", "%s clients  ", record->detail), clients);
  else if (context->peer != NULL)
    g_string_append_printf (out, context->to_unusual ? "%s → " : "%s  ", context->peer);
  if (context->to_unusual)
    g_string_append_printf (out, "%s  ", context->to);
  g_string_append (out, length);
  if ((record->flags & PH_RECORD_TRUNCATED) != 0)
    g_string_append (out, _(", cut: the datagram was longer"));
  if ((record->flags & PH_RECORD_MORE) != 0)
    g_string_append (out, _(", the rest follows"));
  g_string_append_c (out, '\n');

  if (context->dump)
    ph_format_dump (out, payload, record->length, INDENT);
  else if (context->hex)
    append_hex_rows (out, payload, record->length);
  else
    {
      g_autoptr (GString) shown = g_string_sized_new (record->length + 1);

      ph_format_shown (shown, context, record, payload);
      append_indented (out, shown->str, shown->len);
    }
}

/* A line of ours begins with something else than blanks: so the blanks that a short time is filled up with are behind it. */
static void
append_since (GString *out, const PhFormatContext *context, gint64 time)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gsize blanks;

  if (context->has_since)
    ph_format_since (text, time, context->since, context->time);
  else
    ph_format_since_nothing (text, context->time);
  blanks = strspn (text->str, " ");
  g_string_append (out, text->str + blanks);
  g_string_append_len (out, text->str, (gssize) blanks);
}

static void
append_time (GString *out, const PhFormatContext *context, gint64 time)
{
  if (context->kind == PH_TIME_NONE)
    return;
  if (context->kind == PH_TIME_OF_DAY)
    ph_format_time (out, time, context->time);
  else
    append_since (out, context, time);
  g_string_append_c (out, ' ');
}

/*
 * 16:05:48.417 ← 192.168.56.1:4089  5 bytes
 *     hello
 * 16:05:49.002 · 192.168.56.1:4089 disconnected
 *
 * A record is one line that begins with the time, and the lines of its payload that begin with four blanks; so both
 * `grep '^[0-9]'` and `grep -B1 hello` do what one hopes.
 */
static gboolean
append_log (GString *out, const PhFormatContext *context, const PhRecord *record, const guint8 *payload)
{
  g_autofree char *event = NULL;

  if (ph_record_is_silent (record))
    return FALSE;

  append_time (out, context, record->time);
  if (ph_record_is_data (record))
    {
      append_log_data (out, context, record, payload);
      return TRUE;
    }
  event = ph_format_event (record, payload, context->peer, PH_LANGUAGE_USER);
  g_string_append_printf (out, "%s %s\n", record->kind == PH_RECORD_ERROR ? "!" : "·", event);
  return TRUE;
}

/* ---- all of them ---- */

static gboolean
append_json (GString *out, const PhFormatContext *context, const PhRecord *record, const guint8 *payload)
{
  if (ph_record_is_silent (record))
    return FALSE;
  ph_format_json (out, context, record, payload);
  return TRUE;
}

static gboolean
append_raw (GString *out, const PhFormatContext *context, const PhRecord *record, const guint8 *payload)
{
  if (!ph_record_is_data (record) || record->length == 0)
    return FALSE;
  g_string_append_len (out, (const char *) payload, record->length);
  return TRUE;
}

typedef gboolean (*Append) (GString *out, const PhFormatContext *context, const PhRecord *record, const guint8 *payload);

/* @escapes: ph_format_escapes(). @other: (nullable): another name. @head: (nullable): what a file begins with. @twice: a line has the bytes beside the text */
static const struct
{
  const char *id, *other, *head;
  gboolean twice, escapes;
  Append append;
} formats[] = {
  [PH_FORMAT_LOG] = { "log", NULL, NULL, FALSE, FALSE, append_log },
  [PH_FORMAT_NETASSIST] = { "netassist", NULL, NULL, FALSE, TRUE, ph_format_netassist },
  [PH_FORMAT_NETASSIST_5] = { "netassist-v5", NULL, NULL, FALSE, TRUE, ph_format_netassist_5 },
  [PH_FORMAT_CSV] = { "csv", NULL, PH_FORMAT_CSV_HEAD, TRUE, TRUE, ph_format_csv },
  [PH_FORMAT_JSON] = { "json", "jsonl", NULL, TRUE, FALSE, append_json },
  [PH_FORMAT_RAW] = { "raw", NULL, NULL, FALSE, FALSE, append_raw },
};

G_STATIC_ASSERT (G_N_ELEMENTS (formats) == PH_N_FORMATS);

/**
 * ph_format_parse:
 * @id: (nullable): a name of ph_format_dup_ids(), or "jsonl"
 * @ret_kind: (out): the format
 *
 * Returns: whether there is one of that name
 */
gboolean
ph_format_parse (const char *id, PhFormatKind *ret_kind)
{
  for (gsize i = 0; id != NULL && i < G_N_ELEMENTS (formats); i++)
    if (strcmp (formats[i].id, id) == 0 || g_strcmp0 (formats[i].other, id) == 0)
      {
        *ret_kind = i;
        return TRUE;
      }
  return FALSE;
}

/** ph_format_dup_ids: Returns: (transfer full): the names of all formats: "log, netassist, …" */
char *
ph_format_dup_ids (void)
{
  GString *ids = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++)
    g_string_append_printf (ids, "%s%s", i > 0 ? ", " : "", formats[i].id);

  return g_string_free (ids, FALSE);
}

/** ph_format_get_head: Returns: (nullable): the line before the first record of a file, with its line feed */
const char *
ph_format_get_head (PhFormatKind kind)
{
  return formats[kind].head;
}

/** ph_format_has_both: Returns: whether a line has the bytes of a payload, and beside them its text, whatever is asked for */
gboolean
ph_format_has_both (PhFormatKind kind)
{
  return formats[kind].twice;
}

/** ph_format_escapes: Returns: whether the format can be written with the option `escape` of its context */
gboolean
ph_format_escapes (PhFormatKind kind)
{
  return formats[kind].escapes;
}

/**
 * ph_format_append:
 * @out: appended to: bytes with %PH_FORMAT_RAW, else whole lines of UTF-8
 * @context: what a line needs in addition to the record
 *
 * Except with %PH_FORMAT_RAW, line breaks and tabs are the only control characters that are appended, whatever a peer sends. A character
 * that is cut at the end of a stream's record is completed by the next one; when the stream ends, the rest is in the carry.
 *
 * Returns: %FALSE if the record is not shown in this format
 */
gboolean
ph_format_append (GString *out, PhFormatKind kind, const PhFormatContext *context, const PhRecord *record,
                  const guint8 *payload)
{
  return formats[kind].append (out, context, record, payload);
}
