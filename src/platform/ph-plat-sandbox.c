/* ph-plat-sandbox.c: whether the program runs in a sandbox, which can be given less than its user
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-plat.h"

/**
 * ph_plat_is_sandboxed:
 *
 * In a sandbox administrator rights do not help, so other advice is needed there.
 * Any thread. Reads the file system, so call it only when something has failed.
 *
 * Returns: whether this is a Flatpak, which has this file at its root and nothing else has; %FALSE on Windows
 */
gboolean
ph_plat_is_sandboxed (void)
{
  return g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS);
}
