/* layout-look.h: begins in a language, and checks what is on screen after a frame, with a picture of it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

extern const char *layout_look_folder; /* for pictures; it must exist */
extern gboolean layout_look_at_faults; /* no pictures of what is right */
extern guint layout_complaints;        /* so far */

/* It is a fault if nothing is translated: the catalogue of @language must be installed. @direction: "ltr" or "rtl" */
void layout_look_begin (const char *language, const char *direction);

/* Waits until everything is laid out. */
void layout_settle (GtkWidget *widget);

/* @scene: the name of the picture, and what complaints begin with */
void layout_look (const char *scene, GtkWidget *widget);

G_END_DECLS
