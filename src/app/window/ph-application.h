/* ph-application.h: the program: one instance with one main window, the keys, preferences and other small windows
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define PH_TYPE_APPLICATION (ph_application_get_type ())
G_DECLARE_FINAL_TYPE (PhApplication, ph_application, PH, APPLICATION, GtkApplication)

PhApplication *ph_application_new (void);

G_END_DECLS
