/* ph-log-run.c: lines as they are drawn: in Stream, reads that go on in one line are one
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-log-run.h"

#include "ph-log-highlights.h"
#include "ph-log-matches.h"
#include "ph-log-source-private.h"
#include "ph-log-walk.h"

#define LINES_MAX 256u /* in a drawn line: more than can be */

static gboolean
goes_on (PhLogSource *self)
{
  return self->format.mode == PH_LOG_MODE_STREAM;
}

static gboolean
continues (PhLogSource *self, const PhLogPos *pos)
{
  g_autoptr (PhLogLine) line = ph_log_source_dup_line (self, pos->entry, pos->line);

  return line != NULL && line->continues;
}

/**
 * ph_log_run_to_start:
 * @pos: (inout): moved to the beginning of its drawn line
 */
void
ph_log_run_to_start (PhLogSource *self, PhLogPos *pos)
{
  pos->index = 0;
  for (guint n = 0; goes_on (self) && n < LINES_MAX && continues (self, pos); n++)
    if (!ph_log_walk_previous (self, pos))
      return;
}

/**
 * ph_log_run_next:
 * @pos: (inout): moved to the beginning of the next drawn line
 *
 * Returns: %FALSE, and @pos as it was, if it is in the last one
 */
gboolean
ph_log_run_next (PhLogSource *self, PhLogPos *pos)
{
  PhLogPos next = *pos;

  do
    if (!ph_log_walk_next (self, &next))
      return FALSE;
  while (goes_on (self) && continues (self, &next));
  *pos = next;

  return TRUE;
}

/**
 * ph_log_run_previous:
 * @pos: (inout): moved to the beginning of the drawn line before
 *
 * Returns: %FALSE, and @pos as it was, if it is in the first one
 */
gboolean
ph_log_run_previous (PhLogSource *self, PhLogPos *pos)
{
  PhLogPos before = *pos;

  ph_log_run_to_start (self, &before);
  if (!ph_log_walk_previous (self, &before))
    return FALSE;
  ph_log_run_to_start (self, &before);
  *pos = before;

  return TRUE;
}

/* ---- putting lines together ---- */

static void
part_clear (gpointer data)
{
  ph_log_line_unref (((PhLogPart *) data)->line);
}

/* The lines of the drawn line that begins at @pos. */
static GArray *
collect (PhLogSource *self, PhLogPos pos)
{
  GArray *parts = g_array_new (FALSE, FALSE, sizeof (PhLogPart));
  guint32 start = 0;

  g_array_set_clear_func (parts, part_clear);
  do
    {
      PhLogPart part = { ph_log_source_dup_line (self, pos.entry, pos.line), start };

      if (part.line == NULL || (parts->len > 0 && !part.line->continues))
        {
          g_clear_pointer (&part.line, ph_log_line_unref);
          break;
        }
      start += part.line->length;
      g_array_append_val (parts, part);
    }
  while (parts->len < LINES_MAX && ph_log_walk_next (self, &pos));

  return parts;
}

static PhLogLine *
put_together (GArray *parts)
{
  const PhLogLine *first = g_array_index (parts, PhLogPart, 0).line;
  PhLogLine *drawn = ph_log_line_new (first->kind, first->accent);
  GString *out = g_string_new (NULL);
  const PhLogPart *last;

  drawn->entry = first->entry;
  drawn->line = first->line;
  for (guint i = 0; i < parts->len; i++)
    {
      const PhLogPart *part = &g_array_index (parts, PhLogPart, i);

      g_string_append_len (out, part->line->text, part->line->length);
      for (guint n = 0; n < part->line->spans->len; n++)
        {
          const PhLogSpan *span = &g_array_index (part->line->spans, PhLogSpan, n);

          ph_log_line_add_span (drawn, part->start + span->start, part->start + span->end, span->style);
        }
      drawn->clip = drawn->clip || part->line->clip;
      drawn->waits = drawn->waits || part->line->waits;
      drawn->joined = part->line->joined;
    }
  ph_log_line_take_text (drawn, out);
  last = &g_array_index (parts, PhLogPart, parts->len - 1);
  drawn->tail = last->start + last->line->tail;
  drawn->parts = g_array_ref (parts);

  return drawn;
}

static gboolean
same_parts (const GArray *a, const GArray *b)
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    if (g_array_index (a, PhLogPart, i).line != g_array_index (b, PhLogPart, i).line)
      return FALSE;

  return TRUE;
}

/**
 * ph_log_run_dup:
 *
 * Returns: (transfer full) (nullable): the drawn line that holds @pos; the same as before unless one of its lines has changed. %NULL if
 *   the line does not exist
 */
PhLogLine *
ph_log_run_dup (PhLogSource *self, const PhLogPos *pos)
{
  g_autoptr (GArray) parts = NULL;
  PhLogPos start = *pos;
  PhLogLine *drawn;

  if (!goes_on (self))
    return ph_log_source_dup_line (self, pos->entry, pos->line);
  ph_log_run_to_start (self, &start);
  parts = collect (self, start);
  if (parts->len < 2)
    return parts->len > 0 ? ph_log_line_ref (g_array_index (parts, PhLogPart, 0).line) : NULL;
  drawn = g_hash_table_lookup (self->runs, g_array_index (parts, PhLogPart, 0).line);
  if (drawn != NULL && same_parts (drawn->parts, parts))
    return ph_log_line_ref (drawn);

  if (g_hash_table_size (self->runs) >= PH_LOG_CACHE_LINES)
    g_hash_table_remove_all (self->runs);
  drawn = put_together (parts);
  g_hash_table_replace (self->runs, drawn, ph_log_line_ref (drawn));

  return drawn;
}

