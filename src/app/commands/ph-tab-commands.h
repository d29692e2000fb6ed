/* ph-tab-commands.h: what a tab does with quick commands: the actions that send them, run them and put them into the send box
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-session-page.h"

G_BEGIN_DECLS

typedef struct _PhTabCommands PhTabCommands;

PhTabCommands *ph_tab_commands_new (PhSessionPage *page);
void ph_tab_commands_free (PhTabCommands *tab);

G_END_DECLS
