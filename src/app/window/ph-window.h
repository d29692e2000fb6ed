/* ph-window.h: the window: a header bar over tabs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-session-page.h"
#include "ph-toast.h"

G_BEGIN_DECLS

#define PH_TYPE_WINDOW (ph_window_get_type ())
G_DECLARE_FINAL_TYPE (PhWindow, ph_window, PH, WINDOW, GtkApplicationWindow)

PhWindow *ph_window_new (GtkApplication *application);
PhWindow *ph_window_find (GtkApplication *application);
PhSessionPage *ph_window_add_tab (PhWindow *window);
void ph_window_add_page (PhWindow *window, GtkWidget *page);
void ph_window_insert_page (PhWindow *window, PhSessionPage *page, int position);
void ph_window_close_page (PhWindow *window, PhSessionPage *page);
void ph_window_detach_page (PhWindow *window, PhSessionPage *page);
gboolean ph_window_ask_to_close (PhWindow *window);
void ph_window_end (PhWindow *window);
void ph_window_show_page (PhWindow *window, PhSessionPage *page);
int ph_window_get_position (PhWindow *window, PhSessionPage *page);
GtkWidget *ph_window_get_label (PhWindow *window, PhSessionPage *page);
void ph_window_present_page (PhSessionPage *page);
PhSessionPage *ph_window_get_current (PhWindow *window);
PhSessionPage *ph_window_get_page (PhWindow *window, guint position);
void ph_window_toast (PhWindow *window, const char *words, const char *button, PhToastFunc func, gpointer data,
                      GDestroyNotify destroy);
gboolean ph_window_dismiss_toast (PhWindow *window);

G_END_DECLS
