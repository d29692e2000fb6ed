/* ph-log-lines.c: builds the lines of a record
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-log-lines.h"

#include <glib/gi18n.h>

#include "ph-hex.h"
#include "ph-format.h"
#include "ph-log-compact.h"
#include "ph-log-fold.h"
#include "ph-log-hex.h"
#include "ph-log-index.h"
#include "ph-log-row.h"
#include "ph-log-times.h"
#include "ph-marks.h"

/* ---- what the record is ---- */

PhLogStyle
ph_log_lines_accent (const PhRecord *record)
{
  switch (record->kind)
    {
    case PH_RECORD_IN:
      return PH_LOG_STYLE_RECEIVED;
    case PH_RECORD_OUT:
      return PH_LOG_STYLE_SENT;
    case PH_RECORD_ERROR:
    case PH_RECORD_LOSS:
      return PH_LOG_STYLE_ERROR;
    default:
      return PH_LOG_STYLE_EVENT;
    }
}

const char *
ph_log_lines_mark (PhLogStyle accent)
{
  switch (accent)
    {
    case PH_LOG_STYLE_RECEIVED:
      return "←";
    case PH_LOG_STYLE_SENT:
      return "→";
    case PH_LOG_STYLE_ERROR:
      return "⚠";
    default:
      return "•";
    }
}

/**
 * ph_log_lines_dup_peer:
 *
 * Returns: (transfer full): the peer in words, and the address it sent to if that is worth showing; empty if the record has
 *   no peer
 */
char *
ph_log_lines_dup_peer (const PhLogContext *context)
{
  const PhRecord *record = &context->item->record;

  if (record->peer == PH_PEER_ALL && record->detail > 0)
    {
      g_autofree char *clients = ph_format_dup_grouped (record->detail);

      return g_strdup_printf (ngettext ("All connections (%s)", "All connections (%s)", record->detail), clients);
    }
  if (record->peer == PH_PEER_ALL)
    return g_strdup (_("All connections"));
  if (context->peer != NULL && context->to != NULL)
    return g_strdup_printf ("%s → %s", context->peer, context->to);
  if (context->peer != NULL)
    return g_strdup (context->peer);
  if (record->peer != PH_PEER_NONE)
    {
      g_autofree char *number = ph_format_dup_grouped (record->peer);

      return g_strdup_printf (_("peer %s"), number);
    }

  return g_strdup ("");
}

/** ph_log_lines_awaits_peer: whether the address of its peer is not known yet. */
gboolean
ph_log_lines_awaits_peer (const PhLogContext *context)
{
  guint32 peer = context->item->record.peer;

  return context->peer == NULL && peer != PH_PEER_NONE && peer != PH_PEER_ALL;
}

/** ph_log_lines_append_event: appends the sentence of an event. */
void
ph_log_lines_append_event (const PhLogContext *context, PhLogLine *line, GString *out)
{
  g_autofree char *text = ph_format_event (&context->item->record, context->payload, context->peer, PH_LANGUAGE_USER);
  gsize start = out->len;

  ph_log_line_append_shown (line, out, text, strlen (text), NULL);
  if (line->accent == PH_LOG_STYLE_ERROR)
    ph_log_line_add_span (line, start, out->len, PH_LOG_STYLE_ERROR);
}

/* Says that the record has not all of its datagram. */
void
ph_log_lines_append_cut (const PhLogContext *context, PhLogLine *line, GString *out)
{
  if ((context->item->record.flags & PH_RECORD_TRUNCATED) != 0)
    ph_log_line_append_styled (line, out, _("  ⚠ cut: the datagram was longer"), PH_LOG_STYLE_ERROR);
}

/* ---- Comfortable and Bytes: the header line ---- */

