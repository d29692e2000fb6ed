/* ph-chunk.h: a chunk: 1 MiB of records, in memory and in a file alike
 *
 * A header is at its start. Payloads follow it upwards, and records go down from the end. There are offsets and no pointers.
 * Chunk k of a store lies at k MiB of its file. A file is not trusted: only as many records as ph_chunk_sound() returns may be
 * used.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-record.h"

G_BEGIN_DECLS

#define PH_CHUNK_SIZE (1024u * 1024u)

/** PhChunkState: of a chunk in a file; set by ph-proof.c. In memory a chunk has none of these. */
typedef enum
{
  PH_CHUNK_SEALED = 1 << 0, /* nothing more is written to it, and its sum holds */
  PH_CHUNK_LAST = 1 << 1,   /* the file was ended in order with this chunk */
} PhChunkState;

/**
 * PhChunk:
 * @byte_order: 0x01020304 in the byte order of the machine that wrote it
 * @number: the index of the chunk in its store: 0, 1, 2 …
 * @first_seq: sequence number of its first record
 * @count: of records; published with a release store
 * @used: bytes from the start, header included, that hold payload; the writer's own until the chunk is full
 * @shown: how many of the records before its first one are shown (not ph_record_is_silent()). Of a later chunk, 0 means that a file
 *   does not tell
 * @sum: of a sealed chunk: CRC-32C of its bytes, see ph-proof.h
 * @state: a set of #PhChunkState
 */
typedef struct
{
  char magic[8];
  guint32 byte_order;
  guint32 header_size;
  guint32 record_size;
  guint32 chunk_size;
  guint64 number;
  guint64 first_seq;
  guint32 count;
  guint32 used;
  guint64 shown;
  guint32 sum;
  guint32 state;
} PhChunk;

G_STATIC_ASSERT (sizeof (PhChunk) == 64);

/** How many records fit into a chunk if none of them has a payload. */
#define PH_CHUNK_RECORDS_MAX ((PH_CHUNK_SIZE - sizeof (PhChunk)) / sizeof (PhRecord))

void ph_chunk_init (PhChunk *chunk, guint64 number, guint64 first_seq);
gboolean ph_chunk_is_head (const PhChunk *head, guint64 number);
gboolean ph_chunk_is_older (const PhChunk *head);
guint32 ph_chunk_sound (const PhChunk *chunk);
guint32 ph_chunk_count_shown (const PhChunk *chunk, guint32 from, guint32 to);
gsize ph_chunk_end (const PhChunk *chunk, guint32 count);
guint32 ph_chunk_cut_off (const PhChunk *head, gsize size);
void ph_chunk_cut (PhChunk *chunk, gsize size);

/** ph_chunk_record: record @index of @chunk, which has more than @index. */
static inline PhRecord *
ph_chunk_record (const PhChunk *chunk, guint32 index)
{
  return (PhRecord *) ((guint8 *) chunk + PH_CHUNK_SIZE) - 1 - index;
}

/** ph_chunk_count: how many records are published; any thread. */
static inline guint32
ph_chunk_count (const PhChunk *chunk)
{
  return __atomic_load_n (&chunk->count, __ATOMIC_ACQUIRE);
}

G_END_DECLS
