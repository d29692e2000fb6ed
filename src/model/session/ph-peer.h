/* ph-peer.h: how the peer list makes its items; what they offer is in ph-session.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-session.h"

G_BEGIN_DECLS

PhPeer *ph_peer_new (guint32 number, const char *address);
gboolean ph_peer_update (PhPeer *peer, const PhPeerStats *stats, guint64 rate, gboolean listed);

G_END_DECLS
