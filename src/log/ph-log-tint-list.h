/* ph-log-tint-list.h: what the rules colour in a piece of a record, the first rule's colours over those of the next
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-log-source.h"

G_BEGIN_DECLS

void ph_log_tint_list_append (GArray *tints, guint32 start, guint32 end, PhHue hue);
void ph_log_tint_list_add (GArray **tints, const GArray *ranges, PhHue hue);

G_END_DECLS
