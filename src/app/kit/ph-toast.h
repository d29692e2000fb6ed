/* ph-toast.h: says at the bottom of a window what was done, with one button, for a while
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define PH_TOAST_SECONDS 15u /* until it goes by itself */

typedef void (*PhToastFunc) (gpointer data);

#define PH_TYPE_TOAST (ph_toast_get_type ())
G_DECLARE_FINAL_TYPE (PhToast, ph_toast, PH, TOAST, GtkBox)

GtkWidget *ph_toast_new (void);
void ph_toast_show (PhToast *toast, const char *words, const char *button, PhToastFunc func, gpointer data,
                    GDestroyNotify destroy);
gboolean ph_toast_dismiss (PhToast *toast);

G_END_DECLS
