/* ph-window.h: the window: a header bar over tabs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-session-page.h"

G_BEGIN_DECLS

#define PH_TYPE_WINDOW (ph_window_get_type ())
G_DECLARE_FINAL_TYPE (PhWindow, ph_window, PH, WINDOW, GtkApplicationWindow)

PhWindow *ph_window_new (GtkApplication *application);
PhSessionPage *ph_window_add_tab (PhWindow *window);
void ph_window_add_page (PhWindow *window, GtkWidget *page);
PhSessionPage *ph_window_get_current (PhWindow *window);
GListModel *ph_window_get_pages (PhWindow *window);

G_END_DECLS
