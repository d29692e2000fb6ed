/* ph-address-list.h: a popover with the addresses of this machine
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void ph_address_list_attach (GtkMenuButton *button, GtkEditable *entry);

G_END_DECLS
