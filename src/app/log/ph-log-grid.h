/* ph-log-grid.h: the columns of Compact: time, mark, peer, length, payload
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-log-line.h"
#include "ph-log-view.h"

G_BEGIN_DECLS

/**
 * PhLogGrid: columns that grow with what is on screen and never shrink, so that they stand still while records arrive.
 * @time, @peer, @length: characters that fit into these columns
 * @mark: pixels of the widest mark; 0 until it is measured
 * @mark_x, @peer_x, @length_x, @text_x: where the columns begin, and where that of the length ends, in pixels
 * @tabs: (nullable): the columns as tab stops; %NULL until they are placed
 * @cells: (element-type utf8 PangoLayout): fields that were drawn. Most of them are in many rows
 */
typedef struct
{
  guint time, peer, length;
  double mark, mark_x, peer_x, length_x, text_x;
  PangoTabArray *tabs;
  GHashTable *cells;
} PhLogGrid;

void ph_log_grid_init (PhLogView *self);
void ph_log_grid_finalize (PhLogView *self);
void ph_log_grid_measure (PhLogView *self);
void ph_log_grid_place (PhLogView *self);
gboolean ph_log_grid_fit (PhLogView *self);
double ph_log_grid_most (PhLogView *self);
void ph_log_grid_draw_cell (PhLogView *self, GtkSnapshot *snapshot, const char *text, gsize length, double x, double y, PhLogStyle style);
void ph_log_grid_draw_fields (PhLogView *self, GtkSnapshot *snapshot, const PhLogLine *line, double x, double y);

G_END_DECLS
