/* ph-pieces.h: how a message to a stream is cut into pieces that are handed to the system one by one
 *
 * A pure value: the same @seed gives the same sizes on every system.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define PH_PIECE_SIZE_MAX (1024u * 1024u) /* bytes */
#define PH_PIECE_PAUSE_MAX 3600000u       /* ms */

/**
 * PhPieces: all zero sends a message whole. Each message is cut anew, so the messages of a repeat are all cut alike.
 * @size: bytes of a piece, up to %PH_PIECE_SIZE_MAX; 0: the message is not cut
 * @pause: ms from when the system took a piece to the next one, at least
 * @random: sizes of 1 to @size, as @seed gives them
 */
typedef struct
{
  guint size;
  guint pause;
  gboolean random;
  guint64 seed;
} PhPieces;

guint ph_pieces_next (const PhPieces *pieces, guint64 *state);

G_END_DECLS
