/* ph-transport.h: the table of transports: a row holds all that the window and the command line need to offer one
 *
 * Outside of src/net nobody asks for an id or a flag. What a transport can do is asked by name, what it is called stands in
 * its row. So a new transport changes no widget. Rows are constant: everything here but the row's functions may be called
 * on any thread.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-endpoint.h"
#include "ph-outgoing.h"
#include "ph-plat.h"

G_BEGIN_DECLS

typedef struct _PhLink PhLink; /* an open endpoint */
typedef struct _PhSock PhSock; /* one socket of a link */

typedef enum
{
  PH_TRANSPORT_STREAM = 1 << 0,       /* bytes without message boundaries: a character may be cut between two records */
  PH_TRANSPORT_LISTENS = 1 << 1,      /* clients join and leave */
  PH_TRANSPORT_NEEDS_REMOTE = 1 << 2, /* cannot open without a remote address */
  PH_TRANSPORT_HAS_REMOTE = 1 << 3,   /* has a remote address, maybe optional */
  PH_TRANSPORT_CONNECTS = 1 << 4,     /* talks to one peer only; opening takes time and may fail later */
} PhTransportFlags;

/** PhPeerAction: what can be done with one connection of a stream transport. Each that changes something is told by a record. */
typedef enum
{
  PH_PEER_HALF_CLOSE,   /* a FIN goes out behind what is queued, and nothing more is sent; receiving goes on */
  PH_PEER_DISCONNECT,   /* an end in order; what is queued is lost */
  PH_PEER_RESET,        /* a RST */
  PH_PEER_STOP_READING, /* what comes stays with the system, until that has no more room and the peer has to wait. TCP answers an end
                           with a RST while something was not read */
  PH_PEER_GO_ON,        /* with reading */
} PhPeerAction;

/**
 * PhTransport: one row. Words are marked with N_(). All functions run on the worker thread.
 * @id: for settings, command lines and tests; never changed
 * @summary: what it does, behind its id in --help
 * @open_verb, @close_verb: the words of the button
 * @opening: the state while it is being opened
 * @local_hint, @remote_hint: (nullable): what an empty address means; @remote_hint is %NULL where there is no remote address
 * @everyone: (nullable): whom a message goes to if no peer and no remote address is chosen; %NULL where there is one peer only,
 *   and so nothing to choose
 * @scheme: what stands before "://" in an address that is meant for it; several rows may have the same
 * @options: (array zero-terminated=1): at most %PH_LIMIT_OPTIONS
 * @open: begins to open; then or later it calls ph_link_opened() or ph_link_fail()
 * @ready: a socket of the link is ready
 * @send: @peer is a peer number, %PH_PEER_ALL, or %PH_PEER_NONE with @to set (datagrams)
 * @has_queue: whether a message to @peer would be queued now; for %PH_PEER_ALL: whether it would be for each client
 * @has_room: (nullable): where a message may go to all clients: whether the queue of none of them is too full for so many bytes; with
 *   %PH_LIMIT_QUEUE: whether nothing waits for any of them
 * @send_many: (nullable): like @send, up to @most times, but queues nothing
 * @control: (nullable): does something with one connection; one that is gone already is left alone. Where there is one peer only,
 *   @peer may also be %PH_PEER_ALL or %PH_PEER_NONE; of a server, %PH_PEER_ALL half-closes the connection of each client
 * @get_peer: where a peer is; %PH_PEER_NONE and %PH_PEER_ALL are a client's server. %FALSE if it is not known
 * @finish: (nullable): nothing more will be sent: ends the connections whose peers have finished as well
 * @close: closes all sockets
 */
struct _PhTransport
{
  const char *id, *name, *summary;
  const char *open_verb, *close_verb, *opening;
  const char *local_hint, *remote_hint, *everyone;
  const char *scheme;
  PhTransportFlags flags;
  const PhOptionSpec *const *options;
  void (*open) (PhLink *link);
  void (*ready) (PhLink *link, PhSock *sock, PhIo io);
  PhSendResult (*send) (PhLink *link, guint32 peer, const PhAddr *to, const PhOutgoing *message);
  gboolean (*has_queue) (PhLink *link, guint32 peer);
  gboolean (*has_room) (PhLink *link, gsize bytes);
  PhSendResult (*send_many) (PhLink *link, guint32 peer, const PhAddr *to, const PhOutgoing *message, guint most);
  void (*control) (PhLink *link, guint32 peer, PhPeerAction action);
  gboolean (*get_peer) (PhLink *link, guint32 peer, PhAddr *ret_addr);
  void (*finish) (PhLink *link);
  void (*close) (PhLink *link);
};
typedef struct _PhTransport PhTransport;

const PhTransport *ph_transport_at (guint index); /* NULL past the last */
const PhTransport *ph_transport_find (const char *id);
const PhTransport *ph_transport_for_scheme (const char *scheme, gboolean remote, const PhTransport *current);
const PhTransport *ph_transport_for_pair (void);

gboolean ph_transport_is_stream (const PhTransport *transport);
gboolean ph_transport_has_clients (const PhTransport *transport);
gboolean ph_transport_has_one_peer (const PhTransport *transport);
gboolean ph_transport_has_remote (const PhTransport *transport);
gboolean ph_transport_needs_remote (const PhTransport *transport);

gboolean ph_transport_has_option (const PhTransport *transport, const PhOptionSpec *spec);
gboolean ph_transport_takes (const PhTransport *transport, const PhPlace *place, GError **error);

char *ph_transport_dup_invitation (const PhTransport *transport);
char *ph_transport_dup_open (const PhTransport *transport, const char *local, const char *remote);

G_END_DECLS
