/* ph-log-draw.c: draws the lines on screen
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include <math.h>
#include <string.h>

#include "ph-log-private.h"

#define BAR 2         /* pixels: the line left of a payload, in the colour of its record */
#define BAR_ALPHA 0.4f
#define TINT_ALPHA 0.07f    /* behind what was sent, in the table */
#define FOUND_ALPHA 0.28f   /* behind a match, which has a line below it, */
#define CURRENT_ALPHA 0.5f  /* and behind the current match, which has a frame */
#define FOUND_LINE 2        /* pixels */
#define HIGHLIGHTS_TIME (2 * G_TIME_SPAN_MILLISECOND) /* of a frame, for trying rules, and as long for the search */
#define BAND 0.55f          /* part of the rule's colour in the band behind a whole record */
#define FOUND_BAR 4      /* pixels: the line left of the current match */

static void
draw_block (GtkSnapshot *snapshot, const GdkRGBA *color, double x, double y, double width, double height)
{
  gtk_snapshot_append_color (snapshot, color, &GRAPHENE_RECT_INIT (x, y, width, height));
}

/* The selected bytes of the text of a row; FALSE if there are none. */
static gboolean
selected_part (const PhLogRow *row, const PhLogPos *start, const PhLogPos *end, guint32 *ret_from, guint32 *ret_to)
{
  const PhLogLine *line = row->line;
  PhLogPos first = ph_log_run_pos (line, line->lead), last = ph_log_run_pos (line, line->length);

  last.index = G_MAXUINT32;
  if (ph_log_pos_compare (&last, start) < 0 || ph_log_pos_compare (&first, end) > 0)
    return FALSE;
  *ret_from = ph_log_pos_compare (start, &first) > 0 ? ph_log_run_index (line, start) : 0;
  *ret_to = ph_log_pos_compare (end, &last) < 0 ? ph_log_run_index (line, end) : G_MAXUINT32;

  return TRUE;
}

/* For one line as drawn. A selected line break is shown as half a character behind the text. */
static void
draw_line_selection (PhLogView *self, GtkSnapshot *snapshot, PangoLayoutLine *line, double x, double y, guint32 from,
                     guint32 to)
{
  guint32 start = line->start_index, end = start + line->length;
  g_autofree int *ranges = NULL;
  GdkRGBA color;
  int n_ranges, width;

  if (to < start || from > end)
    return;
  ph_log_style_get_selection_color (self, &color);
  pango_layout_line_get_x_ranges (line, MAX (from, start), MIN (to, end), &ranges, &n_ranges);
  for (int i = 0; i < n_ranges; i++)
    {
      int left = PANGO_PIXELS (ranges[2 * i]), right = PANGO_PIXELS (ranges[2 * i + 1]);

      draw_block (snapshot, &color, x + left, y, right - left, self->metrics.row_height);
    }
  if (to <= end)
    return;
  pango_layout_line_index_to_x (line, end, FALSE, &width);
  draw_block (snapshot, &color, x + PANGO_PIXELS (width), y, round (self->metrics.char_width / 2), self->metrics.row_height);
}

static void
draw_selection (PhLogView *self, GtkSnapshot *snapshot, const PhLogRow *row, double scrolled, guint32 from, guint32 to)
{
  PangoLayout *layout = ph_log_text_layout (self, row->line);
  double x = ph_log_text_x (self, row->line) - scrolled, y = row->y + row->pad;

  for (int n = 0; n < pango_layout_get_line_count (layout); n++, y += self->metrics.row_height)
    draw_line_selection (self, snapshot, pango_layout_get_line_readonly (layout, n), x, y, from, to);
}

/* ---- parts of the text ---- */

typedef void (*DrawPartFunc) (PhLogView *self, GtkSnapshot *snapshot, double x, double y, double width, gconstpointer how);

static void
draw_line_part (PhLogView *self, GtkSnapshot *snapshot, PangoLayoutLine *line, double x, double y, const PhSearchRange *part,
                DrawPartFunc draw, gconstpointer how)
{
  guint32 start = line->start_index, end = start + line->length;
  g_autofree int *ranges = NULL;
  int n_ranges;

  if (part->end <= start || part->start >= end)
    return;
  pango_layout_line_get_x_ranges (line, MAX (part->start, start), MIN (part->end, end), &ranges, &n_ranges);
  for (int i = 0; i < n_ranges; i++)
    {
      int left = PANGO_PIXELS (ranges[2 * i]), right = PANGO_PIXELS (ranges[2 * i + 1]);

      draw (self, snapshot, x + left, y, right - left, how);
    }
}

