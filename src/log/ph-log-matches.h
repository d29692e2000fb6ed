/* ph-log-matches.h: finds where the search matches in a line of the log
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-finder.h"
#include "ph-log-source.h"

G_BEGIN_DECLS

void ph_log_matches_set_finder (PhLogSource *source, PhFinder *finder);
gboolean ph_log_matches_update (PhLogSource *source, PhLogLine *line, gint64 deadline);
gboolean ph_log_matches_take_slow (PhLogSource *source, guint64 *ret_seq);
gboolean ph_log_matches_first (PhLogSource *source, guint64 entry, PhLogPos *ret_pos);

G_END_DECLS
