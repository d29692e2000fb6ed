/* ph-log-menu.h: the context menu of the log: what can be done with the record under the pointer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-log-view.h"

G_BEGIN_DECLS

/**
 * PhLogMenu:
 * @popover: (nullable): borrowed: a child of the view
 */
typedef struct
{
  GtkWidget *popover;
} PhLogMenu;

void ph_log_menu_pop_up (PhLogView *self, guint64 entry, double x, double y);
void ph_log_menu_pop_up_head (PhLogView *self, double x, double y);
void ph_log_menu_allocate (PhLogView *self);
void ph_log_menu_dispose (PhLogView *self);

G_END_DECLS
