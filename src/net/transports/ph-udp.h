/* ph-udp.h: the state of UDP, for the files of this transport
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-bind.h"
#include "ph-datagram-peers.h"
#include "ph-destinations.h"
#include "ph-flood.h"

G_BEGIN_DECLS

#define PH_UDP_STRIDE_MAX 65536u

/* Memory for one datagram outside of the store. What does not fit into its place in the store is received at PH_UDP_STRIDE_MAX;
 * its head can then be copied in front of that, and the datagram is in one piece. */
typedef struct
{
  guint8 bytes[PH_UDP_STRIDE_MAX + PH_PLAT_DATAGRAM_MAX];
} PhSpill;

/**
 * PhUdpSocket: one socket of the link.
 * @bound: its local address
 * @drops: the system's counter when it was read last
 * @stride: bytes of each place of a batch: the longest datagram of the last batch fits
 */
typedef struct
{
  PhSock *sock;
  PhAddr bound;
  guint32 drops;
  gsize stride;
  PhDestinations destinations;
} PhUdpSocket;

/**
 * PhUdp: the state of the link.
 * @sockets: @n_sockets of them, each of another family
 * @answering: (nullable): the datagram that the responder is given now
 * @spills: %PH_PLAT_BATCH of them; pages that are never touched take no memory
 */
typedef struct
{
  PhUdpSocket sockets[PH_BOUND_MAX];
  guint n_sockets;
  PhDatagramPeers peers;
  const PhDatagram *answering;
  PhSpill *spills;
  PhFlood flood;
} PhUdp;

guint ph_udp_receive_errors (PhLink *link, PhUdpSocket *socket);
void ph_udp_flush (PhLink *link, PhUdpSocket *socket);
PhSendResult ph_udp_send (PhLink *link, guint32 peer, const PhAddr *to, const PhOutgoing *message);
PhSendResult ph_udp_send_many (PhLink *link, guint32 peer, const PhAddr *to, const PhOutgoing *message, guint most);

G_END_DECLS
