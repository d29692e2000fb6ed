/* ph-message-target.h: whom a message goes to; the choice never moves to another peer by itself
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-session.h"

G_BEGIN_DECLS

#define PH_MESSAGE_ERROR (ph_message_error_quark ())
GQuark ph_message_error_quark (void);

/** PhMessageError: why a message is not sent, apart from errors in its text (#PhCodecError). */
typedef enum
{
  PH_MESSAGE_ERROR_NEEDS,  /* an answer or a file is missing */
  PH_MESSAGE_ERROR_EMPTY,  /* and the transport is a stream */
  PH_MESSAGE_ERROR_LEFT,   /* the chosen peer has left */
  PH_MESSAGE_ERROR_TYPED,  /* what was typed is no address that can be sent to */
  PH_MESSAGE_ERROR_NOBODY, /* there is no remote address, and no peer was heard */
} PhMessageError;

#define PH_TYPE_MESSAGE_TARGET (ph_message_target_get_type ())
G_DECLARE_FINAL_TYPE (PhMessageTarget, ph_message_target, PH, MESSAGE_TARGET, GObject)

/*
 * Properties, read-only but for "follow":
 *   "peer" (PhPeer, nullable): who is chosen; without one a message goes to all connections of a server, or to the remote
 *   "left" (string, nullable): the address of the chosen peer, if it has left and nobody was chosen since
 *   "typed" (string, nullable): the address that was typed to send to, with its port
 *   "follow" (boolean): messages go to whom a datagram was received from last, and until then to the remote. Who chooses or types
 *     somebody else switches it off
 */
PhMessageTarget *ph_message_target_new (PhSession *session);
PhPeer *ph_message_target_get_peer (PhMessageTarget *target);
const char *ph_message_target_get_left (PhMessageTarget *target);
char *ph_message_target_dup_left_words (PhMessageTarget *target);
gboolean ph_message_target_set_peer (PhMessageTarget *target, PhPeer *peer);
const char *ph_message_target_get_typed (PhMessageTarget *target);
gboolean ph_message_target_set_typed (PhMessageTarget *target, const char *text, GError **error);
gboolean ph_message_target_recall (PhMessageTarget *target, const char *to, GError **error);
gboolean ph_message_target_get_follow (PhMessageTarget *target);
void ph_message_target_set_follow (PhMessageTarget *target, gboolean follow);
gboolean ph_message_target_needs_remote (PhMessageTarget *target);
void ph_message_target_set_remote (PhMessageTarget *target, const PhPlace *remote);
gboolean ph_message_target_aim (PhMessageTarget *target, PhTarget *ret_target, GError **error);

G_END_DECLS
