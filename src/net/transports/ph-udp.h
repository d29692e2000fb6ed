/* ph-udp.h: the state of UDP, for the files of this transport
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-datagram-peers.h"
#include "ph-destinations.h"
#include "ph-flood.h"
#include "ph-link.h"

G_BEGIN_DECLS

#define PH_UDP_STRIDE_MAX 65536u

/* Memory for one datagram outside of the store. What does not fit into its place in the store is received at PH_UDP_STRIDE_MAX;
 * its head can then be copied in front of that, and the datagram is in one piece. */
typedef struct
{
  guint8 bytes[PH_UDP_STRIDE_MAX + PH_PLAT_DATAGRAM_MAX];
} PhSpill;

typedef struct
{
  PhSock *sock;
  PhDatagramPeers peers;
  const PhDatagram *answering; /* nullable: what the responder is given now */
  guint32 drops;       /* the system's counter when it was read last */
  gsize stride;        /* bytes of each place of a batch: the longest datagram of the last batch fits */
  PhSpill *spills;       /* PH_PLAT_BATCH of them; pages that are never touched take no memory */
  PhDestinations destinations;
  PhFlood flood;
} PhUdp;

guint ph_udp_receive_errors (PhLink *link);
void ph_udp_flush (PhLink *link);
PhSendResult ph_udp_send (PhLink *link, guint32 peer, const PhAddr *to, const PhOutgoing *message);
PhSendResult ph_udp_send_many (PhLink *link, guint32 peer, const PhAddr *to, const PhOutgoing *message, guint most);

G_END_DECLS
