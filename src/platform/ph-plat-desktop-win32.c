/* ph-plat-desktop-win32.c: the fonts and the colours that Windows has chosen, and windows on top: what GTK does not do
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-plat-desktop.h"

#include <windows.h>

#define PERSONALIZE L"Software\\Microsoft\\Windows\\CurrentVersion\\Themes\\Personalize"

/**
 * ph_plat_desktop_init:
 *
 * Before the application begins, while there is one thread.
 */
void
ph_plat_desktop_init (void)
{
  /* Windows has no message bus. GLib would start one of its own, a process that stays in the folder of the program and
   * that nothing answers on, or complain that it cannot. So each start of the program has its own window. */
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "disabled:", FALSE);
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
  /* What “monospace” stands for in Pango is the thin Courier New. */
  return "\"Cascadia Mono\", Consolas, \"DejaVu Sans Mono\"";
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
  DWORD light = 1;
  DWORD size = sizeof light;

  RegGetValueW (HKEY_CURRENT_USER, PERSONALIZE, L"AppsUseLightTheme", RRF_RT_REG_DWORD, NULL, &light, &size);

  return light == 0;
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
  HIGHCONTRASTW contrast = { .cbSize = sizeof contrast };

  return SystemParametersInfoW (SPI_GETHIGHCONTRAST, sizeof contrast, &contrast, 0) && (contrast.dwFlags & HCF_HIGHCONTRASTON) != 0;
}

/**
 * ph_plat_set_above:
 * @display: not used
 * @window: its HWND
 *
 * Main thread.
 *
 * Returns: whether the window stays over others from now on, or does not any more
 */
gboolean
ph_plat_set_above (gpointer display, guintptr window, gboolean above)
{
  return SetWindowPos ((HWND) window, above ? HWND_TOPMOST : HWND_NOTOPMOST, 0, 0, 0, 0, SWP_NOMOVE | SWP_NOSIZE | SWP_NOACTIVATE) != 0;
}
