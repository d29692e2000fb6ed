/* ph-log-matches.c: finds where the search matches in a line of the log
 *
 * Only pieces of records whose lines are on screen are searched, each for a few milliseconds at most.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-log-matches.h"

#include <string.h>

#include "ph-log-fold.h"
#include "ph-log-places.h"
#include "ph-log-source-private.h"

#define MATCHES_MAX 256u /* in one line */
#define PIECE 4096u      /* bytes of a record that are searched together */
#define PIECE_TIME (10 * G_TIME_SPAN_MILLISECOND) /* for one piece: later matches are not marked */
#define FIRST_TIME (20 * G_TIME_SPAN_MILLISECOND) /* for the first match of a record */

/**
 * ph_log_matches_set_finder:
 * @finder: (nullable) (transfer none): whose matches are marked
 *
 * Must be called again when the query of @finder changes.
 */
void
ph_log_matches_set_finder (PhLogSource *self, PhFinder *finder)
{
  self->finder = finder;
  self->serial++;
}

static void
note_slow (PhLogSource *self, guint64 seq)
{
  if (self->slow_serial == self->serial)
    return;
  self->slow_serial = self->serial;
  self->slow = TRUE;
  self->slow_seq = seq;
}

/* Finds the matches in a piece of a payload. They are kept for one piece, because the next line is usually in the same one. */
static void
find_in_piece (PhLogSource *self, const PhLogItem *item, const guint8 *payload, gsize piece)
{
  PhCarry carry = ph_log_source_get_carry (self, item);
  gint64 deadline = g_get_monotonic_time () + PIECE_TIME;

  if (self->found_serial == self->serial && self->found_seq == item->seq && self->found_piece == piece)
    return;
  g_array_set_size (self->found, 0);
  self->found_serial = self->serial;
  self->found_seq = item->seq;
  self->found_piece = piece;
  if (!ph_search_ranges_between (ph_finder_get_search (self->finder), &item->record, &carry, payload, piece * PIECE,
                                 (piece + 1) * PIECE, deadline, self->found))
    note_slow (self, item->seq);
}

/* ---- a line ---- */

/* Makes one range of two that touch at the border of two pieces. */
static void
join (GArray *ranges, guint second)
{
  PhSearchRange *left = second > 0 ? &g_array_index (ranges, PhSearchRange, second - 1) : NULL;

  if (left == NULL || second >= ranges->len || left->end != g_array_index (ranges, PhSearchRange, second).start)
    return;
  left->end = g_array_index (ranges, PhSearchRange, second).end;
  g_array_remove_index (ranges, second);
}

/* FALSE if the time was over before. */
static gboolean
mark_data (PhLogSource *self, const PhLogContext *context, PhLogLine *line, gint64 deadline)
{
  g_auto (PhLogPlaces) places = { 0 };

  if (!ph_log_places_init (&places, context, line))
    return TRUE;
  for (gsize piece = places.start / PIECE; piece * PIECE < places.end; piece++)
    {
      guint first = line->matches->len;

      if (g_get_monotonic_time () > deadline)
        return FALSE;
      find_in_piece (self, context->item, context->payload, piece);
      for (guint i = 0; i < self->found->len && line->matches->len < MATCHES_MAX; i++)
        ph_log_places_append (&places, &g_array_index (self->found, PhSearchRange, i), line->matches);
      if (context->format->mode != PH_LOG_MODE_BYTES)
        join (line->matches, first);
    }

  return TRUE;
}

static gboolean
mark_event (PhLogSource *self, const PhLogContext *context, PhLogLine *line, gint64 deadline)
{
  gsize start;
  g_autofree char *words = ph_log_places_dup_words (context, line, &start);

  if (words == NULL)
    return TRUE;
  if (g_get_monotonic_time () > deadline)
    return FALSE;
  if (!ph_search_text_ranges (ph_finder_get_search (self->finder), words, strlen (words),
                              g_get_monotonic_time () + PIECE_TIME, line->matches))
    note_slow (self, context->item->seq);
  for (guint i = 0; i < line->matches->len; i++)
    {
      PhSearchRange *range = &g_array_index (line->matches, PhSearchRange, i);

      range->start += start;
      range->end += start;
    }

  return TRUE;
}

