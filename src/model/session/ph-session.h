/* ph-session.h: one endpoint, open or closed: its store, and the state that the records give
 *
 * Main thread only. The session owns the store and the worker. Its state is a fold over the records.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "ph-names.h"
#include "ph-opened.h"
#include "ph-peer.h"
#include "ph-repeat.h"
#include "ph-store.h"
#include "ph-transport.h"
#include "ph-worker.h"

G_BEGIN_DECLS

typedef enum
{
  PH_SESSION_CLOSED,
  PH_SESSION_OPENING,
  PH_SESSION_OPEN,
  PH_SESSION_HALF_CLOSED, /* the peer finished sending; it may still read */
  PH_SESSION_CLOSING,
} PhSessionState;

#define PH_TYPE_SESSION_STATE (ph_session_state_get_type ())
GType ph_session_state_get_type (void);

/** The memory limit of a new session's store, in bytes. */
#define PH_SESSION_MEMORY_DEFAULT (256u * PH_STORE_CHUNK)

/**
 * PhCounters: since the last reset.
 * @tx_bytes, @tx_packets: what the system took; to all, once for each client
 * @refused: messages that were not sent, and never waited to be; to all, once for each client that refused one of them
 * @lost, @lost_bytes: messages that waited in a queue and were lost with the connection, or when it was closed here
 */
typedef struct
{
  guint64 rx_bytes, rx_packets;
  guint64 tx_bytes, tx_packets;
  guint64 kernel_lost;  /* datagrams dropped by the kernel */
  guint64 truncated;    /* datagrams cut */
  guint64 refused;
  guint64 lost, lost_bytes;
} PhCounters;

/**
 * PhFacts: facts from the records that are no state and no counter.
 * @was_open: whether anything could be opened
 * @since: when the present state began, in ns since 1970; 0 before the first opening
 * @repeat: the newest report of a repeat that is not of the repeat list
 * @sequence: the newest report of a sequence
 * @receive_buffer: of the datagram socket opened last, in bytes; 0 if it is not known
 * @heard_last: whom something was received from last since the newest opening, or %PH_PEER_NONE
 * @feed, @feed_sent: the newest state of a file or of standard input that is sent, and its bytes that went out when it ended
 * @kernel_time: whether the newest received record has the kernel's time stamp
 */
typedef struct
{
  gboolean was_open;
  gint64 since;
  PhRepeat repeat;
  PhRepeat sequence;
  gsize receive_buffer;
  guint32 heard_last;
  gboolean kernel_time;
  PhFeedState feed;
  guint64 feed_sent;
} PhFacts;

#define PH_TYPE_SESSION (ph_session_get_type ())
G_DECLARE_FINAL_TYPE (PhSession, ph_session, PH, SESSION, GObject)

/*
 * Properties: "state" (PhSessionState), "local" (string, nullable: what is bound while open),
 *   "remote" (string, nullable: the connected peer), "repeating" (boolean), "listed" (uint: repeats of the list that run),
 *   "in-sequence" (boolean: a sequence runs).
 * Signals:
 *   "advanced" (): records were folded, and counters and properties are up to date; at most once a frame
 *   "failed" (const char *message, guint code, gboolean fatal): an error record was folded; code is a PhError
 */
PhSession *ph_session_new (void);

PhStore *ph_session_get_store (PhSession *session);
gint64 ph_session_get_newest (PhSession *session);
guint64 ph_session_get_end (PhSession *session); /* what is before it has been folded: its peers have addresses */
PhSessionState ph_session_get_state (PhSession *session);
gboolean ph_session_is_active (PhSession *session); /* not closed */
const PhTransport *ph_session_get_transport (PhSession *session);
const PhEndpoint *ph_session_get_endpoint (PhSession *session); /* nullable before the first open */
const char *ph_session_get_local (PhSession *session);
const char *ph_session_get_remote (PhSession *session);
const PhCounters *ph_session_get_counters (PhSession *session);
void ph_session_reset_counters (PhSession *session);
const PhFacts *ph_session_get_facts (PhSession *session);
PhNames *ph_session_get_names (PhSession *session);
const PhOpened *ph_session_get_opened (PhSession *session);
const PhDestination *ph_session_get_destination (PhSession *session, const PhRecord *record);
PhRates *ph_session_get_rates (PhSession *session);
GListModel *ph_session_get_peers (PhSession *session);
PhPeer *ph_session_get_server (PhSession *session); /* nullable; of a TCP client that is open; borrowed */
/* nullable; valid until the next turn of the main loop */
const char *ph_session_get_peer_address (PhSession *session, guint32 peer);

void ph_session_open (PhSession *session, const PhEndpoint *endpoint);
void ph_session_close (PhSession *session);
void ph_session_send (PhSession *session, const PhTarget *target, PhPayload *payload, const PhPieces *pieces);
void ph_session_start_repeat (PhSession *session, const PhTarget *target, PhPayload *payload, const PhPieces *pieces,
                              guint interval_ms, guint64 times);
void ph_session_change_repeat (PhSession *session, const PhTarget *target, PhPayload *payload, const PhPieces *pieces,
                               guint interval_ms, guint64 times);
void ph_session_stop_repeat (PhSession *session);
void ph_session_start_listed (PhSession *session, guint slot, const char *name, const PhTarget *target, PhPayload *payload,
                              guint interval_ms);
void ph_session_stop_listed (PhSession *session);
guint ph_session_get_listed (PhSession *session);
void ph_session_run_sequence (PhSession *session, GArray *steps, guint64 rounds);
void ph_session_stop_sequence (PhSession *session);
gboolean ph_session_is_in_sequence (PhSession *session);
gboolean ph_session_send_feed (PhSession *session, const PhTarget *target, PhFeed *feed);
gboolean ph_session_get_repeating (PhSession *session);
void ph_session_finish_sending (PhSession *session);
void ph_session_set_pause (PhSession *session, gint64 pause);
void ph_session_set_form (PhSession *session, guint8 form);
void ph_session_control (PhSession *session, guint32 peer, PhPeerAction action);
void ph_session_clear (PhSession *session);
void ph_session_set_first (PhSession *session, guint64 seq);
guint64 ph_session_get_first (PhSession *session);

G_END_DECLS
