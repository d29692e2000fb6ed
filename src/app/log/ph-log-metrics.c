/* ph-log-metrics.c: the font of the log, and the sizes that follow from it: characters, rows
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-log-metrics.h"

#include <math.h>
#include <string.h>

#include "ph-log-private.h"

#define LEADING 1.28 /* row height, in heights of the font */
#define LEADING_COMPACT 1.1 /* in Compact, Stream and Table: 28 records in a window of 1280 × 800 */

/* ---- the font ---- */

/**
 * ph_log_metrics_plain_new:
 *
 * Returns: (transfer full): an attribute that has rows of bytes drawn in the font for English. Without it, Pango may choose
 *   another font for a row with Latin letters than for a row without
 */
PangoAttribute *
ph_log_metrics_plain_new (void)
{
  return pango_attr_language_new (pango_language_from_string ("en"));
}

static int
width_of_bytes (PhLogView *self, const char *text)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  int width;

  pango_attr_list_insert (attributes, ph_log_metrics_plain_new ());
  pango_layout_set_attributes (layout, attributes);
  pango_layout_set_font_description (layout, self->metrics.font);
  pango_layout_get_size (layout, &width, NULL);

  return width;
}

/* The font's own average is that of letters of the user's language, which may come from a narrower font: in Korean, times
 * would then run into the next column. */
static void
measure_chars (PhLogView *self)
{
  static const char sample[] = "0123456789ABCDEF";
  int width = width_of_bytes (self, sample) / (int) strlen (sample);

  self->metrics.char_width = MAX (1, width / (double) PANGO_SCALE);
  self->metrics.dot_spacing = width - width_of_bytes (self, "·");
}

static void
measure_font (PhLogView *self)
{
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (self));
  PangoFontDescription *font = pango_font_description_copy (pango_context_get_font_description (context));
  PangoFontMetrics *metrics;
  double height, leading;

  if (pango_font_description_get_size_is_absolute (font))
    pango_font_description_set_absolute_size (font, pango_font_description_get_size (font) * self->zoom);
  else
    pango_font_description_set_size (font, pango_font_description_get_size (font) * self->zoom);
  g_clear_pointer (&self->metrics.font, pango_font_description_free);
  self->metrics.font = font;

  metrics = pango_context_get_metrics (context, font, NULL);
  leading = self->mode == PH_LOG_MODE_COMFORTABLE || self->mode == PH_LOG_MODE_BYTES ? LEADING : LEADING_COMPACT;
  height = pango_font_metrics_get_ascent (metrics) + pango_font_metrics_get_descent (metrics);
  self->metrics.row_height = MAX (ceil (leading * height / PANGO_SCALE), 4);
  pango_font_metrics_unref (metrics);
  measure_chars (self);
}

/**
 * ph_log_metrics_measure:
 *
 * Measures anew. While there is nothing to show, the font is not touched: loading it takes milliseconds of the start.
 */
void
ph_log_metrics_measure (PhLogView *self)
{
  gboolean table = self->mode == PH_LOG_MODE_TABLE;

  self->metrics.unmeasured = !table && (self->source == NULL || ph_log_source_get_end (self->source) == 0);
  if (!self->metrics.unmeasured)
    measure_font (self);
  self->metrics.head_height = table ? self->metrics.row_height + 10 : 0;
  ph_log_columns_forget (self);
}

void
ph_log_metrics_init (PhLogView *self)
{
  self->metrics.char_width = 8;
  self->metrics.row_height = 16;
}

void
ph_log_metrics_finalize (PhLogView *self)
{
  g_clear_pointer (&self->metrics.font, pango_font_description_free);
}
