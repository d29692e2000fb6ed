/* ph-chunk.c: a chunk: 1 MiB of records, in memory and in a file alike
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-chunk.h"

#include <string.h>

#define MAGIC "PHCHUNK2"
#define OLDER_MAGIC "PHCHUNK1"
#define BYTE_ORDER_MARK 0x01020304u

/**
 * ph_chunk_init:
 * @chunk: (out caller-allocates): %PH_CHUNK_SIZE bytes, of which only the header is written
 * @number: the index of the chunk in its store
 * @first_seq: sequence number of its first record
 */
void
ph_chunk_init (PhChunk *chunk, guint64 number, guint64 first_seq)
{
  memset (chunk, 0, sizeof *chunk);
  memcpy (chunk->magic, MAGIC, sizeof chunk->magic);
  chunk->byte_order = BYTE_ORDER_MARK;
  chunk->header_size = sizeof (PhChunk);
  chunk->record_size = sizeof (PhRecord);
  chunk->chunk_size = PH_CHUNK_SIZE;
  chunk->number = number;
  chunk->first_seq = first_seq;
  chunk->used = sizeof (PhChunk);
}

/**
 * ph_chunk_is_head:
 * @head: bytes from a file, which may be a header
 * @number: the index of the chunk at that place of the file
 *
 * Returns: whether @head is a header of chunk @number in the format of this machine and version
 */
gboolean
ph_chunk_is_head (const PhChunk *head, guint64 number)
{
  return memcmp (head->magic, MAGIC, sizeof head->magic) == 0 && head->byte_order == BYTE_ORDER_MARK
         && head->header_size == sizeof (PhChunk) && head->record_size == sizeof (PhRecord)
         && head->chunk_size == PH_CHUNK_SIZE && head->number == number
         && head->count <= PH_CHUNK_RECORDS_MAX;
}

/**
 * ph_chunk_is_older:
 * @head: the first bytes of a file
 *
 * Returns: whether an older version of the program wrote the file, in another format
 */
gboolean
ph_chunk_is_older (const PhChunk *head)
{
  return memcmp (head->magic, OLDER_MAGIC, sizeof head->magic) == 0;
}

/**
 * ph_chunk_sound:
 * @chunk: a whole chunk from a file, with a header that ph_chunk_is_head()
 *
 * A record is sound if its payload lies behind that of the record before it, and before the records.
 *
 * Returns: how many records are sound, from the first one on
 */
guint32
ph_chunk_sound (const PhChunk *chunk)
{
  guint32 count = (guint32) MIN (ph_chunk_count (chunk), PH_CHUNK_RECORDS_MAX);
  guint64 end = PH_CHUNK_SIZE - (guint64) count * sizeof (PhRecord), from = sizeof (PhChunk);

  for (guint32 i = 0; i < count; i++)
    {
      const PhRecord *record = ph_chunk_record (chunk, i);

      if (record->offset < from || (guint64) record->offset + record->length > end)
        return i;
      from = (guint64) record->offset + record->length;
    }

  return count;
}

/**
 * ph_chunk_count_shown:
 * @from, @to: records [@from, @to), which are published
 *
 * Returns: how many of these are shown (not ph_record_is_silent())
 */
guint32
ph_chunk_count_shown (const PhChunk *chunk, guint32 from, guint32 to)
{
  guint32 n = 0;

  for (guint32 i = from; i < to; i++)
    n += !ph_record_is_silent (ph_chunk_record (chunk, i));

  return n;
}

/**
 * ph_chunk_end:
 * @count: of records, at most those that are published
 *
 * Returns: where the payload of the first @count records ends, in bytes from the start
 */
gsize
ph_chunk_end (const PhChunk *chunk, guint32 count)
{
  const PhRecord *last = count > 0 ? ph_chunk_record (chunk, count - 1) : NULL;

  return last != NULL ? (gsize) last->offset + last->length : sizeof (PhChunk);
}

/**
 * ph_chunk_cut_off:
 * @head: the header of a chunk
 * @size: how many bytes of the chunk the file has
 *
 * Records grow down from the end of the chunk, so a file that is cut off loses the oldest records of its last chunk first.
 *
 * Returns: how many of its records are missing, or cut off themselves
 */
guint32
ph_chunk_cut_off (const PhChunk *head, gsize size)
{
  gsize missing = PH_CHUNK_SIZE - MIN (size, PH_CHUNK_SIZE);

  return (guint32) MIN (ph_chunk_count (head), (missing + sizeof (PhRecord) - 1) / sizeof (PhRecord));
}

/**
 * ph_chunk_cut:
 * @chunk: (inout): a chunk with a header that ph_chunk_is_head()
 * @size: bytes of it that could be read, the header at least; what follows is filled with zeros
 *
 * Removes the records that are missing, so that the chunk begins with the first one that is left. They count as shown.
 */
void
ph_chunk_cut (PhChunk *chunk, gsize size)
{
  guint32 lost = ph_chunk_cut_off (chunk, size);
  guint32 left = (guint32) MIN (ph_chunk_count (chunk), PH_CHUNK_RECORDS_MAX) - lost;
  guint8 *end = (guint8 *) chunk + PH_CHUNK_SIZE;

  if (size < PH_CHUNK_SIZE)
    memset ((guint8 *) chunk + size, 0, PH_CHUNK_SIZE - size);
  if (lost == 0)
    return;
  memmove (end - left * sizeof (PhRecord), end - (left + lost) * sizeof (PhRecord), left * sizeof (PhRecord));
  chunk->first_seq += lost;
  chunk->shown += lost;
  chunk->count = left;
}
