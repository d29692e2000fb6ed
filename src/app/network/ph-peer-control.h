/* ph-peer-control.h: the actions that do something with the connection of one peer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-session.h"

G_BEGIN_DECLS

/*
 * Actions: "half-close", "stop-reading" (boolean: whether it is not read from), "disconnect", "reset". Each is enabled while it makes
 *   sense, and its state is what the records say.
 */
#define PH_TYPE_PEER_CONTROL (ph_peer_control_get_type ())
G_DECLARE_FINAL_TYPE (PhPeerControl, ph_peer_control, PH, PEER_CONTROL, GObject)

PhPeerControl *ph_peer_control_new (PhSession *session, GActionMap *actions);
void ph_peer_control_set_peer (PhPeerControl *control, PhPeer *peer);

char *ph_peer_control_dup_words (PhPeer *peer);

G_END_DECLS
