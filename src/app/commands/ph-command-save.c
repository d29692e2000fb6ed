/* ph-command-save.c: keeps a message as a quick command: the typed one, one of the history, or a record
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-command-save.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ph-commands-here.h"
#include "ph-history-store.h"
#include "ph-marks.h"
#include "ph-session-page-private.h"
#include "ph-window.h"

#define NAME_CHARS 32 /* of the text, to begin with */

static void
show_cb (gpointer data)
{
  gtk_widget_activate_action (data, "page.drawer-page", "s", "commands");
}

static void
tell (PhSessionPage *page, const char *words, const char *button)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (page));

  if (!PH_IS_WINDOW (root))
    return;
  if (button == NULL)
    ph_window_toast (PH_WINDOW (root), words, NULL, NULL, NULL, NULL);
  else
    ph_window_toast (PH_WINDOW (root), words, button, show_cb, g_object_ref (page), g_object_unref);
}

/* The first line of the text, as it can be shown. */
static char *
dup_name (const char *text)
{
  g_autofree char *line = g_strndup (text, strcspn (text, "\r\n"));
  g_autofree char *start = g_utf8_substring (line, 0, MIN (g_utf8_strlen (line, -1), NAME_CHARS));

  return ph_marks_dup (g_strstrip (start), -1, PH_MARKS_NAME_MAX);
}

/* Where a message would go now, if that is an address that can be typed. */
static char *
dup_target (PhSessionPage *page, const PhTransport *transport)
{
  PhPeer *peer = ph_message_target_get_peer (page->target);

  if (ph_transport_is_stream (transport))
    return ph_network_panel_dup_remote (page->network_panel);
  if (peer != NULL)
    return g_strdup (ph_peer_get_address (peer));
  if (ph_message_target_get_typed (page->target) != NULL)
    return g_strdup (ph_message_target_get_typed (page->target));

  return ph_network_panel_dup_remote (page->network_panel);
}

static PhQuickCommand *
make (PhSessionPage *page, const char *text, const PhPayloadFormat *format, gboolean foreign)
{
  const PhTransport *transport = ph_network_panel_get_transport (page->network_panel);
  g_autofree char *name = dup_name (text), *target = dup_target (page, transport);
  PhQuickCommand *command = ph_quick_command_new ();

  ph_quick_command_set_format (command, format);
  g_object_set (command, "name", name, "text", text, "transport", transport->id, "target", target, "foreign", foreign, NULL);

  return command;
}

/* ---- once the file was read ---- */

typedef struct
{
  GWeakRef page;
  PhQuickCommand *command;
} Waiting;

static void
waiting_free (gpointer data, GClosure *closure)
{
  Waiting *waiting = data;

  g_weak_ref_clear (&waiting->page);
  g_object_unref (waiting->command);
  g_free (waiting);
}

static void
add (PhSessionPage *page, PhQuickCommand *command)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *words = NULL;

  if (!ph_commands_append (ph_commands_store_get_commands (ph_commands_here ()), command, &error))
    {
      tell (page, error->message, NULL);
      return;
    }
  /* Translators: the name of a command follows */
  words = g_strdup_printf (_("Saved as quick command “%s”"), ph_quick_command_get_name (command));
  tell (page, words, _("Show"));
}

static void
loaded_cb (PhCommandsStore *store, Waiting *waiting)
{
  g_autoptr (PhSessionPage) page = g_weak_ref_get (&waiting->page);

  if (page != NULL)
    add (page, waiting->command);
  g_signal_handlers_disconnect_by_func (store, loaded_cb, waiting);
}

/**
 * ph_command_save:
 * @foreign: it came from somebody else's file
 *
 * Adds a command behind all others, which is said in the window.
 */
void
ph_command_save (PhSessionPage *page, const char *text, const PhPayloadFormat *format, gboolean foreign)
{
  g_autoptr (PhQuickCommand) command = make (page, text, format, foreign);
  Waiting *waiting;

  if (strlen (text) > PH_QUICK_COMMAND_TEXT_MAX)
    {
      tell (page, _("Not saved: the text is too long for a quick command"), NULL);
      return;
    }
  if (ph_commands_store_is_loaded (ph_commands_here ()))
    {
      add (page, command);
      return;
    }
  waiting = g_new0 (Waiting, 1);
  g_weak_ref_init (&waiting->page, page);
  waiting->command = g_object_ref (command);
  g_signal_connect_data (ph_commands_here (), "loaded", G_CALLBACK (loaded_cb), waiting, waiting_free, 0);
}

/* ---- actions ---- */

static void
save_message_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  PhSessionPage *self = data;
  PhPayloadFormat format = ph_send_options_get_format (self->send_options);
  const char *text = ph_message_get_text (self->message);

  if (*text == '\0')
    ph_send_area_tell (self->send_area, _("The message is empty: type what to send"));
  else
    ph_command_save (self, text, &format, ph_message_is_foreign (self->message));
}

/* The parameter is the position in the history. How it was sent may not be known: then it is what is set now. */
static void
save_history_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  PhSessionPage *self = data;
  PhHistoryItem *item = ph_history_get (ph_history_store_get (PH_HISTORY_SENT), g_variant_get_uint32 (parameter));
  PhPayloadFormat format = ph_send_options_get_format (self->send_options);

  if (item != NULL && ph_history_item_get_format (item)->charset != NULL)
    format = *ph_history_item_get_format (item);
  if (item != NULL)
    ph_command_save (self, ph_history_item_get_text (item), &format, FALSE);
}

/** ph_command_save_add_actions: adds “save-command” and “save-history-command” to @page. */
void
ph_command_save_add_actions (PhSessionPage *page)
{
  const GActionEntry entries[] = {
    { .name = "save-command", .activate = save_message_cb },
    { .name = "save-history-command", .activate = save_history_cb, .parameter_type = "u" },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (page->actions), entries, G_N_ELEMENTS (entries), page);
}
