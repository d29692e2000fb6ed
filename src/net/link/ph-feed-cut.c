/* ph-feed-cut.c: cuts a sequence of blocks into pieces of a size, or into lines
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-feed-cut.h"

#include <string.h>

/**
 * ph_feed_cut_give:
 * @block: (transfer full): what follows; the block before it must be used up
 */
void
ph_feed_cut_give (PhFeedCut *cut, GBytes *block)
{
  g_clear_pointer (&cut->block, g_bytes_unref);
  cut->block = block;
  cut->at = 0;
}

/* Counts a line once, at the first piece of it that does not end it. */
static void
note_line (PhFeedCut *cut, gboolean ends)
{
  if (!ends && !cut->in_line)
    cut->cut_lines++;
  cut->in_line = !ends;
}

/* How many bytes of the block belong to the next piece; @ret_whole: whether the piece is whole with them. */
static gsize
measure (PhFeedCut *cut, gsize have, gboolean *ret_whole)
{
  gsize size;
  const guint8 *bytes = g_bytes_get_data (cut->block, &size);
  gsize left = size - cut->at, part = MIN (left, cut->most - have);
  const guint8 *end = cut->lines ? memchr (bytes + cut->at, '\n', part) : NULL;

  if (end != NULL)
    part = (gsize) (end - (bytes + cut->at)) + 1;
  *ret_whole = end != NULL || have + part == cut->most || !cut->fill;
  if (cut->lines && *ret_whole)
    note_line (cut, end != NULL);

  return part;
}

/**
 * ph_feed_cut_next:
 *
 * Returns: (transfer full) (nullable): the next piece; %NULL if another block is needed for it
 */
GBytes *
ph_feed_cut_next (PhFeedCut *cut)
{
  gsize have = cut->rest != NULL ? cut->rest->len : 0, part;
  GBytes *piece = NULL;
  gboolean whole;

  if (cut->block == NULL)
    return NULL;
  part = measure (cut, have, &whole);
  if (whole && have == 0)
    {
      piece = g_bytes_new_from_bytes (cut->block, cut->at, part);
    }
  else
    {
      if (cut->rest == NULL)
        cut->rest = g_byte_array_new ();
      g_byte_array_append (cut->rest, (const guint8 *) g_bytes_get_data (cut->block, NULL) + cut->at, (guint) part);
      if (whole)
        piece = g_byte_array_free_to_bytes (g_steal_pointer (&cut->rest));
    }
  cut->at += part;
  if (cut->at == g_bytes_get_size (cut->block))
    g_clear_pointer (&cut->block, g_bytes_unref);

  return piece;
}

/** ph_feed_cut_last: Returns: (transfer full) (nullable): what is left when no block follows */
GBytes *
ph_feed_cut_last (PhFeedCut *cut)
{
  return cut->rest != NULL ? g_byte_array_free_to_bytes (g_steal_pointer (&cut->rest)) : NULL;
}

/** ph_feed_cut_clear: frees what it holds. */
void
ph_feed_cut_clear (PhFeedCut *cut)
{
  g_clear_pointer (&cut->block, g_bytes_unref);
  g_clear_pointer (&cut->rest, g_byte_array_unref);
}
