/* ph-commands-order.h: moves quick commands within their list and between groups, and groups among each other
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-commands.h"

G_BEGIN_DECLS

guint ph_commands_order_find (PhCommands *commands, PhQuickCommand *item);
void ph_commands_order_step (PhCommands *commands, PhQuickCommand *item, int by);
void ph_commands_order_drop (PhCommands *commands, PhQuickCommand *item, PhQuickCommand *at, gboolean behind);
void ph_commands_order_join (PhCommands *commands, PhQuickCommand *item, PhQuickCommand *heading);

G_END_DECLS
