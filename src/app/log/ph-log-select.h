/* ph-log-select.h: the cursor and the selection, across lines and records
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-log-pos.h"
#include "ph-log-view.h"

G_BEGIN_DECLS

/**
 * PhLogSelection: the cursor and the other end of the selection. Nothing is selected where both are at the same place.
 * @goal_x: pixels from the left edge at which the keys up and down aim; negative if unset
 */
typedef struct
{
  gboolean has_cursor;
  PhLogPos cursor, anchor;
  double goal_x;
} PhLogSelection;

/** PhLogUnit: what one drag selects at least: after one, two or three clicks. */
typedef enum
{
  PH_LOG_UNIT_NONE,
  PH_LOG_UNIT_CHARACTER,
  PH_LOG_UNIT_WORD,
  PH_LOG_UNIT_LINE,
} PhLogUnit;

void ph_log_select_init (PhLogView *self);
gboolean ph_log_select_get (PhLogView *self, PhLogPos *ret_start, PhLogPos *ret_end);
void ph_log_select_place (PhLogView *self, const PhLogPos *pos, gboolean extend);
void ph_log_select_range (PhLogView *self, const PhLogPos *anchor, const PhLogPos *cursor);
void ph_log_select_move_ends (PhLogView *self, const PhLogPos *anchor, const PhLogPos *cursor);
void ph_log_select_none (PhLogView *self);
void ph_log_select_all (PhLogView *self);
void ph_log_select_clamp (PhLogView *self);
void ph_log_select_forget_goal (PhLogView *self);
gboolean ph_log_select_move (PhLogView *self, GtkMovementStep step, int count, gboolean extend);
gboolean ph_log_select_pick (PhLogView *self, double x, double y, PhLogPos *ret_pos);
void ph_log_select_unit_at (PhLogView *self, const PhLogPos *pos, PhLogUnit unit, PhLogPos *ret_start, PhLogPos *ret_end);

G_END_DECLS
