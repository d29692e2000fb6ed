/* ph-history-store.c: reads a history when it is first needed, and writes it with every text that is new
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-history-store.h"

#include "ph-settings.h"

#include <string.h>

#define TEXTS 50u                  /* that are kept */
#define KEPT_TEXT_MAX (4u * 1024u) /* bytes: longer ones last until the program ends, so that the settings stay small */

/**
 * ph_history_store_get:
 * @key: of the settings: %PH_HISTORY_SENT or %PH_HISTORY_SEARCHED
 *
 * Main thread.
 *
 * Returns: (transfer none): the history
 */
PhHistory *
ph_history_store_get (const char *key)
{
  static GHashTable *histories;
  PhHistory *history;

  if (histories == NULL)
    histories = g_hash_table_new (g_str_hash, g_str_equal);
  history = g_hash_table_lookup (histories, key);
  if (history == NULL)
    {
      g_auto (GStrv) texts = g_settings_get_strv (ph_settings_get (), key);

      history = ph_history_new (TEXTS);
      ph_history_set_texts (history, (const char *const *) texts);
      g_hash_table_insert (histories, (gpointer) key, history);
    }

  return history;
}

/**
 * ph_history_store_add:
 * @key: of the settings
 * @text: what was sent, or searched for
 *
 * Main thread.
 */
void
ph_history_store_add (const char *key, const char *text)
{
  PhHistory *history = ph_history_store_get (key);
  g_autoptr (GPtrArray) kept = g_ptr_array_new ();
  g_auto (GStrv) texts = NULL;

  if (g_strcmp0 (ph_history_get_text (history, 0), text) == 0)
    return;
  ph_history_add (history, text);
  texts = ph_history_dup_texts (history);
  for (char **at = texts; *at != NULL; at++)
    if (strlen (*at) <= KEPT_TEXT_MAX)
      g_ptr_array_add (kept, *at);
  g_ptr_array_add (kept, NULL);
  g_settings_set_strv (ph_settings_get (), key, (const char *const *) kept->pdata);
}
