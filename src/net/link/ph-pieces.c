/* ph-pieces.c: how a message to a stream is cut into pieces that are handed to the system one by one
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-pieces.h"

#include "ph-variable.h"

/**
 * ph_pieces_next:
 * @pieces: with a size
 * @state: (inout): @pieces->seed before the first piece of a message
 *
 * Any thread.
 *
 * Returns: bytes of the next piece, from 1 to @pieces->size; the last one of a message may be shorter
 */
guint
ph_pieces_next (const PhPieces *pieces, guint64 *state)
{
  if (!pieces->random)
    return pieces->size;

  return 1 + (guint) ((ph_random_next (state) >> 32) * pieces->size >> 32);
}
