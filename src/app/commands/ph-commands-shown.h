/* ph-commands-shown.h: the rows of quick commands that are shown: what is searched, without the groups that are folded
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-commands.h"

G_BEGIN_DECLS

/*
 * A GListModel of PhQuickCommand. While something is searched, folded groups show what is found in them.
 * Signal: "counted": one of the counts below, or whether a group is folded, is not as it was
 */
#define PH_TYPE_COMMANDS_SHOWN (ph_commands_shown_get_type ())
G_DECLARE_FINAL_TYPE (PhCommandsShown, ph_commands_shown, PH, COMMANDS_SHOWN, GObject)

PhCommandsShown *ph_commands_shown_new (PhCommands *commands);
void ph_commands_shown_search (PhCommandsShown *shown, const char *text);
gboolean ph_commands_shown_is_searching (PhCommandsShown *shown);
guint ph_commands_shown_get_size (PhCommandsShown *shown, PhQuickCommand *heading);
guint ph_commands_shown_get_marked (PhCommandsShown *shown);
guint ph_commands_shown_find (PhCommandsShown *shown, PhQuickCommand *command);

G_END_DECLS
