/* ph-store.h: the records of one session: written by one thread, read in place by another, without a lock
 *
 * Invariants:
 *  - One writer (the worker), one reader (the main thread). Each function says which of them may call it.
 *  - A record's identity is its sequence number: 0, 1, 2 … in the order of commits. The store holds [first, end).
 *  - A published record neither changes nor moves. Its chunk may go (memory limit, discard), but only outside of a
 *    read section, and only when the reader has released it.
 *  - Records never outgrow the limit by more than PH_STORE_SLACK chunks. If the reader falls so far behind that
 *    everything held is unread, reserve waits for it: TCP then pushes back on the sender, the kernel counts UDP's loss.
 *
 * A chunk is 1 MiB: a header, payloads growing up behind it, records growing down from the end; all places inside are
 * offsets, so the bytes mean the same in memory and on disk.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-record.h"

G_BEGIN_DECLS

#define PH_STORE_CHUNK (1024u * 1024u)
#define PH_STORE_SLACK 32u                 /* chunks over the limit while the reader is looking */
#define PH_STORE_PAYLOAD_MAX (512u * 1024u) /* bytes of one record; longer data is several records */
#define PH_STORE_LIMIT_MIN ((guint64) 4 * PH_STORE_CHUNK)
#define PH_STORE_LIMIT_MAX ((guint64) 16384 * PH_STORE_CHUNK)

typedef struct _PhStore PhStore;
typedef void (*PhStoreWakeFunc) (gpointer data);

PhStore *ph_store_new (guint64 limit, PhStoreWakeFunc wake, gpointer data);
void ph_store_free (PhStore *store);

/* any thread */
void ph_store_set_limit (PhStore *store, guint64 limit);
guint64 ph_store_get_limit (PhStore *store);
void ph_store_abandon (PhStore *store);

/* the writer */
guint8 *ph_store_reserve (PhStore *store, gsize payload, guint n_records, gsize *ret_size);
void ph_store_commit (PhStore *store, const PhRecord *record, const guint8 *payload);
void ph_store_append (PhStore *store, const PhRecord *record, gconstpointer payload);
gboolean ph_store_take_limit_reached (PhStore *store);
void ph_store_notify (PhStore *store);

/* the reader */
guint64 ph_store_first (PhStore *store);
guint64 ph_store_end (PhStore *store);
guint64 ph_store_dropped (PhStore *store);
guint64 ph_store_size (PhStore *store);
void ph_store_begin_read (PhStore *store);
void ph_store_end_read (PhStore *store);
const PhRecord *ph_store_get (PhStore *store, guint64 seq, const guint8 **ret_payload);
void ph_store_release (PhStore *store, guint64 seq);
void ph_store_discard (PhStore *store, guint64 seq);
gboolean ph_store_rearm (PhStore *store);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhStore, ph_store_free)

G_END_DECLS
