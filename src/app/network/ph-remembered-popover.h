/* ph-remembered-popover.h: the remembered addresses, to choose, name and remove
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "ph-address-suggest.h"

G_BEGIN_DECLS

void ph_remembered_popover_attach (GtkMenuButton *button, PhAddressChosenFunc chosen, gpointer data);

G_END_DECLS
