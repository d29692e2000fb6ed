/* ph-finder.h: looks for something in all records of a session, those included that are still to come
 *
 * Main thread only; the looking itself is done by a thread of its own (ph-finder-scan.c), which holds a chunk at a time
 * and is asleep as long as there is nothing new. What it has found arrives here in one piece after the other, at most
 * once a frame.
 *
 * Signals: "changed" (): there are other matches, or it has come to the end. "reset" (): another query.
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
PhSearch *ph_finder_get_search (PhFinder *finder);

G_END_DECLS
