/* ph-compat.h: what differs between the versions of GTK that Porthole runs with
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void ph_compat_set_dark (gboolean dark);
void ph_compat_name_close_button (GtkWidget *widget);
void ph_compat_keep_name (GtkWidget *widget);
void ph_compat_keep_names (GtkWidget *tree);
void ph_compat_name_items (void);
void ph_compat_get_color (GtkWidget *widget, GdkRGBA *ret_color);
void ph_compat_announce (GtkWidget *widget, const char *message);
void ph_compat_load_style (GtkCssProvider *provider, const char *style);

G_END_DECLS
