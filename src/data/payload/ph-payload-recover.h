/* ph-payload-recover.h: a text and its format, from the bytes that were sent
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-payload.h"
#include "ph-record.h"

G_BEGIN_DECLS

char *ph_payload_dup_typed (const GString *text, gboolean escapes);
char *ph_payload_recover (GBytes *bytes, guint8 form, const char *charset, PhPayloadFormat *ret_format);

G_END_DECLS
