/* ph-tab-holder.h: stands for a page among the tabs of a strip, and takes it along when its tab is dragged away
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-tab-label.h"

G_BEGIN_DECLS

#define PH_TYPE_TAB_HOLDER (ph_tab_holder_get_type ())
G_DECLARE_FINAL_TYPE (PhTabHolder, ph_tab_holder, PH, TAB_HOLDER, GtkWidget)

GtkWidget *ph_tab_holder_new (PhSessionPage *page);
PhSessionPage *ph_tab_holder_get_page (PhTabHolder *holder);
PhTabLabel *ph_tab_holder_get_label (PhTabHolder *holder);

G_END_DECLS
