/* ph-log-form.c: decides in which form the payload of a record is shown
 *
 * What was sent is shown as it was sent, and what was received as the user has chosen: as text, as hex, as it came, or as text
 * where it is text. The form depends on nothing but the record itself, so it stays the same whatever comes before or behind it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-log-form.h"

#include <string.h>

#include "ph-marks.h"

struct _PhLogForms
{
  PhForm form;
  gboolean as_it_came;
  const PhCharset *charset;
  PhDecoder *decoders[PH_CHARSETS_MAX]; /* by number; NULL until needed */
  GString *scratch;
};

/**
 * ph_log_forms_new:
 * @format: copied
 *
 * Returns: (transfer full): the forms of records in this format
 */
PhLogForms *
ph_log_forms_new (const PhLogFormat *format)
{
  PhLogForms *self = g_new0 (PhLogForms, 1);

  self->form = format->form;
  self->as_it_came = format->as_it_came;
  self->charset = format->charset;
  self->scratch = g_string_new (NULL);

  return self;
}

void
ph_log_forms_free (PhLogForms *self)
{
  for (guint i = 0; i < PH_CHARSETS_MAX; i++)
    g_clear_pointer (&self->decoders[i], ph_decoder_free);
  g_string_free (self->scratch, TRUE);
  g_free (self);
}

/**
 * ph_log_forms_get_decoder:
 *
 * Returns: (transfer none): for payloads in @charset
 */
PhDecoder *
ph_log_forms_get_decoder (PhLogForms *self, const PhCharset *charset)
{
  PhDecoder **decoder = &self->decoders[charset->number];

  if (*decoder == NULL)
    *decoder = ph_decoder_new (charset);

  return *decoder;
}

/* ---- is it text? ---- */

/* Control characters of texts, among them those of terminals. */
static gboolean
is_usual (gunichar c)
{
  return c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\a' || c == '\b' || c == 0x1B;
}

/* Bytes without the zeros at their end, with which strings in C and fields of a fixed length are filled up. */
static gsize
without_zeros (const guint8 *bytes, gsize length, guint unit)
{
  while (length >= unit && bytes[length - 1] == 0 && bytes[length - unit] == 0)
    length -= unit;

  return length;
}

/* Whether the bytes have a control character that texts do not have. No character of these encodings has such a byte in it. */
static gboolean
has_controls (const guint8 *bytes, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if ((bytes[i] < 0x20 && !is_usual (bytes[i])) || bytes[i] == 0x7F)
      return TRUE;

  return FALSE;
}

static gboolean
is_ascii (const guint8 *bytes, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (bytes[i] >= 0x80)
      return FALSE;

  return TRUE;
}

static gboolean
is_of_texts (gunichar c)
{
  return is_usual (c) || (!g_unichar_iscntrl (c) && (c & 0xFFFE) != 0xFFFE && !(c >= 0xFDD0 && c <= 0xFDEF));
}

/* Whether the bytes decode to at least one character, and to nothing else. @cut: the last one may be cut. */
static gboolean
reads_well (PhLogForms *self, PhDecoder *decoder, const guint8 *bytes, gsize length, gboolean cut)
{
  PhCarry carry = { .length = 0 };
  const char *p, *end;
  gunichar c;

  g_string_truncate (self->scratch, 0);
  ph_decoder_decode (decoder, cut ? &carry : NULL, bytes, length, self->scratch);
  p = self->scratch->str;
  end = p + self->scratch->len;
  while (p < end)
    if (ph_marks_next (&p, end, &c) == PH_MARK_BAD || !is_of_texts (c))
      return FALSE;

  return self->scratch->len > 0;
}

/* A piece of a stream may begin with the rest of a character, and end in one. */
static gboolean
is_text (PhLogForms *self, const PhRecord *record, const guint8 *payload, const PhCharset *charset)
{
  PhDecoder *decoder = ph_log_forms_get_decoder (self, charset);
  gsize length = MIN (record->length, PH_LOG_FORM_BYTES), text = without_zeros (payload, length, charset->unit);
  gboolean cut = text == length && (length < record->length || ph_record_is_stream (record));
  guint rest = ph_record_is_stream (record) ? charset->longest - 1u : 0;

  if (record->length == 0)
    return TRUE;
  if (charset->unit == 1 && has_controls (payload, text))
    return FALSE;
  if (charset->unit == 1 && text > 0 && is_ascii (payload, text))
    return TRUE;
  for (guint i = 0; i <= rest && i < text; i++)
    if (reads_well (self, decoder, payload + i, text - i, cut))
      return TRUE;

  return FALSE;
}

/* ---- the form ---- */

/**
 * ph_log_forms_get:
 * @record: a data record
 * @payload: of @record
 *
 * Returns: how @record is shown, except in rows with offset and characters
 */
PhLogForm
ph_log_forms_get (PhLogForms *self, const PhRecord *record, const guint8 *payload)
{
  PhForm form = record->form & 3;
  const PhCharset *charset = ph_charset_find_number (record->form >> 2);

  if (form == PH_FORM_NOT_TOLD || (record->kind == PH_RECORD_IN && !self->as_it_came))
    {
      form = self->form;
      charset = self->charset;
    }
  if (charset == NULL) /* of a newer program */
    charset = self->charset;
  if (form == PH_FORM_AUTOMATIC)
    form = is_text (self, record, payload, charset) ? PH_FORM_TEXT : PH_FORM_HEX;

  return (PhLogForm) { .hex = form == PH_FORM_HEX, .charset = charset };
}
