/* ph-log-style.c: the colours of the log, as the style sheet has them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-log-style.h"

#include "ph-compat.h"
#include "ph-log-private.h"

void
ph_log_style_get_color (PhLogView *self, PhLogStyle style, GdkRGBA *ret_color)
{
  ph_compat_get_color (self->style.widgets[style], ret_color);
}

void
ph_log_style_get_selection_color (PhLogView *self, GdkRGBA *ret_color)
{
  ph_compat_get_color (self->style.selection, ret_color);
}

/* An invisible node of the style sheet, for its colour. */
static GtkWidget *
add_style (PhLogView *self, const char *name)
{
  GtkWidget *widget = g_object_new (GTK_TYPE_SEPARATOR, "css-name", name, "visible", FALSE, "accessible-role",
                                    GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  gtk_widget_set_parent (widget, GTK_WIDGET (self));

  return widget;
}

void
ph_log_style_init (PhLogView *self)
{
  static const char *const names[PH_LOG_N_STYLES] = {
    [PH_LOG_STYLE_PLAIN] = "plain", [PH_LOG_STYLE_DIM] = "dim",     [PH_LOG_STYLE_FAINT] = "faint",
    [PH_LOG_STYLE_RECEIVED] = "received", [PH_LOG_STYLE_SENT] = "sent", [PH_LOG_STYLE_EVENT] = "event",
    [PH_LOG_STYLE_ERROR] = "error", [PH_LOG_STYLE_MARK] = "mark",   [PH_LOG_STYLE_BAD] = "bad",
    [PH_LOG_STYLE_FOUND] = "found", [PH_LOG_STYLE_BASE] = "base",
  };

  for (guint i = 0; i < PH_LOG_N_STYLES; i++)
    self->style.widgets[i] = add_style (self, names[i]);
  self->style.selection = add_style (self, "selection");
}

void
ph_log_style_get_hue (PhLogView *self, PhHue hue, GdkRGBA *ret_color)
{
  ph_compat_get_color (self->style.hues[hue], ret_color);
}

/* Made when a rule has the colour: most rules have few colours, and each node costs time at the start. */
void
ph_log_style_need_hue (PhLogView *self, PhHue hue)
{
  g_autofree char *name = g_strconcat ("hue-", ph_hue_id (hue), NULL);

  if (self->style.hues[hue] == NULL)
    self->style.hues[hue] = add_style (self, name);
}

void
ph_log_style_dispose (PhLogView *self)
{
  for (guint i = 0; i < PH_N_HUES; i++)
    g_clear_pointer (&self->style.hues[i], gtk_widget_unparent);
  g_clear_pointer (&self->style.selection, gtk_widget_unparent);
  for (guint i = 0; i < PH_LOG_N_STYLES; i++)
    g_clear_pointer (&self->style.widgets[i], gtk_widget_unparent);
  g_clear_pointer (&self->style.font, pango_font_description_free);
}

/* Whether the font or a colour has changed since the last call. */
gboolean
ph_log_style_changed (PhLogView *self)
{
  const PangoFontDescription *font =
    pango_context_get_font_description (gtk_widget_get_pango_context (GTK_WIDGET (self)));
  gboolean changed = self->style.font == NULL || !pango_font_description_equal (self->style.font, font);

  for (guint i = 0; i < PH_LOG_N_STYLES; i++)
    {
      GdkRGBA color;

      ph_log_style_get_color (self, i, &color);
      changed = changed || !gdk_rgba_equal (&color, &self->style.colors[i]);
      self->style.colors[i] = color;
    }
  if (changed)
    {
      g_clear_pointer (&self->style.font, pango_font_description_free);
      self->style.font = pango_font_description_copy (font);
    }
  return changed;
}
