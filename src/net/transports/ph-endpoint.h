/* ph-endpoint.h: what is to be opened: the choices of the network panel, as plain data
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-place.h"

G_BEGIN_DECLS

/** The limits and defaults of everything a peer or a user can grow, in one place. */
#define PH_LIMIT_CLIENTS_DEFAULT 10000u
#define PH_LIMIT_CLIENTS_MAX 60000u
#define PH_LIMIT_BACKLOG_DEFAULT 128u
#define PH_LIMIT_QUEUE (8u * 1024u * 1024u)   /* bytes waiting for one peer that does not read */
#define PH_LIMIT_DESTINATIONS 256u            /* addresses that datagrams were sent to, told apart in one opening */
#define PH_LIMIT_PEERS 65536u                 /* UDP peers told apart, and addresses remembered */
#define PH_RECEIVE_BUFFER (32u * 1024u * 1024u) /* bytes for datagrams, asked for; the system may give less */
#define PH_CONNECT_TIMEOUT_DEFAULT 10000u     /* ms, for each address */
#define PH_HALF_CLOSE_DEFAULT 1000u           /* ms */

/**
 * PhEndpoint:
 * @transport: a transport's id; static
 * @local: what is bound; without a name all addresses of the machine; without a port, or with port 0, the system chooses one
 * @remote: whom it connects to, or where messages go that have no other target; without a name there is none
 * @max_clients, @backlog: of a TCP server
 * @connect_timeout: ms for each address of a TCP client
 * @half_close: ms that a connection stays open for sending after the peer's FIN, counted anew from each send
 * @responder: (nullable): id of a #PhResponder that answers what is received; static; an unknown id counts as %NULL
 */
typedef struct
{
  const char *transport;
  PhPlace local;
  PhPlace remote;
  guint max_clients;
  guint backlog;
  guint connect_timeout;
  guint half_close;
  const char *responder;
} PhEndpoint;

PhEndpoint *ph_endpoint_new (const char *transport);
PhEndpoint *ph_endpoint_copy (const PhEndpoint *endpoint);
void ph_endpoint_free (PhEndpoint *endpoint);
gboolean ph_endpoint_check (const PhEndpoint *endpoint, GError **error);
char *ph_endpoint_describe (const PhEndpoint *endpoint);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhEndpoint, ph_endpoint_free)

G_END_DECLS
