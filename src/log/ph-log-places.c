/* ph-log-places.c: computes where bytes of a payload are in the text of a line
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-log-places.h"

#include <string.h>

#include "ph-log-hex.h"
#include "ph-marks.h"

/* The bytes at the beginning that the line shows as themselves. */
static gsize
plain_length (const PhLogPlaces *self)
{
  const guint8 *bytes = self->context->payload + self->start;
  const char *text = self->line->text + self->line->body;
  gsize most = MIN (self->end - self->start, self->line->tail - self->line->body), n = 0;

  if (self->context->item->form.charset->unit > 1)
    return 0;
  while (n < most && bytes[n] == (guint8) text[n] && g_ascii_isprint (text[n]))
    n++;

  return n;
}

/**
 * ph_log_places_init:
 * @places: (out caller-allocates): must be zeroed; cleared with ph_log_places_clear() in any case
 * @context: outlives @places
 * @line: a line of that record; outlives @places
 *
 * Returns: %FALSE if the line shows no bytes
 */
gboolean
ph_log_places_init (PhLogPlaces *places, const PhLogContext *context, const PhLogLine *line)
{
  if (line->kind == PH_LOG_LINE_FOLD || !ph_log_lines_get_bytes (context, line->line, &places->start, &places->end))
    return FALSE;
  places->context = context;
  places->line = line;
  if (context->format->mode == PH_LOG_MODE_TABLE)
    places->end = MIN (places->end, PH_LOG_PREVIEW);
  else
    places->plain = plain_length (places);

  return TRUE;
}

void
ph_log_places_clear (PhLogPlaces *places)
{
  if (places->text == NULL)
    return;
  g_string_free (places->text, TRUE);
  g_string_free (places->shown, TRUE);
}

static PhCarry
first_carry (PhLogPlaces *self)
{
  const PhLogItem *item = self->context->item;

  return self->start == 0 && item->stream ? item->carry : (PhCarry) { .length = 0 };
}

static void
begin (PhLogPlaces *self)
{
  PhDecoder *decoder = ph_log_carry_get_decoder (self->context->carries);
  PhCarry carry = first_carry (self);

  if (self->text == NULL)
    {
      self->text = g_string_new (NULL);
      self->shown = g_string_new (NULL);
      ph_decoder_decode (decoder, &carry, self->context->payload + self->start, self->end - self->start, self->text);
    }
  g_string_truncate (self->shown, 0);
  self->byte = self->start;
  self->length = self->at = 0;
  self->carry = first_carry (self);
}

/* Appends those bytes of a cut character at @byte that are bad whatever follows. Each of them is shown as a mark. */
static void
append_bad (PhLogPlaces *self, PhDecoder *decoder, gsize byte, GString *decoded)
{
  const PhLogItem *item = self->context->item;
  gsize more = MIN (item->record.length - byte, PH_CARRY_MAX);
  gboolean ends = self->carry.length > 0 && byte + more == item->record.length
                  && (!item->stream || !ph_log_carry_has_next (self->context->carries, item->seq, &item->record));
  g_autoptr (GString) text = g_string_new (NULL);

  while (self->carry.length > 0)
    {
      PhCarry carry = self->carry;
      const char *p;
      gunichar c;

      g_string_truncate (text, 0);
      ph_decoder_decode (decoder, &carry, self->context->payload + byte, more, text);
      if (ends)
        ph_decoder_decode (decoder, NULL, carry.bytes, carry.length, text);
      p = text->str;
      if (text->len == 0 || ph_marks_next (&p, text->str + text->len, &c) != PH_MARK_BAD)
        return;
      g_string_append_len (decoded, text->str, p - text->str);
      carry = self->carry;
      self->carry.length = 0;
      ph_decoder_decode (decoder, &self->carry, carry.bytes + 1, carry.length - 1, decoded);
    }
}

static gsize
decode_to (PhLogPlaces *self, gsize byte)
{
  PhDecoder *decoder = ph_log_carry_get_decoder (self->context->carries);
  gboolean table = self->context->format->mode == PH_LOG_MODE_TABLE;
  g_autoptr (GString) decoded = g_string_new (NULL);
  const char *text, *end;

  if (self->text == NULL || byte < self->byte)
    begin (self);
  ph_decoder_decode (decoder, &self->carry, self->context->payload + self->byte, byte - self->byte, decoded);
  append_bad (self, decoder, byte, decoded);
  self->byte = byte;
  self->length += decoded->len;
  if (self->length > self->text->len) /* the bad bytes at the end of a record */
    g_string_append_len (self->text, decoded->str + decoded->len - (self->length - self->text->len), self->length - self->text->len);

  text = self->text->str;
  end = ph_marks_show_part (text, text + self->at, text + self->length, text + self->text->len, table ? NULL : "\t", self->shown, NULL);
  self->at = MAX (self->at, (gsize) (end - text));

  /* A variation selector is shown with its character, but its bytes are not before @byte. */
  return self->shown->len - (self->at - self->length);
}

