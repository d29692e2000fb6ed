/* ph-log-text.c: one line of the log as a Pango layout, with its colours, columns and indents
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-log-text.h"

#include <math.h>

#include "ph-log-private.h"

#define GAP 0.45    /* above a record, in rows */
#define ROW_GAP 0.05 /* above and below a row of the table, in rows */
#define INDENT 2.5  /* of the lines below a header, in characters */
#define LAYOUTS_LEAST 64u /* lines in a table of layouts: a usual screen */
#define TURN_WIDTH 1.25 /* of the mark behind a piece of a line, in characters; it is half of one behind the text, */
#define TURN_GAP 2      /* or this number of pixels if there is less room */

static double
indent (PhLogView *self)
{
  return round (INDENT * self->metrics.char_width);
}

/* Pixels from the left edge of the view, if it is not scrolled, to the layout of a line. */
double
ph_log_text_x (PhLogView *self, const PhLogLine *line)
{
  gboolean below = line->kind == PH_LOG_LINE_PAYLOAD || line->kind == PH_LOG_LINE_FOLD;

  if (self->mode == PH_LOG_MODE_COMPACT)
    return PH_LOG_MARGIN + (below ? self->grid.text_x : 0);
  if (self->mode == PH_LOG_MODE_STREAM)
    below = line->kind != PH_LOG_LINE_NOTICE;

  return PH_LOG_MARGIN + (below ? indent (self) : 0);
}

/* Empty pixels above the text of a line. */
double
ph_log_text_pad (PhLogView *self, const PhLogLine *line)
{
  if (line->kind == PH_LOG_LINE_PAYLOAD || line->kind == PH_LOG_LINE_FOLD || self->mode == PH_LOG_MODE_COMPACT
      || self->mode == PH_LOG_MODE_STREAM)
    return 0;
  if (line->kind == PH_LOG_LINE_ROW)
    return round (ROW_GAP * self->metrics.row_height);

  return round (GAP * self->metrics.row_height);
}

static void
add_attribute (PangoAttrList *list, PangoAttribute *attribute, guint start, guint end)
{
  attribute->start_index = start;
  attribute->end_index = end;
  pango_attr_list_insert (list, attribute);
}

static void
add_colour (PhLogView *self, PangoAttrList *list, const PhLogSpan *span)
{
  GdkRGBA color;

  ph_log_style_get_color (self, span->style, &color);
  add_attribute (list,
                 pango_attr_foreground_new (color.red * G_MAXUINT16, color.green * G_MAXUINT16,
                                            color.blue * G_MAXUINT16),
                 span->start, span->end);
  if (color.alpha < 1)
    add_attribute (list, pango_attr_foreground_alpha_new (MAX (color.alpha * G_MAXUINT16, 1)), span->start, span->end);
}

/* Rows of the table and of bytes do not wrap, so that their columns stay in place. */
gboolean
ph_log_text_wraps (PhLogView *self, const PhLogLine *line)
{
  return self->wrap && line->kind != PH_LOG_LINE_ROW && !line->bytes;
}

static GHashTable *
new_layouts (void)
{
  return g_hash_table_new_full (NULL, NULL, (GDestroyNotify) ph_log_line_unref, g_object_unref);
}

static PangoAttrList *
make_attributes (PhLogView *self, const PhLogLine *line)
{
  gboolean bytes = line->bytes && line->kind != PH_LOG_LINE_ROW;
  PangoAttrList *list = pango_attr_list_new ();

  add_attribute (list, pango_attr_line_height_new_absolute (self->metrics.row_height * PANGO_SCALE), 0, G_MAXUINT);
  /* A hyphen at the end of a wrapped line would look like one that was sent. */
  if (ph_log_text_wraps (self, line))
    add_attribute (list, pango_attr_insert_hyphens_new (FALSE), 0, G_MAXUINT);
  if (bytes)
    add_attribute (list, ph_log_metrics_plain_new (), 0, G_MAXUINT);
  /* The payload is drawn on its own, see ph-log-grid.c: it must wrap here as it does there. */
  if (line->kind == PH_LOG_LINE_FIELDS && line->body < line->length)
    add_attribute (list, pango_attr_allow_breaks_new (FALSE), 0, g_utf8_next_char (line->text + line->body) - line->text);
  if (line->kind == PH_LOG_LINE_FOLD)
    add_attribute (list, pango_attr_underline_new (PANGO_UNDERLINE_SINGLE), 0, line->length);
  if (self->mode == PH_LOG_MODE_STREAM && line->accent == PH_LOG_STYLE_SENT)
    add_colour (self, list, &(PhLogSpan) { 0, line->length, PH_LOG_STYLE_SENT });
  for (guint i = 0; i < line->spans->len; i++)
    {
      const PhLogSpan *span = &g_array_index (line->spans, PhLogSpan, i);

      add_colour (self, list, span);
      /* In a Chinese font the dot is twice as wide as a letter. */
      if (bytes && span->style == PH_LOG_STYLE_FAINT && self->metrics.dot_spacing != 0)
        add_attribute (list, pango_attr_letter_spacing_new (self->metrics.dot_spacing), span->start, span->end);
    }

  return list;
}

/* The width at which a line wraps, in Pango units. */
int
ph_log_text_wrap_width (PhLogView *self, const PhLogLine *line)
{
  double width = gtk_widget_get_width (GTK_WIDGET (self)) - ph_log_text_x (self, line) - PH_LOG_MARGIN;

  return (int) (MAX (width, 8 * self->metrics.char_width) * PANGO_SCALE);
}

