/* ph-store.h: the records of one session: written by one thread without a lock, and read in place by others
 *
 * Invariants:
 *  - One writer (the worker), one reader (the main thread), and any number of threads that hold chunks (the spooler, a
 *    search). Each function says which of them may call it.
 *  - A record's identity is its sequence number: 0, 1, 2 … in the order of commits. The store knows [first, end). Users see the
 *    numbers of ph_store_number() instead.
 *  - The reader never waits for the disk. A chunk that is on file only is asked for: a thread reads it back, and the reader is
 *    woken. Whoever may wait reads chunks by ph_store_hold() and ph_store_fetch(). No disk is waited for with a lock held.
 *  - A published record neither changes nor moves. Its chunk may leave memory, but not while the reader is in a read
 *    section. If a spool has written the chunk to the file, it is read back; else its records are lost and counted as dropped.
 *  - Memory never outgrows the limit by more than PH_STORE_SLACK chunks. If no chunk may leave memory (all are
 *    unread; or none is on file and the user chose to pause), ph_store_reserve() waits. Then TCP slows the sender down, and
 *    the kernel drops datagrams and counts them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-proof.h"

G_BEGIN_DECLS

#define PH_STORE_CHUNK PH_CHUNK_SIZE
#define PH_STORE_SLACK 32u                 /* chunks over the limit while the reader is looking */
#define PH_STORE_PAYLOAD_MAX (512u * 1024u) /* bytes of one record; longer data is several records */
/* Bytes of memory that a store leaves to the rest of the program, which ends where it gets none. More than malloc() keeps when it is
 * given back. */
#define PH_STORE_LEFT_OVER ((gsize) 40 * 1024 * 1024)
#define PH_STORE_LIMIT_MIN ((guint64) 4 * PH_STORE_CHUNK)
#define PH_STORE_LIMIT_MAX ((guint64) 16384 * PH_STORE_CHUNK)
#define PH_STORE_BACK_MAX 16u              /* chunks read back from the file that are kept for the reader; */
#define PH_STORE_BACK_MOST 128u            /* if he looks at more in each read section, at most this many */
#define PH_STORE_ASKED_MAX 16u             /* chunks that wait to be read back: of more, the oldest requests are dropped */

typedef struct _PhStore PhStore;
/** PhStoreKeeper: a thread that reads all records, one after the other, and may be slower than they come. */
typedef enum
{
  PH_STORE_PRINTER, /* of porthole-cli */
  PH_STORE_SAVER,   /* of a live save */
  PH_STORE_N_KEEPERS
} PhStoreKeeper;

typedef void (*PhStoreWakeFunc) (gpointer data);

/** PhStoreFull: what happens when the chunks that are not on file reach the memory limit. */
typedef enum
{
  PH_STORE_DROP_OLDEST,
  PH_STORE_PAUSE, /* the writer waits */
} PhStoreFull;

/**
 * PhBlock: a chunk that its holder may read at any time, on any thread.
 *
 * Opaque; ph_block_get_chunk() gives the chunk.
 */
typedef struct _PhBlock PhBlock;

const PhChunk *ph_block_get_chunk (PhBlock *block);
guint32 ph_block_count (PhBlock *block);
void ph_block_release (PhBlock *block);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhBlock, ph_block_release)

PhStore *ph_store_new (guint64 limit, PhStoreWakeFunc wake, gpointer data);
PhStore *ph_store_new_from_file (const char *path, GError **error);
void ph_store_set_wake (PhStore *store, PhStoreWakeFunc wake, gpointer data);
void ph_store_free (PhStore *store);

/* any thread */
PhStore *ph_store_ref (PhStore *store);
void ph_store_unref (PhStore *store);
gboolean ph_store_has_threads (PhStore *store);
void ph_store_set_limit (PhStore *store, guint64 limit);
guint64 ph_store_get_limit (PhStore *store);
void ph_store_set_full (PhStore *store, PhStoreFull full);
PhStoreFull ph_store_get_full (PhStore *store);
void ph_store_keep_from (PhStore *store, PhStoreKeeper keeper, guint64 seq);
gboolean ph_store_is_waiting (PhStore *store);
void ph_store_abandon (PhStore *store);
void ph_store_poke (PhStore *store);
guint64 ph_store_first (PhStore *store);
guint64 ph_store_end (PhStore *store);
guint64 ph_store_dropped (PhStore *store);
guint64 ph_store_size (PhStore *store);
gboolean ph_store_is_cut (PhStore *store);
gboolean ph_store_is_ended (PhStore *store);
gboolean ph_store_is_live (PhStore *store);
PhProof ph_store_get_proof (PhStore *store);
void ph_store_chunks (PhStore *store, guint64 *ret_first, guint64 *ret_end);
guint64 ph_store_chunk_of (PhStore *store, guint64 seq);
guint64 ph_store_chunk_first (PhStore *store, guint64 number);
guint64 ph_store_step_over (PhStore *store, guint64 seq);
PhBlock *ph_store_hold (PhStore *store, guint64 number);
const PhChunk *ph_store_hold_for (PhStore *store, guint64 seq, PhBlock **block);
GPtrArray *ph_store_hold_unwritten (PhStore *store);
void ph_store_post (PhStore *store, const PhRecord *record, gconstpointer payload);

/* the writer */
void ph_store_set_writer (PhStore *store, PhStoreWakeFunc wake, gpointer data);
guint8 *ph_store_reserve (PhStore *store, gsize payload, guint n_records, gsize *ret_size);
void ph_store_commit (PhStore *store, const PhRecord *record, const guint8 *payload);
void ph_store_append (PhStore *store, const PhRecord *record, gconstpointer payload);
void ph_store_append_posted (PhStore *store);
gboolean ph_store_is_over (PhStore *store);
gboolean ph_store_take_limit_reached (PhStore *store);
guint64 ph_store_take_starved (PhStore *store);
void ph_store_notify (PhStore *store);

/* the reader */
void ph_store_begin_read (PhStore *store);
void ph_store_end_read (PhStore *store);
const PhRecord *ph_store_get (PhStore *store, guint64 seq, const guint8 **ret_payload);
const PhRecord *ph_store_fetch (PhStore *store, guint64 seq, const guint8 **ret_payload);
gboolean ph_store_awaits (PhStore *store, guint64 seq);
const char *ph_store_get_failure (PhStore *store, guint64 seq, guint64 *ret_first, guint64 *ret_end);
void ph_store_read_ahead (PhStore *store, guint64 seq);
gboolean ph_store_take_loaded (PhStore *store);
guint64 ph_store_next (PhStore *store, guint64 seq);
guint64 ph_store_previous (PhStore *store, guint64 seq);
guint64 ph_store_number (PhStore *store, guint64 seq);
guint64 ph_store_find_number (PhStore *store, guint64 number);
void ph_store_release (PhStore *store, guint64 seq);
void ph_store_discard (PhStore *store, guint64 seq);
gboolean ph_store_rearm (PhStore *store);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhStore, ph_store_free)

G_END_DECLS
