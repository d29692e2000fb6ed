/* ph-search-bar.h: the bar for searching the log: query, number of matches, next and previous, filter
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-log-view.h"

G_BEGIN_DECLS

#define PH_TYPE_SEARCH_BAR (ph_search_bar_get_type ())
G_DECLARE_FINAL_TYPE (PhSearchBar, ph_search_bar, PH, SEARCH_BAR, GtkBox)

GtkWidget *ph_search_bar_new (PhSession *session, PhLogView *view);
void ph_search_bar_open (PhSearchBar *bar);
void ph_search_bar_find_this (PhSearchBar *bar, const char *text, gboolean hex);
void ph_search_bar_filter_peer (PhSearchBar *bar, const char *address);
void ph_search_bar_filter_kinds (PhSearchBar *bar, PhSearchKinds kinds);
void ph_search_bar_close (PhSearchBar *bar);
gboolean ph_search_bar_is_open (PhSearchBar *bar);
void ph_search_bar_step (PhSearchBar *bar, gboolean forward);
void ph_search_bar_set_filter (PhSearchBar *bar, gboolean filter);
gboolean ph_search_bar_get_filter (PhSearchBar *bar);

G_END_DECLS
