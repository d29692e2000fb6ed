/* ph-preferences.h: the window of preferences
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define PH_TYPE_PREFERENCES (ph_preferences_get_type ())
G_DECLARE_FINAL_TYPE (PhPreferences, ph_preferences, PH, PREFERENCES, GtkWindow)

GtkWindow *ph_preferences_new (GtkWindow *parent);

G_END_DECLS
