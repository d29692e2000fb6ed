/* ph-log-highlights.h: finds what the highlight rules colour in the lines on screen
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-log-source.h"

G_BEGIN_DECLS

void ph_log_highlights_set_rules (PhLogSource *source, GPtrArray *rules);
const PhRule *ph_log_highlights_take_slow (PhLogSource *source, guint64 *ret_seq);
gboolean ph_log_highlights_update (PhLogSource *source, PhLogLine *line, gint64 deadline);

G_END_DECLS
