/* ph-sock.h: one socket of a link, watched by the poll set, and the messages that are queued for it
 *
 * Worker thread only.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-record.h"
#include "ph-retry.h"
#include "ph-timer.h"
#include "ph-transport.h"

G_BEGIN_DECLS

typedef struct _PhStreamIo PhStreamIo; /* ph-stream-io.h */

/**
 * PhSock:
 * @fd: %PH_FD_NONE once it is retired; the struct is freed after the current round of events
 * @interest: what the poll set waits for
 * @peer: number of the peer; %PH_PEER_NONE for a listener or a UDP socket
 * @remote: the peer's address
 * @out: of #PhQueued, the oldest first
 * @queued: bytes in @out that the system has not taken
 * @io, @io_state: of a stream: how its bytes are received and sent
 * @timer: deadline of a connect, or the half-close time
 * @pausing: of a stream: the pause before the next piece of the message at the head of @out
 * @modify: asks the poll set again for what it had no memory for
 * @again: of a stream: receives what @io holds, because no poll announces it
 * @refused: messages that found the queue full and are not in a record yet
 * @refusing: writes @refused into a record; it runs while messages are counted instead of reported one by one
 * @refused_closed: they were refused because of @closing, and not because the queue was full
 * @receiving, @sending: of a stream or a UDP socket: wait where the system cannot do it for the moment
 * @end: set by the transport; called when a connection is over, writes the record and retires the socket
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
  const PhStreamIo *io;
  gpointer io_state;
  PhTimer timer;
  PhTimer again;
  PhTimer pausing;
  PhTimer modify;
  PhTimer refusing;
  guint64 refused;
  gboolean refused_closed;
  PhRetry receiving;
  PhRetry sending;
  void (*end) (PhSock *sock, PhLeft why);
  gboolean watched; /* it is in the poll set */
  gboolean connecting;
  gboolean finished; /* the peer sent its FIN */
  gboolean closing;  /* nothing more is taken to be sent: a FIN goes out behind what is queued */
  gboolean closed;   /* that FIN is out */
  gboolean stopped;  /* the user wants nothing received */
  gboolean reset;    /* it is to be closed by a reset */
};

/** PhCut: how far a message is cut. @end: where the piece ends that is handed over. */
typedef struct
{
  guint64 state; /* of ph_pieces_next() */
  gsize end;
} PhCut;

/** PhQueued: a message in the queue of a socket. */
typedef struct
{
  PhOutgoing message;
  gsize sent; /* bytes that the system has taken */
  PhCut cut;   /* of a message in pieces */
  PhAddr from; /* datagrams only: the source, or of no family for the system's choice */
  PhAddr to;   /* datagrams only */
} PhQueued;

PhSock *ph_sock_new (PhLink *link, PhFd fd);
gboolean ph_sock_watch (PhSock *sock, PhIo interest, GError **error);
void ph_sock_update (PhSock *sock);
void ph_sock_unwatch (PhSock *sock);
void ph_sock_retire (PhSock *sock);

PhQueued *ph_queued_new (const PhOutgoing *message, gsize sent);
void ph_queued_free (PhQueued *queued);

G_END_DECLS