/* @ret_there: (out): whether the record is there. */
static gboolean
mark_line (PhLogSource *self, PhLogLine *line, gint64 deadline, gboolean *ret_there)
{
  const guint8 *payload;
  gboolean done = TRUE;
  PhLogItem *item;

  ph_log_source_begin_read (self);
  item = ph_log_source_get_item (self, line->entry - 1, &payload);
  if (item != NULL && line->line < item->n_lines)
    {
      PhLogContext context = ph_log_source_make_context (self, item, payload);

      done = ph_record_is_data (&item->record) ? mark_data (self, &context, line, deadline)
                                               : mark_event (self, &context, line, deadline);
    }
  ph_log_source_end_read (self);
  *ret_there = item != NULL;

  return done;
}

/**
 * ph_log_matches_update:
 * @deadline: monotonic µs; no piece of a record is searched after it
 *
 * Brings the matches of @line up to date: places in its text, in order; in Bytes each twice: as bytes, and as characters.
 *
 * Returns: %FALSE if not all was searched; then it must be called again
 */
gboolean
ph_log_matches_update (PhLogSource *self, PhLogLine *line, gint64 deadline)
{
  gboolean shown = self->finder != NULL && line->entry != PH_LOG_ENTRY_GONE && line->entry != PH_LOG_ENTRY_HIDDEN
                   && ph_matches_contains (ph_finder_get_matches (self->finder), line->entry - 1);
  gboolean there;

  if (line->matches != NULL && shown && line->matches_serial == self->serial)
    return TRUE;
  if (line->matches == NULL)
    line->matches = g_array_new (FALSE, FALSE, sizeof (PhSearchRange));
  g_array_set_size (line->matches, 0);
  line->matches_serial = 0;
  if (!shown)
    return TRUE;
  if (!mark_line (self, line, deadline, &there))
    return FALSE;
  if (there) /* else again when it is */
    line->matches_serial = self->serial;

  return TRUE;
}

/**
 * ph_log_matches_take_slow:
 * @ret_seq: (out): a record of which not all matches are marked, because the expression is too slow
 *
 * Returns: whether there is one; %TRUE only once for a query
 */
gboolean
ph_log_matches_take_slow (PhLogSource *self, guint64 *ret_seq)
{
  gboolean slow = self->slow;

  self->slow = FALSE;
  *ret_seq = self->slow_seq;

  return slow;
}

/* The line that shows the first match in the payload; 0 if there is none. */
static guint
first_line_found (PhLogSource *self, guint64 entry)
{
  const guint8 *payload;
  gboolean some = FALSE;
  PhSearchRange range;
  PhLogItem *item;

  ph_log_source_begin_read (self);
  item = ph_log_source_get_item (self, entry - 1, &payload);
  if (item != NULL && ph_record_is_data (&item->record))
    {
      PhCarry carry = ph_log_source_get_carry (self, item);

      some = ph_search_first (ph_finder_get_search (self->finder), &item->record, &carry, payload,
                              g_get_monotonic_time () + FIRST_TIME, &range);
    }
  ph_log_source_end_read (self);

  if (!some)
    return 0;
  ph_log_fold_show_byte (self, entry, range.start);

  return ph_log_source_line_at_byte (self, entry, range.start);
}

/**
 * ph_log_matches_first:
 * @entry: a record that matches
 * @ret_pos: (out): where the first match begins; the record's first line if no text is marked
 *
 * Returns: %FALSE if the record is not there
 */
gboolean
ph_log_matches_first (PhLogSource *self, guint64 entry, PhLogPos *ret_pos)
{
  guint n = self->finder != NULL && ph_finder_get_search (self->finder) != NULL ? first_line_found (self, entry) : 0;
  g_autoptr (PhLogLine) line = ph_log_source_dup_line (self, entry, n);

  if (line == NULL)
    return FALSE;
  ph_log_matches_update (self, line, g_get_monotonic_time () + FIRST_TIME);
  *ret_pos = (PhLogPos) { entry, n, line->lead };
  if (line->matches->len > 0)
    ret_pos->index = g_array_index (line->matches, PhSearchRange, 0).start;

  return TRUE;
}
