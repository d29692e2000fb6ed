/* ph-log-grid.c: the columns of Compact: time, mark, peer, length, payload
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-log-grid.h"

#include <math.h>
#include <string.h>

#include "ph-format.h"
#include "ph-log-compact.h"
#include "ph-log-private.h"

#define GAP 2u          /* characters between two columns; one around the mark */
#define PEER_LEAST 14u  /* characters: a short IPv4 address and port */
#define LENGTH_LEAST 4u /* characters */
#define LENGTH_MOST 7u  /* characters: 524,288 */
#define CELLS_MAX 512u  /* fields that are kept laid out */
#define TAB 8u          /* characters between tab stops of the payload */

void
ph_log_grid_init (PhLogView *self)
{
  self->grid.cells = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
}

/* The font or the format has changed. */
void
ph_log_grid_measure (PhLogView *self)
{
  self->grid.time = 0;
  self->grid.mark = 0;
  g_clear_pointer (&self->grid.tabs, pango_tab_array_free);
  g_hash_table_remove_all (self->grid.cells);
}

void
ph_log_grid_finalize (PhLogView *self)
{
  g_clear_pointer (&self->grid.tabs, pango_tab_array_free);
  g_hash_table_unref (self->grid.cells);
}

/* Arrows are wider in some fonts. */
static double
mark_width (PhLogView *self)
{
  const PhLogStyle accents[] = { PH_LOG_STYLE_RECEIVED, PH_LOG_STYLE_SENT, PH_LOG_STYLE_ERROR, PH_LOG_STYLE_EVENT };
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), NULL);
  int width, widest = 0;

  pango_layout_set_font_description (layout, self->metrics.font);
  for (guint i = 0; i < G_N_ELEMENTS (accents); i++)
    {
      pango_layout_set_text (layout, ph_log_lines_mark (accents[i]), -1);
      pango_layout_get_pixel_size (layout, &width, NULL);
      widest = MAX (widest, width);
    }

  return widest;
}

/* Characters of a time, as far as that can be known before there is one. */
static guint
time_cells (PhLogView *self)
{
  g_autoptr (GString) time = g_string_new (NULL);

  if (self->time == PH_TIME_NONE)
    return 0;
  ph_format_time (time, 0, self->time_format);

  return MAX (self->grid.time, (guint) time->len);
}

/* Where the payload begins with the widest columns: rows of bytes and folds are counted by that, so that they need not be counted
 * again when a column grows. In pixels. */
double
ph_log_grid_most (PhLogView *self)
{
  guint time = time_cells (self);

  return (time + (time > 0 ? GAP : 0) + 2 + 1 + PH_LOG_PEER_CELLS + GAP + LENGTH_MOST + GAP) * self->metrics.char_width;
}

/**
 * ph_log_grid_place:
 *
 * Places the columns, if they are not yet.
 */
void
ph_log_grid_place (PhLogView *self)
{
  double width = self->metrics.char_width;
  guint n = 0;

  if (self->grid.tabs != NULL)
    return;
  if (self->grid.mark == 0)
    self->grid.mark = mark_width (self);
  self->grid.time = time_cells (self);
  self->grid.peer = MAX (self->grid.peer, PEER_LEAST);
  self->grid.length = MAX (self->grid.length, LENGTH_LEAST);
  self->grid.mark_x = floor (self->grid.time > 0 ? (self->grid.time + GAP) * width : 0);
  self->grid.peer_x = round (self->grid.mark_x + self->grid.mark + width);
  self->grid.length_x = floor (self->grid.peer_x + (self->grid.peer + GAP + self->grid.length) * width);
  self->grid.text_x = round (self->grid.length_x + GAP * width);

  self->grid.tabs = pango_tab_array_new (5, TRUE);
  if (self->grid.time > 0)
    pango_tab_array_set_tab (self->grid.tabs, (int) n++, PANGO_TAB_LEFT, (int) self->grid.mark_x);
  pango_tab_array_set_tab (self->grid.tabs, (int) n++, PANGO_TAB_LEFT, (int) self->grid.peer_x);
  pango_tab_array_set_tab (self->grid.tabs, (int) n++, PANGO_TAB_RIGHT, (int) self->grid.length_x);
  /* Those of the payload go on at the distance of the last two. */
  for (guint i = 0; n < 5; i++)
    pango_tab_array_set_tab (self->grid.tabs, (int) n++, PANGO_TAB_LEFT, (int) (self->grid.text_x + i * TAB * width));
}

static guint
cells_between (const PhLogLine *line, guint32 start, guint32 end)
{
  return ph_log_compact_cells (line->text + start, end - start);
}

