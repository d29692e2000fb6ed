/* ph-log-head.h: the header of the table: what the pointer does in it, and its menu
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-log-columns.h"

G_BEGIN_DECLS

typedef enum
{
  PH_LOG_HEAD_IDLE,
  PH_LOG_HEAD_RESIZES,
  PH_LOG_HEAD_MOVES,
} PhLogHeadDrag;

/**
 * PhLogHead: a drag in the header of the table.
 * @column: which is dragged
 * @width: it had when the drag began
 * @target: whose place it takes when it is let go
 */
typedef struct
{
  PhLogHeadDrag drag;
  PhLogColumn column, target;
  int width;
  GSimpleActionGroup *actions;
} PhLogHead;

void ph_log_head_init (PhLogView *self);
void ph_log_head_dispose (PhLogView *self);
void ph_log_head_draw (PhLogView *self, GtkSnapshot *snapshot, double scrolled);
GMenuModel *ph_log_head_make_menu (void);

G_END_DECLS
