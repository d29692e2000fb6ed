/* ph-log-input.h: handles pointer, keys and actions of the log
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-log-select.h"

G_BEGIN_DECLS

/**
 * PhLogInput: a drag that selects.
 * @drag_unit: what the drag selects; NONE while there is no drag
 * @drag_start, @drag_end: the unit in which the drag began
 * @drag_x, @drag_y: where the pointer was last, in pixels of the view
 * @drag_tick: scrolls while the pointer is beyond an edge; or 0
 * @link: the pointer is over a line that can be clicked
 */
typedef struct
{
  PhLogUnit drag_unit;
  PhLogPos drag_start, drag_end;
  double drag_x, drag_y;
  gint64 drag_time;
  guint drag_tick;
  gboolean link;
} PhLogInput;

void ph_log_input_class_init (GtkWidgetClass *widget_class);
void ph_log_input_init (PhLogView *self);
void ph_log_input_stop (PhLogView *self);
gboolean ph_log_input_click (PhLogView *self, double x, double y);

G_END_DECLS
