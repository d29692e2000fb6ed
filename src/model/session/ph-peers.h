/* ph-peers.h: the list of peers that a message can be sent to, and the counters of each peer
 *
 * A peer that has left stays in the table of names and keeps its counters until the table forgets it. The list model
 * changes only in ph_peers_flush(), with one items-changed: ten thousand clients that join at once cost one signal.
 * Main thread only.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-names.h"
#include "ph-session.h"

G_BEGIN_DECLS

#define PH_PEERS_NEWEST_SHOWN 200u /* datagram peers in the list; the table of names has more */

/** PhPeersOrder: which peers the list has, in which order. */
typedef enum
{
  PH_PEERS_NEWEST_FIRST, /* the newest few: datagram peers, remembered when the session closes */
  PH_PEERS_AS_JOINED,    /* all that are connected */
} PhPeersOrder;

#define PH_TYPE_PEERS (ph_peers_get_type ())
G_DECLARE_FINAL_TYPE (PhPeers, ph_peers, PH, PEERS, GObject)

PhPeers *ph_peers_new (guint limit);
PhNames *ph_peers_get_names (PhPeers *peers);
void ph_peers_set_order (PhPeers *peers, PhPeersOrder order);
void ph_peers_name (PhPeers *peers, guint32 number, gboolean listed);
void ph_peers_leave (PhPeers *peers, guint32 number);
void ph_peers_leave_all (PhPeers *peers);
void ph_peers_flush (PhPeers *peers);
void ph_peers_see (PhPeers *peers, guint32 number, gint64 time);
void ph_peers_add (PhPeers *peers, guint32 number, gint64 time, PhRateSide side, guint64 bytes, guint64 packets);
void ph_peers_set_half_closed (PhPeers *peers, guint32 number);
void ph_peers_set_reading_stopped (PhPeers *peers, guint32 number, gboolean stopped);
void ph_peers_end_control (PhPeers *peers, guint32 number);
PhPeer *ph_peers_get_peer (PhPeers *peers, guint32 number);
gboolean ph_peers_show_all (PhPeers *peers, GListStore *list, gint64 second);

G_END_DECLS
