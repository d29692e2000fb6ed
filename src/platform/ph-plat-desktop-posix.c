/* ph-plat-desktop-posix.c: nothing to do: GTK asks the desktop for fonts and colours
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-plat-desktop.h"

/**
 * ph_plat_desktop_init:
 *
 * Before the application begins, while there is one thread.
 */
void
ph_plat_desktop_init (void)
{
}

/**
 * ph_plat_get_fixed_fonts:
 *
 * Any thread.
 *
 * Returns: (nullable): families of fixed width to be tried first, as a style sheet lists them; %NULL where the desktop
 *   has a choice of its own
 */
const char *
ph_plat_get_fixed_fonts (void)
{
  return NULL;
}

/**
 * ph_plat_is_dark:
 *
 * Any thread.
 *
 * Returns: whether the user has chosen dark windows; %FALSE where GTK asks the desktop
 */
gboolean
ph_plat_is_dark (void)
{
  return FALSE;
}

/**
 * ph_plat_has_contrast:
 *
 * Any thread.
 *
 * Returns: whether the user has chosen high contrast; %FALSE where the desktop is asked
 */
gboolean
ph_plat_has_contrast (void)
{
  return FALSE;
}
