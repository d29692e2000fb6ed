/* ph-fold.h: the state of a session, computed from its records: addresses, counters, peers
 *
 * The fold reads the records in their order. Nothing else changes the state of a session. It needs neither a worker nor a
 * main loop, so it also computes the state from a file. Main thread only.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-opened.h"
#include "ph-peers.h"

G_BEGIN_DECLS

/** PhFoldError: the newest error record that was not reported yet. @payload is %NULL if there is none. */
typedef struct
{
  PhRecord record;
  guint8 *payload;
} PhFoldError;

/** How many OPENING records are kept: the newest ones. */
#define PH_FOLD_OPENINGS_MAX 16u

/** PhFoldOpening: an OPENING record. @payload is a copy of record.length bytes. */
typedef struct
{
  guint64 seq;
  PhRecord record;
  guint8 *payload;
} PhFoldOpening;

/**
 * PhFold:
 * @end: sequence number of the next record to fold
 * @state: closed, opening, open or half-closed; never closing, because no record says that a session is about to close
 * @remote: (nullable): the address of the server, while open
 * @names: (transfer none): the table of @peers
 * @newest: the time of the newest record, in ns; 0 before the first
 * @missing: how many records a damaged file lacks, of those that would be shown
 * @shown: the number of the last record before @end, as in ph_store_number()
 * @openings: how many OPENING records there were
 * @opened: (element-type PhFoldOpening): the newest %PH_FOLD_OPENINGS_MAX of them
 * @times: when they were
 * @repeats_ended: how many repeats that were asked for have ended, but for those of the repeat list
 * @listed: the slots of the repeat list that run
 * @in_sequence: a sequence runs
 * @to_all_bytes, @to_all_time: of the newest message to all clients; @to_all_more: its next part is still to come
 * @facts: what the window shows beside state and counters
 * @newest_peer: the highest number that was given an address
 * @old_peers: peer numbers up to this one are from before the newest opening: a message goes to their address instead
 * @server: the peer number of a TCP client's server
 * @stream: the newest opening is of a stream transport: only peers that joined are listed
 */
typedef struct
{
  guint64 end;
  PhSessionState state;
  char *remote;
  PhCounters counters;
  PhPeers *peers;
  PhNames *names;
  PhRates *rates;
  PhFoldError error;
  PhFoldError fatal;
  gint64 newest;
  guint64 missing;
  guint64 shown;
  guint64 openings;
  GArray *opened;
  PhOpened *times;
  guint64 repeats_ended;
  GHashTable *listed;
  gboolean in_sequence;
  guint64 to_all_bytes;
  gint64 to_all_time;
  gboolean to_all_more;
  PhFacts facts;
  guint32 newest_peer;
  guint32 old_peers;
  guint32 server;
  gboolean stream;
} PhFold;

void ph_fold_init (PhFold *fold, guint peer_limit);
void ph_fold_clear (PhFold *fold);
gboolean ph_fold_store (PhFold *fold, PhStore *store, guint64 end, gint64 deadline);
void ph_fold_record (PhFold *fold, const PhRecord *record, const guint8 *payload);
const PhFoldOpening *ph_fold_get_opening (const PhFold *fold, guint64 seq);
void ph_fold_error_clear (PhFoldError *error);

G_END_DECLS
