/* ph-log-float.h: floats over the log: the button to the newest record, and short messages
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-log-view.h"

G_BEGIN_DECLS

/**
 * PhLogFloat: children of the view, which are borrowed.
 * @label: of @newest
 * @left: the end of the records when the newest one was on screen last
 * @came: records shown behind it
 * @n_new: the same, as the label says
 * @updated: when that was, in µs of monotonic time
 * @later: the source of the next update, or 0
 * @told: the source that removes the message, or 0
 */
typedef struct
{
  GtkWidget *newest, *notice;
  GtkLabel *label;
  guint64 left, came, n_new;
  gint64 updated;
  guint later, told;
} PhLogFloat;

void ph_log_float_init (PhLogView *self);
void ph_log_float_dispose (PhLogView *self);
void ph_log_float_count (PhLogView *self);
void ph_log_float_update (PhLogView *self);
void ph_log_float_allocate (PhLogView *self);
void ph_log_float_snapshot (PhLogView *self, GtkSnapshot *snapshot);

G_END_DECLS