static PhLogLine *
build_header (const PhLogContext *context)
{
  const PhRecord *record = &context->item->record;
  gboolean data = ph_record_is_data (record);
  PhLogLine *line = ph_log_line_new (data ? PH_LOG_LINE_HEADER : PH_LOG_LINE_EVENT, ph_log_lines_accent (record));
  g_autofree char *peer = ph_log_lines_dup_peer (context);
  g_autofree char *length = ph_format_dup_bytes (record->length, PH_LANGUAGE_USER);
  GString *out = g_string_new (NULL);

  ph_log_line_append_styled (line, out, ph_log_lines_mark (line->accent), line->accent);
  g_string_append_c (out, '\t');
  if (context->format->time != PH_TIME_NONE)
    {
      ph_log_times_append (context, line, out);
      g_string_append (out, "  ");
    }
  if (!data)
    {
      line->body = out->len;
      ph_log_lines_append_event (context, line, out);
    }
  else
    {
      ph_log_line_append_styled (line, out, peer, line->accent);
      g_string_append (out, *peer != '\0' ? "  " : "");
      ph_log_line_append_styled (line, out, length, PH_LOG_STYLE_DIM);
      ph_log_lines_append_cut (context, line, out);
    }
  line->final = !ph_log_lines_awaits_peer (context);
  ph_log_line_take_text (line, out);

  return line;
}

/* ---- text ---- */

static void
text_range (const PhLogContext *context, guint n, gsize *ret_start, gsize *ret_end)
{
  const PhLogItem *item = context->item;

  *ret_start = item->starts[n];
  *ret_end = n + 1 < item->n_starts ? item->starts[n + 1] : item->record.length;
}

static PhCarry
text_carry (const PhLogContext *context, guint n)
{
  PhCarry none = { .length = 0 };

  return n == 0 && context->item->stream ? context->item->carry : none;
}

/* Decodes line @n without its line break. A character that is cut at the end of the record is left to the next record of the
 * stream, if there is one. */
static void
decode_text (const PhLogContext *context, PhLogLine *line, guint n, gsize start, gsize end, GString *decoded)
{
  PhDecoder *decoder = ph_log_carry_get_decoder (context->carries);
  PhCarry carry = text_carry (context, n);

  if (!context->item->stream)
    {
      ph_decoder_decode (decoder, NULL, context->payload + start, end - start, decoded);
      return;
    }

  ph_decoder_decode (decoder, &carry, context->payload + start, end - start, decoded);
  if (carry.length == 0)
    return;
  if (end == context->item->record.length)
    {
      if (ph_log_carry_has_next (context->carries, context->item->seq, &context->item->record))
        return;
      line->waits = ph_log_carry_awaits (context->carries);
      line->final = FALSE;
    }
  ph_decoder_decode (decoder, NULL, carry.bytes, carry.length, decoded);
}

/* Appends line @n of the text to what is before it, and makes that the text of @line. */
static void
take_text (const PhLogContext *context, PhLogLine *line, GString *out, guint n)
{
  const PhCharset *charset = context->item->form.charset;
  g_autoptr (GString) decoded = g_string_new (NULL);
  PhLogEnding ending;
  gsize start, end;
  guint32 tail;

  text_range (context, n, &start, &end);
  ending = ph_log_index_ending (charset, context->payload, start, end);
  decode_text (context, line, n, start, end - ending.length, decoded);
  ph_log_line_append_shown (line, out, decoded->str, decoded->len, "\t");
  line->joined = ending.length == 0 && n + 1 < context->item->n_starts;
  tail = out->len;
  if (ending.length > 0)
    ph_log_line_append_styled (line, out, ending.cr ? PH_MARK_CR PH_MARK_LF : PH_MARK_LF, PH_LOG_STYLE_FAINT);
  ph_log_line_take_text (line, out);
  line->tail = tail;
}

/**
 * ph_log_lines_take_payload:
 * @out: (transfer full): what is before the payload
 * @n: which line of the payload
 *
 * Appends that line to @out, and makes it the text of @line.
 */
void
ph_log_lines_take_payload (const PhLogContext *context, PhLogLine *line, GString *out, guint n)
{
  line->body = out->len;
  if (context->item->record.length == 0)
    ph_log_line_take_text (line, out);
  else if (ph_log_lines_is_hex (context))
    ph_log_hex_take (context, line, out, n);
  else
    take_text (context, line, out, n);
}

