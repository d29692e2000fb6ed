/* ph-popover.h: popovers that give the focus back, and some that are made when they are wanted, and go when they are closed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void ph_popover_return_focus (GtkWidget *popover);
void ph_popover_open_once (GtkWidget *popover, GtkWidget *over);

G_END_DECLS
