/* ph-feed-cut.h: cuts a sequence of blocks into pieces of a size, or into lines
 *
 * A pure value with an owner: no thread, no clock.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PhFeedCut: all zero but for the first three fields at the beginning.
 * @most: bytes of a piece
 * @lines: a piece ends behind a line feed, or where it has @most bytes
 * @fill: a piece that ends at the end of a block waits for the next one
 * @cut_lines: lines so far that had more than @most bytes
 */
typedef struct
{
  gsize most;
  gboolean lines;
  gboolean fill;
  guint64 cut_lines;

  GBytes *block; /* nullable */
  gsize at;      /* in @block */
  GByteArray *rest; /* nullable: the beginning of a piece, from earlier blocks */
  gboolean in_line; /* the last piece ended inside of a line */
} PhFeedCut;

void ph_feed_cut_give (PhFeedCut *cut, GBytes *block);
GBytes *ph_feed_cut_next (PhFeedCut *cut);
GBytes *ph_feed_cut_last (PhFeedCut *cut);
void ph_feed_cut_clear (PhFeedCut *cut);

G_END_DECLS
