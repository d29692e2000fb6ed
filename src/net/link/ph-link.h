/* ph-link.h: one open endpoint on the worker thread, and what transports build on: sockets, records, ends
 *
 * Everything here is called on the worker thread only.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-inbox.h"
#include "ph-responder.h"
#include "ph-sock.h"
#include "ph-store.h"

G_BEGIN_DECLS

typedef struct _PhRepeater PhRepeater;

/**
 * PhLink:
 * @local, @remote: (element-type PhAddr) (nullable): what the endpoint's addresses stand for, from the resolver
 * @next_peer, @next_destination: of the worker: numbers are not used twice in a store
 * @graveyard: of the worker: retired sockets
 * @family: of the datagram socket
 * @receive_buffer: of the datagram socket, in bytes; 0 if the system did not tell
 * @rest: ns for which the worker may leave the sockets alone, set by the transport in each round
 * @state: the transport's own
 */
struct _PhLink
{
  PhStore *store;
  PhPoll *poll;
  PhInbox *inbox;
  PhTimers *timers;
  guint32 *next_peer;
  guint32 *next_destination;
  const _Atomic guint8 *form; /* of the worker: of received records */
  GPtrArray *graveyard;

  const PhTransport *transport;
  PhEndpoint *endpoint;
  GArray *local;
  GArray *remote;
  guint64 resolving; /* id of the look-up that open waits for, 0 when done */
  gboolean started;  /* transport->open() has been called */
  gboolean open;     /* the OPEN record is written */
  gboolean closed;   /* the CLOSED record is written */
  guint32 heard_last;/* the datagram peer to answer to; none where it is one of too many */
  PhAddr heard_addr; /* its address; of no family until a peer is heard */
  PhFamily family;
  gsize receive_buffer;
  gint64 rest;
  gpointer state;

  GHashTable *names; /* "host:port" → #PhAddr: where datagrams for names go */
  GQueue waiting;    /* ph-target.c: messages that wait for the address of a name */
  gsize waiting_bytes;
  PhRepeater *repeater; /* nullable */

  const PhResponder *responder; /* nullable */
  PhAddr bound;                 /* the local address */
  PhAddr sender;                /* the datagram sender that was last compared with @bound */
  gboolean sender_is_self;
};

/* ---- life: the worker's side ---- */

PhLink *ph_link_new (PhStore *store, PhInbox *inbox, PhTimers *timers, guint32 *next_peer, GPtrArray *graveyard, const PhEndpoint *endpoint);
void ph_link_free (PhLink *link);
void ph_link_start (PhLink *link);
void ph_link_resolved (PhLink *link, PhCommand *answer);

/* ---- for transports ---- */

void ph_link_opened (PhLink *link, guint32 peer, const PhAddr *local);
void ph_link_fail (PhLink *link, PhWords *words, GError *error);
void ph_link_end (PhLink *link, PhLeft why);
guint64 ph_link_look_up (PhLink *link, const PhPlace *place);

void ph_link_event (PhLink *link, PhRecordKind kind, guint32 peer, guint16 detail, const char *text);
void ph_link_words (PhLink *link, PhRecordKind kind, guint32 peer, guint16 detail, const PhWords *words);
void ph_link_error (PhLink *link, guint32 peer, PhError code, const PhWords *words);
void ph_link_sent (PhLink *link, guint32 peer, guint16 clients, const PhOutgoing *message, gsize from, gsize n);
void ph_link_not_whole (PhLink *link, guint32 peer, const PhOutgoing *message, gsize n, gboolean queued);
void ph_link_received (PhLink *link, guint32 peer, const PhAddr *from, const guint8 *bytes, gsize n);
void ph_link_answer (PhLink *link, guint32 peer, const PhAddr *to, GBytes *bytes);
guint32 ph_link_name_peer (PhLink *link, PhRecordKind kind, const PhAddr *addr);

/* Opens, prepares and binds a socket to one of the local addresses, of @family if that is not NONE. */
PhFd ph_link_bind (PhLink *link, PhSocketType type, PhFamily family, PhAddr *ret_local, GError **error);

G_END_DECLS
