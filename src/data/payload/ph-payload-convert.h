/* ph-payload-convert.h: a typed text as hex digits that mean the same bytes, and back
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-payload.h"

G_BEGIN_DECLS

char *ph_payload_convert_to_hex (const PhPayloadFormat *format, const char *text);
char *ph_payload_convert_to_text (const PhPayloadFormat *format, const char *hex);

G_END_DECLS
