/* ph-compat-above.h: keeps a window over those of other programs, which GTK does not do
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

gboolean ph_compat_set_above (GtkWindow *window, gboolean above);

G_END_DECLS
