/* ph-log-layout.c: which lines are on screen, and where
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include <math.h>
#include <string.h>

#include "ph-log-private.h"

#define LEADING 1.28      /* of the font's height */
#define PREVIEW_LEAST 20 /* characters of the table's last column that can always be brought into sight */

static void
row_clear (gpointer data)
{
  g_clear_pointer (&((PhLogRow *) data)->line, ph_log_line_unref);
}

static int
width_of_bytes (PhLogView *self, const char *text)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  int width;

  pango_attr_list_insert (attributes, ph_log_text_plain_new ());
  pango_layout_set_attributes (layout, attributes);
  pango_layout_set_font_description (layout, self->font);
  pango_layout_get_size (layout, &width, NULL);

  return width;
}

/* Columns and rows of hex are made of what is measured here. The font's own mean is taken over letters of the user's
 * language, which may come from a narrower font: the times of a Korean would run into the next column. */
static void
measure_chars (PhLogView *self)
{
  static const char sample[] = "0123456789ABCDEF";
  int width = width_of_bytes (self, sample) / (int) strlen (sample);

  self->char_width = MAX (1, width / (double) PANGO_SCALE);
  self->dot_spacing = width - width_of_bytes (self, "·");
}

static void
measure_font (PhLogView *self)
{
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (self));
  PangoFontDescription *font = pango_font_description_copy (pango_context_get_font_description (context));
  PangoFontMetrics *metrics;
  double height;

  if (pango_font_description_get_size_is_absolute (font))
    pango_font_description_set_absolute_size (font, pango_font_description_get_size (font) * self->zoom);
  else
    pango_font_description_set_size (font, pango_font_description_get_size (font) * self->zoom);
  g_clear_pointer (&self->font, pango_font_description_free);
  self->font = font;

  metrics = pango_context_get_metrics (context, font, NULL);
  height = pango_font_metrics_get_ascent (metrics) + pango_font_metrics_get_descent (metrics);
  self->row_height = ceil (LEADING * height / PANGO_SCALE);
  self->row_height = MAX (self->row_height, 4);
  pango_font_metrics_unref (metrics);
  measure_chars (self);
  self->name_controls = ph_log_text_lacks_pictures (self);
}

/**
 * ph_log_layout_measure:
 * @self: the view
 *
 * The font, the zoom, the width or the format changed: measures anew and lays everything out again. As long as there is
 * nothing to show, the font is left alone: to load it takes milliseconds of startup.
 */
void
ph_log_layout_measure (PhLogView *self)
{
  if (self->rows == NULL)
    {
      self->rows = g_array_new (FALSE, TRUE, sizeof (PhLogRow));
      g_array_set_clear_func (self->rows, row_clear);
    }
  self->unmeasured = self->mode != PH_LOG_MODE_TABLE && (self->source == NULL || ph_log_source_get_end (self->source) == 0);
  if (!self->unmeasured)
    measure_font (self);
  self->head_height = self->mode == PH_LOG_MODE_TABLE ? self->row_height + 10 : 0;
  self->content_width = 0;
  g_clear_pointer (&self->tabs, pango_tab_array_free);
  g_array_set_size (self->rows, 0);
  ph_log_text_forget (self);
  ph_log_layout_invalidate (self);
}

/**
 * ph_log_layout_invalidate:
 * @self: the view
 *
 * Has the rows made again before the next frame is drawn.
 */
