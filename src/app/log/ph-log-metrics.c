/* ph-log-metrics.c: the font of the log, and the sizes that follow from it: characters, rows, columns of the table
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-log-metrics.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "ph-format.h"
#include "ph-log-lines.h"
#include "ph-log-private.h"

#define LEADING 1.28 /* row height, in heights of the font */
#define PEER_MIN 21u /* characters: an IPv4 address and port */
#define PEER_MAX 56u

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
  double height;

  if (pango_font_description_get_size_is_absolute (font))
    pango_font_description_set_absolute_size (font, pango_font_description_get_size (font) * self->zoom);
  else
    pango_font_description_set_size (font, pango_font_description_get_size (font) * self->zoom);
  g_clear_pointer (&self->metrics.font, pango_font_description_free);
  self->metrics.font = font;

  metrics = pango_context_get_metrics (context, font, NULL);
  height = pango_font_metrics_get_ascent (metrics) + pango_font_metrics_get_descent (metrics);
  self->metrics.row_height = MAX (ceil (LEADING * height / PANGO_SCALE), 4);
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
  g_clear_pointer (&self->metrics.tabs, pango_tab_array_free);
  g_clear_object (&self->metrics.head);
}

/* ---- the columns of the table ---- */

/* Characters of the number of a record. */
static guint
longest_number (PhLogView *self)
{
  g_autofree char *number = ph_format_dup_grouped (ph_log_source_get_end (self->source));

  return (guint) strlen (number);
}

/* Characters of the longest peer in the rows on screen. */
static guint
longest_peer (PhLogView *self)
{
  guint longest = self->metrics.peer_chars;

  for (guint i = 0; i < self->layout.rows->len; i++)
    {
      const PhLogLine *line = ph_log_layout_get_row (self, i)->line;
      const char *field = line->text;

      if (line->kind != PH_LOG_LINE_ROW)
        continue;
      for (guint n = self->time != PH_TIME_NONE ? 4 : 3; n > 0 && field != NULL; n--)
        {
          field = strchr (field, '\t');
          field = field != NULL ? field + 1 : NULL;
        }
      if (field != NULL)
        longest = MAX (longest, g_utf8_strlen (field, strcspn (field, "\t")));
    }

  return MIN (longest, PEER_MAX);
}

/* The words for directions are longer in some languages. */
static double
direction_width (PhLogView *self)
{
  const PhLogStyle accents[] = { PH_LOG_STYLE_RECEIVED, PH_LOG_STYLE_SENT, PH_LOG_STYLE_ERROR, PH_LOG_STYLE_EVENT };
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), _("Direction"));
  int width, widest;

  pango_layout_set_font_description (layout, self->metrics.font);
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
  double width = self->metrics.char_width, x = 0;
  g_autoptr (GString) time = g_string_new (NULL);
  int *at = self->metrics.columns;

  at[0] = x = self->metrics.number_chars * width;
  at[1] = x += 2 * width;
  ph_format_time (time, 0, self->time_format);
  if (self->time != PH_TIME_NONE)
    x += (time->len + 2) * width;
  at[2] = x;
  at[3] = x += direction_width (self) + 2 * width;
  at[4] = x += (self->metrics.peer_chars + 8) * width;
  at[5] = x + 2 * width;
}

static PangoTabArray *
make_tabs (PhLogView *self)
{
  PangoTabArray *tabs = pango_tab_array_new (PH_LOG_N_COLUMNS - (self->time != PH_TIME_NONE ? 0 : 1), TRUE);

  pango_tab_array_set_tab (tabs, 0, PANGO_TAB_RIGHT, self->metrics.columns[0]);
  for (guint i = self->time != PH_TIME_NONE ? 1 : 2, n = 1; i < PH_LOG_N_COLUMNS; i++, n++)
    pango_tab_array_set_tab (tabs, n, i == 4 ? PANGO_TAB_RIGHT : PANGO_TAB_LEFT, self->metrics.columns[i]);

  return tabs;
}

/**
 * ph_log_metrics_fit_columns:
 * @self: the view, in Table mode, its rows just made
 *
 * Makes the columns wide enough for the rows on screen. Columns grow and never shrink, so that they stand still while
 * records arrive.
 */
void
ph_log_metrics_fit_columns (PhLogView *self)
{
  guint number = MAX (5, longest_number (self));
  guint peer = MAX (PEER_MIN, longest_peer (self));

  if (self->metrics.tabs != NULL && number == self->metrics.number_chars && peer == self->metrics.peer_chars)
    return;
  self->metrics.number_chars = number;
  self->metrics.peer_chars = peer;
  place_columns (self);
  g_clear_pointer (&self->metrics.tabs, pango_tab_array_free);
  self->metrics.tabs = make_tabs (self);
  g_clear_object (&self->metrics.head);
  ph_log_text_forget (self);
}

/**
 * ph_log_metrics_get_head:
 *
 * Returns: (transfer none) (nullable): the header row of the table; %NULL until the columns are known
 */
PangoLayout *
ph_log_metrics_get_head (PhLogView *self)
{
  g_autoptr (GString) text = NULL;

  if (self->metrics.tabs == NULL || self->metrics.head != NULL)
    return self->metrics.head;
  text = g_string_new (NULL);
  g_string_append_printf (text, "\t%s\t", _("No."));
  if (self->time != PH_TIME_NONE)
    g_string_append_printf (text, "%s\t", _("Time"));
  g_string_append_printf (text, "%s\t%s\t%s\t%s", _("Direction"), _("Peer"), _("Length"), _("Data"));
  self->metrics.head = gtk_widget_create_pango_layout (GTK_WIDGET (self), text->str);
  pango_layout_set_font_description (self->metrics.head, self->metrics.font);
  pango_layout_set_tabs (self->metrics.head, self->metrics.tabs);

  return self->metrics.head;
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
  g_clear_pointer (&self->metrics.tabs, pango_tab_array_free);
  g_clear_object (&self->metrics.head);
}
