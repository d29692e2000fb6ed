/* commands-again.h: what must hold for quick commands that any input became, and for the words where it became none
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <string.h>

#include "ph-commands-import.h"
#include "ph-commands-json.h"
#include "ph-hex.h"

#include "../shown.h"

static inline void
assert_safe (const char *words)
{
  g_assert_true (g_utf8_validate (words, -1, NULL));
  g_assert_true (shown_is_safe (words, strlen (words), ""));
}

/* Written and read again they are the same. */
static inline void
assert_come_back (PhCommands *commands)
{
  g_autofree char *json = ph_commands_write_json (commands), *json_again = NULL;
  g_autoptr (PhCommands) again = ph_commands_read_json (json, strlen (json), FALSE, NULL);

  g_assert_nonnull (again);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (again)), ==, g_list_model_get_n_items (G_LIST_MODEL (commands)));
  json_again = ph_commands_write_json (again);
  g_assert_cmpstr (json_again, ==, json);
}

/* All are foreign; and what is hex is hex, but for questions in it. */
static inline void
assert_imported (PhCommands *commands)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (commands)); i++)
    {
      PhQuickCommand *command = ph_commands_get (commands, i);
      const PhPayloadFormat *format = ph_quick_command_get_format (command);
      g_autoptr (GBytes) bytes = NULL;

      g_assert_true (ph_quick_command_is_foreign (command));
      if (!format->hex || format->variables || ph_quick_command_is_heading (command))
        continue;
      bytes = ph_hex_parse (ph_quick_command_get_text (command), NULL, NULL);
      g_assert_nonnull (bytes);
    }
}

static inline void
import_any (const char *name, const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GPtrArray) notes = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (PhCommands) commands = ph_commands_import (name, bytes, &notes, &error);

  g_assert_true ((commands == NULL) == (error != NULL));
  g_assert_true ((commands == NULL) == (notes == NULL));
  if (commands == NULL)
    {
      assert_safe (error->message);
      return;
    }
  for (guint i = 0; i < notes->len; i++)
    assert_safe (g_ptr_array_index (notes, i));
  assert_imported (commands);
  assert_come_back (commands);
}
