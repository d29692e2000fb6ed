/* check-layout.c: shows the windows of the program in one language and direction, and checks that everything has room
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *   check-layout LANGUAGE ltr|rtl FOLDER
 *
 * Prints a line for each fault, and writes a picture of each scene to FOLDER. Exits with 1 if there were faults. It is a fault too if
 * nothing is translated: the catalogue of the language must be installed.
 */
#include "ph-config.h"

#include "layout-look.h"
#include "layout-wider.h"

#include "ph-appearance.h"
#include "ph-capture-list.h"
#include "ph-captures-here.h"
#include "ph-commands-here.h"
#include "ph-drawer.h"
#include "ph-log-private.h"
#include "ph-group.h"
#include "ph-network-panel.h"
#include "ph-preferences.h"
#include "ph-rate-window.h"
#include "ph-rule-store.h"
#include "ph-rule-window.h"
#include "ph-search-bar.h"
#include "ph-send-area.h"
#include "ph-send-panel.h"
#include "ph-window.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#define WIDTH 1024
#define HEIGHT 640
#define RESOURCES "/io/github/porthole/Porthole/"

static void
look_at_window (const char *scene, PhWindow *window)
{
  GtkWidget *widget = GTK_WIDGET (window);

  layout_look (scene, widget);
  layout_complaints += layout_wider (scene, widget);
  if (gtk_widget_get_width (widget) <= WIDTH && gtk_widget_get_height (widget) <= HEIGHT)
    return;
  g_print ("%s: the window needs %d × %d\n", scene, gtk_widget_get_width (widget), gtk_widget_get_height (widget));
  layout_complaints++;
}

/* Checks that text in one column of the table does not push the next column away. */
static void
check_table (const char *scene, PhLogView *view)
{
  int left = -1;

  for (guint i = 0; i < view->layout.rows->len; i++)
    {
      PhLogLine *line = g_array_index (view->layout.rows, PhLogRow, i).line;
      const char *data = line->text;
      PangoRectangle at;

      for (guint tab = 0; tab < 6; tab++)
        data = strchr (data, '\t') + 1;
      pango_layout_index_to_pos (ph_log_text_layout (view, line), data - line->text, &at);
      if (left >= 0 && left != at.x)
        {
          g_print ("%s: the data of row %u begins %d pixels off\n", scene, i, PANGO_PIXELS (at.x - left));
          layout_complaints++;
        }
      left = at.x;
    }
}

/* A popover, while it is open. */
static void
look_at_popover (const char *scene, GtkMenuButton *button)
{
  GtkWidget *popover;

  gtk_menu_button_popup (button);
  popover = GTK_WIDGET (gtk_menu_button_get_popover (button));
  while (!gtk_widget_get_mapped (popover))
    g_main_context_iteration (NULL, TRUE);
  layout_look (scene, popover);
  gtk_menu_button_popdown (button);
}

/* ---- making ---- */

static gpointer
part (gpointer widget, GType type, const char *name)
{
  return gtk_widget_get_template_child (GTK_WIDGET (widget), type, name);
}

static gpointer
page_part (PhSessionPage *page, const char *name)
{
  return part (page, PH_TYPE_SESSION_PAGE, name);
}

static void
wait_for_state (PhSessionPage *page, PhSessionState state)
{
  while (ph_session_get_state (ph_session_page_get_session (page)) != state)
    g_main_context_iteration (NULL, TRUE);
}

static void
open_page (PhSessionPage *page, const char *transport, int remote_port)
{
  g_autoptr (PhEndpoint) endpoint = ph_endpoint_new (transport);

  ph_place_set_ip (&endpoint->local, "127.0.0.1", 0);
  if (remote_port > 0)
    ph_place_set_ip (&endpoint->remote, "127.0.0.1", remote_port);
  ph_session_page_set_endpoint (page, endpoint);
  ph_session_page_open (page);
}

