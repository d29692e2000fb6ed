/* ph-log-float.h: floats over the log: the button to the newest record, and short messages
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-log-view.h"

G_BEGIN_DECLS

/** PhLogFloat: borrowed: children of the view. */
typedef struct
{
  GtkWidget *newest;
  GtkWidget *notice;
} PhLogFloat;

void ph_log_float_init (PhLogView *self);
void ph_log_float_dispose (PhLogView *self);
void ph_log_float_update (PhLogView *self);
void ph_log_float_allocate (PhLogView *self);
void ph_log_float_snapshot (PhLogView *self, GtkSnapshot *snapshot);

G_END_DECLS
