/* ph-save-bar.h: saves a capture, shows how far that is, and ends it when asked
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "ph-session.h"

G_BEGIN_DECLS

#define PH_TYPE_SAVE_BAR (ph_save_bar_get_type ())
G_DECLARE_FINAL_TYPE (PhSaveBar, ph_save_bar, PH, SAVE_BAR, GtkBox)

/* Signal: "failed" (char *words): why it could not be saved, for the user. */
void ph_save_bar_start (PhSaveBar *bar, const char *path, PhSession *session, GFile *to);
void ph_save_bar_cancel (PhSaveBar *bar);

G_END_DECLS
