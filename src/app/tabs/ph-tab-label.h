/* ph-tab-label.h: shows a session page's state and title in its tab, and what came since it was last in front
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-session-page.h"

G_BEGIN_DECLS

#define PH_TYPE_TAB_LABEL (ph_tab_label_get_type ())
G_DECLARE_FINAL_TYPE (PhTabLabel, ph_tab_label, PH, TAB_LABEL, GtkWidget)

/* Signals: "wanted" (string): the user wants something done with the tab, see ph_window_tabs_do(). "changed" (): it wants another width. */
GtkWidget *ph_tab_label_new (PhSessionPage *page);
void ph_tab_label_set_current (PhTabLabel *label, gboolean current);
void ph_tab_label_set_alone (PhTabLabel *label, gboolean alone);
void ph_tab_label_open_menu (PhTabLabel *label);
int ph_tab_label_get_wanted (PhTabLabel *label, gboolean closable);
void ph_tab_label_set_room (PhTabLabel *label, int width, gboolean closable);

G_END_DECLS
