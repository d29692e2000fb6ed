/* ph-commands-list.h: the list of quick commands: one is selected, keys and the pointer act on it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "ph-commands-shown.h"

G_BEGIN_DECLS

/* What is done is an action “commands.” of a widget around it. */
#define PH_TYPE_COMMANDS_LIST (ph_commands_list_get_type ())
G_DECLARE_FINAL_TYPE (PhCommandsList, ph_commands_list, PH, COMMANDS_LIST, GtkBox)

void ph_commands_list_set_commands (PhCommandsList *list, PhCommands *commands, PhCommandsShown *shown);
PhQuickCommand *ph_commands_list_get_selected (PhCommandsList *list);
void ph_commands_list_select (PhCommandsList *list, PhQuickCommand *command);
void ph_commands_list_focus (PhCommandsList *list);

G_END_DECLS
