/* ph-log-text.c: one line of the log as a Pango layout, with its colours, columns and indents
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "ph-log-lines.h"
#include "ph-log-private.h"

#define GAP 0.45    /* above a record, in rows */
#define INDENT 2.5  /* of what stands below a header, in characters */
#define PEER_MIN 21u /* characters: an IPv4 address and port */
#define PEER_MAX 56u
#define TURN_WIDTH 1.25 /* of the mark behind a piece of a line, in characters; it stands half of one behind the text, */
#define TURN_GAP 2      /* pixels where there is less room */

static double
indent (PhLogView *self)
{
  return round (INDENT * self->char_width);
}

/* From the left edge of the view, not yet scrolled, to the layout. */
double
ph_log_text_x (PhLogView *self, const PhLogLine *line)
{
  return PH_LOG_MARGIN + (line->kind == PH_LOG_LINE_PAYLOAD ? indent (self) : 0);
}

/* Empty pixels above the text of a line. */
double
ph_log_text_pad (PhLogView *self, const PhLogLine *line)
{
  if (line->kind == PH_LOG_LINE_PAYLOAD)
    return 0;
  if (line->kind == PH_LOG_LINE_ROW)
    return 3;

  return round (GAP * self->row_height);
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

/**
 * ph_log_text_plain_new:
 *
 * Returns: (transfer full): an attribute that draws all rows of bytes in the font of English; the system would choose one
 *   for a row with Latin letters and another for a row without
 */
PangoAttribute *
ph_log_text_plain_new (void)
{
  return pango_attr_language_new (pango_language_from_string ("en"));
}

static gboolean
is_bytes (PhLogView *self, const PhLogLine *line)
{
  return line->kind == PH_LOG_LINE_PAYLOAD && (self->hex || self->mode == PH_LOG_MODE_HEX);
}

static GHashTable *
new_layouts (void)
{
  return g_hash_table_new_full (NULL, NULL, (GDestroyNotify) ph_log_line_unref, g_object_unref);
}

static PangoAttrList *
make_attributes (PhLogView *self, const PhLogLine *line)
{
  PangoAttrList *list = pango_attr_list_new ();

  add_attribute (list, pango_attr_line_height_new_absolute (self->row_height * PANGO_SCALE), 0, G_MAXUINT);
  /* A hyphen where a line is wrapped would look like one that was sent. */
  add_attribute (list, pango_attr_insert_hyphens_new (FALSE), 0, G_MAXUINT);
  if (is_bytes (self, line))
    add_attribute (list, ph_log_text_plain_new (), 0, G_MAXUINT);
  for (guint i = 0; i < line->spans->len; i++)
    {
      const PhLogSpan *span = &g_array_index (line->spans, PhLogSpan, i);

      add_colour (self, list, span);
      /* In a Chinese font the dot is twice as wide as a letter. */
      if (is_bytes (self, line) && span->style == PH_LOG_STYLE_FAINT && self->dot_spacing != 0)
        add_attribute (list, pango_attr_letter_spacing_new (self->dot_spacing), span->start, span->end);
    }

  return list;
}

/* Rows of the table and of bytes stay in their columns. */
gboolean
ph_log_text_wraps (PhLogView *self, const PhLogLine *line)
{
  return self->wrap && line->kind != PH_LOG_LINE_ROW && !is_bytes (self, line);
}

static void
set_wrapping (PhLogView *self, PangoLayout *layout, const PhLogLine *line)
{
  double width = gtk_widget_get_width (GTK_WIDGET (self)) - ph_log_text_x (self, line) - PH_LOG_MARGIN;

  if (!ph_log_text_wraps (self, line))
    return;
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_width (layout, MAX (width, 8 * self->char_width) * PANGO_SCALE);
}

static void
set_tabs (PhLogView *self, PangoLayout *layout, const PhLogLine *line)
{
  g_autoptr (PangoTabArray) tabs = NULL;

  if (line->kind == PH_LOG_LINE_ROW)
    {
      pango_layout_set_tabs (layout, self->tabs);
      return;
    }
  if (line->kind == PH_LOG_LINE_PAYLOAD)
    return;
  tabs = pango_tab_array_new_with_positions (1, TRUE, PANGO_TAB_LEFT, (int) indent (self));
  pango_layout_set_tabs (layout, tabs);
  pango_layout_set_indent (layout, -indent (self) * PANGO_SCALE);
}

/* Our own fields come first in every line and the paragraph runs from left to right, so no payload can move them. */
static PangoLayout *
make_layout (PhLogView *self, const PhLogLine *line)
{
  g_autoptr (PangoAttrList) attributes = make_attributes (self, line);
  PangoLayout *layout = pango_layout_new (gtk_widget_get_pango_context (GTK_WIDGET (self)));

  pango_layout_set_font_description (layout, self->font);
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
 * Returns: (transfer none): the layout of @line. It is cached until ph_log_text_forget(), or until 256 other lines have
 *   been laid out
 */
PangoLayout *
ph_log_text_layout (PhLogView *self, PhLogLine *line)
{
  PangoLayout *layout = g_hash_table_lookup (self->layouts, line);

  if (layout != NULL)
    return layout;
  /* Two halves, so that what is on screen stays laid out when the cache is full. */
  if (g_hash_table_size (self->layouts) >= PH_LOG_CACHE_LINES / 2)
    {
      g_hash_table_unref (self->older_layouts);
      self->older_layouts = g_steal_pointer (&self->layouts);
      self->layouts = new_layouts ();
    }
  layout = g_hash_table_lookup (self->older_layouts, line);
  layout = layout != NULL ? g_object_ref (layout) : make_layout (self, line);
  g_hash_table_insert (self->layouts, ph_log_line_ref (line), layout);

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
  g_hash_table_remove_all (self->layouts);
  g_hash_table_remove_all (self->older_layouts);
}

void
ph_log_text_init (PhLogView *self)
{
  self->layouts = new_layouts ();
  self->older_layouts = new_layouts ();
}

void
ph_log_text_finalize (PhLogView *self)
{
  g_hash_table_unref (self->layouts);
  g_hash_table_unref (self->older_layouts);
}

/**
 * ph_log_text_place:
 * @self: the view
 * @line: a line
 * @index: a byte of its text
 * @ret_y: (out): pixels from the top of its layout to that of the line as drawn that holds @index
 *
 * Returns: pixels from the left edge of its layout
 */
double
ph_log_text_place (PhLogView *self, PhLogLine *line, guint32 index, double *ret_y)
{
  int n, x;

  pango_layout_index_to_line_x (ph_log_text_layout (self, line), MIN (index, line->length), FALSE, &n, &x);
  *ret_y = n * self->row_height;

  return PANGO_PIXELS (x);
}

/**
 * ph_log_text_turn:
 * @self: the view
 * @line: a line that the next one goes on with
 *
 * Returns: where the mark that says so stands in the line's layout: behind its text, and in sight where that wraps
 */
graphene_rect_t
ph_log_text_turn (PhLogView *self, PhLogLine *line)
{
  PangoLayout *layout = ph_log_text_layout (self, line);
  int n = pango_layout_get_line_count (layout) - 1;
  double size = round (TURN_WIDTH * self->char_width), end, right, x;
  PangoRectangle text;

  pango_layout_line_get_pixel_extents (pango_layout_get_line_readonly (layout, n), NULL, &text);
  end = text.x + text.width;
  x = end + round (self->char_width / 2);
  if (ph_log_text_wraps (self, line))
    {
      right = gtk_widget_get_width (GTK_WIDGET (self)) - ph_log_text_x (self, line) - TURN_GAP;
      size = CLAMP (right - end - TURN_GAP, PH_LOG_MARGIN - 2 * TURN_GAP, size);
      x = MIN (x, right - size);
    }

  return GRAPHENE_RECT_INIT (x, n * self->row_height + round ((self->row_height - size) / 2), size, size);
}

/* Whether the machine has no font with control pictures: many have not, and boxes tell nobody anything. */
gboolean
ph_log_text_lacks_pictures (PhLogView *self)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), "␀␍␊␛␡");

  pango_layout_set_font_description (layout, self->font);

  return pango_layout_get_unknown_glyphs_count (layout) > 0;
}

