/* ph-command-row.h: a row of the list of quick commands: a command, or the heading of a group
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "ph-commands-shown.h"

G_BEGIN_DECLS

/*
 * Signals, of what the row shows:
 *   "send" (), "recall" (): one of its buttons was pressed: to send, or to put it into the send box
 *   "menu" (double x, double y): it was clicked on for its menu, at this place of the row
 *   "dropped" (PhQuickCommand, gboolean behind): was let go over it
 */
#define PH_TYPE_COMMAND_ROW (ph_command_row_get_type ())
G_DECLARE_FINAL_TYPE (PhCommandRow, ph_command_row, PH, COMMAND_ROW, GtkBox)

GtkWidget *ph_command_row_new (PhCommandsShown *shown);
void ph_command_row_bind (PhCommandRow *row, GtkListItem *item);
void ph_command_row_unbind (PhCommandRow *row);
PhQuickCommand *ph_command_row_get_command (PhCommandRow *row);

G_END_DECLS