static PhLogLine *
build_payload (const PhLogContext *context, guint n)
{
  PhLogLine *line = ph_log_line_new (PH_LOG_LINE_PAYLOAD, ph_log_lines_accent (&context->item->record));

  line->continues = n == 0 && context->item->continues;
  ph_log_lines_take_payload (context, line, g_string_new (NULL), n);

  return line;
}

/* ---- Table ---- */

/* The beginning of a payload, decoded. */
static void
decode_preview (const PhLogContext *context, gsize most, GString *decoded)
{
  const PhLogItem *item = context->item;
  gsize length = MIN (item->record.length, most);
  PhDecoder *decoder = ph_log_carry_get_decoder (context->carries);
  PhCarry carry = item->carry;
  gboolean more;

  ph_decoder_decode (decoder, &carry, context->payload, length, decoded);
  more = length < item->record.length
         || (item->stream && ph_log_carry_has_next (context->carries, item->seq, &item->record));
  if (!more)
    ph_decoder_decode (decoder, NULL, carry.bytes, carry.length, decoded);
}

/**
 * ph_log_lines_append_preview:
 * @context: must be of a data record
 * @most: bytes of the payload to use, at most
 *
 * Appends the beginning of the payload to @out as one line, as text or as hex.
 */
void
ph_log_lines_append_preview (const PhLogContext *context, gsize most, GString *out)
{
  g_autoptr (GString) decoded = g_string_new (NULL);

  if (context->item->form.hex)
    {
      ph_hex_append (out, context->payload, MIN (context->item->record.length, most));
      return;
    }
  decode_preview (context, most, decoded);
  ph_marks_show (decoded->str, decoded->len, NULL, out, NULL);
}

/* A mark is longer than the byte it stands for, so the text may be too long. Spans behind its end are ignored. */
static void
cut_preview (GString *out, gsize start)
{
  const char *text = out->str + start;

  if (g_utf8_strlen (text, out->len - start) <= (glong) PH_LOG_PREVIEW_CHARS)
    return;
  g_string_truncate (out, g_utf8_offset_to_pointer (text, PH_LOG_PREVIEW_CHARS) - out->str);
  g_string_append (out, "…");
}

/** ph_log_lines_append_start: appends the beginning of a payload, with the styles of its marks. */
void
ph_log_lines_append_start (const PhLogContext *context, PhLogLine *line, GString *out)
{
  g_autoptr (GString) decoded = g_string_new (NULL);
  gboolean bad;
  gsize start;

  if (context->item->form.hex)
    {
      line->bytes = TRUE;
      ph_log_lines_append_preview (context, PH_LOG_PREVIEW, out);
      return;
    }
  decode_preview (context, PH_LOG_PREVIEW, decoded);
  start = out->len;
  bad = ph_log_line_append_shown (line, out, decoded->str, decoded->len, NULL);
  cut_preview (out, start);
  /* A bad byte at the end of a piece of a stream may begin a character that the next record completes. */
  if (bad && context->item->stream)
    line->final = FALSE;
}

static const char *
direction_word (PhLogStyle accent)
{
  switch (accent)
    {
    case PH_LOG_STYLE_RECEIVED:
      return _("In");
    case PH_LOG_STYLE_SENT:
      return _("Out");
    case PH_LOG_STYLE_ERROR:
      return _("Error");
    default:
      return _("Event");
    }
}

/**
 * ph_log_lines_dup_direction:
 * @accent: from ph_log_lines_accent()
 *
 * Returns: (transfer full): the text of the column “Direction” of the table, translated
 */
char *
ph_log_lines_dup_direction (PhLogStyle accent)
{
  return g_strdup_printf ("%s %s", ph_log_lines_mark (accent), direction_word (accent));
}

/* ---- Stream: an event ---- */

static PhLogLine *
build_words (const PhLogContext *context)
{
  PhLogLine *line = ph_log_line_new (PH_LOG_LINE_EVENT, ph_log_lines_accent (&context->item->record));
  GString *out = g_string_new (NULL);

  ph_log_lines_append_event (context, line, out);
  ph_log_line_take_text (line, out);
  ph_log_line_add_span_below (line, 0, line->length, PH_LOG_STYLE_DIM);
  line->final = !ph_log_lines_awaits_peer (context);

  return line;
}

/* ---- the interface ---- */

