/* ph-target-box.h: whom a message goes to
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "ph-message-target.h"

G_BEGIN_DECLS

#define PH_TYPE_TARGET_BOX (ph_target_box_get_type ())
G_DECLARE_FINAL_TYPE (PhTargetBox, ph_target_box, PH, TARGET_BOX, GtkWidget)

/*
 * Signals:
 *   "told" (const char *words): why the address that is typed is wrong; "" when it is not any more
 *   "taken" (): an address was typed and entered
 */
void ph_target_box_set_target (PhTargetBox *box, PhMessageTarget *target, PhSession *session);
void ph_target_box_set_first (PhTargetBox *box, const char *text, const char *address);
void ph_target_box_focus (PhTargetBox *box);
void ph_target_box_type (PhTargetBox *box);
gboolean ph_target_box_commit (PhTargetBox *box);

G_END_DECLS
