/* ph-command-form.h: the fields of a quick command, or of the heading of a group; what is typed is kept at once
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "ph-commands.h"

G_BEGIN_DECLS

#define PH_TYPE_COMMAND_FORM (ph_command_form_get_type ())
G_DECLARE_FINAL_TYPE (PhCommandForm, ph_command_form, PH, COMMAND_FORM, GtkBox)

void ph_command_form_set_commands (PhCommandForm *form, PhCommands *commands);
void ph_command_form_edit (PhCommandForm *form, PhQuickCommand *command);
PhQuickCommand *ph_command_form_get_command (PhCommandForm *form);
void ph_command_form_focus (PhCommandForm *form);

G_END_DECLS