/* ---- the columns of the table ---- */

static guint
digits_of (guint64 n)
{
  guint digits = 1;

  while (n >= 10)
    {
      n /= 10;
      digits++;
    }
  return digits;
}

static guint
time_chars (PhLogView *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  ph_format_time (text, 0, self->time_format);

  return text->len;
}

/* The longest peer among the rows that are there already. */
static guint
longest_peer (PhLogView *self)
{
  guint longest = self->peer_chars;

  for (guint i = 0; i < self->rows->len; i++)
    {
      const PhLogLine *line = g_array_index (self->rows, PhLogRow, i).line;
      const char *field = line->text;

      if (line->kind != PH_LOG_LINE_ROW)
        continue;
      for (guint n = self->show_time ? 4 : 3; n > 0 && field != NULL; n--)
        {
          field = strchr (field, '\t');
          field = field != NULL ? field + 1 : NULL;
        }
      if (field != NULL)
        longest = MAX (longest, g_utf8_strlen (field, strcspn (field, "\t")));
    }

  return MIN (longest, PEER_MAX);
}

/* How wide the column of directions is: its words are as long as the language has them. */
static double
direction_width (PhLogView *self)
{
  const PhLogStyle accents[] = { PH_LOG_STYLE_RECEIVED, PH_LOG_STYLE_SENT, PH_LOG_STYLE_ERROR, PH_LOG_STYLE_EVENT };
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), _("Direction"));
  int width, widest;

  pango_layout_set_font_description (layout, self->font);
  pango_layout_get_pixel_size (layout, &widest, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (accents); i++)
    {
      g_autofree char *words = ph_log_lines_dup_direction (accents[i]);

      pango_layout_set_text (layout, words, -1);
      pango_layout_get_pixel_size (layout, &width, NULL);
      widest = MAX (widest, width);
    }

  return widest;
}

