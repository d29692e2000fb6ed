/* ph-log-plain.c: draws lines of printable ASCII in a monospaced font, letter by letter
 *
 * Most lines are such, and in a flood each frame has others. Pango's layouts of them would take half of its time. The result is the same.
 * Lines without any letter are left to Pango, which may take the font of the user's language for them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-log-plain.h"

#include <string.h>

#include "ph-log-private.h"
#include "ph-log-row.h"

void
ph_log_plain_forget (PhLogView *self)
{
  self->plain.measured = FALSE;
  g_clear_object (&self->plain.font);
}

void
ph_log_plain_finalize (PhLogView *self)
{
  ph_log_plain_forget (self);
  g_clear_pointer (&self->plain.text, pango_glyph_string_free);
}

/* All letters as the payload of a record has them. */
static PangoLayout *
lay_out_letters (PhLogView *self)
{
  PhLogLine *line = ph_log_line_new (PH_LOG_LINE_PAYLOAD, PH_LOG_STYLE_PLAIN);
  GString *letters = g_string_new (NULL);
  PangoLayout *layout;

  for (char c = ' '; c <= '~'; c++)
    g_string_append_c (letters, c);
  ph_log_line_take_text (line, letters);
  layout = ph_log_text_make (self, line);
  pango_layout_set_width (layout, -1);
  ph_log_line_unref (line);

  return layout;
}

/* Ligatures and letters of different widths need Pango. */
static gboolean
take_glyphs (PhLogPlain *plain, const PangoGlyphString *letters)
{
  if (letters->num_glyphs != PH_LOG_PLAIN_GLYPHS)
    return FALSE;
  plain->width = letters->glyphs[0].geometry.width;
  for (int i = 0; i < letters->num_glyphs; i++)
    {
      const PangoGlyphInfo *glyph = &letters->glyphs[i];

      if (letters->log_clusters[i] != i || glyph->geometry.width != plain->width || glyph->geometry.x_offset != 0
          || glyph->geometry.y_offset != 0 || (glyph->glyph & PANGO_GLYPH_UNKNOWN_FLAG) != 0)
        return FALSE;
      plain->glyphs[i] = glyph->glyph;
    }

  return plain->width > 0;
}

static void
measure (PhLogView *self)
{
  g_autoptr (PangoLayout) layout = lay_out_letters (self);
  GSList *runs = pango_layout_get_line_readonly (layout, 0)->runs;
  PangoGlyphItem *run = runs != NULL && runs->next == NULL ? runs->data : NULL;

  self->plain.measured = TRUE;
  if (run == NULL || !take_glyphs (&self->plain, run->glyphs))
    return;
  self->plain.font = g_object_ref (run->item->analysis.font);
  self->plain.baseline = (float) pango_layout_get_baseline (layout) / PANGO_SCALE;
}

static gboolean
is_ascii (const char *text, gsize length, gboolean *ret_letter)
{
  for (gsize i = 0; i < length; i++)
    {
      if (!g_ascii_isprint (text[i]))
        return FALSE;
      *ret_letter = *ret_letter || g_ascii_isalpha (text[i]);
    }

  return TRUE;
}

static gboolean
has_font (PhLogView *self)
{
  if (!self->plain.measured)
    measure (self);

  return self->plain.font != NULL;
}

/* ---- a line of a payload ---- */

/**
 * ph_log_plain_has:
 *
 * Returns: whether @line is drawn in one row by ph_log_plain_draw()
 */
gboolean
ph_log_plain_has (PhLogView *self, const PhLogLine *line)
{
  gboolean letter = FALSE;

  if (line->kind != PH_LOG_LINE_PAYLOAD || line->bytes || line->spans->len > 0
      || (self->mode == PH_LOG_MODE_STREAM && line->accent == PH_LOG_STYLE_SENT))
    return FALSE;
  if (!has_font (self) || !is_ascii (line->text, line->length, &letter) || !letter)
    return FALSE;

  return !ph_log_text_wraps (self, line) || (int) line->length <= ph_log_text_wrap_width (self, line) / self->plain.width;
}

/**
 * ph_log_plain_x:
 * @index: a byte of a line for which ph_log_plain_has() is %TRUE
 *
 * Returns: pixels from the left edge of the text to that byte
 */
double
ph_log_plain_x (PhLogView *self, guint32 index)
{
  return PANGO_PIXELS ((int) index * self->plain.width);
}

