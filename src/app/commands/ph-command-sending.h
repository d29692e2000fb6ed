/* ph-command-sending.h: the fields that say where, by which key and when a quick command is sent
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "ph-commands.h"

G_BEGIN_DECLS

#define PH_TYPE_COMMAND_SENDING (ph_command_sending_get_type ())
G_DECLARE_FINAL_TYPE (PhCommandSending, ph_command_sending, PH, COMMAND_SENDING, GtkBox)

void ph_command_sending_set_commands (PhCommandSending *sending, PhCommands *commands);
void ph_command_sending_edit (PhCommandSending *sending, PhQuickCommand *command);

G_END_DECLS
