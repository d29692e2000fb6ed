/* ph-save-bar.h: shows the job that saves a file, and cancels it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "ph-save-job.h"

G_BEGIN_DECLS

#define PH_TYPE_SAVE_BAR (ph_save_bar_get_type ())
G_DECLARE_FINAL_TYPE (PhSaveBar, ph_save_bar, PH, SAVE_BAR, GtkBox)

/* Signals: "failed" (char *words) and "saved" (char *words), with a message for the user. */
void ph_save_bar_start (PhSaveBar *bar, const PhSaveContent *kind, gpointer content, const char *source, GFile *to);
void ph_save_bar_cancel (PhSaveBar *bar);

G_END_DECLS
