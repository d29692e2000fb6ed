/* ph-commands-store.h: keeps quick commands in a file: reads it, and writes it when something changes
 *
 * Another thread reads and writes. A file that cannot be read is kept aside under another name, and never overwritten. Main thread.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-commands.h"

G_BEGIN_DECLS

/*
 * Signals:
 *   "loaded": the file was read, or there is none, or it cannot be read
 *   "failed" (GError): the file could not be read or written; the message says what became of it
 */
#define PH_TYPE_COMMANDS_STORE (ph_commands_store_get_type ())
G_DECLARE_FINAL_TYPE (PhCommandsStore, ph_commands_store, PH, COMMANDS_STORE, GObject)

PhCommandsStore *ph_commands_store_new (const char *path);
void ph_commands_store_load (PhCommandsStore *store);
PhCommands *ph_commands_store_get_commands (PhCommandsStore *store);
gboolean ph_commands_store_is_loaded (PhCommandsStore *store);
void ph_commands_store_flush (PhCommandsStore *store);

PhCommands *ph_commands_store_read (const char *path, GError **error);

G_END_DECLS
