/* ph-log-metrics.h: the font of the log, and the sizes that follow from it: characters, rows
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-log-view.h"

G_BEGIN_DECLS

#define PH_LOG_MARGIN 12 /* pixels left and right of the text */
#define PH_LOG_MARGIN_BOTTOM 6

/**
 * PhLogMetrics: sizes in pixels.
 * @unmeasured: the font was not loaded yet, because there is nothing to show; the sizes are guesses
 * @dot_spacing: in Pango units: added to the dot that stands for a byte without a character, so that it is as wide as a
 *   letter
 * @head_height: of the table's header row; 0 in the other modes
 */
typedef struct
{
  gboolean unmeasured;
  PangoFontDescription *font;
  double char_width, row_height;
  int dot_spacing;
  double head_height;
} PhLogMetrics;

void ph_log_metrics_init (PhLogView *self);
void ph_log_metrics_finalize (PhLogView *self);
void ph_log_metrics_measure (PhLogView *self);
PangoAttribute *ph_log_metrics_plain_new (void);

G_END_DECLS
