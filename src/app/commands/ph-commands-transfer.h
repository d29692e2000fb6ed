/* ph-commands-transfer.h: reads quick commands from a file that was chosen or dropped, and writes them to one
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-commands.h"

G_BEGIN_DECLS

/**
 * PhCommandsToldFunc:
 * @words: what was done, or why not
 * @notes: (nullable) (element-type utf8): what could not be taken over
 *
 * Called on the main thread at the end, unless @owner is gone by then.
 */
typedef void (*PhCommandsToldFunc) (gpointer owner, const char *words, GPtrArray *notes, gboolean failed);

void ph_commands_transfer_import (PhCommands *into, GFile *file, PhCommandsToldFunc told, gpointer owner);
void ph_commands_transfer_export (PhCommands *commands, GFile *file, PhCommandsToldFunc told, gpointer owner);

G_END_DECLS
