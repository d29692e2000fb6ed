/* ph-window-tabs.h: what can be done with a tab: from its menu, and from the window's for the tab in front
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-window.h"

G_BEGIN_DECLS

void ph_window_tabs_install (GtkWidgetClass *klass);
void ph_window_tabs_do (PhWindow *window, PhSessionPage *page, const char *what);

G_END_DECLS
