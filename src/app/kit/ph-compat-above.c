/* ph-compat-above.c: keeps a window over those of other programs on X11
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-compat-above.h"

#include "ph-plat-desktop.h"

#ifdef GDK_WINDOWING_X11
#include <gdk/x11/gdkx.h>
#endif

/**
 * ph_compat_set_above:
 * @window: on screen
 *
 * Main thread. GTK has no function for this.
 *
 * Returns: whether the desktop was asked to. No program can ask Wayland to
 */
gboolean
ph_compat_set_above (GtkWindow *window, gboolean above)
{
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (window));

  /* Newer versions of GTK warn that there may be no X11 one day. */
  G_GNUC_BEGIN_IGNORE_DEPRECATIONS
#ifdef GDK_WINDOWING_X11
  if (GDK_IS_X11_SURFACE (surface))
    return ph_plat_set_above (gdk_x11_display_get_xdisplay (gdk_surface_get_display (surface)), gdk_x11_surface_get_xid (surface), above);
#endif
  G_GNUC_END_IGNORE_DEPRECATIONS

  return FALSE;
}