/**
 * ph_log_lines_n_before:
 *
 * Returns: how many lines a data record has before those of its payload
 */
guint
ph_log_lines_n_before (const PhLogFormat *format)
{
  return format->mode == PH_LOG_MODE_COMFORTABLE || format->mode == PH_LOG_MODE_BYTES ? 1 : 0;
}

/* Whether the payload of the record is shown as rows of bytes. */
gboolean
ph_log_lines_is_hex (const PhLogContext *context)
{
  return context->format->mode == PH_LOG_MODE_BYTES || context->item->form.hex;
}

/* Whether line @n is the one that shows the rest of the payload, or folds it again. */
gboolean
ph_log_lines_is_fold (const PhLogContext *context, guint n)
{
  return context->item->fold && n + 1 == context->item->n_lines;
}

/**
 * ph_log_lines_build:
 * @context: a record that is shown
 * @n: which of its lines
 *
 * Returns: (transfer full): the line; the caller sets its entry and number
 */
PhLogLine *
ph_log_lines_build (const PhLogContext *context, guint n)
{
  PhLogLine *line;

  if (context->format->mode == PH_LOG_MODE_TABLE)
    line = ph_log_row_build (context);
  else if (ph_log_lines_is_fold (context, n))
    line = ph_log_fold_build (context);
  else if (context->format->mode == PH_LOG_MODE_COMPACT && n == 0)
    line = ph_log_compact_build (context);
  else if (context->format->mode == PH_LOG_MODE_STREAM && !ph_record_is_data (&context->item->record))
    line = build_words (context);
  else if (n < ph_log_lines_n_before (context->format))
    line = build_header (context);
  else
    line = build_payload (context, n - ph_log_lines_n_before (context->format));
  if (context->item->awaits)
    {
      line->waits = TRUE;
      line->final = FALSE;
    }

  return line;
}

/**
 * ph_log_lines_build_notice:
 * @text: one line, translated
 *
 * Returns: (transfer full): a line about the log itself
 */
PhLogLine *
ph_log_lines_build_notice (const char *text)
{
  PhLogLine *line = ph_log_line_new (PH_LOG_LINE_NOTICE, PH_LOG_STYLE_DIM);
  GString *out = g_string_new ("\t");

  ph_log_line_append_styled (line, out, text, PH_LOG_STYLE_DIM);
  ph_log_line_take_text (line, out);
  line->lead = 1;
  line->final = FALSE;

  return line;
}

/* Where line @n of the payload begins; the length of the payload if there are fewer. */
static gsize
payload_start (const PhLogContext *context, guint n)
{
  const PhLogItem *item = context->item;

  if (ph_log_lines_is_hex (context))
    return (gsize) n * context->format->row;

  return n < item->n_starts ? item->starts[n] : item->record.length;
}

/**
 * ph_log_lines_get_bytes:
 * @n: which of its lines
 * @ret_start: (out): the first byte of the payload that the line shows
 * @ret_end: (out): the byte behind the last one; the line break is included
 *
 * A row of the table stands for all bytes of the payload, and the line to fold for those that are not shown.
 *
 * Returns: %FALSE if the line shows no bytes
 */
gboolean
ph_log_lines_get_bytes (const PhLogContext *context, guint n, gsize *ret_start, gsize *ret_end)
{
  gsize length = context->item->record.length;
  guint before = ph_log_lines_n_before (context->format);

  if (!ph_record_is_data (&context->item->record))
    return FALSE;
  if (context->format->mode == PH_LOG_MODE_TABLE)
    {
      *ret_start = 0;
      *ret_end = length;
      return TRUE;
    }
  if (n < before)
    return FALSE;
  if (ph_log_lines_is_fold (context, n))
    {
      *ret_start = MIN (payload_start (context, n - before), length);
      *ret_end = length;
    }
  else if (ph_log_lines_is_hex (context) || context->item->n_starts == 0)
    {
      *ret_start = MIN ((gsize) (n - before) * context->format->row, length);
      *ret_end = MIN (*ret_start + context->format->row, length);
    }
  else
    {
      text_range (context, n - before, ret_start, ret_end);
    }
  return TRUE;
}
