/* ph-address-suggest.h: remembered addresses below a field, searched as one types
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* @address: that was chosen: with its port */
typedef void (*PhAddressChosenFunc) (gpointer data, const char *address);

void ph_address_suggest_attach (GtkEntry *entry, GtkWidget *around, GtkPositionType where, PhAddressChosenFunc chosen, gpointer data);
GtkWidget *ph_address_suggest_make_label (const char *address, const char *name);

G_END_DECLS
