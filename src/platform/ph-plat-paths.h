/* ph-plat-paths.h: where the program finds what is installed with it, and where it may leave what it can do without
 *
 * One implementation per platform; meson.build picks it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void ph_plat_bind_translations (void);
char *ph_plat_dup_cache_folder (void);

G_END_DECLS
