/* ph-commands.h: the quick commands: a flat list in which headings begin groups
 *
 * What follows a heading belongs to it; what stands before the first heading belongs to no group. Whoever has the only reference may
 * use it on any thread; then main thread only.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-quick-command.h"

G_BEGIN_DECLS

#define PH_COMMANDS_MAX 100000u                        /* items, with headings */
#define PH_COMMANDS_FILE_MAX (64u * 1024u * 1024u)     /* bytes of a file with commands */

/*
 * A GListModel of PhQuickCommand. Signal: "changed": the list, or a property of an item that is in it, is not as it was. An item is
 * in one list at most, and once.
 */
#define PH_TYPE_COMMANDS (ph_commands_get_type ())
G_DECLARE_FINAL_TYPE (PhCommands, ph_commands, PH, COMMANDS, GObject)

PhCommands *ph_commands_new (void);
PhCommands *ph_commands_new_for_items (GPtrArray *items);
PhQuickCommand *ph_commands_get (PhCommands *commands, guint position);
gboolean ph_commands_append (PhCommands *commands, PhQuickCommand *command, GError **error);
gboolean ph_commands_insert (PhCommands *commands, guint position, PhQuickCommand *command, GError **error);
gboolean ph_commands_take_all (PhCommands *commands, guint position, PhCommands *other, GError **error);
void ph_commands_remove (PhCommands *commands, guint position);
void ph_commands_move (PhCommands *commands, guint from, guint to);

PhQuickCommand *ph_commands_find_name (PhCommands *commands, const char *name, GError **error);
PhQuickCommand *ph_commands_find_key (PhCommands *commands, guint key);
PhQuickCommand *ph_commands_get_group (PhCommands *commands, guint position);

G_END_DECLS