void
ph_log_layout_invalidate (PhLogView *self)
{
  self->dirty = TRUE;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * ph_log_layout_renew:
 * @self: the view
 *
 * As ph_log_layout_invalidate(), where scroll bars may come or go: they stand outside of the view, and GTK must know that
 * before it lays anything out.
 */
void
ph_log_layout_renew (PhLogView *self)
{
  ph_log_layout_invalidate (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/* Pixels that records can be seen through. */
double
ph_log_layout_page (PhLogView *self)
{
  return MAX (gtk_widget_get_height (GTK_WIDGET (self)) - self->head_height - PH_LOG_MARGIN_BOTTOM, 1);
}

/* Lines that cannot wrap are all equally high, so those need no layout to be measured. */
static PhLogRow
measure_line (PhLogView *self, PhLogLine *line)
{
  PhLogRow row = { .line = line, .pad = ph_log_text_pad (self, line) };
  guint n = ph_log_text_wraps (self, line) ? pango_layout_get_line_count (ph_log_text_layout (self, line)) : 1;

  row.height = row.pad + n * self->row_height + (line->kind == PH_LOG_LINE_ROW ? row.pad : 0);

  return row;
}

/**
 * ph_log_layout_line_height:
 * @self: the view
 * @pos: any line
 *
 * Returns: pixels from its upper edge to that of the next; 0 if it is gone
 */
double
ph_log_layout_line_height (PhLogView *self, const PhLogPos *pos)
{
  g_autoptr (PhLogLine) line = ph_log_source_dup_line (self->source, pos->entry, pos->line);

  return line != NULL ? measure_line (self, line).height : 0;
}

static gboolean
append_row (PhLogView *self, const PhLogPos *pos, double y)
{
  PhLogLine *line = ph_log_source_dup_line (self->source, pos->entry, pos->line);
  PhLogRow row;

  if (line == NULL)
    return FALSE;
  row = measure_line (self, line);
  row.y = y;
  g_array_append_val (self->rows, row);

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
  g_array_set_size (self->rows, 0);
  do
    {
      PhLogRow *row;

      if (!append_row (self, &pos, bottom))
        break;
      row = &g_array_index (self->rows, PhLogRow, self->rows->len - 1);
      row->y = bottom -= row->height;
    }
  while (bottom > 0 && ph_log_walk_previous (self->source, &pos));
  reverse_rows (self->rows);
}

/* Makes the rows from the line at @pos on, whose upper edge is at @y, down to @bottom. */
static void
lay_down (PhLogView *self, PhLogPos pos, double y, double bottom)
{
  g_array_set_size (self->rows, 0);
  do
    {
      if (!append_row (self, &pos, y))
        break;
      y += g_array_index (self->rows, PhLogRow, self->rows->len - 1).height;
    }
  while (y < bottom && ph_log_walk_next (self->source, &pos));
}

static void
take_top_from_rows (PhLogView *self)
{
  const PhLogRow *row = &g_array_index (self->rows, PhLogRow, 0);

  self->top = (PhLogPos){ .entry = row->line->entry, .line = row->line->line };
  self->top_offset = -row->y;
}

/* What is shorter than the page begins at its upper edge. */
static void
lift_rows (PhLogView *self)
{
  double above = self->rows->len > 0 ? g_array_index (self->rows, PhLogRow, 0).y : 0;

  for (guint i = 0; i < self->rows->len && above > 0; i++)
    g_array_index (self->rows, PhLogRow, i).y -= above;
}

static void
lay_out_end (PhLogView *self, double page)
{
  PhLogPos last;

  if (!ph_log_walk_last (self->source, &last))
    return;
  lay_up (self, last, page);
  lift_rows (self);
  if (self->rows->len > 0)
    take_top_from_rows (self);
}

/* Moves the top to the line that is at the upper edge now. */
static void
normalise_top (PhLogView *self)
{
  PhLogPos next = self->top;
  double height;

  ph_log_walk_clamp (self->source, &self->top);
  if (self->top.entry != next.entry || self->top.line != next.line)
    self->top_offset = 0;
  while (self->top_offset < 0)
    {
      if (!ph_log_walk_previous (self->source, &self->top))
        {
          self->top_offset = 0;
          break;
        }
      self->top_offset += ph_log_layout_line_height (self, &self->top);
    }
  while (self->top_offset >= (height = ph_log_layout_line_height (self, &self->top)))
    {
      next = self->top;
      if (!ph_log_walk_next (self->source, &next))
        break;
      self->top = next;
      self->top_offset -= height;
    }
}

static void
lay_out_top (PhLogView *self, double page)
{
  const PhLogRow *last;
  PhLogPos pos;

  normalise_top (self);
  lay_down (self, self->top, -self->top_offset, page);
  if (self->rows->len == 0)
    return;
  last = &g_array_index (self->rows, PhLogRow, self->rows->len - 1);
  pos = (PhLogPos){ .entry = last->line->entry, .line = last->line->line };
  if (last->y + last->height < page && !ph_log_walk_next (self->source, &pos))
    lay_out_end (self, page);
}

static void
find_edges (PhLogView *self, double page)
{
  const PhLogRow *first, *last;
  PhLogPos pos;

  self->at_start = self->at_end = TRUE;
  if (self->rows->len == 0)
    return;
  first = &g_array_index (self->rows, PhLogRow, 0);
  pos = (PhLogPos){ .entry = first->line->entry, .line = first->line->line };
  self->at_start = first->y > -0.5 && !ph_log_walk_previous (self->source, &pos);

  last = &g_array_index (self->rows, PhLogRow, self->rows->len - 1);
  pos = (PhLogPos){ .entry = last->line->entry, .line = last->line->line };
  self->at_end = last->y + last->height < page + 0.5 && !ph_log_walk_next (self->source, &pos);
}

static void
find_width (PhLogView *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      PhLogLine *line = g_array_index (self->rows, PhLogRow, i).line;
      int width;

      if (ph_log_text_wraps (self, line))
        continue;
      if (self->wrap && line->kind == PH_LOG_LINE_ROW)
        {
          double least = self->columns[G_N_ELEMENTS (self->columns) - 1] + PREVIEW_LEAST * self->char_width;

          self->content_width = MAX (self->content_width, least + 2 * PH_LOG_MARGIN);
          continue;
        }
      pango_layout_get_pixel_size (ph_log_text_layout (self, line), &width, NULL);
      width += line->joined ? (int) ceil (2 * self->char_width) : 0; /* there is a mark behind it */
      self->content_width = MAX (self->content_width, width + ph_log_text_x (self, line) + PH_LOG_MARGIN);
    }
}

/**
 * ph_log_layout_ensure:
 * @self: the view
 *
 * Makes the rows if something changed since the last time. What it costs depends on what is on screen, not on what is
 * in the store.
 */
void
ph_log_layout_ensure (PhLogView *self)
{
  double page = ph_log_layout_page (self);

  if (!self->dirty)
    return;
  self->dirty = FALSE;
  ph_log_access_changed (self);
  g_array_set_size (self->rows, 0);
  if (self->source == NULL)
    return;

  if (self->follow)
    lay_out_end (self, page);
  else
    lay_out_top (self, page);
  find_edges (self, page);
  if (self->mode == PH_LOG_MODE_TABLE)
    ph_log_text_columns (self);
  find_width (self);
}

/**
 * ph_log_layout_find:
 * @self: the view, its rows valid
 * @pos: a place
 *
 * Returns: (nullable) (transfer none): the row on screen that holds it
 */
const PhLogRow *
ph_log_layout_find (PhLogView *self, const PhLogPos *pos)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      const PhLogRow *row = &g_array_index (self->rows, PhLogRow, i);

      if (row->line->entry == pos->entry && row->line->line == pos->line)
        return row;
    }
  return NULL;
}
