/* ph-log-form.h: in which form the payload of a record is shown
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-log-format.h"
#include "ph-record.h"

G_BEGIN_DECLS

/**
 * PhLogForm: of one record. Whoever shows its payload asks for this one, and not for that of the format.
 * @hex: as hex digits, or else as text
 */
typedef struct
{
  gboolean hex;
  const PhCharset *charset;
} PhLogForm;

typedef struct _PhLogForms PhLogForms;

PhLogForms *ph_log_forms_new (const PhLogFormat *format);
void ph_log_forms_free (PhLogForms *self);
PhLogForm ph_log_forms_get (PhLogForms *self, const PhRecord *record, const guint8 *payload);
PhDecoder *ph_log_forms_get_decoder (PhLogForms *self, const PhCharset *charset);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhLogForms, ph_log_forms_free)

G_END_DECLS