/* Bytes of text that are shown for the bytes of the line before @byte. Fast if @byte does not go back. */
static gsize
shown_length (PhLogPlaces *self, gsize byte)
{
  return byte - self->start <= self->plain ? byte - self->start : decode_to (self, byte);
}

/**
 * ph_log_places_shown:
 * @byte: of those that the line shows, from @places->start to @places->end
 *
 * Returns: how many bytes of the line's text show the bytes before @byte; a character shows once all its bytes are before it
 */
gsize
ph_log_places_shown (PhLogPlaces *places, gsize byte)
{
  if (byte - places->start > places->plain)
    begin (places);

  return shown_length (places, byte);
}

static void
append_range (GArray *ranges, gsize start, gsize end)
{
  PhSearchRange range = { (guint32) start, (guint32) end };

  if (end > start)
    g_array_append_val (ranges, range);
}

static void
append_text (PhLogPlaces *self, gsize from, gsize to, GArray *ranges)
{
  guint32 tail = self->line->tail, body = self->line->body;
  gsize left = MIN (body + shown_length (self, from), tail);
  gsize right = MIN (body + shown_length (self, to), tail);

  /* A match that is only in the line break. */
  append_range (ranges, left, right == left && left == tail ? self->line->length : right);
}

static void
append_hex (PhLogPlaces *self, gsize from, gsize to, GArray *ranges)
{
  gsize left = self->line->body + from * 3, right = self->line->body + to * 3 - 1;

  append_range (ranges, MIN (left, self->line->tail), MIN (right, self->line->tail));
}

/* A row of Bytes shows each byte twice. */
static void
append_hex_row (PhLogPlaces *self, gsize from, gsize to, GArray *ranges)
{
  const char *text = self->line->text;
  glong length = g_utf8_strlen (text, self->line->length); /* the line may be older than the record */
  guint row = self->context->format->row;

  for (guint i = 0; i < 2; i++)
    {
      glong left = ph_log_hex_column_of (row, from, i == 1);
      glong right = ph_log_hex_column_of (row, to - 1, i == 1) + (i == 1 ? 1 : 2);

      left = MIN (left, length);
      right = MIN (right, length);
      append_range (ranges, g_utf8_offset_to_pointer (text, left) - text, g_utf8_offset_to_pointer (text, right) - text);
    }
}

/* The last column of the table shows the beginning of the payload. */
static void
append_preview (PhLogPlaces *self, gsize from, gsize to, GArray *ranges)
{
  gsize base = self->line->body;
  gboolean hex = self->context->item->form.hex;
  gsize left = base + (hex ? from * 3 : shown_length (self, from));
  gsize right = base + (hex ? to * 3 - 1 : shown_length (self, to));

  append_range (ranges, MIN (left, self->line->length), MIN (right, self->line->length));
}

/**
 * ph_log_places_append:
 * @bytes: of the payload; calls are fast if they go from the start to the end
 * @ranges: (element-type PhSearchRange): bytes of the line's text
 *
 * Appends where @bytes are shown in the line: nothing if they are not, two ranges in Bytes.
 */
void
ph_log_places_append (PhLogPlaces *places, const PhSearchRange *bytes, GArray *ranges)
{
  const PhLogFormat *format = places->context->format;
  gsize from = MAX (bytes->start, places->start), to = MIN (bytes->end, places->end);

  if (from >= to)
    return;
  if (format->mode == PH_LOG_MODE_TABLE)
    append_preview (places, from, to, ranges);
  else if (format->mode == PH_LOG_MODE_BYTES)
    append_hex_row (places, from - places->start, to - places->start, ranges);
  else if (places->context->item->form.hex)
    append_hex (places, from - places->start, to - places->start, ranges);
  else
    append_text (places, from, to, ranges);
}

/**
 * ph_log_places_dup_words:
 * @context: must be of an event
 * @ret_start: (out): where the words begin in the text of the line; they reach to its end
 *
 * Returns: (transfer full) (nullable): the sentence of the event, in which the search looks; %NULL if the line shows marks in it
 */
char *
ph_log_places_dup_words (const PhLogContext *context, const PhLogLine *line, gsize *ret_start)
{
  g_autofree char *words = ph_format_event (&context->item->record, context->payload, context->peer, PH_LANGUAGE_USER);

  if (!g_str_has_suffix (line->text, words))
    return NULL;
  *ret_start = line->length - strlen (words);

  return g_steal_pointer (&words);
}
