/* ph-direction.h: keeps addresses and hex from left to right in a window that runs from right to left
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void ph_direction_keep_label (GtkLabel *label);
void ph_direction_keep_entry (GtkEditable *entry);

G_END_DECLS