/* Draws what is behind a part of the text of a row, in each line in which it is drawn. */
static void
draw_part (PhLogView *self, GtkSnapshot *snapshot, const PhLogRow *row, double scrolled, PhSearchRange part, DrawPartFunc draw,
           gconstpointer how)
{
  gboolean fields = row->line->kind == PH_LOG_LINE_FIELDS;
  PhLogLine *body = fields ? ph_log_compact_get_body (row->line) : row->line;
  guint32 before = fields ? row->line->body : 0;
  double x = ph_log_text_x (self, row->line) - scrolled, y = row->y + row->pad;
  PangoLayout *layout;

  if (part.start >= before && ph_log_plain_has (self, body))
    {
      double left = ph_log_plain_x (self, part.start - before), right = ph_log_plain_x (self, part.end - before);

      draw (self, snapshot, ph_log_text_x (self, body) - scrolled + left, y, right - left, how);
      return;
    }
  layout = ph_log_text_layout (self, row->line);
  for (int n = 0; n < pango_layout_get_line_count (layout); n++, y += self->metrics.row_height)
    draw_line_part (self, snapshot, pango_layout_get_line_readonly (layout, n), x, y, &part, draw, how);
}

/* ---- highlights ---- */

static void
draw_highlight (PhLogView *self, GtkSnapshot *snapshot, double x, double y, double width, gconstpointer highlight)
{
  GdkRGBA color;

  ph_log_style_get_hue (self, ((const PhLogHighlight *) highlight)->hue, &color);
  draw_block (snapshot, &color, x, y, width, self->metrics.row_height);
}

static float
between (float from, float to)
{
  return from + (to - from) * BAND;
}

/* Behind the whole record, and half of the gaps above and below it. Opaque, because the bands of its lines overlap. */
static void
draw_band (PhLogView *self, GtkSnapshot *snapshot, const PhLogRow *row)
{
  const PhLogLine header = { .kind = PH_LOG_LINE_HEADER };
  double gap = row->line->kind == PH_LOG_LINE_ROW ? 0 : floor (ph_log_text_pad (self, &header) / 2);
  double above = row->line->kind == PH_LOG_LINE_PAYLOAD ? 0 : gap;
  GdkRGBA base, hue;

  if (row->line->band == PH_LOG_NO_HUE)
    return;
  ph_log_style_get_color (self, PH_LOG_STYLE_BASE, &base);
  ph_log_style_get_hue (self, row->line->band, &hue);
  base = (GdkRGBA) { between (base.red, hue.red), between (base.green, hue.green), between (base.blue, hue.blue), 1 };
  draw_block (snapshot, &base, 0, row->y + above, gtk_widget_get_width (GTK_WIDGET (self)), row->height - above + gap);
}

static void
draw_highlights (PhLogView *self, GtkSnapshot *snapshot, const PhLogRow *row, double scrolled)
{
  draw_band (self, snapshot, row);
  for (guint i = 0; i < row->line->highlights->len; i++)
    {
      const PhLogHighlight *highlight = &g_array_index (row->line->highlights, PhLogHighlight, i);

      draw_part (self, snapshot, row, scrolled, (PhSearchRange) { highlight->start, highlight->end }, draw_highlight, highlight);
    }
}

/* ---- matches ---- */

static void
draw_frame (GtkSnapshot *snapshot, const GdkRGBA *color, double x, double y, double width, double height)
{
  draw_block (snapshot, color, x, y, width, FOUND_LINE);
  draw_block (snapshot, color, x, y + height - FOUND_LINE, width, FOUND_LINE);
  draw_block (snapshot, color, x, y, FOUND_LINE, height);
  draw_block (snapshot, color, x + width - FOUND_LINE, y, FOUND_LINE, height);
}

/* @is_current: not %NULL for the current match. */
static void
draw_match (PhLogView *self, GtkSnapshot *snapshot, double x, double y, double width, gconstpointer is_current)
{
  gboolean current = is_current != NULL;
  GdkRGBA color, soft;

  ph_log_style_get_color (self, PH_LOG_STYLE_BASE, &soft);
  draw_block (snapshot, &soft, x, y, width, self->metrics.row_height); /* over the colours of rules */
  ph_log_style_get_color (self, PH_LOG_STYLE_FOUND, &color);
  soft = color;
  soft.alpha *= current ? CURRENT_ALPHA : FOUND_ALPHA;
  draw_block (snapshot, &soft, x, y, width, self->metrics.row_height);
  if (current)
    draw_frame (snapshot, &color, x - 1, y, width + 2, self->metrics.row_height);
  else
    draw_block (snapshot, &color, x, y + self->metrics.row_height - FOUND_LINE, width, FOUND_LINE);
}

