/* ph-transport.h: the table of transports: a row here is all that the window and the command line need to offer one
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-endpoint.h"
#include "ph-plat.h"

G_BEGIN_DECLS

typedef struct _PhLink PhLink; /* what is open, on the worker thread */
typedef struct _PhSock PhSock; /* one socket of a link */

typedef enum
{
  PH_TRANSPORT_STREAM = 1 << 0,       /* bytes without borders: characters may be cut between records */
  PH_TRANSPORT_LISTENS = 1 << 1,      /* clients join and leave; "All connections" is a target */
  PH_TRANSPORT_NEEDS_REMOTE = 1 << 2, /* cannot open without a remote address and port */
  PH_TRANSPORT_HAS_REMOTE = 1 << 3,   /* has a remote address, maybe optional */
  PH_TRANSPORT_NEEDS_LOCAL_PORT = 1 << 4, /* opening without a local port makes no sense; empty: the system's choice */
  PH_TRANSPORT_CONNECTS = 1 << 5,     /* opening takes time and may fail later */
} PhTransportFlags;

/**
 * PhTransport: one row. All functions run on the worker thread.
 * @id: stable: settings, command line, tests
 * @name: N_()
 * @open_verb, @close_verb: N_(), the button's words
 * @open: begins to open; failing after TRUE is told by ph_link_fail()
 * @ready: a socket of the link is ready
 * @send: @peer is a peer number, %PH_PEER_ALL, or %PH_PEER_NONE with @to set (datagrams)
 * @has_queue: whether what is sent to @peer now would have to wait; to all: to each of them
 * @send_many: (nullable): like @send, up to @most times and nothing into a queue; returns how often it went out
 * @close: closes all sockets
 */
struct _PhTransport
{
  const char *id, *name, *open_verb, *close_verb;
  PhTransportFlags flags;
  gboolean (*open) (PhLink *link, GError **error);
  void (*ready) (PhLink *link, PhSock *sock, PhIo io);
  void (*send) (PhLink *link, guint32 peer, const PhAddr *to, GBytes *bytes);
  gboolean (*has_queue) (PhLink *link, guint32 peer);
  guint (*send_many) (PhLink *link, guint32 peer, const PhAddr *to, GBytes *bytes, guint most);
  void (*kick) (PhLink *link, guint32 peer); /* nullable */
  void (*close) (PhLink *link);
};
typedef struct _PhTransport PhTransport;

const PhTransport *ph_transport_at (guint index); /* NULL past the last */
const PhTransport *ph_transport_find (const char *id);

G_END_DECLS
