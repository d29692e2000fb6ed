/* ph-proof.h: the checksums of chunks and the end mark, by which a capture shows that it is whole
 *
 * A chunk to which nothing will be added is sealed: its header gets a CRC-32C, first of the bytes behind the header, then of
 * the header with 0 in place of the checksum. If a file is ended in order, its last chunk has an end mark too
 * (%PH_CHUNK_LAST). A chunk that still fills is not sealed. So if a program was killed, the last chunk of its file is not
 * sealed or has no end mark.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-chunk.h"

G_BEGIN_DECLS

/** PhProofState: what is known of a file. */
typedef enum
{
  PH_PROOF_WHOLE,
  PH_PROOF_WRITING, /* a program is writing it; up to now nothing is wrong */
  PH_PROOF_CUT,     /* it was not ended in order, or its end is missing */
  PH_PROOF_MISSING, /* records are missing before its end: they were never written */
  PH_PROOF_CHANGED, /* bytes are not what was written */
} PhProofState;

/** PhProof: @number is that of the first record that is missing, or the first of the chunk that was changed, as in
 *  ph_store_number(). */
typedef struct
{
  PhProofState state;
  guint64 number;
} PhProof;

guint32 ph_proof_sum_body (const PhChunk *chunk, guint32 count);
void ph_proof_seal_head (PhChunk *head, guint32 body, gboolean last);
void ph_proof_seal (PhChunk *chunk, gboolean last);
gboolean ph_proof_holds (const PhChunk *chunk);
gboolean ph_proof_is_left_out (const PhChunk *chunk, gsize n);
gboolean ph_proof_check (const char *path, PhProof *ret_proof, GError **error);

G_END_DECLS
