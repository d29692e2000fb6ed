/* fuzz-commands.c: any file of JSON is quick commands that come back as they were, or an error with its line
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "fuzz.h"

#include "commands-again.h"

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PhCommands) commands = ph_commands_read_json ((const char *) data, size, FALSE, &error);

  g_assert_true ((commands == NULL) == (error != NULL));
  if (commands != NULL)
    {
      assert_come_back (commands);
      return 0;
    }
  assert_safe (error->message);
  g_assert_nonnull (strstr (error->message, "line "));
  g_assert_null (strstr (error->message, "line 0"));
  import_any ("commands", data, size);
  return 0;
}
