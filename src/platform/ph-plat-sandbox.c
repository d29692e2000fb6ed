/* ph-plat-sandbox.c: whether the program runs in a sandbox, which can be given less than its user
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-plat.h"

/**
 * ph_plat_is_sandboxed:
 *
 * A sandbox keeps rights from a program that no password gives back, so advice that is good elsewhere is not good there.
 * Any thread; looks at the file system, so ask when something has failed.
 *
 * Returns: whether this is a Flatpak, which has this file at its root and nothing else has; %FALSE on Windows
 */
gboolean
ph_plat_is_sandboxed (void)
{
  return g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS);
}
