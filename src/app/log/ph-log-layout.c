/* ph-log-layout.c: computes which lines are on screen, and where
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-log-layout.h"

#include <math.h>
#include <string.h>

#include "ph-log-private.h"

#define PREVIEW_LEAST 20 /* characters of the last column of the table that are always within reach of the scroll bar */

static void
row_clear (gpointer data)
{
  g_clear_pointer (&((PhLogRow *) data)->line, ph_log_line_unref);
}

void
ph_log_layout_init (PhLogView *self)
{
  self->layout.rows = g_array_new (FALSE, TRUE, sizeof (PhLogRow));
  g_array_set_clear_func (self->layout.rows, row_clear);
  self->layout.at_start = self->layout.at_end = TRUE;
}

void
ph_log_layout_finalize (PhLogView *self)
{
  g_array_unref (self->layout.rows);
}

/* The session or the format of the rows is not shown any more. */
void
ph_log_layout_clear (PhLogView *self)
{
  g_array_set_size (self->layout.rows, 0);
  self->layout.content_width = 0;
  ph_log_text_forget (self);
}

/**
 * ph_log_layout_measure:
 *
 * The font, the zoom, the width or the format changed: measures anew and has all lines laid out again.
 */
void
ph_log_layout_measure (PhLogView *self)
{
  ph_log_metrics_measure (self);
  ph_log_grid_measure (self);
  ph_log_layout_clear (self);
  ph_log_layout_invalidate (self);
}

/* The rows are not valid any more. Whoever calls this has the view drawn, or asks for the rows at once. */
void
ph_log_layout_touch (PhLogView *self)
{
  self->layout.dirty = TRUE;
}

static gboolean
tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  PhLogView *self = PH_LOG_VIEW (widget);

  self->layout.ticks = FALSE;
  ph_log_view_update (self);

  return G_SOURCE_REMOVE;
}

/**
 * ph_log_layout_invalidate:
 *
 * Has the rows made again before the next frame is drawn. Not in the layout phase of GTK: where a scroll bar moves while the window is
 * laid out for something else, GTK may forget to lay out the view from then on, and draws it empty.
 */
void
ph_log_layout_invalidate (PhLogView *self)
{
  self->layout.dirty = TRUE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)) || self->allocated_width == 0)
    {
      gtk_widget_queue_allocate (GTK_WIDGET (self));
    }
  else if (!self->layout.ticks)
    {
      gtk_widget_add_tick_callback (GTK_WIDGET (self), tick_cb, NULL, NULL);
      self->layout.ticks = TRUE;
    }
}

/**
 * ph_log_layout_renew:
 *
 * As ph_log_layout_invalidate(), for changes after which scroll bars may come or go. They are outside of the view, so GTK must
 * know that before it lays out the window.
 */
