/* ph-command-menu.h: the context menu of a quick command, and of the heading of a group
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-commands.h"

G_BEGIN_DECLS

GMenuModel *ph_command_menu_new (PhCommands *commands, PhQuickCommand *item);

G_END_DECLS
