/* ph-compat-above-win32.c: keeps a window over those of other programs on Windows
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-compat-above.h"

#include "ph-plat-desktop.h"

#include <gdk/win32/gdkwin32.h>

gboolean
ph_compat_set_above (GtkWindow *window, gboolean above)
{
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (window));
  gboolean asked = FALSE;

  /* Newer versions of GTK have other names for this. */
  G_GNUC_BEGIN_IGNORE_DEPRECATIONS
  asked = ph_plat_set_above (NULL, (guintptr) gdk_win32_surface_get_handle (surface), above);
  G_GNUC_END_IGNORE_DEPRECATIONS

  return asked;
}
