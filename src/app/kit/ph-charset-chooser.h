/* ph-charset-chooser.h: a drop-down of all encodings that this system has, with a search
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void ph_charset_chooser_fill (GtkDropDown *drop_down, const char *same);
void ph_charset_chooser_bind (GtkDropDown *drop_down, gpointer object, const char *property, const char *same);
void ph_charset_chooser_select (GtkDropDown *drop_down, const char *id);
const char *ph_charset_chooser_get (GtkDropDown *drop_down);

G_END_DECLS
