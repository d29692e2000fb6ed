/* ph-plat-paths.h: where the translations, and the folders for data and for what may be deleted are
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
char *ph_plat_dup_data_folder (void);

G_END_DECLS