/* Whether the line shows something of the record. */
static gboolean
has_record (const PhLogLine *line, guint64 entry)
{
  for (guint i = 0; line->parts != NULL && i < line->parts->len; i++)
    if (g_array_index (line->parts, PhLogPart, i).line->entry == entry)
      return TRUE;

  return line->entry == entry;
}

static void
draw_matches (PhLogView *self, GtkSnapshot *snapshot, const PhLogRow *row, double scrolled)
{
  const GArray *matches = row->line->matches;
  GdkRGBA color;

  if (has_record (row->line, self->search.found))
    {
      ph_log_style_get_color (self, PH_LOG_STYLE_FOUND, &color);
      draw_block (snapshot, &color, 0, row->y, FOUND_BAR, row->height);
    }
  for (guint i = 0; matches != NULL && i < matches->len; i++)
    {
      PhSearchRange match = g_array_index (matches, PhSearchRange, i);
      gboolean current = ph_log_run_pos (row->line, match.start).entry == self->search.found;

      draw_part (self, snapshot, row, scrolled, match, draw_match, GINT_TO_POINTER (current));
    }
}

/* ---- rows ---- */

/* In the table, what was sent is told by more than its mark. */
static void
draw_tint (PhLogView *self, GtkSnapshot *snapshot, const PhLogRow *row)
{
  GdkRGBA color;

  if (row->line->kind != PH_LOG_LINE_ROW || row->line->accent != PH_LOG_STYLE_SENT)
    return;
  ph_log_style_get_color (self, PH_LOG_STYLE_SENT, &color);
  color.alpha *= TINT_ALPHA;
  draw_block (snapshot, &color, 0, row->y, gtk_widget_get_width (GTK_WIDGET (self)), row->height);
}

/* Whether the row is the first one of what was received, or of what was sent. */
static gboolean
is_turn (PhLogView *self, guint n)
{
  const PhLogLine *line = ph_log_layout_get_row (self, n)->line;
  const PhLogLine *above = n > 0 ? ph_log_layout_get_row (self, n - 1)->line : NULL;

  return above == NULL || above->accent != line->accent || above->kind != line->kind;
}

/* A line beside a payload. In Stream an arrow tells what was received from what was sent, and not the colour alone. */
static void
draw_bar (PhLogView *self, GtkSnapshot *snapshot, guint n, double x)
{
  const PhLogRow *row = ph_log_layout_get_row (self, n);
  double y = row->y, height = row->height;
  GdkRGBA color;

  if ((row->line->kind != PH_LOG_LINE_PAYLOAD && row->line->kind != PH_LOG_LINE_FOLD) || self->mode == PH_LOG_MODE_COMPACT)
    return;
  ph_log_style_get_color (self, row->line->accent, &color);
  if (self->mode == PH_LOG_MODE_STREAM && is_turn (self, n))
    {
      const char *mark = ph_log_lines_mark (row->line->accent);

      ph_log_grid_draw_cell (self, snapshot, mark, strlen (mark), x + PH_LOG_MARGIN, row->y, row->line->accent);
      y += self->metrics.row_height;
      height -= self->metrics.row_height;
    }
  color.alpha *= BAR_ALPHA;
  draw_block (snapshot, &color, x + PH_LOG_MARGIN + floor (self->metrics.char_width / 2) - BAR / 2, y, BAR, height);
}

/* An arrow that turns back, as in editors where a line continues below. */
static void
draw_turn (PhLogView *self, GtkSnapshot *snapshot, const graphene_rect_t *at)
{
  double size = at->size.width, thick = MAX (1, round (size / 10)), head = round (size * 0.3);
  double left = at->origin.x + thick / 2, right = left + size - thick, bottom = at->origin.y + size - head - thick / 2;
  double radius = (size - head - thick) / 2;
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, at);
  GdkRGBA color;

  ph_log_style_get_color (self, PH_LOG_STYLE_DIM, &color);
  gdk_cairo_set_source_rgba (cr, &color);
  cairo_set_line_width (cr, thick);
  cairo_move_to (cr, left + head, bottom - 2 * radius);
  cairo_arc (cr, right - radius, bottom - radius, radius, -G_PI_2, G_PI_2);
  cairo_line_to (cr, left, bottom);
  cairo_move_to (cr, left + head, bottom - head);
  cairo_line_to (cr, left, bottom);
  cairo_line_to (cr, left + head, bottom + head);
  cairo_stroke (cr);
  cairo_destroy (cr);
}

