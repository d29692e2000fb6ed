/* ph-tab-commands.c: what a tab does with quick commands: the actions that send them, run them and put them into the send box
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-tab-commands.h"

#include "ph-command-runner.h"
#include "ph-command-words.h"
#include "ph-commands-here.h"
#include "ph-session-page-private.h"
#include "ph-window.h"

#include <glib/gi18n.h>

struct _PhTabCommands
{
  PhSessionPage *page; /* borrowed */
  guint key;           /* was pressed before the file was read; 0: none */
  gulong loading;      /* handler, while a key waits */

  PhCommandRunner *runner; /* nullable until a command is first sent */
};

static void
tell (PhTabCommands *tab, const char *words)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (tab->page));

  if (PH_IS_WINDOW (root))
    ph_window_toast (PH_WINDOW (root), words, NULL, NULL, NULL, NULL);
}

static void
failed_cb (PhTabCommands *tab, const char *words)
{
  tell (tab, words);
}

/* What a popover that asks points to. A row of the list may be another one while it is open. */
static GtkWidget *
find_near (PhTabCommands *tab)
{
  return GTK_WIDGET (gtk_widget_get_mapped (GTK_WIDGET (tab->page->send_area)) ? (gpointer) tab->page->send_area : tab->page->log_view);
}

/* NULL if the remote address, to which commands go too, is wrong: its field is marked then. */
static PhCommandRunner *
get_runner (PhTabCommands *tab)
{
  PhSessionPage *page = tab->page;

  if (tab->runner == NULL)
    {
      tab->runner = ph_command_runner_new (page->session, page->target);
      g_signal_connect_swapped (tab->runner, "failed", G_CALLBACK (failed_cb), tab);
    }

  return ph_session_page_read_remote (page) ? tab->runner : NULL;
}

static void
send (PhTabCommands *tab, PhQuickCommand *command)
{
  PhCommandRunner *runner = get_runner (tab);

  if (runner != NULL && !ph_quick_command_is_heading (command))
    ph_command_runner_send (runner, find_near (tab), command);
}

static PhCommands *
get_commands (void)
{
  return ph_commands_store_get_commands (ph_commands_here ());
}

/* ---- actions ---- */

/* The parameter is a position in the list. */
static void
send_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  PhQuickCommand *command = ph_commands_get (get_commands (), g_variant_get_uint32 (parameter));

  if (command != NULL)
    send (data, command);
}

static void
send_by_key (PhTabCommands *tab, guint key)
{
  PhQuickCommand *command = ph_commands_find_key (get_commands (), key);
  g_autofree char *key_words = ph_command_words_dup_key (key), *words = NULL;

  if (command != NULL)
    {
      send (tab, command);
      return;
    }
  /* Translators: a key such as Ctrl+Alt+1 */
  words = g_strdup_printf (_("No quick command has the key %s"), key_words);
  tell (tab, words);
}

static void
loaded_cb (PhTabCommands *tab)
{
  guint key = tab->key;

  g_clear_signal_handler (&tab->loading, ph_commands_here ());
  tab->key = 0;
  send_by_key (tab, key);
}

/* The first key begins to read the file, and what it stands for is known when that is done. */
static void
send_key_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  PhTabCommands *tab = data;

  tab->key = (guint) g_variant_get_int32 (parameter);
  if (ph_commands_store_is_loaded (ph_commands_here ()))
    send_by_key (tab, tab->key);
  else if (tab->loading == 0)
    tab->loading = g_signal_connect_swapped (ph_commands_here (), "loaded", G_CALLBACK (loaded_cb), tab);
}

static void
recall_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  PhSessionPage *page = ((PhTabCommands *) data)->page;
  PhQuickCommand *command = ph_commands_get (get_commands (), g_variant_get_uint32 (parameter));

  if (command == NULL || ph_quick_command_is_heading (command))
    return;
  ph_message_recall (page->message, ph_quick_command_get_text (command), ph_quick_command_get_format (command));
  ph_message_set_foreign (page->message, ph_quick_command_is_foreign (command));
  ph_send_area_focus (page->send_area);
}

/* Returns: (transfer container): those that are marked, in the order of the list */
static GPtrArray *
dup_marked (void)
{
  GPtrArray *marked = g_ptr_array_new_with_free_func (g_object_unref);
  PhQuickCommand *command;

  for (guint i = 0; (command = ph_commands_get (get_commands (), i)) != NULL; i++)
    if (ph_quick_command_is_marked (command) && !ph_quick_command_is_heading (command))
      g_ptr_array_add (marked, g_object_ref (command));

  return marked;
}

/* The parameter is the number of rounds; 0: no end. */
static void
run_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_autoptr (GPtrArray) marked = dup_marked ();
  PhCommandRunner *runner = get_runner (data);

  if (runner != NULL && marked->len > 0)
    ph_command_runner_run_sequence (runner, find_near (data), marked, g_variant_get_uint64 (parameter));
}

static void
repeat_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_autoptr (GPtrArray) marked = dup_marked ();
  PhCommandRunner *runner = get_runner (data);

  if (runner != NULL && marked->len > 0)
    ph_command_runner_repeat_list (runner, find_near (data), marked);
}

static void
stop_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  PhTabCommands *tab = data;

  if (tab->runner != NULL)
    ph_command_runner_stop (tab->runner);
}

/**
 * ph_tab_commands_new:
 * @page: gets the actions “send-command”, “send-command-key”, “recall-command”, “run-commands”, “repeat-commands” and “stop-commands”
 *
 * Nothing is read before one of them is used.
 *
 * Returns: (transfer full): freed before @page
 */
PhTabCommands *
ph_tab_commands_new (PhSessionPage *page)
{
  const GActionEntry entries[] = {
    { .name = "send-command", .activate = send_cb, .parameter_type = "u" },
    { .name = "send-command-key", .activate = send_key_cb, .parameter_type = "i" },
    { .name = "recall-command", .activate = recall_cb, .parameter_type = "u" },
    { .name = "run-commands", .activate = run_cb, .parameter_type = "t" },
    { .name = "repeat-commands", .activate = repeat_cb },
    { .name = "stop-commands", .activate = stop_cb },
  };
  PhTabCommands *tab = g_new0 (PhTabCommands, 1);

  tab->page = page;
  g_action_map_add_action_entries (G_ACTION_MAP (page->actions), entries, G_N_ELEMENTS (entries), tab);

  return tab;
}

/** ph_tab_commands_free: @tab: (transfer full): what runs ends with its session */
void
ph_tab_commands_free (PhTabCommands *tab)
{
  if (tab->loading != 0)
    g_clear_signal_handler (&tab->loading, ph_commands_here ());
  if (tab->runner != NULL)
    g_signal_handlers_disconnect_by_data (tab->runner, tab);
  g_clear_object (&tab->runner);
  g_free (tab);
}
