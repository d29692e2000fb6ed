/* ph-tab-label.h: the label of a tab: lamp, title, and a button that closes it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "ph-session-page.h"

G_BEGIN_DECLS

#define PH_TYPE_TAB_LABEL (ph_tab_label_get_type ())
G_DECLARE_FINAL_TYPE (PhTabLabel, ph_tab_label, PH, TAB_LABEL, GtkBox)

/* Signals: "close" (): the tab is to be closed. */
GtkWidget *ph_tab_label_new (PhSessionPage *page);

G_END_DECLS