/**
 * ph_log_grid_fit:
 * @self: the view, in Compact, its rows just made
 *
 * Makes the columns wide enough for the rows on screen.
 *
 * Returns: whether one has grown: then the rows must be made again
 */
gboolean
ph_log_grid_fit (PhLogView *self)
{
  PhLogGrid most = self->grid;

  for (guint i = 0; i < self->layout.rows->len; i++)
    {
      const PhLogLine *line = ph_log_layout_get_row (self, i)->line;
      const PhLogFields *fields = &line->fields;

      most.time = MAX (most.time, cells_between (line, 0, fields->time_end));
      if (line->kind != PH_LOG_LINE_FIELDS)
        continue;
      most.peer = MAX (most.peer, cells_between (line, fields->peer_start, fields->peer_end));
      most.length = MAX (most.length, cells_between (line, fields->peer_end + 1, line->body - 1));
    }
  if (most.time == self->grid.time && most.peer == self->grid.peer && most.length == self->grid.length)
    return FALSE;
  self->grid.time = most.time;
  self->grid.peer = most.peer;
  self->grid.length = most.length;
  g_clear_pointer (&self->grid.tabs, pango_tab_array_free);
  ph_log_grid_place (self);
  ph_log_text_forget (self);

  return TRUE;
}

/* ---- drawing fields ---- */

static PangoLayout *
make_cell (PhLogView *self, const char *text)
{
  PangoLayout *layout = pango_layout_new (gtk_widget_get_pango_context (GTK_WIDGET (self)));
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_line_height_new_absolute (self->metrics.row_height * PANGO_SCALE));
  pango_layout_set_font_description (layout, self->metrics.font);
  pango_layout_set_auto_dir (layout, FALSE);
  pango_layout_set_attributes (layout, attributes);
  pango_layout_set_text (layout, text, -1);

  return layout;
}

/* Laid out once for all rows: that takes longer than to draw it. */
static PangoLayout *
get_cell (PhLogView *self, const char *text, gsize length)
{
  g_autofree char *key = g_strndup (text, length);
  PangoLayout *layout = g_hash_table_lookup (self->grid.cells, key);

  if (layout != NULL)
    return layout;
  if (g_hash_table_size (self->grid.cells) >= CELLS_MAX)
    g_hash_table_remove_all (self->grid.cells);
  layout = make_cell (self, key);
  g_hash_table_insert (self->grid.cells, g_steal_pointer (&key), layout);

  return layout;
}

static void
draw_layout (PhLogView *self, GtkSnapshot *snapshot, PangoLayout *layout, double x, double y, PhLogStyle style)
{
  GdkRGBA color;

  ph_log_style_get_color (self, style, &color);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x, y));
  gtk_snapshot_append_layout (snapshot, layout, &color);
  gtk_snapshot_restore (snapshot);
}

/* Draws a short text that is likely to be in other rows too. */
void
ph_log_grid_draw_cell (PhLogView *self, GtkSnapshot *snapshot, const char *text, gsize length, double x, double y, PhLogStyle style)
{
  if (length > 0)
    draw_layout (self, snapshot, get_cell (self, text, length), x, y, style);
}

/**
 * ph_log_grid_draw_fields:
 * @line: of Compact
 * @x: of the text of the line
 * @y: of its first line
 *
 * Draws the fields before the payload. Time and peer are dim where they are the same as above.
 */
void
ph_log_grid_draw_fields (PhLogView *self, GtkSnapshot *snapshot, const PhLogLine *line, double x, double y)
{
  const PhLogFields *fields = &line->fields;
  gboolean same_time = (line->repeats & PH_LOG_REPEATS_TIME) != 0, same_peer = (line->repeats & PH_LOG_REPEATS_PEER) != 0;
  const char *length = line->text + fields->peer_end + 1, *mark = ph_log_lines_mark (line->accent);
  gsize n = line->body - 1 - (fields->peer_end + 1);
  int width;

  ph_log_grid_draw_cell (self, snapshot, line->text, fields->time_end, x, y, same_time ? PH_LOG_STYLE_DIM : PH_LOG_STYLE_PLAIN);
  ph_log_grid_draw_cell (self, snapshot, mark, strlen (mark), x + self->grid.mark_x, y, line->accent);
  ph_log_grid_draw_cell (self, snapshot, line->text + fields->peer_start, fields->peer_end - fields->peer_start, x + self->grid.peer_x, y,
                         same_peer ? PH_LOG_STYLE_DIM : line->accent);
  pango_layout_get_pixel_size (get_cell (self, length, n), &width, NULL);
  ph_log_grid_draw_cell (self, snapshot, length, n, x + self->grid.length_x - width, y, PH_LOG_STYLE_DIM);
}