static int
bound_port (PhSessionPage *page)
{
  return atoi (strrchr (ph_session_get_local (ph_session_page_get_session (page)), ':') + 1);
}

static void
send_text (PhSessionPage *page, const char *text)
{
  GtkTextView *view = part (page_part (page, "send_area"), PH_TYPE_SEND_AREA, "message_view");

  gtk_text_buffer_set_text (gtk_text_view_get_buffer (view), text, -1);
  g_action_group_activate_action (ph_session_page_get_actions (page), "send", NULL);
}

static void
set_action (PhSessionPage *page, const char *name, GVariant *state)
{
  g_action_group_change_action_state (ph_session_page_get_actions (page), name, state);
}

/* ---- the scenes ---- */

static void
show_beginnings (PhWindow *window, PhSessionPage *page)
{
  static const char *const transports[] = { "tcp-client", "tcp-server", "udp" };
  PhNetworkPanel *panel = page_part (page, "network_panel");

  for (guint i = 0; i < G_N_ELEMENTS (transports); i++)
    {
      g_autofree char *scene = g_strconcat ("closed-", transports[i], NULL);

      g_object_set (panel, "transport", transports[i], NULL);
      look_at_window (scene, window);
    }
}

/* The quick commands: none, some of which one is marked, and the form of one. */
static void
show_commands (PhWindow *window, PhSessionPage *page)
{
  PhCommandsStore *store = ph_commands_here ();
  PhCommands *commands = ph_commands_store_get_commands (store);
  g_autoptr (PhQuickCommand) command = g_object_new (PH_TYPE_QUICK_COMMAND, "name", "reset", "text", "AT+RST", "key", 3, "marked", TRUE, NULL);
  g_autoptr (PhQuickCommand) heading = ph_quick_command_new_heading ("AT"), none = ph_quick_command_new ();
  GtkWidget *drawer = page_part (page, "drawer"), *shown;

  while (!ph_commands_store_is_loaded (store))
    g_main_context_iteration (NULL, TRUE);
  g_action_group_activate_action (ph_session_page_get_actions (page), "drawer-page", g_variant_new_string ("commands"));
  look_at_window ("commands-empty", window);
  ph_commands_append (commands, command, NULL);
  ph_commands_append (commands, heading, NULL);
  ph_commands_append (commands, none, NULL);
  look_at_window ("commands", window);
  shown = gtk_stack_get_visible_child (part (drawer, PH_TYPE_DRAWER, "stack"));
  gtk_widget_activate_action (shown, "commands.new", NULL);
  look_at_window ("command", window);
  gtk_widget_activate_action (shown, "commands.back", NULL);
  while (ph_commands_get (commands, 0) != NULL)
    ph_commands_remove (commands, 0);
}

/* A server with a client in the next tab; the menus and lists of the window. */
static void
show_exchange (PhWindow *window, PhSessionPage *server)
{
  PhSessionPage *client = ph_window_add_tab (window);
  PhNetworkPanel *panel = page_part (server, "network_panel");
  PhSession *session = ph_session_page_get_session (server);

  open_page (server, "tcp-server", 0);
  wait_for_state (server, PH_SESSION_OPEN);
  open_page (client, "tcp-client", bound_port (server));
  wait_for_state (client, PH_SESSION_OPEN);
  send_text (client, "hello");
  look_at_window ("client", window);

  gtk_widget_activate_action (GTK_WIDGET (window), "win.step-tab", "i", 1);
  gtk_expander_set_expanded (part (panel, PH_TYPE_NETWORK_PANEL, "more_expander"), TRUE);
  while (ph_session_get_counters (session)->rx_packets == 0)
    g_main_context_iteration (NULL, TRUE);
  look_at_window ("server", window);
  set_action (server, "mode", g_variant_new_string ("table"));
  look_at_window ("table", window);
  check_table ("table", page_part (server, "log_view"));

  g_action_group_activate_action (ph_session_page_get_actions (server), "drawer-page", g_variant_new_string ("peers"));
  look_at_window ("drawer", window);
  show_commands (window, server);
  set_action (server, "drawer", g_variant_new_boolean (FALSE));
  look_at_popover ("history", part (page_part (server, "send_area"), PH_TYPE_SEND_AREA, "history_button"));
  look_at_popover ("menu", part (window, PH_TYPE_WINDOW, "menu_button"));
  ph_session_page_set_current (client, FALSE);
}

