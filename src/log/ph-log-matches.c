/* ph-log-matches.c: finds where the search matches in a line of the log
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-log-matches.h"

#include <string.h>

#include "ph-log-places.h"
#include "ph-log-source-private.h"

#define MATCHES_MAX 256u /* in one line */

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

/* The matches in a payload. They are kept for one record, because the next line is usually of the same record. */
static const GArray *
find_in_record (PhLogSource *self, const PhLogItem *item, const guint8 *payload)
{
  if (self->found_serial == self->serial && self->found_seq == item->seq)
    return self->found;
  g_array_set_size (self->found, 0);
  ph_search_ranges (ph_finder_get_search (self->finder), &item->record, payload, self->found);
  self->found_serial = self->serial;
  self->found_seq = item->seq;

  return self->found;
}

/* ---- a line ---- */

static void
mark_data (PhLogSource *self, const PhLogContext *context, PhLogLine *line)
{
  const GArray *found = find_in_record (self, context->item, context->payload);
  g_auto (PhLogPlaces) places = { 0 };

  if (!ph_log_places_init (&places, context, line))
    return;
  for (guint i = 0; i < found->len && line->matches->len < MATCHES_MAX; i++)
    ph_log_places_append (&places, &g_array_index (found, PhSearchRange, i), line->matches);
}

static void
mark_event (PhLogSource *self, const PhLogContext *context, PhLogLine *line)
{
  gsize start;
  g_autofree char *words = ph_log_places_dup_words (context, line, &start);

  if (words == NULL)
    return;
  ph_search_text_ranges (ph_finder_get_search (self->finder), words, strlen (words), line->matches);
  for (guint i = 0; i < line->matches->len; i++)
    {
      PhSearchRange *range = &g_array_index (line->matches, PhSearchRange, i);

      range->start += start;
      range->end += start;
    }
}

static void
mark_line (PhLogSource *self, PhLogLine *line)
{
  const guint8 *payload;
  PhLogItem *item;

  ph_log_source_begin_read (self);
  item = ph_log_source_get_item (self, line->entry - 1, &payload);
  if (item != NULL && line->line < item->n_lines)
    {
      PhLogContext context = ph_log_source_make_context (self, item, payload);

      if (ph_record_is_data (&item->record))
        mark_data (self, &context, line);
      else
        mark_event (self, &context, line);
    }
  ph_log_source_end_read (self);
}

/**
 * ph_log_matches_get:
 * Returns: (nullable) (transfer none) (element-type PhSearchRange): the matches in the text of @line, in order; in Hex mode
 *   each twice: as bytes, and as characters
 */
const GArray *
ph_log_matches_get (PhLogSource *self, PhLogLine *line)
{
  if (self->finder == NULL || line->entry == PH_LOG_ENTRY_GONE || line->entry == PH_LOG_ENTRY_HIDDEN
      || !ph_matches_contains (ph_finder_get_matches (self->finder), line->entry - 1))
    return NULL;
  if (line->matches != NULL && line->matches_serial == self->serial)
    return line->matches;
  if (line->matches == NULL)
    line->matches = g_array_new (FALSE, FALSE, sizeof (PhSearchRange));
  g_array_set_size (line->matches, 0);
  line->matches_serial = self->serial;
  mark_line (self, line);

  return line->matches;
}

/* The line that shows the first match in the payload; 0 if there is none. */
static guint
first_line_found (PhLogSource *self, guint64 entry)
{
  const guint8 *payload;
  gboolean some = FALSE;
  PhLogItem *item;
  gsize byte = 0;

  ph_log_source_begin_read (self);
  item = ph_log_source_get_item (self, entry - 1, &payload);
  if (item != NULL && ph_record_is_data (&item->record))
    {
      const GArray *found = find_in_record (self, item, payload);

      some = found->len > 0;
      byte = some ? g_array_index (found, PhSearchRange, 0).start : 0;
    }
  ph_log_source_end_read (self);

  return some ? ph_log_source_line_at_byte (self, entry, byte) : 0;
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
  const GArray *matches = line != NULL ? ph_log_matches_get (self, line) : NULL;

  if (line == NULL)
    return FALSE;
  *ret_pos = (PhLogPos) { entry, n, line->lead };
  if (matches != NULL && matches->len > 0)
    ret_pos->index = g_array_index (matches, PhSearchRange, 0).start;

  return TRUE;
}
