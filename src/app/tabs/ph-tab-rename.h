/* ph-tab-rename.h: asks for the title of a tab
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-session-page.h"

G_BEGIN_DECLS

#define PH_TYPE_TAB_RENAME (ph_tab_rename_get_type ())
G_DECLARE_FINAL_TYPE (PhTabRename, ph_tab_rename, PH, TAB_RENAME, GtkPopover)

void ph_tab_rename_open (PhSessionPage *page, GtkWidget *over);

G_END_DECLS
