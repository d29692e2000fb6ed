/* ph-worker.h: the thread of one session, and the commands it takes
 *
 * Commands go from any thread to the worker, records from the worker to the store. No function here blocks but
 * ph_worker_free(), which waits for the thread to end: it ends at once, whatever the network does.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-endpoint.h"
#include "ph-feed.h"
#include "ph-payload.h"
#include "ph-pieces.h"
#include "ph-store.h"
#include "ph-target.h"

G_BEGIN_DECLS

typedef struct _PhWorker PhWorker;

PhWorker *ph_worker_new (PhStore *store, GError **error);
void ph_worker_free (PhWorker *worker);

void ph_worker_open (PhWorker *worker, const PhEndpoint *endpoint);
void ph_worker_close (PhWorker *worker);
void ph_worker_send (PhWorker *worker, const PhTarget *target, PhPayload *payload, const PhPieces *pieces);
void ph_worker_repeat (PhWorker *worker, const PhTarget *target, PhPayload *payload, const PhPieces *pieces, gint64 interval,
                       guint64 times);
void ph_worker_change_repeat (PhWorker *worker, const PhTarget *target, PhPayload *payload, const PhPieces *pieces,
                              gint64 interval, guint64 times);
void ph_worker_repeat_listed (PhWorker *worker, const PhTarget *target, PhPayload *payload, const PhPieces *pieces, gint64 interval,
                              guint slot, const char *name);
void ph_worker_run_sequence (PhWorker *worker, GArray *steps, guint64 rounds);
void ph_worker_stop_repeat (PhWorker *worker, guint slot);
void ph_worker_feed (PhWorker *worker, const PhTarget *target, PhFeed *feed);
void ph_worker_set_form (PhWorker *worker, guint8 form);
void ph_worker_control (PhWorker *worker, guint32 peer, PhPeerAction action);
void ph_worker_finish (PhWorker *worker);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhWorker, ph_worker_free)

G_END_DECLS
