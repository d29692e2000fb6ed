/* ph-plat-desktop-posix.c: windows on top, by X11; GTK asks the desktop for fonts and colours
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-plat-desktop.h"

#ifdef PH_HAVE_X11
#include <X11/Xlib.h>
#endif

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

/**
 * ph_plat_set_above:
 * @display: its Display
 * @window: its XID
 *
 * Main thread.
 *
 * Returns: whether the window manager was asked to keep the window over others, or not to any more
 */
gboolean
ph_plat_set_above (gpointer display, guintptr window, gboolean above)
{
#ifdef PH_HAVE_X11
  XEvent event = { 0 };

  /* “Extended Window Manager Hints”: _NET_WM_STATE. 1 adds a state, 0 removes it; the source is a normal program. */
  event.xclient.type = ClientMessage;
  event.xclient.window = window;
  event.xclient.message_type = XInternAtom (display, "_NET_WM_STATE", False);
  event.xclient.format = 32;
  event.xclient.data.l[0] = above ? 1 : 0;
  event.xclient.data.l[1] = (long) XInternAtom (display, "_NET_WM_STATE_ABOVE", False);
  event.xclient.data.l[3] = 1;

  return XSendEvent (display, DefaultRootWindow (display), False, SubstructureNotifyMask | SubstructureRedirectMask, &event) != 0;
#else
  return FALSE;
#endif
}
