/* ph-divider.h: saves and restores the divider above the send area
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void ph_divider_remember (GtkPaned *paned);

G_END_DECLS
