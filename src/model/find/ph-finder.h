/* ph-finder.h: searches all records of a session, and new ones as they come
 *
 * Main thread only. A thread of its own does the search (ph-scan.c); its results arrive here at most once a frame.
 *
 * Signals: "changed" (): there are more or fewer matches, or all records are searched. "reset" (): the query was changed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-matches.h"
#include "ph-search.h"
#include "ph-session.h"

G_BEGIN_DECLS

#define PH_TYPE_FINDER (ph_finder_get_type ())
G_DECLARE_FINAL_TYPE (PhFinder, ph_finder, PH, FINDER, GObject)

PhFinder *ph_finder_new (PhSession *session);
gboolean ph_finder_set_query (PhFinder *finder, const PhSearchQuery *query, GError **error);
gboolean ph_finder_is_active (PhFinder *finder);
gboolean ph_finder_is_running (PhFinder *finder);
const PhMatches *ph_finder_get_matches (PhFinder *finder);
guint64 ph_finder_get_unknown (PhFinder *finder, guint64 *ret_first);
PhSearch *ph_finder_get_search (PhFinder *finder);
PhSearch *ph_finder_dup_search (PhFinder *finder);

G_END_DECLS
