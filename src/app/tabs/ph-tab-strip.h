/* ph-tab-strip.h: the tabs of a window, in its header bar
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-session-page.h"

G_BEGIN_DECLS

#define PH_TYPE_TAB_STRIP (ph_tab_strip_get_type ())
G_DECLARE_FINAL_TYPE (PhTabStrip, ph_tab_strip, PH, TAB_STRIP, GtkWidget)

/*
 * Signals:
 *   "added" (PhSessionPage *): a tab was added, or dragged here from another strip
 *   "removed" (PhSessionPage *): a tab was removed, or dragged to another strip
 *   "switched" (): another tab is in front
 *   "wanted" () → PhTabStrip *: a tab was dropped where there is no strip: the strip of a new window
 */
void ph_tab_strip_insert (PhTabStrip *strip, PhSessionPage *page, int position);
void ph_tab_strip_remove (PhTabStrip *strip, PhSessionPage *page);
void ph_tab_strip_move (PhTabStrip *strip, PhSessionPage *page, PhTabStrip *to);
guint ph_tab_strip_get_n_pages (PhTabStrip *strip);
PhSessionPage *ph_tab_strip_get_page (PhTabStrip *strip, int position);
int ph_tab_strip_get_position (PhTabStrip *strip, PhSessionPage *page);
GtkWidget *ph_tab_strip_get_label (PhTabStrip *strip, PhSessionPage *page);
PhSessionPage *ph_tab_strip_get_current (PhTabStrip *strip);
void ph_tab_strip_set_current (PhTabStrip *strip, PhSessionPage *page);

G_END_DECLS
