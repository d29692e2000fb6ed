/* ph-address-list.h: the list of this machine's addresses, to pick one from
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void ph_address_list_attach (GtkMenuButton *button, GtkEditable *entry);

G_END_DECLS
