/* ph-store-private.h: what the files of the store and the spool share among themselves
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-store.h"

#include <stdatomic.h>

#include "ph-plat-file.h"

G_BEGIN_DECLS

#define SLOTS (PH_STORE_LIMIT_MAX / PH_STORE_CHUNK + PH_STORE_SLACK + 1)

struct _PhBlock
{
  atomic_uint refs;
  PhChunk *chunk;
  guint64 number;
  guint64 used; /* of one that was read back: the read section in which it was last looked at */
};

#define NOT_KNOWN G_MAXUINT32

/* A chunk that is not in memory. Once it was read, records [first_seq + skip, first_seq + skip + count) can be had of it. */
typedef struct
{
  guint64 first_seq;
  guint64 shown;       /* as in its header */
  guint32 skip, count; /* count: NOT_KNOWN before */
  guint32 failed_at;   /* s: when it could not be read */
  gboolean on_file : 1; /* else its records were dropped */
  gboolean checked : 1; /* its proof holds, or store->changed tells that it does not */
  gboolean failed : 1;  /* it could not be read */
} Gone;

/* A request for a chunk. */
typedef struct
{
  guint64 number;
  gint64 when; /* monotonic µs */
} PhStoreAsk;

/* Where ph_store_number() counted last: of the first @index records of a chunk, @shown are shown. */
typedef struct
{
  guint64 number, first_seq;
  guint32 index, shown;
} PhStoreCount;

struct _PhStore
{
  guint refs; /* of threads that read it */
  PhStoreWakeFunc wake;
  gpointer wake_data;

  /* Shared. Chunks [head, tail) are in memory, chunk k in slots[k % SLOTS]; chunks [base, head) are in @gone. */
  _Atomic (PhBlock *) *slots;
  _Atomic guint64 head;
  _Atomic guint64 tail;
  _Atomic guint64 first_seq; /* of the oldest chunk there is, or what discard left of it */
  _Atomic guint64 end;       /* sequence number of the next record */
  _Atomic guint64 released;  /* the reader is done with all before this */
  _Atomic guint64 kept[PH_STORE_N_KEEPERS]; /* such a thread still wants all from this on; G_MAXUINT64: it does not */
  _Atomic guint64 spooled;   /* chunks before this one are on file, but for the dropped ones */
  _Atomic guint64 dropped;   /* records that the limit took */
  _Atomic guint64 limit;
  _Atomic int full;          /* a PhStoreFull */
  _Atomic gboolean pending;
  _Atomic gboolean abandoned;
  _Atomic gboolean stalled;  /* the writer waits for room */

  GMutex reading; /* held by the reader in a read section, and by whoever takes chunks away or holds one; guards these: */
  GArray *gone;   /* of Gone: chunks [base, base + len) = [base, head) */
  guint64 base;
  PhFile file;    /* where spooled chunks are; PH_FILE_NONE without a spool */
  PhBlock *writing; /* nullable: what the spool writes; from end to end, for it is not the newest */
  gboolean cut;   /* of a file: its end is missing */
  gboolean live;  /* of a file: a program is writing it */
  gboolean ended; /* of a file: it was ended in order */
  guint64 cut_at; /* of a file that was not: the number of the first record that is missing at its end */
  GPtrArray *back;  /* of PhBlock: chunks that were read back */
  GArray *asked;    /* of PhStoreAsk: chunks to be read back, the newest request last */
  guint64 loading;  /* the chunk that is being read; G_MAXUINT64: none */
  gboolean loader;  /* a thread reads chunks back, or sleeps on this: */
  GCond asked_cond;
  char *failure;    /* nullable: why a chunk could not be read, the last time */
  _Atomic gboolean loaded; /* chunks were read since ph_store_take_loaded() */
  guint64 left_out; /* of a file: the first record of a chunk that was never written, before its end; G_MAXUINT64: none */
  _Atomic guint64 changed; /* of a file: the number of the first record of the first chunk whose proof does not hold; G_MAXUINT64: none */

  /* The writer waits here for room. */
  GMutex wait_mutex;
  GCond wait_cond;
  gboolean waiting;
  gboolean poked;

  /* The spool sleeps until the writer has something for it; NULL without a spool. */
  PhStoreWakeFunc spool_wake;
  gpointer spool_data;
  _Atomic gboolean unsaved; /* the spool was woken and has not looked yet */

  /* Records that other threads want the writer to append. */
  GMutex post_mutex;
  GQueue posted; /* of GBytes: a PhRecord, then its payload */
  _Atomic gboolean has_posted;
  PhStoreWakeFunc writer_wake;
  gpointer writer_data;

  /* Used by the writer only. */
  PhChunk *last;
  guint64 shown; /* of all records so far */
  PhBlock *spare;  /* at first there is one, so that a store holds two chunks at least */
  gboolean limit_reached, limit_taken;
  gboolean starved; /* the system gives no more memory, so that it holds less than its limit */
  gboolean starved_taken;

  /* Used by the reader only. */
  guint64 found;    /* chunk of the last record */
  PhStoreCount count;
  PhBlock *hit;     /* nullable: of @back: the one that was looked at last in this read section */
  guint64 sections; /* read sections so far */
};

PhBlock *ph_block_new (void);
PhBlock *ph_block_new_first (void);
PhBlock *ph_block_new_read (PhFile file, guint64 number, gboolean *ret_proven, GError **error);
PhStore *ph_store_new_empty (guint64 limit);
gboolean ph_store_is_on_file (PhStore *store, guint64 number);
PhBlock *ph_store_find_back (PhStore *store, guint64 number);
void ph_store_ask (PhStore *store, guint64 number);
gboolean ph_store_may_ask (PhStore *store, guint64 number);
void ph_store_read_now (PhStore *store, guint64 number);
void ph_store_begin_loading (PhStore *store);
void ph_store_make_room (PhStore *store);
void ph_store_wake_writer (PhStore *store);
guint64 ph_store_count_lost (PhStore *store, const PhChunk *chunk);
guint64 ph_store_find_chunk (PhStore *store, guint64 seq, guint64 hint);
PhBlock *ph_store_find_block (PhStore *store, guint64 number, gboolean ask);
PhBlock *ph_store_begin_write (PhStore *store, guint64 number);
void ph_store_end_write (PhStore *store, PhBlock *block, gboolean written);

static inline PhBlock *
block_at (PhStore *store, guint64 number)
{
  return atomic_load_explicit (&store->slots[number % SLOTS], memory_order_acquire);
}

/* The first sequence number of a chunk in [base, tail). Of those before the head only with the reading lock. */
static inline guint64
first_seq_of (PhStore *store, guint64 number)
{
  if (number >= atomic_load (&store->head))
    return block_at (store, number)->chunk->first_seq;

  return g_array_index (store->gone, Gone, number - store->base).first_seq;
}

/* How many records before it are shown; as first_seq_of(). */
static inline guint64
shown_of (PhStore *store, guint64 number)
{
  if (number >= atomic_load (&store->head))
    return block_at (store, number)->chunk->shown;

  return g_array_index (store->gone, Gone, number - store->base).shown;
}

G_END_DECLS
