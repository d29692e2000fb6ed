/* ph-commands-here.h: the user's quick commands, which all windows and tabs share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-commands-store.h"

G_BEGIN_DECLS

PhCommandsStore *ph_commands_here (void);
void ph_commands_here_end (void);

G_END_DECLS
