/* ph-log-layout.h: computes which lines are on screen, and where
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-log-line.h"
#include "ph-log-pos.h"
#include "ph-log-view.h"

G_BEGIN_DECLS

/** PhLogRow: a line on screen. @y and @height include the gap above the text. The text begins @pad below @y. */
typedef struct
{
  PhLogLine *line;
  double y, height, pad;
} PhLogRow;

/**
 * PhLogLayout: the lines on screen.
 * @rows: (element-type PhLogRow): from top to bottom; valid unless @dirty
 * @at_start, @at_end: there is nothing above the first or below the last row
 * @ticks: the view is updated when the next frame begins
 * @content_width: of the widest line so far that does not wrap, in pixels
 */
typedef struct
{
  GArray *rows;
  gboolean dirty, at_start, at_end, ticks;
  double content_width;
} PhLogLayout;

void ph_log_layout_init (PhLogView *self);
void ph_log_layout_finalize (PhLogView *self);
void ph_log_layout_measure (PhLogView *self);
void ph_log_layout_clear (PhLogView *self);
void ph_log_layout_touch (PhLogView *self);
void ph_log_layout_invalidate (PhLogView *self);
void ph_log_layout_renew (PhLogView *self);
void ph_log_layout_ensure (PhLogView *self);
double ph_log_layout_page (PhLogView *self);
const PhLogRow *ph_log_layout_get_row (PhLogView *self, guint n);
const PhLogRow *ph_log_layout_find (PhLogView *self, const PhLogPos *pos);
double ph_log_layout_line_height (PhLogView *self, const PhLogPos *pos);

G_END_DECLS
