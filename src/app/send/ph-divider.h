/* ph-divider.h: the divider above the send area is where it was left last
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void ph_divider_remember (GtkPaned *paned);

G_END_DECLS
