/* ph-log-metrics.h: the font of the log, and the sizes that follow from it: characters, rows, columns of the table
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-log-view.h"

G_BEGIN_DECLS

#define PH_LOG_MARGIN 12 /* pixels left and right of the text */
#define PH_LOG_MARGIN_BOTTOM 10
#define PH_LOG_N_COLUMNS 6

/**
 * PhLogMetrics: sizes in pixels.
 * @unmeasured: the font was not loaded yet, because there is nothing to show; the sizes are guesses
 * @dot_spacing: in Pango units: added to the dot that stands for a byte without a character, so that it is as wide as a
 *   letter
 * @head_height: of the table's header row; 0 in the other modes
 * @columns: where the columns of the table begin; columns for right-aligned numbers, where they end
 * @number_chars, @peer_chars: characters that fit into these columns
 * @tabs: (nullable): @columns as tab stops; %NULL until the table is laid out
 * @head: (nullable): the header row of the table, laid out
 */
typedef struct
{
  gboolean unmeasured;
  PangoFontDescription *font;
  double char_width, row_height;
  int dot_spacing;
  double head_height;
  int columns[PH_LOG_N_COLUMNS];
  guint number_chars, peer_chars;
  PangoTabArray *tabs;
  PangoLayout *head;
} PhLogMetrics;

void ph_log_metrics_init (PhLogView *self);
void ph_log_metrics_finalize (PhLogView *self);
void ph_log_metrics_measure (PhLogView *self);
void ph_log_metrics_fit_columns (PhLogView *self);
PangoLayout *ph_log_metrics_get_head (PhLogView *self);
PangoAttribute *ph_log_metrics_plain_new (void);

G_END_DECLS