void
ph_log_layout_renew (PhLogView *self)
{
  ph_log_layout_invalidate (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/* Height in pixels of the part of the view that shows rows. */
double
ph_log_layout_page (PhLogView *self)
{
  return MAX (gtk_widget_get_height (GTK_WIDGET (self)) - self->metrics.head_height - PH_LOG_MARGIN_BOTTOM, 1);
}

/* Lines that do not wrap have the same height, so they need not be laid out to be measured. */
static PhLogRow
measure_line (PhLogView *self, PhLogLine *line)
{
  PhLogRow row = { .line = line, .pad = ph_log_text_pad (self, line) };
  PhLogLine *body = line->kind == PH_LOG_LINE_FIELDS ? ph_log_compact_get_body (line) : line;
  gboolean wraps = ph_log_text_wraps (self, body) && !ph_log_plain_has (self, body);
  guint n = wraps ? pango_layout_get_line_count (ph_log_text_layout (self, body)) : 1;

  row.height = row.pad + n * self->metrics.row_height + (line->kind == PH_LOG_LINE_ROW ? row.pad : 0);

  return row;
}

/**
 * ph_log_layout_line_height:
 * Returns: pixels of the line at @pos with the gap above it; 0 if the line is gone
 */
double
ph_log_layout_line_height (PhLogView *self, const PhLogPos *pos)
{
  g_autoptr (PhLogLine) line = ph_log_run_dup (self->source, pos);

  return line != NULL ? measure_line (self, line).height : 0;
}

static gboolean
append_row (PhLogView *self, const PhLogPos *pos, double y)
{
  PhLogLine *line = ph_log_run_dup (self->source, pos);
  PhLogRow row;

  if (line == NULL)
    return FALSE;
  row = measure_line (self, line);
  row.y = y;
  g_array_append_val (self->layout.rows, row);

  return TRUE;
}

static void
reverse_rows (GArray *rows)
{
  for (guint i = 0, j = rows->len; i + 1 < j; i++)
    {
      PhLogRow row = g_array_index (rows, PhLogRow, i);

      j--;
      g_array_index (rows, PhLogRow, i) = g_array_index (rows, PhLogRow, j);
      g_array_index (rows, PhLogRow, j) = row;
    }
}

/* Makes the rows that end with the line at @pos, whose lower edge is at @bottom. */
static void
lay_up (PhLogView *self, PhLogPos pos, double bottom)
{
  g_array_set_size (self->layout.rows, 0);
  do
    {
      PhLogRow *row;

      if (!append_row (self, &pos, bottom))
        break;
      row = &g_array_index (self->layout.rows, PhLogRow, self->layout.rows->len - 1);
      row->y = bottom -= row->height;
    }
  while (bottom > 0 && ph_log_run_previous (self->source, &pos));
  reverse_rows (self->layout.rows);
}

/* Makes the rows from the line at @pos on, whose upper edge is at @y, down to @bottom. */
static void
lay_down (PhLogView *self, PhLogPos pos, double y, double bottom)
{
  g_array_set_size (self->layout.rows, 0);
  do
    {
      if (!append_row (self, &pos, y))
        break;
      y += g_array_index (self->layout.rows, PhLogRow, self->layout.rows->len - 1).height;
    }
  while (y < bottom && ph_log_run_next (self->source, &pos));
}

const PhLogRow *
ph_log_layout_get_row (PhLogView *self, guint n)
{
  return &g_array_index (self->layout.rows, PhLogRow, n);
}

static PhLogPos
pos_of (const PhLogRow *row)
{
  return (PhLogPos){ .entry = row->line->entry, .line = row->line->line };
}

/* Rows that do not fill the page begin at its upper edge. */
static void
lift_rows (PhLogView *self)
{
  double above = self->layout.rows->len > 0 ? g_array_index (self->layout.rows, PhLogRow, 0).y : 0;

  for (guint i = 0; i < self->layout.rows->len && above > 0; i++)
    g_array_index (self->layout.rows, PhLogRow, i).y -= above;
}

static void
lay_out_end (PhLogView *self, double page)
{
  const PhLogRow *first;
  PhLogPos last;

  if (!ph_log_walk_last (self->source, &last))
    return;
  lay_up (self, last, page);
  lift_rows (self);
  if (self->layout.rows->len == 0)
    return;
  first = ph_log_layout_get_row (self, 0);
  last = pos_of (first);
  ph_log_scroll_set_top (self, &last, -first->y);
}

/* The offset of the top may lie beyond its line: moves the top to the line that is at the upper edge now. */
static void
normalise_top (PhLogView *self)
{
  PhLogPos top = self->scroll.top, next = top;
  double offset = self->scroll.offset, height;

  ph_log_walk_clamp (self->source, &top);
  if (top.entry != next.entry || top.line != next.line)
    offset = 0;
  ph_log_run_to_start (self->source, &top);
  while (offset < 0)
    {
      if (!ph_log_run_previous (self->source, &top))
        {
          offset = 0;
          break;
        }
      offset += ph_log_layout_line_height (self, &top);
    }
  while (offset >= (height = ph_log_layout_line_height (self, &top)))
    {
      next = top;
      if (!ph_log_run_next (self->source, &next))
        break;
      top = next;
      offset -= height;
    }
  ph_log_scroll_set_top (self, &top, offset);
}

static void
lay_out_top (PhLogView *self, double page)
{
  const PhLogRow *last;
  PhLogPos pos;

  normalise_top (self);
  lay_down (self, self->scroll.top, -self->scroll.offset, page);
  if (self->layout.rows->len == 0)
    return;
  last = &g_array_index (self->layout.rows, PhLogRow, self->layout.rows->len - 1);
  pos = pos_of (last);
  if (last->y + last->height < page && !ph_log_run_next (self->source, &pos))
    lay_out_end (self, page);
}

static void
find_edges (PhLogView *self, double page)
{
  const PhLogRow *first, *last;
  PhLogPos pos;

  self->layout.at_start = self->layout.at_end = TRUE;
  if (self->layout.rows->len == 0)
    return;
  first = &g_array_index (self->layout.rows, PhLogRow, 0);
  pos = pos_of (first);
  self->layout.at_start = first->y > -0.5 && !ph_log_run_previous (self->source, &pos);

  last = &g_array_index (self->layout.rows, PhLogRow, self->layout.rows->len - 1);
  pos = pos_of (last);
  self->layout.at_end = last->y + last->height < page + 0.5 && !ph_log_run_next (self->source, &pos);
}

static void
find_width (PhLogView *self)
{
  for (guint i = 0; i < self->layout.rows->len; i++)
    {
      PhLogLine *line = g_array_index (self->layout.rows, PhLogRow, i).line;
      int width;

      line = line->kind == PH_LOG_LINE_FIELDS ? ph_log_compact_get_body (line) : line;
      if (ph_log_text_wraps (self, line))
        continue;
      if (self->wrap && line->kind == PH_LOG_LINE_ROW)
        {
          double least = self->columns.start[PH_LOG_COLUMN_DATA] + PREVIEW_LEAST * self->metrics.char_width;

          self->layout.content_width = MAX (self->layout.content_width, least + 2 * PH_LOG_MARGIN);
          continue;
        }
      if (ph_log_plain_has (self, line))
        width = (int) ph_log_plain_x (self, line->length);
      else
        pango_layout_get_pixel_size (ph_log_text_layout (self, line), &width, NULL);
      width += line->joined ? (int) ceil (2 * self->metrics.char_width) : 0; /* the mark behind it */
      self->layout.content_width = MAX (self->layout.content_width, width + ph_log_text_x (self, line) + PH_LOG_MARGIN);
    }
}

/* ---- fields that are the same as in the line above ---- */

static gboolean
same_part (const PhLogLine *a, const PhLogLine *b, guint32 a_start, guint32 a_end, guint32 b_start, guint32 b_end)
{
  return a_end > a_start && a_end - a_start == b_end - b_start
         && memcmp (a->text + a_start, b->text + b_start, a_end - a_start) == 0;
}

static PhLogRepeats
compare (const PhLogLine *above, const PhLogLine *line)
{
  const PhLogFields *a = &above->fields, *b = &line->fields;
  PhLogRepeats repeats = 0;

  if (same_part (above, line, 0, a->time_end, 0, b->time_end))
    repeats |= PH_LOG_REPEATS_TIME;
  if (same_part (above, line, a->peer_start, a->peer_end, b->peer_start, b->peer_end) && g_strcmp0 (a->peer, b->peer) == 0)
    repeats |= PH_LOG_REPEATS_PEER;

  return repeats;
}

/* The first line of the record before the one at the top, or of that one where it begins above the top. */
static PhLogLine *
dup_above (PhLogView *self)
{
  const PhLogLine *first = ph_log_layout_get_row (self, 0)->line;
  PhLogPos pos = { .entry = first->entry };

  if (first->line == 0 && !ph_log_walk_previous (self->source, &pos))
    return NULL;

  return ph_log_source_dup_line (self->source, pos.entry, 0);
}

/* What is repeated depends on what is shown above, so it is found out for each frame, and kept by the line. */
static void
find_repeats (PhLogView *self)
{
  g_autoptr (PhLogLine) above = self->layout.rows->len > 0 ? dup_above (self) : NULL;

  for (guint i = 0; i < self->layout.rows->len; i++)
    {
      PhLogLine *line = ph_log_layout_get_row (self, i)->line;

      if (line->kind != PH_LOG_LINE_FIELDS && line->kind != PH_LOG_LINE_EVENT)
        continue;
      line->repeats = above != NULL ? compare (above, line) : 0;
      g_clear_pointer (&above, ph_log_line_unref);
      above = ph_log_line_ref (line);
    }
}

/**
 * ph_log_layout_ensure:
 *
 * Makes the rows if they are not valid. The cost depends on the number of rows, not on the number of records.
 */
void
ph_log_layout_ensure (PhLogView *self)
{
  double page = ph_log_layout_page (self);

  if (!self->layout.dirty)
    return;
  self->layout.dirty = FALSE;
  ph_log_access_changed (self);
  g_array_set_size (self->layout.rows, 0);
  if (self->source == NULL)
    return;

  ph_log_source_begin_read (self->source);
  if (self->mode == PH_LOG_MODE_COMPACT && !self->metrics.unmeasured)
    ph_log_grid_place (self);
  do
    if (self->scroll.follow)
      lay_out_end (self, page);
    else
      lay_out_top (self, page);
  while (self->mode == PH_LOG_MODE_COMPACT && ph_log_grid_fit (self));
  if (self->mode == PH_LOG_MODE_COMPACT)
    find_repeats (self);
  find_edges (self, page);
  if (self->mode == PH_LOG_MODE_TABLE)
    ph_log_columns_fit (self);
  find_width (self);
  ph_log_source_end_read (self->source);
}

/**
 * ph_log_layout_find:
 * @self: the view, its rows valid
 *
 * Returns: (nullable) (transfer none): the row with the line of @pos; %NULL if it is not on screen
 */
const PhLogRow *
ph_log_layout_find (PhLogView *self, const PhLogPos *pos)
{
  for (guint i = 0; i < self->layout.rows->len; i++)
    {
      const PhLogRow *row = &g_array_index (self->layout.rows, PhLogRow, i);

      if (ph_log_run_has (row->line, pos))
        return row;
    }
  return NULL;
}
