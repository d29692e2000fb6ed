/* ph-lamp.h: shows the state of a session by colour and shape
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define PH_TYPE_LAMP (ph_lamp_get_type ())
G_DECLARE_FINAL_TYPE (PhLamp, ph_lamp, PH, LAMP, GtkWidget)

/* Properties: "state" (PhSessionState). */

G_END_DECLS
