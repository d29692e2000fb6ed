/* ph-rate-window.h: the window with the rate chart of a session
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "ph-session.h"

G_BEGIN_DECLS

#define PH_TYPE_RATE_WINDOW (ph_rate_window_get_type ())
G_DECLARE_FINAL_TYPE (PhRateWindow, ph_rate_window, PH, RATE_WINDOW, GtkWindow)

GtkWindow *ph_rate_window_new (PhSession *session);

G_END_DECLS
