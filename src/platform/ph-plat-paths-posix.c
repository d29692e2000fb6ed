/* ph-plat-paths-posix.c: translations and folders, at the places of the installation
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-plat-paths.h"

#include <libintl.h>

/**
 * ph_plat_bind_translations:
 *
 * Makes the program's own translations those of gettext(), in UTF-8. After setlocale().
 */
void
ph_plat_bind_translations (void)
{
  bindtextdomain (GETTEXT_PACKAGE, PH_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}

/**
 * ph_plat_dup_cache_folder:
 *
 * Any thread.
 *
 * Returns: (type filename) (transfer full): the program's own folder for large files that may be deleted; it may not exist
 */
char *
ph_plat_dup_cache_folder (void)
{
  return g_build_filename (g_get_user_cache_dir (), "porthole", NULL);
}

/**
 * ph_plat_dup_data_folder:
 *
 * Any thread.
 *
 * Returns: (type filename) (transfer full): the program's own folder for what the user has made; it may not exist
 */
char *
ph_plat_dup_data_folder (void)
{
  return g_build_filename (g_get_user_data_dir (), "porthole", NULL);
}
