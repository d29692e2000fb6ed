/* ph-live-saving.h: whether a tab saves what it receives, and the save that runs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "ph-receive-options.h"
#include "ph-save-options.h"

G_BEGIN_DECLS

#define PH_TYPE_LIVE_SAVING (ph_live_saving_get_type ())
G_DECLARE_FINAL_TYPE (PhLiveSaving, ph_live_saving, PH, LIVE_SAVING, GObject)

/*
 * Properties:
 *   "active" (boolean): something is saved, or is to be. To set it asks for a folder first, where none was chosen
 *   "failure" (string, nullable): why nothing is saved: a sentence; also why it could not begin
 * Signals:
 *   "changed" (): what ph_live_saving_get_status() tells
 */
PhLiveSaving *ph_live_saving_new (PhSession *session, PhSaveOptions *options, PhReceiveOptions *receive, GtkWidget *owner);
PhSaveOptions *ph_live_saving_get_options (PhLiveSaving *saving);
gboolean ph_live_saving_get_status (PhLiveSaving *saving, PhLiveSaveStatus *ret_status);
void ph_live_saving_choose_folder (PhLiveSaving *saving);
void ph_live_saving_show_folder (PhLiveSaving *saving);
void ph_live_saving_end (PhLiveSaving *saving);

G_END_DECLS
