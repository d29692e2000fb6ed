/* ph-target-box.h: whom a message goes to
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "ph-session.h"

G_BEGIN_DECLS

#define PH_TYPE_TARGET_BOX (ph_target_box_get_type ())
G_DECLARE_FINAL_TYPE (PhTargetBox, ph_target_box, PH, TARGET_BOX, GtkBox)

/* Properties: "left" (string, nullable, read-only: the address of who was chosen and has left). */
void ph_target_box_set_session (PhTargetBox *box, PhSession *session);
void ph_target_box_set_first (PhTargetBox *box, const char *text);
const char *ph_target_box_get_left (PhTargetBox *box);
PhPeer *ph_target_box_get_peer (PhTargetBox *box);
void ph_target_box_select_peer (PhTargetBox *box, PhPeer *peer);
void ph_target_box_focus (PhTargetBox *box);

G_END_DECLS
