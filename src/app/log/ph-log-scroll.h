/* ph-log-scroll.h: where the log is scrolled to, and the wheel, the touchpad and the scroll bars
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-log-pos.h"
#include "ph-log-view.h"

G_BEGIN_DECLS

/**
 * PhLogScroll: where the log is scrolled to.
 * @horizontal, @vertical: owned. The value of @vertical is an estimate in pixels: the records above the upper edge, with a
 *   fraction, times @record_height. When it changes by a page or less, the change is taken as exact pixels; a larger one
 *   is taken as a proportion. The wheel and the touchpad do not go through it, so they are exact
 * @follow: the end stays in sight. Then @top and @offset are computed from the end
 * @top: the line at the upper edge
 * @offset: pixels of that line that lie above the edge. May point beyond the line until the rows are made again
 * @record_height: pixels of a record on average; 0 when unknown
 * @value: of @vertical, as last seen
 * @configuring: the adjustments are changed by ph_log_scroll_configure(), not by the user
 * @keep_value: the user has set the value of @vertical, so it is not computed anew
 * @went_down: the user scrolled down; when that reaches the end, following begins again
 * @left_tail: following ended because the user scrolled or selected, and not because he switched it off
 * @velocity_x, @velocity_y: pixels a second, while a swipe runs out
 */
typedef struct
{
  GtkAdjustment *horizontal, *vertical;
  guint horizontal_policy : 1;
  guint vertical_policy : 1;
  gboolean follow;
  PhLogPos top;
  double offset;
  double record_height;
  double value;
  gboolean configuring, keep_value, went_down, left_tail;
  double velocity_x, velocity_y;
  gint64 kinetic_time;
  guint kinetic_tick;
} PhLogScroll;

void ph_log_scroll_init (PhLogView *self);
void ph_log_scroll_dispose (PhLogView *self);
void ph_log_scroll_set_adjustment (PhLogView *self, GtkOrientation orientation, GtkAdjustment *adjustment);
void ph_log_scroll_set_policy (PhLogView *self, GtkOrientation orientation, GtkScrollablePolicy policy);
double ph_log_scroll_x (PhLogView *self);

void ph_log_scroll_reset (PhLogView *self);
void ph_log_scroll_set_follow (PhLogView *self, gboolean follow);
void ph_log_scroll_choose_follow (PhLogView *self, gboolean follow);
void ph_log_scroll_set_top (PhLogView *self, const PhLogPos *top, double offset);
void ph_log_scroll_forget_average (PhLogView *self);
void ph_log_scroll_measure (PhLogView *self);
void ph_log_scroll_configure (PhLogView *self);

void ph_log_scroll_by (PhLogView *self, double dx, double dy);
void ph_log_scroll_drag (PhLogView *self, double dy);
void ph_log_scroll_to (PhLogView *self, const PhLogPos *pos);
void ph_log_scroll_show (PhLogView *self, const PhLogPos *pos);
void ph_log_scroll_stop (PhLogView *self);

G_END_DECLS
