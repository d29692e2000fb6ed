/* ph-log-plain.c: draws lines of printable ASCII in a monospaced font, letter by letter
 *
 * Most lines are such, and in a flood each frame has others. Pango's layouts of them would take half of its time. The result is the same.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-log-plain.h"

#include "ph-log-private.h"

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

/* Without a letter, Pango may take the font of the user's language. */
static gboolean
is_ascii (const PhLogLine *line)
{
  gboolean letter = FALSE;

  for (guint32 i = 0; i < line->length; i++)
    {
      if (!g_ascii_isprint (line->text[i]))
        return FALSE;
      letter = letter || g_ascii_isalpha (line->text[i]);
    }

  return letter;
}

/**
 * ph_log_plain_has:
 *
 * Returns: whether @line is drawn in one row by ph_log_plain_draw()
 */
gboolean
ph_log_plain_has (PhLogView *self, const PhLogLine *line)
{
  if (line->kind != PH_LOG_LINE_PAYLOAD || line->bytes || line->spans->len > 0
      || (self->mode == PH_LOG_MODE_STREAM && line->accent == PH_LOG_STYLE_SENT))
    return FALSE;
  if (!self->plain.measured)
    measure (self);
  if (self->plain.font == NULL || !is_ascii (line))
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

/**
 * ph_log_plain_draw:
 * @line: ph_log_plain_has() is %TRUE for it
 *
 * Draws the text; its top left corner is at 0, 0.
 */
void
ph_log_plain_draw (PhLogView *self, GtkSnapshot *snapshot, const PhLogLine *line, const GdkRGBA *color)
{
  PangoGlyphString *text = self->plain.text;
  GskRenderNode *node;

  if (text == NULL)
    text = self->plain.text = pango_glyph_string_new ();
  pango_glyph_string_set_size (text, (int) line->length);
  for (guint32 i = 0; i < line->length; i++)
    {
      text->glyphs[i] = (PangoGlyphInfo) { .glyph = self->plain.glyphs[line->text[i] - ' '], .geometry.width = self->plain.width,
                                           .attr.is_cluster_start = 1 };
      text->log_clusters[i] = (int) i;
    }
  node = gsk_text_node_new (self->plain.font, text, color, &GRAPHENE_POINT_INIT (0, self->plain.baseline));
  if (node == NULL) /* only spaces */
    return;
  gtk_snapshot_append_node (snapshot, node);
  gsk_render_node_unref (node);
}
