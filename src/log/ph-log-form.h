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

PhLogForm ph_log_form_get (const PhLogFormat *format, const PhRecord *record);

G_END_DECLS
