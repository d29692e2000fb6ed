/* ph-commands-here.c: the user's quick commands, which all windows and tabs share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-commands-here.h"

#include "ph-plat-paths.h"

#define FILE_NAME "commands.json"

static PhCommandsStore *store;

/**
 * ph_commands_here:
 *
 * Begins to read the file with the first call. Main thread.
 *
 * Returns: (transfer none): the store of the user's quick commands
 */
PhCommandsStore *
ph_commands_here (void)
{
  g_autofree char *folder = NULL, *path = NULL;

  if (store != NULL)
    return store;
  folder = ph_plat_dup_data_folder ();
  path = g_build_filename (folder, FILE_NAME, NULL);
  store = ph_commands_store_new (path);
  ph_commands_store_load (store);

  return store;
}

/**
 * ph_commands_here_end:
 *
 * Called when the program ends, after all windows are gone. Waits until what was changed is on disk.
 */
void
ph_commands_here_end (void)
{
  if (store != NULL)
    ph_commands_store_flush (store);
  g_clear_object (&store);
}
