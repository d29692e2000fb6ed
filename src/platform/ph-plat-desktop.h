/* ph-plat-desktop.h: fonts and colours that the system has chosen, and windows on top: what GTK does not do
 *
 * One implementation per platform; meson.build picks it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void ph_plat_desktop_init (void);
const char *ph_plat_get_fixed_fonts (void);
gboolean ph_plat_is_dark (void);
gboolean ph_plat_has_contrast (void);
gboolean ph_plat_set_above (gpointer display, guintptr window, gboolean above);

G_END_DECLS
