/* ph-check-title.h: what check bytes, and bytes around a message, are called in one line
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-check.h"
#include "ph-payload.h"

G_BEGIN_DECLS

const char *ph_check_title (const PhCheckRow *row);
char *ph_check_title_dup (const PhPayloadFormat *format);

G_END_DECLS
