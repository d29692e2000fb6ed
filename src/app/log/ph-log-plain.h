/* ph-log-plain.h: draws lines of printable ASCII in a monospaced font, letter by letter
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-log-line.h"
#include "ph-log-view.h"

G_BEGIN_DECLS

#define PH_LOG_PLAIN_GLYPHS ('~' - ' ' + 1)

/**
 * PhLogPlain: the letters of the font.
 * @measured: whether the rest is valid
 * @font: (nullable): %NULL if the letters are not all of one width, or not all in one font
 * @width: of each letter, in Pango units
 * @baseline: below the top of a row, in pixels
 * @text: scratch
 */
typedef struct
{
  gboolean measured;
  PangoFont *font;
  PangoGlyph glyphs[PH_LOG_PLAIN_GLYPHS];
  int width;
  float baseline;
  PangoGlyphString *text;
} PhLogPlain;

void ph_log_plain_finalize (PhLogView *self);
void ph_log_plain_forget (PhLogView *self);
gboolean ph_log_plain_has (PhLogView *self, const PhLogLine *line);
double ph_log_plain_x (PhLogView *self, guint32 index);
void ph_log_plain_draw (PhLogView *self, GtkSnapshot *snapshot, const PhLogLine *line, const GdkRGBA *color);
gboolean ph_log_plain_draw_row (PhLogView *self, GtkSnapshot *snapshot, const PhLogLine *line);

G_END_DECLS