static void
place_columns (PhLogView *self)
{
  double width = self->char_width, x = 0;
  int *at = self->columns;

  at[0] = x = self->number_chars * width;
  at[1] = x += 2 * width;
  if (self->show_time)
    x += (time_chars (self) + 2) * width;
  at[2] = x;
  at[3] = x += direction_width (self) + 2 * width;
  at[4] = x += (self->peer_chars + 8) * width;
  at[5] = x + 2 * width;
}

/**
 * ph_log_text_columns:
 * @self: the view, in Table mode
 *
 * Makes the columns wide enough for the rows on screen. They grow and never shrink, so nothing dances while data flows.
 */
void
ph_log_text_columns (PhLogView *self)
{
  guint number = MAX (5, digits_of (ph_log_source_get_end (self->source)));
  guint peer = MAX (PEER_MIN, longest_peer (self));
  gboolean time = self->show_time;

  if (self->tabs != NULL && number == self->number_chars && peer == self->peer_chars)
    return;
  self->number_chars = number;
  self->peer_chars = peer;
  place_columns (self);

  g_clear_pointer (&self->tabs, pango_tab_array_free);
  self->tabs = pango_tab_array_new (time ? 6 : 5, TRUE);
  pango_tab_array_set_tab (self->tabs, 0, PANGO_TAB_RIGHT, self->columns[0]);
  for (guint i = time ? 1 : 2, n = 1; i < G_N_ELEMENTS (self->columns); i++, n++)
    pango_tab_array_set_tab (self->tabs, n, i == 4 ? PANGO_TAB_RIGHT : PANGO_TAB_LEFT, self->columns[i]);
  ph_log_text_forget (self);
}

/**
 * ph_log_text_head:
 * @self: the view, in Table mode
 *
 * Returns: (transfer full): the header row
 */
PangoLayout *
ph_log_text_head (PhLogView *self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  PangoLayout *layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), NULL);

  g_string_append_printf (text, "\t%s\t", _("No."));
  if (self->show_time)
    g_string_append_printf (text, "%s\t", _("Time"));
  g_string_append_printf (text, "%s\t%s\t%s\t%s", _("Direction"), _("Peer"), _("Length"), _("Data"));
  pango_layout_set_font_description (layout, self->font);
  pango_layout_set_tabs (layout, self->tabs);
  pango_layout_set_text (layout, text->str, -1);

  return layout;
}
