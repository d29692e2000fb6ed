/* ph-log-walk.h: goes from line to line of the log; skips missing records and entries without lines
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-log-source.h"

G_BEGIN_DECLS

gboolean ph_log_walk_first (PhLogSource *source, PhLogPos *ret_pos);
gboolean ph_log_walk_last (PhLogSource *source, PhLogPos *ret_pos);
gboolean ph_log_walk_next (PhLogSource *source, PhLogPos *pos);
gboolean ph_log_walk_previous (PhLogSource *source, PhLogPos *pos);
void ph_log_walk_clamp (PhLogSource *source, PhLogPos *pos);

G_END_DECLS
