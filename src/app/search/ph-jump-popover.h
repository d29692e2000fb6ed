/* ph-jump-popover.h: asks for the number of a record or a time, and scrolls the log there
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-log-view.h"

G_BEGIN_DECLS

#define PH_TYPE_JUMP_POPOVER (ph_jump_popover_get_type ())
G_DECLARE_FINAL_TYPE (PhJumpPopover, ph_jump_popover, PH, JUMP_POPOVER, GtkPopover)

GtkWidget *ph_jump_popover_new (PhSession *session, PhLogView *view);
void ph_jump_popover_open (PhJumpPopover *popover);

G_END_DECLS
