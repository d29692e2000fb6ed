/* ph-log-search.h: the search in the log: goes from match to match, shows only matches if asked, jumps to any record
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-log-view.h"

G_BEGIN_DECLS

/** PhLogGo: where to go as soon as there is a match. */
typedef enum
{
  PH_LOG_GO_NOWHERE,
  PH_LOG_GO_NEXT,
  PH_LOG_GO_PREVIOUS,
} PhLogGo;

/**
 * PhLogSearch: the search of the view.
 * @finder: owned; %NULL without a search
 * @filter: only matches are shown
 * @found: the entry of the match that was gone to last, or NONE
 * @awaits: the record of @found has to be read from the file before its match can be shown
 * @filter_place: the entry to show again as soon as the finder has come to it, or NONE
 */
typedef struct
{
  PhFinder *finder;
  gboolean filter;
  guint64 found;
  guint64 filter_place;
  PhLogGo wanted;
  gboolean awaits;
} PhLogSearch;

void ph_log_search_init (PhLogView *self);
void ph_log_search_dispose (PhLogView *self);
void ph_log_search_arrive (PhLogView *self);

G_END_DECLS
