/* ph-commands-import.h: quick commands from files of Porthole and of other programs
 *
 * Any thread.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-commands.h"

G_BEGIN_DECLS

#define PH_IMPORT_NOTES_MAX 50u /* of one import; how many more there are is told */

PhCommands *ph_commands_import (const char *file_name, GBytes *bytes, GPtrArray **ret_notes, GError **error);

G_END_DECLS
