/* ph-targets.h: the list of “Send to”: nobody in particular, then each peer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-session.h"

G_BEGIN_DECLS

/* An item that is no peer. Properties: "text" (string): for the list; "address" (string), as PhPeer has it: for the button. */
#define PH_TYPE_DEFAULT_TARGET (ph_default_target_get_type ())
G_DECLARE_FINAL_TYPE (PhDefaultTarget, ph_default_target, PH, DEFAULT_TARGET, GObject)

PhDefaultTarget *ph_default_target_new (void);
void ph_default_target_set_text (PhDefaultTarget *target, const char *text, const char *address);

GListModel *ph_targets_new (PhDefaultTarget *first, PhSession *session, GListStore *last);
char *ph_targets_dup_text (gpointer item, gpointer unused);

G_END_DECLS
