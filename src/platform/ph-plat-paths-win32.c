/* ph-plat-paths-win32.c: translations and folders, beside the program in a folder that can be moved
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-plat-paths.h"

#include <libintl.h>

/* share/locale beside the program, or beside the folder bin that it is in. Before an installation there is none. */
static char *
dup_locale_dir (void)
{
  g_autofree char *top = g_win32_get_package_installation_directory_of_module (NULL);
  g_autofree char *folder = g_build_filename (top != NULL ? top : ".", "share", "locale", NULL);

  return g_file_test (folder, G_FILE_TEST_IS_DIR) ? g_steal_pointer (&folder) : g_strdup (PH_LOCALE_DIR);
}

/**
 * ph_plat_bind_translations:
 *
 * Makes the program's own translations those of gettext(), in UTF-8. After setlocale().
 */
void
ph_plat_bind_translations (void)
{
  g_autofree char *folder = dup_locale_dir ();
  g_autofree char *narrow = g_win32_locale_filename_from_utf8 (folder);
  g_autofree gunichar2 *wide = g_utf8_to_utf16 (folder, -1, NULL, NULL, NULL);

  /* The folder's name may have characters that the system's code page has not: then in UTF-16, though the catalogue's
   * header is not found so, and GLib and GTK take the program for one without translations and keep to English. */
  if (narrow != NULL)
    bindtextdomain (GETTEXT_PACKAGE, narrow);
  else if (wide != NULL)
    wbindtextdomain (GETTEXT_PACKAGE, wide);
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
  /* What GLib calls the cache here is the browser's, and is emptied behind one's back. */
  return g_build_filename (g_get_user_data_dir (), "Porthole", NULL);
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
  return g_build_filename (g_get_user_data_dir (), "Porthole", NULL);
}
