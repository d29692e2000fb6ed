/* ph-log-filter.h: which records of the log are shown: all, or the matches of a search
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-log-source.h"
#include "ph-matches.h"

G_BEGIN_DECLS

void ph_log_filter_set (PhLogSource *source, const PhMatches *filter);
const PhMatches *ph_log_filter_get (PhLogSource *source);
guint64 ph_log_filter_n_shown (PhLogSource *source);
guint64 ph_log_filter_rank (PhLogSource *source, guint64 entry);
guint64 ph_log_filter_nth (PhLogSource *source, guint64 n);

G_END_DECLS
