/* ph-peers.h: which address a peer number stands for, and the list of peers one can send to
 *
 * A number keeps its address after its peer has left, so that old records can still be told; at PH_LIMIT_PEERS the one
 * that left first is forgotten, and if none has left, the oldest there is. The list model changes only in
 * ph_peers_flush(), with one items-changed, so ten thousand clients joining at once cost one signal.
 * Main thread only.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-session.h"

G_BEGIN_DECLS

#define PH_PEERS_NEWEST_SHOWN 200u /* datagram peers in the list; more are remembered */

/** PhPeersOrder: what the list shows. */
typedef enum
{
  PH_PEERS_NEWEST_FIRST, /* the newest few: datagram peers, remembered when the session closes */
  PH_PEERS_AS_JOINED,    /* all that are connected */
} PhPeersOrder;

typedef void (*PhPeersFunc) (guint32 number, const char *address, gpointer data);

#define PH_TYPE_PEERS (ph_peers_get_type ())
G_DECLARE_FINAL_TYPE (PhPeers, ph_peers, PH, PEERS, GObject)

PhPeers *ph_peers_new (guint limit);
void ph_peers_set_order (PhPeers *peers, PhPeersOrder order);
void ph_peers_name (PhPeers *peers, guint32 number, const char *address, gboolean listed);
void ph_peers_leave (PhPeers *peers, guint32 number);
void ph_peers_leave_all (PhPeers *peers);
const char *ph_peers_get_address (PhPeers *peers, guint32 number);
guint ph_peers_count (PhPeers *peers);
void ph_peers_foreach (PhPeers *peers, PhPeersFunc each, gpointer data);
void ph_peers_flush (PhPeers *peers);
void ph_peers_see (PhPeers *peers, guint32 number, gint64 time);
void ph_peers_add (PhPeers *peers, guint32 number, gint64 time, PhRateSide side, guint64 bytes, guint64 packets);
gboolean ph_peers_show_all (PhPeers *peers, GListStore *list, gint64 second);

G_END_DECLS