static void
draw_letters (PhLogView *self, GtkSnapshot *snapshot, const char *letters, gsize length, double x, const GdkRGBA *color)
{
  PangoGlyphString *text = self->plain.text;
  GskRenderNode *node;

  if (text == NULL)
    text = self->plain.text = pango_glyph_string_new ();
  pango_glyph_string_set_size (text, (int) length);
  for (gsize i = 0; i < length; i++)
    {
      text->glyphs[i] = (PangoGlyphInfo) { .glyph = self->plain.glyphs[letters[i] - ' '], .geometry.width = self->plain.width,
                                           .attr.is_cluster_start = 1 };
      text->log_clusters[i] = (int) i;
    }
  node = gsk_text_node_new (self->plain.font, text, color, &GRAPHENE_POINT_INIT ((float) x, self->plain.baseline));
  if (node == NULL) /* only spaces */
    return;
  gtk_snapshot_append_node (snapshot, node);
  gsk_render_node_unref (node);
}

/**
 * ph_log_plain_draw:
 * @line: ph_log_plain_has() is %TRUE for it
 *
 * Draws the text; its top left corner is at 0, 0.
 */
void
ph_log_plain_draw (PhLogView *self, GtkSnapshot *snapshot, const PhLogLine *line, const GdkRGBA *color)
{
  draw_letters (self, snapshot, line->text, line->length, 0, color);
}

/* ---- a row of the table ---- */

/** Cell: bytes of the text of a row, between two tabs. */
typedef struct
{
  PhLogColumn column;
  guint32 start, end;
  PhLogStyle style;
} Cell;

/* FALSE if only a part of the cell has a style. */
static gboolean
find_style (const PhLogLine *line, Cell *cell)
{
  cell->style = PH_LOG_STYLE_PLAIN;
  for (guint i = 0; i < line->spans->len; i++)
    {
      const PhLogSpan *span = &g_array_index (line->spans, PhLogSpan, i);

      if (span->end <= cell->start || span->start >= cell->end)
        continue;
      if (span->start > cell->start || span->end < cell->end)
        return FALSE;
      cell->style = span->style;
    }

  return TRUE;
}

/* The cells of the columns that are shown. Returns how many; 0 if one of them needs Pango. */
static guint
find_cells (PhLogView *self, const PhLogLine *line, Cell cells[PH_LOG_N_COLUMNS])
{
  guint32 at = line->lead;
  gboolean letter = FALSE;
  guint n = 0;

  for (guint i = 0; i < PH_LOG_N_COLUMNS; i++)
    {
      Cell cell = { .column = self->columns.order[i], .start = at, .end = at };
      guint32 mark = cell.column == PH_LOG_COLUMN_DIRECTION ? (guint32) strlen (ph_log_lines_mark (line->accent)) : 0;

      if (!ph_log_columns_is_shown (self, cell.column))
        continue;
      while (cell.end < line->length && line->text[cell.end] != '\t')
        cell.end++;
      mark = MIN (mark, cell.end - cell.start);
      if (!is_ascii (line->text + cell.start + mark, cell.end - cell.start - mark, &letter) || !find_style (line, &cell))
        return 0;
      at = cell.end + 1;
      cells[n++] = cell;
    }

  return letter ? n : 0;
}

static void
draw_cell (PhLogView *self, GtkSnapshot *snapshot, const PhLogLine *line, const Cell *cell)
{
  const char *text = line->text + cell->start;
  guint32 length = cell->end - cell->start;
  double x = self->columns.start[cell->column];
  GdkRGBA color;

  ph_log_style_get_color (self, cell->style, &color);
  if (cell->column == PH_LOG_COLUMN_DIRECTION)
    {
      ph_log_grid_draw_cell (self, snapshot, text, length, x, 0, cell->style);
      return;
    }
  if (ph_log_row_is_right (cell->column))
    x += self->columns.width[cell->column] - (double) length * self->plain.width / PANGO_SCALE;
  draw_letters (self, snapshot, text, length, x, &color);
}

/**
 * ph_log_plain_draw_row:
 * @line: a row of the table
 *
 * Draws the row, whose top left corner is at 0, 0, if all of it but the mark of the direction is printable ASCII.
 *
 * Returns: %FALSE if nothing was drawn
 */
gboolean
ph_log_plain_draw_row (PhLogView *self, GtkSnapshot *snapshot, const PhLogLine *line)
{
  Cell cells[PH_LOG_N_COLUMNS];
  guint n = line->kind == PH_LOG_LINE_ROW && has_font (self) ? find_cells (self, line, cells) : 0;

  for (guint i = 0; i < n; i++)
    draw_cell (self, snapshot, line, &cells[i]);

  return n > 0;
}