/* A port that sends to itself: payloads run from left to right in every language. */
static void
show_datagram (PhWindow *window, PhSessionPage *page)
{
  const PhCounters *counters = ph_session_get_counters (ph_session_page_get_session (page));

  open_page (page, "udp", 0);
  wait_for_state (page, PH_SESSION_OPEN);
  ph_session_page_set_remote (page, &(const PhPlace) { .name = (char *) "127.0.0.1", .port = bound_port (page) });
  send_text (page, "GET [::1]:80 \xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d 55 00 12");
  while (counters->rx_packets == 0)
    g_main_context_iteration (NULL, TRUE);
  set_action (page, "mode", g_variant_new_string ("compact"));
  look_at_window ("received", window);
}

/* A CRC of one's own, so that the popover has all its rows. It is chosen as it would be by hand; the popover that opens is closed again. */
static void
set_own_crc (PhSessionPage *page)
{
  PhSendPanel *panel = page_part (page, "send_panel");
  GtkDropDown *kinds = part (panel, PH_TYPE_SEND_PANEL, "check_drop_down");

  gtk_drop_down_set_selected (kinds, g_list_model_get_n_items (gtk_drop_down_get_model (kinds)) - 1);
  gtk_menu_button_popdown (part (panel, PH_TYPE_SEND_PANEL, "details_button"));
}

static void
show_repeating (PhWindow *window, PhSessionPage *page)
{
  ph_session_page_set_remote (page, &(const PhPlace) { .name = (char *) "127.0.0.1", .port = 9 });
  set_action (page, "send-hex", g_variant_new_boolean (TRUE));
  set_action (page, "repeat", g_variant_new_boolean (TRUE));
  send_text (page, "55 00 12 ff");
  look_at_window ("repeating", window);
  g_action_group_activate_action (ph_session_page_get_actions (page), "send", NULL);
  set_action (page, "repeat", g_variant_new_boolean (FALSE));
  send_text (page, "4g");
  look_at_window ("bad-hex", window);
  send_text (page, "55 00 12 ff");
  set_own_crc (page);
  look_at_window ("check", window);
  ph_group_open (page_part (page, "send_group"));
  look_at_window ("check-open", window);
  look_at_popover ("check-details", part (page_part (page, "send_panel"), PH_TYPE_SEND_PANEL, "details_button"));
  look_at_popover ("pieces", part (page_part (page, "send_area"), PH_TYPE_SEND_AREA, "pieces_button"));
}

/* The search bar with an invalid expression, and its popover. */
static void
show_search (PhWindow *window, PhSessionPage *page)
{
  GActionGroup *actions = ph_session_page_get_actions (page);
  GtkWidget *bar;

  g_action_group_activate_action (actions, "find", NULL);
  bar = gtk_widget_get_first_child (page_part (page, "search_slot"));
  gtk_drop_down_set_selected (part (bar, PH_TYPE_SEARCH_BAR, "mode_drop_down"), PH_SEARCH_REGEX);
  gtk_editable_set_text (part (bar, PH_TYPE_SEARCH_BAR, "entry"), "55 [");
  look_at_window ("search-error", window);
  gtk_editable_set_text (part (bar, PH_TYPE_SEARCH_BAR, "entry"), "UDP");
  look_at_window ("search", window);
  look_at_popover ("search-narrowed", part (bar, PH_TYPE_SEARCH_BAR, "narrow_button"));
  g_action_group_activate_action (actions, "dismiss", NULL);
}

