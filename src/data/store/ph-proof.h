/* ph-proof.h: how a capture shows that it is whole
 *
 * A chunk that nothing more is written to is sealed: its header gets the checksum of all its bytes (CRC-32C, first what is
 * behind the header, then the header with 0 in place of the checksum). The last chunk of a file that was ended in order
 * says so as well. A chunk that still fills is not sealed. So a file whose program was killed ends in a chunk that is not
 * sealed, or in a sealed one that does not say that it is the last.
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
  PH_PROOF_CHANGED, /* records are missing before its end, or bytes are not what was written */
} PhProofState;

/** PhProof: @seq is the first record that is missing, or the first of the chunk that was changed. */
typedef struct
{
  PhProofState state;
  guint64 seq;
} PhProof;

guint32 ph_proof_sum_body (const PhChunk *chunk, guint32 count);
void ph_proof_seal_head (PhChunk *head, guint32 body, gboolean last);
void ph_proof_seal (PhChunk *chunk, gboolean last);
gboolean ph_proof_holds (const PhChunk *chunk);
guint32 ph_proof_count_shown (const PhChunk *chunk, guint32 count);
gboolean ph_proof_check (const char *path, PhProof *ret_proof, GError **error);

G_END_DECLS
