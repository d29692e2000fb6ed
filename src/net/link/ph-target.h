/* ph-target.h: the target of a message, and how a message gets from there to a transport
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-transport.h"

G_BEGIN_DECLS

/**
 * PhTarget:
 * @peer: a peer number, %PH_PEER_ALL (every client), or %PH_PEER_NONE
 * @place: with %PH_PEER_NONE: a datagram's destination; without a name: the endpoint's remote address, or else the peer
 *   heard last
 * @heard_last: with %PH_PEER_NONE and no name: the peer heard last, even if the endpoint has a remote address
 * @follow: with %PH_PEER_NONE, for datagrams: the peer heard last, once there is one; what the other fields say until then
 */
typedef struct
{
  guint32 peer;
  PhPlace place;
  gboolean heard_last;
  gboolean follow;
} PhTarget;

void ph_target_copy (const PhTarget *target, PhTarget *ret_copy);
void ph_target_clear (PhTarget *target);

/* ---- worker thread only ---- */

PhSendResult ph_target_send (PhLink *link, const PhTarget *target, const PhOutgoing *message, guint most);
gboolean ph_target_is_heard (PhLink *link, const PhTarget *target);
gboolean ph_target_has_queue (PhLink *link, const PhTarget *target);
gboolean ph_target_is_waiting (PhLink *link, const PhTarget *target);
void ph_target_resolved (PhLink *link, guint64 id, const GArray *addrs, const GError *error);
void ph_target_drop_waiting (PhLink *link);

G_END_DECLS
