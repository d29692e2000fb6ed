/* ph-datagram-peers.h: numbers for the peers of a datagram transport, and which of our addresses each of them has asked
 *
 * Worker thread only.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-link.h"

G_BEGIN_DECLS

/**
 * PhDatagramPeer: somebody who sent something, or was sent something.
 * @asked: the address of this machine that it sent to last, from which it expects answers; of no family if that is not known
 */
typedef struct
{
  PhAddr addr;
  PhAddr asked;
  guint32 number;
} PhDatagramPeer;

/**
 * PhDatagramPeers:
 * @peers: #PhAddr → #PhDatagramPeer
 * @numbers: number → #PhDatagramPeer, the same ones
 * @last: (nullable): found by the newest look-up in @peers: datagrams come in runs of one sender
 * @full: a record says that further peers get no number
 */
typedef struct
{
  GHashTable *peers;
  GHashTable *numbers;
  PhDatagramPeer *last;
  gboolean full;
} PhDatagramPeers;

void ph_datagram_peers_init (PhDatagramPeers *self);
void ph_datagram_peers_clear (PhDatagramPeers *self);
PhDatagramPeer *ph_datagram_peers_find (PhDatagramPeers *self, const PhAddr *addr);
const PhAddr *ph_datagram_peers_get_addr (const PhDatagramPeers *self, guint32 number);
guint32 ph_datagram_peers_number (PhDatagramPeers *self, const PhAddr *addr);
guint32 ph_datagram_peers_name (PhDatagramPeers *self, PhLink *link, const PhAddr *addr);
void ph_datagram_peers_remember (PhDatagramPeers *self, const PhDatagram *datagram);

G_END_DECLS
