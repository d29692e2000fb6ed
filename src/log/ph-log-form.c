/* ph-log-form.c: decides in which form the payload of a record is shown
 *
 * What was sent is shown as it was sent, and what was received as the user has chosen: as text, as hex, as it came, or as text
 * where it is text. The form depends on nothing but the record itself, so it stays the same whatever comes before or behind it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-log-form.h"

#include "ph-is-text.h"

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

static gboolean
is_text (PhLogForms *self, const PhRecord *record, const guint8 *payload, const PhCharset *charset)
{
  return ph_is_text (ph_log_forms_get_decoder (self, charset), payload, record->length, ph_record_is_stream (record), self->scratch);
}

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
