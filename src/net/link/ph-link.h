/* ph-link.h: one open endpoint on the worker thread, and what transports build on: sockets, records, ends
 *
 * Everything here is called on the worker thread only.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-command.h"
#include "ph-store.h"
#include "ph-timer.h"
#include "ph-transport.h"

G_BEGIN_DECLS

typedef struct _PhRepeater PhRepeater;

/**
 * PhSock: one socket of a link
 * @fd: %PH_FD_NONE once it is retired: it is freed after the running round of events
 * @interest: what the poll set waits for
 * @peer: number of whom it talks to, %PH_PEER_NONE for a listener or a UDP socket
 * @remote: that peer's address
 * @out: of #PhOutgoing: what waits to be sent
 * @queued: bytes in @out that have not been sent
 * @timer: connect deadline or half-close
 * @refused: messages that found the queue full and have not been told; @refusing runs while any are to be counted
 * @end: of the transport: called when a connection is over, to tell it and to retire the socket
 */
struct _PhSock
{
  PhLink *link;
  PhFd fd;
  PhIo interest;
  guint32 peer;
  PhAddr remote;
  GQueue out;
  gsize queued;
  PhTimer timer;
  PhTimer refusing;
  guint64 refused;
  void (*end) (PhSock *sock, PhLeft why);
  gboolean watched; /* it is in the poll set */
  gboolean connecting;
  gboolean finished; /* the peer sent its FIN */
};

/** PhOutgoing: bytes that wait in a queue. */
typedef struct
{
  GBytes *bytes;
  gsize sent;
  gboolean told; /* its OUT record is written already, for all clients at once */
  PhAddr to;     /* datagrams */
} PhOutgoing;

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
  PhError last_error;/* of the error records, the newest one's cause */
  PhFamily family;
  gsize receive_buffer;
  gint64 rest;
  gpointer state;

  GHashTable *names; /* "host:port" → #PhAddr: where datagrams for names go */
  GQueue waiting;    /* of PhCommand: sends that wait for a name; their id is the look-up's */
  gsize waiting_bytes;
  PhRepeater *repeater; /* nullable */
};

/* ---- life: the worker's side ---- */

PhLink *ph_link_new (PhStore *store, PhInbox *inbox, PhTimers *timers, guint32 *next_peer, GPtrArray *graveyard, const PhEndpoint *endpoint);
void ph_link_free (PhLink *link);
void ph_link_start (PhLink *link);
void ph_link_resolved (PhLink *link, PhCommand *answer);

/* ---- sending: ph-target.c ---- */

void ph_link_send (PhLink *link, PhCommand *command);
guint ph_link_send_many (PhLink *link, PhCommand *command, guint most);
void ph_link_name_resolved (PhLink *link, PhCommand *answer);
void ph_link_drop_waiting (PhLink *link);

/* ---- for transports ---- */

void ph_link_opened (PhLink *link, guint32 peer, const PhAddr *local);
void ph_link_fail (PhLink *link, GError *error);
void ph_link_end (PhLink *link, PhLeft why);
guint64 ph_link_look_up (PhLink *link, const char *host, int port);

void ph_link_event (PhLink *link, PhRecordKind kind, guint32 peer, guint16 detail, const char *text);
void ph_link_error (PhLink *link, guint32 peer, PhError code, const char *format, ...) G_GNUC_PRINTF (4, 5);
void ph_link_data (PhLink *link, PhRecordKind kind, guint32 peer, guint16 detail, guint8 flags, const guint8 *bytes, gsize length);
guint32 ph_link_name_peer (PhLink *link, PhRecordKind kind, const PhAddr *addr);

PhSock *ph_sock_new (PhLink *link, PhFd fd);
gboolean ph_sock_watch (PhSock *sock, PhIo interest, GError **error);
void ph_sock_retire (PhSock *sock);
PhOutgoing *ph_outgoing_new (GBytes *bytes, gsize sent);
void ph_outgoing_free (PhOutgoing *piece);

/* Opens, prepares and binds a socket to one of the local addresses, of @family if that is not NONE. */
PhFd ph_link_bind (PhLink *link, PhSocketType type, PhFamily family, PhAddr *ret_local, GError **error);

G_END_DECLS
