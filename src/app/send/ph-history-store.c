/* ph-history-store.c: reads a history from the settings when it is first needed, and writes it when something is added
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-history-store.h"

#include "ph-settings.h"

#define ITEMS 50u                  /* that are kept */
#define KEPT_TEXT_MAX (4u * 1024u) /* bytes: a longer text lasts until the program ends, as settings should stay small */

/* Older versions kept messages here, and still older ones their texts. */
#define OLD_MESSAGES "sent-messages"
#define OLD_TEXTS "send-history"

static void
save_messages (PhHistory *history)
{
  g_settings_set_value (ph_settings_get (), PH_HISTORY_SENT, ph_history_dup_messages (history, KEPT_TEXT_MAX));
}

static void
load_texts (PhHistory *history, const char *key)
{
  g_auto (GStrv) texts = g_settings_get_strv (ph_settings_get (), key);

  ph_history_set_texts (history, (const char *const *) texts);
}

/* What an older version kept: for each message its text, whether it is hex, its encoding, whether it has escapes, its line ending. */
static void
load_old_messages (PhHistory *history)
{
  g_autoptr (GVariant) messages = g_settings_get_value (ph_settings_get (), OLD_MESSAGES);

  for (gsize i = g_variant_n_children (messages); i > 0; i--)
    {
      PhPayloadFormat format = { 0 };
      const char *text, *ending;
      g_autoptr (GVariant) message = g_variant_get_child_value (messages, i - 1);

      g_variant_get (message, "(&sb&sb&s)", &text, &format.hex, &format.charset, &format.escapes, &ending);
      if (!ph_line_ending_parse (ending, &format.line_ending))
        format.line_ending = PH_LINE_ENDING_NONE;
      ph_history_add (history, text, &format);
    }
}

/* What an older version kept moves to the new key, so that a reset of one key forgets all messages. */
static void
load_messages (PhHistory *history)
{
  g_autoptr (GVariant) messages = g_settings_get_value (ph_settings_get (), PH_HISTORY_SENT);

  if (g_variant_n_children (messages) > 0)
    {
      ph_history_set_messages (history, messages);
      return;
    }
  load_texts (history, OLD_TEXTS);
  load_old_messages (history);
  if (g_list_model_get_n_items (G_LIST_MODEL (history)) == 0)
    return;
  save_messages (history);
  g_settings_reset (ph_settings_get (), OLD_TEXTS);
  g_settings_reset (ph_settings_get (), OLD_MESSAGES);
}

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
      history = ph_history_new (ITEMS);
      if (g_str_equal (key, PH_HISTORY_SENT))
        load_messages (history);
      else
        load_texts (history, key);
      g_hash_table_insert (histories, (gpointer) key, history);
    }

  return history;
}

/**
 * ph_history_store_add_text:
 * @text: what was searched for
 *
 * Main thread.
 */
void
ph_history_store_add_text (const char *text)
{
  PhHistory *history = ph_history_store_get (PH_HISTORY_SEARCHED);
  PhHistoryItem *newest = ph_history_get (history, 0);
  g_auto (GStrv) texts = NULL;

  ph_history_add (history, text, NULL);
  if (ph_history_get (history, 0) == newest)
    return;
  texts = ph_history_dup_texts (history, KEPT_TEXT_MAX);
  g_settings_set_strv (ph_settings_get (), PH_HISTORY_SEARCHED, (const char *const *) texts);
}

/**
 * ph_history_store_add_message:
 * @message: what was sent
 *
 * Main thread.
 */
void
ph_history_store_add_message (PhMessage *message)
{
  PhHistory *history = ph_history_store_get (PH_HISTORY_SENT);
  PhHistoryItem *newest = ph_history_get (history, 0);
  const PhPayloadFormat format = ph_send_options_get_format (ph_message_get_options (message));

  ph_history_add_to (history, ph_message_get_text (message), &format,
                     ph_message_target_get_typed (ph_message_get_target (message)));
  if (ph_history_get (history, 0) == newest)
    return;
  save_messages (history);
}
