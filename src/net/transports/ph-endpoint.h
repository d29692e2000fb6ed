/* ph-endpoint.h: what is to be opened: a transport, its places and the values of its options, as plain data
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-option.h"
#include "ph-place.h"
#include "ph-words.h"

G_BEGIN_DECLS

/* Limits of everything that a peer or a user can make grow; those that can be chosen are options. */
#define PH_LIMIT_QUEUE (8u * 1024u * 1024u)   /* bytes that are queued for one peer */
#define PH_LIMIT_DESTINATIONS 256u            /* addresses that datagrams were sent to, with a number each, in one opening */
#define PH_LIMIT_PEERS 65536u                 /* UDP peers that get a number, and peers that the list remembers */
#define PH_LIMIT_OPTIONS 16u                  /* of one transport */
#define PH_RECEIVE_BUFFER (32u * 1024u * 1024u) /* bytes for datagrams, asked for; the system may give less */

/**
 * PhEndpoint:
 * @transport: a transport's id; static
 * @local: what is bound; without a name all addresses of the machine; without a port, or with port 0, the system chooses one
 * @remote: whom it connects to, or where messages go that have no other target; without a name there is none
 * @values: of the transport's options, in their order: see ph_endpoint_get_option()
 * @responder: (nullable): id of a #PhResponder that answers what is received; static; an unknown id counts as %NULL
 */
typedef struct
{
  const char *transport;
  PhPlace local;
  PhPlace remote;
  guint values[PH_LIMIT_OPTIONS];
  const char *responder;
} PhEndpoint;

PhEndpoint *ph_endpoint_new (const char *transport);
PhEndpoint *ph_endpoint_copy (const PhEndpoint *endpoint);
void ph_endpoint_free (PhEndpoint *endpoint);
guint ph_endpoint_get_option (const PhEndpoint *endpoint, const PhOptionSpec *spec);
gboolean ph_endpoint_set_option (PhEndpoint *endpoint, const char *id, gint64 value, GError **error);
gboolean ph_endpoint_check (const PhEndpoint *endpoint, GError **error);
void ph_endpoint_write (const PhEndpoint *endpoint, PhWords *words);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhEndpoint, ph_endpoint_free)

G_END_DECLS
