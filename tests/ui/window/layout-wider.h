/* layout-wider.h: finds widgets that need more height where they have more width
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Complaints are printed, a line each, after the name of the scene; returns how many there were. */
guint layout_wider (const char *scene, GtkWidget *root);

G_END_DECLS
