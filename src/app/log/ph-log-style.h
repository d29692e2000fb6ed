/* ph-log-style.h: the colours of the log, as the style sheet has them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-log-line.h"
#include "ph-log-view.h"

G_BEGIN_DECLS

/**
 * PhLogColours: widgets that are never shown. Each is a CSS node with a colour.
 * @hues: borrowed; %NULL for those that no rule has
 * @font, @colors: those of the last ph_log_style_changed()
 */
typedef struct
{
  GtkWidget *widgets[PH_LOG_N_STYLES];
  GtkWidget *selection;
  GtkWidget *hues[PH_N_HUES];
  PangoFontDescription *font;
  GdkRGBA colors[PH_LOG_N_STYLES];
} PhLogColours;

void ph_log_style_init (PhLogView *self);
void ph_log_style_dispose (PhLogView *self);
gboolean ph_log_style_changed (PhLogView *self);
void ph_log_style_get_color (PhLogView *self, PhLogStyle style, GdkRGBA *ret_color);
void ph_log_style_get_selection_color (PhLogView *self, GdkRGBA *ret_color);
void ph_log_style_need_hue (PhLogView *self, PhHue hue);
void ph_log_style_get_hue (PhLogView *self, PhHue hue, GdkRGBA *ret_color);

G_END_DECLS
