/* ph-save-popover.h: asks which records to save, and in which format, and saves them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-log-view.h"
#include "ph-receive-options.h"
#include "ph-save-bar.h"

G_BEGIN_DECLS

#define PH_TYPE_SAVE_POPOVER (ph_save_popover_get_type ())
G_DECLARE_FINAL_TYPE (PhSavePopover, ph_save_popover, PH, SAVE_POPOVER, GtkPopover)

GtkWidget *ph_save_popover_new (PhSession *session, PhLogView *view, PhReceiveOptions *options, PhSaveBar *bar);
void ph_save_popover_open (PhSavePopover *popover);

G_END_DECLS