static void
set_wrapping (PhLogView *self, PangoLayout *layout, const PhLogLine *line)
{
  if (!ph_log_text_wraps (self, line))
    return;
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_width (layout, ph_log_text_wrap_width (self, line));
}

static void
set_tabs (PhLogView *self, PangoLayout *layout, const PhLogLine *line)
{
  g_autoptr (PangoTabArray) tabs = NULL;

  if (line->kind == PH_LOG_LINE_ROW)
    {
      pango_layout_set_tabs (layout, ph_log_columns_get_tabs (self));
      return;
    }
  if (line->kind == PH_LOG_LINE_PAYLOAD || line->kind == PH_LOG_LINE_FOLD || self->mode == PH_LOG_MODE_STREAM)
    return;
  if (self->mode == PH_LOG_MODE_COMPACT && line->kind != PH_LOG_LINE_NOTICE)
    {
      pango_layout_set_tabs (layout, self->grid.tabs);
      pango_layout_set_indent (layout, -(int) (line->kind == PH_LOG_LINE_FIELDS ? self->grid.text_x : self->grid.peer_x) * PANGO_SCALE);
      return;
    }
  tabs = pango_tab_array_new_with_positions (1, TRUE, PANGO_TAB_LEFT, (int) indent (self));
  pango_layout_set_tabs (layout, tabs);
  pango_layout_set_indent (layout, -indent (self) * PANGO_SCALE);
}

/* Our own fields come first in every line and the paragraph runs from left to right, so no payload can move them. */
PangoLayout *
ph_log_text_make (PhLogView *self, const PhLogLine *line)
{
  g_autoptr (PangoAttrList) attributes = make_attributes (self, line);
  PangoLayout *layout = pango_layout_new (gtk_widget_get_pango_context (GTK_WIDGET (self)));

  pango_layout_set_font_description (layout, self->metrics.font);
  pango_layout_set_auto_dir (layout, FALSE);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  set_tabs (self, layout, line);
  set_wrapping (self, layout, line);
  pango_layout_set_attributes (layout, attributes);
  pango_layout_set_text (layout, line->text, line->length);

  return layout;
}

/**
 * ph_log_text_layout:
 *
 * Returns: (transfer none): the layout of @line. Valid until ph_log_text_forget(), or until as many other lines are laid out as are on screen
 */
PangoLayout *
ph_log_text_layout (PhLogView *self, PhLogLine *line)
{
  PangoLayout *layout = g_hash_table_lookup (self->text.recent, line);

  if (layout != NULL)
    return layout;
  /* Two tables, so that what is on screen stays laid out when one is full. No more than that is kept: in a flood each
   * frame lays out other lines, and memory that was just freed is still in the processor's cache. */
  if (g_hash_table_size (self->text.recent) >= MAX (LAYOUTS_LEAST, self->layout.rows->len))
    {
      g_hash_table_unref (self->text.older);
      self->text.older = g_steal_pointer (&self->text.recent);
      self->text.recent = new_layouts ();
    }
  layout = g_hash_table_lookup (self->text.older, line);
  layout = layout != NULL ? g_object_ref (layout) : ph_log_text_make (self, line);
  g_hash_table_insert (self->text.recent, ph_log_line_ref (line), layout);

  return layout;
}

/**
 * ph_log_text_forget:
 *
 * Has all lines laid out anew: the width, the font, a colour or a column changed.
 */
void
ph_log_text_forget (PhLogView *self)
{
  g_hash_table_remove_all (self->text.recent);
  g_hash_table_remove_all (self->text.older);
  ph_log_plain_forget (self);
}

void
ph_log_text_init (PhLogView *self)
{
  self->text.recent = new_layouts ();
  self->text.older = new_layouts ();
}

void
ph_log_text_finalize (PhLogView *self)
{
  g_hash_table_unref (self->text.recent);
  g_hash_table_unref (self->text.older);
}

/**
 * ph_log_text_place:
 * @index: a byte of the text of @line
 * @ret_y: (out): pixels from the top of the layout to the top of the drawn line with that byte
 *
 * Returns: pixels from the left edge of the layout to that byte
 */
double
ph_log_text_place (PhLogView *self, PhLogLine *line, guint32 index, double *ret_y)
{
  int n, x;

  pango_layout_index_to_line_x (ph_log_text_layout (self, line), MIN (index, line->length), FALSE, &n, &x);
  *ret_y = n * self->metrics.row_height;

  return PANGO_PIXELS (x);
}

/**
 * ph_log_text_turn:
 * @line: a line that is joined to the next one
 *
 * Returns: the place of the mark that shows it, in pixels of the layout: behind the text, but within the view if lines wrap
 */
graphene_rect_t
ph_log_text_turn (PhLogView *self, PhLogLine *line)
{
  PangoLayout *layout = ph_log_text_layout (self, line);
  int n = pango_layout_get_line_count (layout) - 1;
  double size = round (TURN_WIDTH * self->metrics.char_width), end, right, x;
  PangoRectangle text;

  pango_layout_line_get_pixel_extents (pango_layout_get_line_readonly (layout, n), NULL, &text);
  end = text.x + text.width;
  x = end + round (self->metrics.char_width / 2);
  if (ph_log_text_wraps (self, line))
    {
      right = gtk_widget_get_width (GTK_WIDGET (self)) - ph_log_text_x (self, line) - TURN_GAP;
      size = CLAMP (right - end - TURN_GAP, PH_LOG_MARGIN - 2 * TURN_GAP, size);
      x = MIN (x, right - size);
    }

  return GRAPHENE_RECT_INIT (x, n * self->metrics.row_height + round ((self->metrics.row_height - size) / 2), size, size);
}
