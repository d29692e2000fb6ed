/* ph-link.h: one open endpoint, and the functions with which transports write records, end it and resolve names
 *
 * Worker thread only.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-hosts.h"
#include "ph-inbox.h"
#include "ph-responder.h"
#include "ph-sock.h"
#include "ph-store.h"
#include "ph-troubles.h"

G_BEGIN_DECLS

typedef struct _PhRepeater PhRepeater;
typedef struct _PhFeeder PhFeeder;

/**
 * PhLink:
 * @next_peer, @next_destination: borrowed from the worker, because a number is used once in a store, by all its links
 * @form: borrowed from the worker: the form that IN records get; loaded with memory_order_relaxed, once for each receive call
 * @graveyard: borrowed from the worker: retired sockets, freed after the round
 * @local, @remote: (element-type PhAddr) (nullable): the addresses of the endpoint's places, from the resolver
 * @everywhere: @local is all addresses of IPv4 and of IPv6, and each of both is to be bound
 * @heard_last: number of the newest datagram's sender; %PH_PEER_NONE if it has no number because there are too many
 * @heard_addr: its address; of no family before the first datagram
 * @family: the family of the datagram socket; of no family if there is one of each
 * @receive_buffer: the size of its receive buffer, in bytes; 0 if the system did not say
 * @rest: ns that the worker may pause before the next poll; the transport sets it in each round
 * @state: owned by the transport
 * @hosts: addresses of names that messages were sent to; changed by ph-target.c only, doubted by ph-troubles.c
 * @remote_key: (nullable): of the endpoint's remote address in @hosts, if it is a name
 * @remote_found: when that was looked up to open the link, ns on the monotonic clock
 * @waiting, @waiting_bytes: messages that wait for the address of a name; changed by ph-target.c only
 * @bound: the local address, or the first of two
 * @sender, @sender_is_self: the datagram sender that was compared with @bound last, and whether it is the same address
 */
struct _PhLink
{
  PhStore *store;
  PhPoll *poll;
  PhInbox *inbox;
  PhTimers *timers;
  guint32 *next_peer;
  guint32 *next_destination;
  const _Atomic guint8 *form;
  GPtrArray *graveyard;

  const PhTransport *transport;
  PhEndpoint *endpoint;
  GArray *local;
  GArray *remote;
  gboolean everywhere;
  guint64 resolving; /* id of the look-up that opening waits for; 0: none */
  gboolean started;  /* transport->open() has been called */
  gboolean open;     /* the OPEN record is written */
  gboolean closed;   /* the CLOSED record is written */
  guint32 heard_last;
  PhAddr heard_addr;
  PhFamily family;
  gsize receive_buffer;
  gint64 rest;
  gpointer state;

  PhHosts *hosts;
  char *remote_key;
  gint64 remote_found;
  GQueue waiting;
  gsize waiting_bytes;
  GPtrArray *repeaters; /* of #PhRepeater: those that run */
  PhFeeder *feeder;     /* nullable: sends a file, or what comes from standard input */
  guint64 last_repeat;  /* number of the repeat that was begun last */
  guint64 random;       /* changes with each message that has variables */
  gboolean finished;    /* the user sends nothing more */
  PhTroubles troubles;

  const PhResponder *responder; /* nullable */
  PhAddr bound;
  PhAddr sender;
  gboolean sender_is_self;
};

/* ---- for the worker ---- */

PhLink *ph_link_new (PhStore *store, PhInbox *inbox, PhTimers *timers, guint32 *next_peer, GPtrArray *graveyard, const PhEndpoint *endpoint);
void ph_link_free (PhLink *link);
void ph_link_start (PhLink *link);
void ph_link_resolved (PhLink *link, PhCommand *answer);
void ph_link_finish (PhLink *link);

/* ---- for transports ---- */

void ph_link_opened (PhLink *link, guint32 peer, const PhAddr *local);
void ph_link_fail (PhLink *link, PhWords *words, GError *error);
void ph_link_left (PhLink *link, PhRecordKind kind, guint32 peer, PhLeft why);
void ph_link_end (PhLink *link, PhLeft why);
gboolean ph_link_is_finished (PhLink *link);
void ph_link_check_finished (PhLink *link);
guint64 ph_link_look_up (PhLink *link, const PhPlace *place);

void ph_link_event (PhLink *link, PhRecordKind kind, guint32 peer, guint16 detail, const char *text);
void ph_link_words (PhLink *link, PhRecordKind kind, guint32 peer, guint16 detail, const PhWords *words);
void ph_link_error (PhLink *link, guint32 peer, PhError code, const PhWords *words);
void ph_link_sent (PhLink *link, guint32 peer, guint16 clients, const PhOutgoing *message, gsize from, gsize n);
void ph_link_not_whole (PhLink *link, guint32 peer, const PhOutgoing *message, gsize n, gboolean queued);
void ph_link_received (PhLink *link, guint32 peer, const PhAddr *from, const guint8 *bytes, gsize n);
void ph_link_answer (PhLink *link, guint32 peer, const PhAddr *to, GBytes *bytes);
guint32 ph_link_name_peer (PhLink *link, PhRecordKind kind, const PhAddr *addr);

G_END_DECLS
