/* ph-variables-popover.h: lists the variables of a message; a click puts one into it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void ph_variables_popover_attach (GtkMenuButton *button);

G_END_DECLS
