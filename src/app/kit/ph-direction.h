/* ph-direction.h: keeps what is no language from left to right
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void ph_direction_keep_label (GtkLabel *label);
void ph_direction_keep_entry (GtkEditable *entry);

G_END_DECLS
