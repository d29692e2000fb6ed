/* ph-commands-bar.h: below the quick commands: runs those that are marked, and tells how far that is
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "ph-commands-shown.h"
#include "ph-session.h"

G_BEGIN_DECLS

#define PH_TYPE_COMMANDS_BAR (ph_commands_bar_get_type ())
G_DECLARE_FINAL_TYPE (PhCommandsBar, ph_commands_bar, PH, COMMANDS_BAR, GtkBox)

void ph_commands_bar_follow (PhCommandsBar *bar, PhCommandsShown *shown, PhSession *session);

G_END_DECLS
