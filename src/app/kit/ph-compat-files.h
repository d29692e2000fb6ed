/* ph-compat-files.h: asks for a file to open or to save, with whatever dialog this GTK and desktop have
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef void (*PhCompatFileFunc) (gpointer owner, GFile *file);

void ph_compat_ask_open (GtkWindow *parent, const char *title, PhCompatFileFunc chosen, gpointer owner);
void ph_compat_ask_save (GtkWindow *parent, const char *title, const char *name, PhCompatFileFunc chosen, gpointer owner);

G_END_DECLS
