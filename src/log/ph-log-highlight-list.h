/* ph-log-highlight-list.h: what the rules colour in a piece of a record, the first rule's colours over those of the next
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-log-line.h"

G_BEGIN_DECLS

void ph_log_highlight_list_append (GArray *highlights, guint32 start, guint32 end, PhHue hue);
void ph_log_highlight_list_add (GArray **highlights, const GArray *ranges, PhHue hue);

G_END_DECLS
