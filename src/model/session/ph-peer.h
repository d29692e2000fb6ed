/* ph-peer.h: one peer of a session: an item of the list that ph_session_get_peers() gives
 *
 * Main thread only.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib-object.h>

#include "ph-peer-stats.h"

G_BEGIN_DECLS

/*
 * Properties: "number" (uint), "address" (string), "stats" (PhPeerStats: notified for the rate and for being listed too),
 *   "half-closed-here" (boolean: it gets no more from here), "reading-stopped" (boolean: it is not read from)
 */
#define PH_TYPE_PEER (ph_peer_get_type ())
G_DECLARE_FINAL_TYPE (PhPeer, ph_peer, PH, PEER, GObject)

guint32 ph_peer_get_number (PhPeer *peer);
const char *ph_peer_get_address (PhPeer *peer);
const PhPeerStats *ph_peer_get_stats (PhPeer *peer);
guint64 ph_peer_get_rate (PhPeer *peer);
gboolean ph_peer_is_listed (PhPeer *peer);
gboolean ph_peer_get_half_closed_here (PhPeer *peer);
gboolean ph_peer_get_reading_stopped (PhPeer *peer);

/* ---- for the list of peers ---- */

PhPeer *ph_peer_new (guint32 number, const char *address);
void ph_peer_set_half_closed_here (PhPeer *peer, gboolean half_closed);
void ph_peer_set_reading_stopped (PhPeer *peer, gboolean stopped);
gboolean ph_peer_update (PhPeer *peer, const PhPeerStats *stats, guint64 rate, gboolean listed);

G_END_DECLS
