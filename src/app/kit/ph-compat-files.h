/* ph-compat-files.h: file dialogs, on every version of GTK and every desktop
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef void (*PhCompatFileFunc) (gpointer owner, GFile *file);

void ph_compat_ask_open (GtkWindow *parent, const char *title, const char *kind, const char *suffix, PhCompatFileFunc chosen,
                         gpointer owner);
void ph_compat_ask_save (GtkWindow *parent, const char *title, const char *name, const char *kind, const char *suffix,
                         PhCompatFileFunc chosen, gpointer owner);
void ph_compat_ask_folder (GtkWindow *parent, const char *title, PhCompatFileFunc chosen, gpointer owner);
void ph_compat_show_folder (GtkWindow *parent, const char *folder);

G_END_DECLS
