/* ph-proof.c: the checksums of chunks and the end mark, by which a capture shows that it is whole
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-proof.h"

#include "ph-crc32c.h"
#include "ph-plat-file.h"
#include "ph-store.h"

#include <glib/gi18n.h>
#include <string.h>

static guint32
sum_zeros (guint32 sum, gsize n)
{
  static const guint8 zeros[4096];

  for (gsize part; n > 0; n -= part)
    {
      part = MIN (n, sizeof zeros);
      sum = ph_crc32c (sum, zeros, part);
    }

  return sum;
}

/* The checksum of a chunk whose bytes behind the header have the checksum @body. */
static guint32
sum_with_head (const PhChunk *head, guint32 body)
{
  PhChunk copy = *head;

  copy.sum = 0;

  return ph_crc32c (body, &copy, sizeof copy);
}

/**
 * ph_proof_sum_body:
 * @chunk: a chunk in memory
 * @count: how many of its records are written to the file
 *
 * Between payloads and records the file has zeros; in memory there may be anything. Any thread.
 *
 * Returns: the checksum of everything behind the header in the file
 */
guint32
ph_proof_sum_body (const PhChunk *chunk, guint32 count)
{
  gsize end = ph_chunk_end (chunk, count), records = count * sizeof (PhRecord);
  guint32 sum = ph_crc32c (0, chunk + 1, end - sizeof *chunk);

  sum = sum_zeros (sum, PH_CHUNK_SIZE - records - end);

  return ph_crc32c (sum, (const guint8 *) chunk + PH_CHUNK_SIZE - records, records);
}

/**
 * ph_proof_seal_head:
 * @head: (inout): a header; its checksum and state are set
 * @body: from ph_proof_sum_body()
 * @last: whether this is the last chunk of a file that is ended in order
 *
 * Any thread.
 */
void
ph_proof_seal_head (PhChunk *head, guint32 body, gboolean last)
{
  head->state = PH_CHUNK_SEALED | (last ? PH_CHUNK_LAST : 0);
  head->sum = sum_with_head (head, body);
}

/**
 * ph_proof_seal:
 * @chunk: (inout): a whole chunk with a sound header; bytes that belong to no record become zeros
 * @last: whether this is the last chunk of a file that is ended in order
 *
 * Any thread.
 */
void
ph_proof_seal (PhChunk *chunk, gboolean last)
{
  gsize end = ph_chunk_end (chunk, chunk->count), records = chunk->count * sizeof (PhRecord);

  memset ((guint8 *) chunk + end, 0, PH_CHUNK_SIZE - records - end);
  ph_proof_seal_head (chunk, ph_proof_sum_body (chunk, chunk->count), last);
}

/**
 * ph_proof_holds:
 * @chunk: a whole chunk as it was read from a file
 *
 * Any thread.
 *
 * Returns: whether it is sealed and its checksum is right
 */
gboolean
ph_proof_holds (const PhChunk *chunk)
{
  return (chunk->state & PH_CHUNK_SEALED) != 0
         && chunk->sum == sum_with_head (chunk, ph_crc32c (0, chunk + 1, PH_CHUNK_SIZE - sizeof *chunk));
}

/* ---- a whole file ---- */

/**
 * ph_proof_is_left_out:
 * @chunk: a place for a chunk as it was read from a file, before its end
 * @n: how many bytes were read
 *
 * Any thread.
 *
 * Returns: whether the spool never wrote that chunk, because the disk was full or too slow: there are zeros
 */
gboolean
ph_proof_is_left_out (const PhChunk *chunk, gsize n)
{
  const guint8 *bytes = (const guint8 *) chunk;

  return n == PH_CHUNK_SIZE && bytes[0] == 0 && memcmp (bytes, bytes + 1, n - 1) == 0;
}

/* Looks at the chunk that was read, of which the file has @n bytes; it is to begin with record @seq, or behind that if @gap says so.
 * Returns FALSE at the first fault, with @proof set. At the end of the file @proof tells what is known of it. */
static gboolean
check_chunk (const PhChunk *chunk, guint64 number, guint64 seq, gboolean gap, gsize n, gboolean at_end, PhProof *proof)
{
  gboolean head = n >= sizeof *chunk && ph_chunk_is_head (chunk, number);

  /* In order, a chunk is begun when the one before it is sealed; its header is written last. */
  if (n < PH_CHUNK_SIZE || (at_end && n >= sizeof *chunk && chunk->magic[0] == '\0'))
    {
      proof->state = at_end ? PH_PROOF_CUT : PH_PROOF_CHANGED;
      return FALSE;
    }
  proof->state = PH_PROOF_CHANGED;
  if (!head || chunk->first_seq < seq || (chunk->first_seq > seq && !gap) || ph_chunk_sound (chunk) != chunk->count)
    return FALSE;
  if ((chunk->state & PH_CHUNK_SEALED) != 0 && !ph_proof_holds (chunk))
    return FALSE;
  if ((chunk->state & PH_CHUNK_SEALED) == 0 && !at_end)
    return FALSE;
  proof->number += ph_chunk_count_shown (chunk, 0, chunk->count);
  if (at_end)
    proof->state = (chunk->state & PH_CHUNK_LAST) != 0 ? PH_PROOF_WHOLE : PH_PROOF_CUT;
  else if ((chunk->state & PH_CHUNK_LAST) != 0)
    return FALSE; /* something follows the end */

  return TRUE;
}

static gboolean
check_chunks (PhFile file, PhProof *proof, GError **error)
{
  g_autofree PhChunk *chunk = g_try_malloc (PH_CHUNK_SIZE);
  guint64 n_chunks = (ph_plat_file_size (file) + PH_CHUNK_SIZE - 1) / PH_CHUNK_SIZE, seq = 0, missing = 0;

  if (chunk == NULL)
    return ph_error_no_memory (error);
  for (guint64 k = 0; k < n_chunks; k++)
    {
      gssize n = ph_plat_file_read (file, k * PH_CHUNK_SIZE, chunk, PH_CHUNK_SIZE, error);

      if (n < 0)
        return FALSE;
      if (k + 1 < n_chunks && ph_proof_is_left_out (chunk, (gsize) n))
        {
          missing = missing > 0 ? missing : proof->number;
          continue;
        }
      if (!check_chunk (chunk, k, seq, missing > 0, (gsize) n, k + 1 == n_chunks, proof))
        break;
      seq = chunk->first_seq + chunk->count;
    }
  if (missing > 0 && proof->state != PH_PROOF_CHANGED)
    *proof = (PhProof) { PH_PROOF_MISSING, missing };

  return TRUE;
}

/**
 * ph_proof_check:
 * @path: (type filename): a file
 * @error: why it cannot be read, or is no capture at all
 *
 * Reads all of it, so not for the main thread of a program with a window.
 *
 * Returns: whether @ret_proof is set
 */
gboolean
ph_proof_check (const char *path, PhProof *ret_proof, GError **error)
{
  gboolean live = ph_plat_file_has_writer (path), checked;
  g_autoptr (PhStore) store = ph_store_new_from_file (path, error);
  PhProof proof = { PH_PROOF_CUT, 1 };
  PhFile file;

  if (store == NULL)
    return FALSE;
  file = ph_plat_file_open (path, error);
  if (file == PH_FILE_NONE)
    return FALSE;
  checked = check_chunks (file, &proof, error);
  ph_plat_file_close (file);
  if (live && proof.state == PH_PROOF_CUT)
    proof.state = PH_PROOF_WRITING;
  if (checked)
    *ret_proof = proof;

  return checked;
}