/* The page before has the port: this gives the longest error, with a hint. */
static void
show_failure (PhWindow *window, PhSessionPage *holder)
{
  PhSessionPage *page = ph_window_add_tab (window);
  g_autoptr (PhEndpoint) endpoint = ph_endpoint_new ("udp");
  GtkWidget *banner = page_part (page, "banner");

  ph_place_set_ip (&endpoint->local, "127.0.0.1", bound_port (holder));
  ph_session_page_set_endpoint (page, endpoint);
  ph_session_page_open (page);
  while (!gtk_widget_get_mapped (gtk_widget_get_first_child (banner)))
    g_main_context_iteration (NULL, TRUE);
  look_at_window ("failed", window);
}

/* The captures that the tabs before are writing. */
static void
show_captures (PhWindow *window)
{
  GtkWindow *list = ph_capture_list_new (window);

  while (ph_captures_is_busy (ph_captures_here ()))
    g_main_context_iteration (NULL, TRUE);
  gtk_window_present (list);
  layout_look ("captures", GTK_WIDGET (list));
  gtk_window_destroy (list);
}

/* The window that belongs to a tab. */
static void
show_numbers (PhSessionPage *page)
{
  PhSession *session = ph_session_page_get_session (page);
  GtkWindow *window = ph_rate_window_new (session);

  gtk_window_present (window);
  layout_look ("rates", GTK_WIDGET (window));
  gtk_window_destroy (window);
}

/* No rule, one that is not valid, and as many as there may be. */
static void
show_highlights (PhWindow *window)
{
  GtkWindow *list = ph_rule_window_new (GTK_WINDOW (window));

  gtk_window_present (list);
  layout_look ("highlights-none", GTK_WIDGET (list));
  ph_rule_store_add (PH_SEARCH_TEXT, "UDP");
  ph_rule_store_add (PH_SEARCH_REGEX, "55 [");
  layout_look ("highlights", GTK_WIDGET (list));
  for (guint i = 0; i < PH_RULES_MAX; i++)
    {
      g_autofree char *pattern = g_strdup_printf ("%u", i);

      ph_rule_store_add (PH_SEARCH_TEXT, pattern);
    }
  layout_look ("highlights-full", GTK_WIDGET (list));
  gtk_window_destroy (list);
}

static void
show_others (PhWindow *window)
{
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource (RESOURCES "shortcuts.ui");
  GtkWindow *preferences = ph_preferences_new (GTK_WINDOW (window));
  GtkWindow *shortcuts = GTK_WINDOW (gtk_builder_get_object (builder, "shortcuts"));

  gtk_window_present (preferences);
  layout_look ("preferences", GTK_WIDGET (preferences));
  gtk_window_destroy (preferences);
  gtk_window_present (shortcuts);
  layout_look ("shortcuts", GTK_WIDGET (shortcuts));
  gtk_window_destroy (shortcuts);
}

static void
show_all (void)
{
  PhWindow *window = ph_window_new (NULL);
  PhSessionPage *first = ph_window_add_tab (window), *udp;

  gtk_window_set_default_size (GTK_WINDOW (window), WIDTH, HEIGHT);
  gtk_window_present (GTK_WINDOW (window));
  show_beginnings (window, first);
  show_exchange (window, first);
  show_numbers (first);
  udp = ph_window_add_tab (window);
  show_datagram (window, udp);
  show_repeating (window, udp);
  show_search (window, udp);
  show_failure (window, udp);
  show_captures (window);
  show_highlights (window);
  show_others (window);
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  g_return_val_if_fail (argc == 4, 2);

  layout_look_begin (argv[1], argv[2]);
  layout_look_folder = argv[3];
  g_mkdir_with_parents (layout_look_folder, 0755);
  show_all ();

  return layout_complaints > 0;
}