static void
draw_row (PhLogView *self, GtkSnapshot *snapshot, guint n, double scrolled, const GdkRGBA *color)
{
  const PhLogRow *row = ph_log_layout_get_row (self, n);
  PhLogLine *line = row->line;
  double x = ph_log_text_x (self, line) - scrolled;

  draw_bar (self, snapshot, n, -scrolled);
  if (row->line->kind == PH_LOG_LINE_FIELDS)
    {
      ph_log_grid_draw_fields (self, snapshot, row->line, x, row->y);
      line = ph_log_compact_get_body (row->line);
      x = ph_log_text_x (self, line) - scrolled;
    }
  if (line->length == 0)
    return;
  if (row->line->clip)
    gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (0, row->y, gtk_widget_get_width (GTK_WIDGET (self)),
                                                           row->height));
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x, row->y + row->pad));
  if (ph_log_plain_has (self, line))
    ph_log_plain_draw (self, snapshot, line, color);
  else if (!ph_log_plain_draw_row (self, snapshot, line))
    gtk_snapshot_append_layout (snapshot, ph_log_text_layout (self, line), color);
  gtk_snapshot_restore (snapshot);
  if (row->line->clip)
    gtk_snapshot_pop (snapshot);
  if (line->joined)
    {
      graphene_rect_t at = ph_log_text_turn (self, line);

      graphene_rect_offset (&at, x, row->y + row->pad);
      draw_turn (self, snapshot, &at);
    }
}

static void
draw_cursor (PhLogView *self, GtkSnapshot *snapshot, double scrolled, const GdkRGBA *color)
{
  const PhLogRow *row = ph_log_layout_find (self, &self->selection.cursor);
  double x, y;

  if (row == NULL || !self->selection.has_cursor || !gtk_widget_has_focus (GTK_WIDGET (self)))
    return;
  x = ph_log_text_place (self, row->line, ph_log_run_index (row->line, &self->selection.cursor), &y);
  draw_block (snapshot, color, ph_log_text_x (self, row->line) - scrolled + x, row->y + row->pad + y, 1,
              self->metrics.row_height);
}

/* Finds what is coloured and marked in the rows. What there is no time for is left to the next frame. */
static void
update_rows (PhLogView *self)
{
  gint64 deadline = g_get_monotonic_time () + HIGHLIGHTS_TIME;
  gboolean done = TRUE;

  for (guint i = 0; i < self->layout.rows->len; i++)
    done = ph_log_run_highlight (self->source, ph_log_layout_get_row (self, i)->line, deadline) && done;
  deadline = g_get_monotonic_time () + HIGHLIGHTS_TIME;
  for (guint i = 0; i < self->layout.rows->len; i++)
    done = ph_log_run_match (self->source, ph_log_layout_get_row (self, i)->line, deadline) && done;
  if (!done)
    ph_log_rules_go_on (self);
  ph_log_rules_note_slow (self);
}

static void
draw_rows (PhLogView *self, GtkSnapshot *snapshot, double scrolled)
{
  PhLogPos start, end;
  gboolean selected = ph_log_select_get (self, &start, &end);
  GdkRGBA color;

  update_rows (self);
  ph_log_style_get_color (self, PH_LOG_STYLE_PLAIN, &color);
  for (guint i = 0; i < self->layout.rows->len; i++)
    {
      const PhLogRow *row = ph_log_layout_get_row (self, i);
      guint32 from, to;

      draw_tint (self, snapshot, row);
      draw_highlights (self, snapshot, row, scrolled);
      draw_matches (self, snapshot, row, scrolled);
      if (selected && selected_part (row, &start, &end, &from, &to))
        draw_selection (self, snapshot, row, scrolled, from, to);
      draw_row (self, snapshot, i, scrolled, &color);
    }
  draw_cursor (self, snapshot, scrolled, &color);
}

/**
 * ph_log_draw:
 * @self: the view, its rows valid
 *
 * Draws the rows, and the header of the table.
 */
void
ph_log_draw (PhLogView *self, GtkSnapshot *snapshot)
{
  double width = gtk_widget_get_width (GTK_WIDGET (self)), height = gtk_widget_get_height (GTK_WIDGET (self));
  double scrolled = ph_log_scroll_x (self);

  gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  ph_log_head_draw (self, snapshot, scrolled);
  gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (0, self->metrics.head_height, width, height - self->metrics.head_height));
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (0, self->metrics.head_height));
  draw_rows (self, snapshot, scrolled);
  gtk_snapshot_restore (snapshot);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_pop (snapshot);
}
