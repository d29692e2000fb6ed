/* ph-pieces.c: how a message to a stream is cut into pieces that are handed to the system one by one
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-pieces.h"

/* SplitMix64, of Steele, Lea and Flood: short, and the same everywhere, which the C library's rand() is not. */
static guint64
next_number (guint64 *state)
{
  guint64 z = *state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);

  z = (z ^ z >> 30) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ z >> 27) * G_GUINT64_CONSTANT (0x94d049bb133111eb);

  return z ^ z >> 31;
}

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

  return 1 + (guint) ((next_number (state) >> 32) * pieces->size >> 32);
}