/* ---- from places to places in drawn lines, and back ---- */

/* Whether the line of @pos is in the drawn line. */
gboolean
ph_log_run_has (const PhLogLine *drawn, const PhLogPos *pos)
{
  if (drawn->parts == NULL)
    return drawn->entry == pos->entry && drawn->line == pos->line;
  for (guint i = 0; i < drawn->parts->len; i++)
    {
      const PhLogLine *line = g_array_index (drawn->parts, PhLogPart, i).line;

      if (line->entry == pos->entry && line->line == pos->line)
        return TRUE;
    }

  return FALSE;
}

/**
 * ph_log_run_index:
 *
 * Returns: the byte of the text of @drawn that @pos is at; 0 for places before it, %G_MAXUINT32 for places behind it
 */
guint32
ph_log_run_index (const PhLogLine *drawn, const PhLogPos *pos)
{
  guint n = drawn->parts != NULL ? drawn->parts->len : 1;

  for (guint i = 0; i < n; i++)
    {
      const PhLogPart *part = drawn->parts != NULL ? &g_array_index (drawn->parts, PhLogPart, i) : NULL;
      const PhLogLine *line = part != NULL ? part->line : drawn;
      guint32 start = part != NULL ? part->start : 0;
      PhLogPos first = { line->entry, line->line, 0 };

      if (line->entry == pos->entry && line->line == pos->line)
        return pos->index < G_MAXUINT32 - start ? start + pos->index : G_MAXUINT32;
      if (ph_log_pos_compare (pos, &first) < 0)
        return start;
    }

  return G_MAXUINT32;
}

/* The place at byte @index of the text of @drawn. */
PhLogPos
ph_log_run_pos (const PhLogLine *drawn, guint32 index)
{
  PhLogPos pos = { drawn->entry, drawn->line, index };

  for (guint i = 1; drawn->parts != NULL && i < drawn->parts->len; i++)
    {
      const PhLogPart *part = &g_array_index (drawn->parts, PhLogPart, i);

      if (part->start > index)
        break;
      pos = (PhLogPos) { part->line->entry, part->line->line, index - part->start };
    }

  return pos;
}

/* ---- what is coloured and marked ---- */

static void
gather_highlights (PhLogLine *drawn, const PhLogPart *part)
{
  for (guint i = 0; part->line->highlights != NULL && i < part->line->highlights->len; i++)
    {
      PhLogHighlight highlight = g_array_index (part->line->highlights, PhLogHighlight, i);

      highlight.start += part->start;
      highlight.end += part->start;
      g_array_append_val (drawn->highlights, highlight);
    }
}

static void
gather_matches (PhLogLine *drawn, const PhLogPart *part)
{
  for (guint i = 0; part->line->matches != NULL && i < part->line->matches->len; i++)
    {
      PhSearchRange range = g_array_index (part->line->matches, PhSearchRange, i);

      range.start += part->start;
      range.end += part->start;
      g_array_append_val (drawn->matches, range);
    }
}

static void
gather (PhLogLine *drawn)
{
  if (drawn->matches == NULL)
    drawn->matches = g_array_new (FALSE, FALSE, sizeof (PhSearchRange));
  if (drawn->highlights == NULL)
    drawn->highlights = g_array_new (FALSE, FALSE, sizeof (PhLogHighlight));
  g_array_set_size (drawn->matches, 0);
  g_array_set_size (drawn->highlights, 0);
  drawn->band = PH_LOG_NO_HUE;
  for (guint i = 0; i < drawn->parts->len; i++)
    {
      const PhLogPart *part = &g_array_index (drawn->parts, PhLogPart, i);

      gather_highlights (drawn, part);
      gather_matches (drawn, part);
      if (drawn->band == PH_LOG_NO_HUE)
        drawn->band = part->line->band;
    }
}

/**
 * ph_log_run_highlight:
 * @deadline: see ph_log_highlights_update()
 *
 * Brings the highlights of a drawn line up to date.
 *
 * Returns: %FALSE if it must be called again
 */
gboolean
ph_log_run_highlight (PhLogSource *self, PhLogLine *drawn, gint64 deadline)
{
  gboolean done = TRUE;

  if (drawn->parts == NULL)
    return ph_log_highlights_update (self, drawn, deadline);
  for (guint i = 0; i < drawn->parts->len; i++)
    done = ph_log_highlights_update (self, g_array_index (drawn->parts, PhLogPart, i).line, deadline) && done;
  gather (drawn);

  return done;
}

/**
 * ph_log_run_match:
 * @deadline: see ph_log_matches_update()
 *
 * Brings the matches of a drawn line up to date.
 *
 * Returns: %FALSE if it must be called again
 */
gboolean
ph_log_run_match (PhLogSource *self, PhLogLine *drawn, gint64 deadline)
{
  gboolean done = TRUE;

  if (drawn->parts == NULL)
    return ph_log_matches_update (self, drawn, deadline);
  for (guint i = 0; i < drawn->parts->len; i++)
    done = ph_log_matches_update (self, g_array_index (drawn->parts, PhLogPart, i).line, deadline) && done;
  gather (drawn);

  return done;
}
