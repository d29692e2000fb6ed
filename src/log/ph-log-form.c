/* ph-log-form.c: decides in which form the payload of a record is shown
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-log-form.h"

/**
 * ph_log_form_get:
 *
 * Returns: the form of @record
 */
PhLogForm
ph_log_form_get (const PhLogFormat *format, const PhRecord *record)
{
  return (PhLogForm) { .hex = format->form == PH_FORM_HEX, .charset = format->charset };
}
