/* test-templates.c: every widget with a template can be created, used a little, and is freed again
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-address-field.h"
#include "ph-banner.h"
#include "ph-checked-entry.h"
#include "ph-client-list.h"
#include "ph-command-form.h"
#include "ph-commands-list.h"
#include "ph-commands-notice.h"
#include "ph-connection-page.h"
#include "ph-drawer.h"
#include "ph-group.h"
#include "ph-lamp.h"
#include "ph-log-tools.h"
#include "ph-network-panel.h"
#include "ph-number-field.h"
#include "ph-page-frame.h"
#include "ph-preferences.h"
#include "ph-rate-chart.h"
#include "ph-rate-meter.h"
#include "ph-rate-window.h"
#include "ph-receive-panel.h"
#include "ph-save-bar.h"
#include "ph-send-area.h"
#include "ph-send-panel.h"
#include "ph-send-preview.h"
#include "ph-session-page.h"
#include "ph-status-bar.h"
#include "ph-tab-label.h"
#include "ph-tab-strip.h"
#include "ph-toast.h"
#include "ph-welcome.h"
#include "ph-window.h"

#define RESOURCES "/io/github/porthole/Porthole/"

static void
run_main_loop_dry (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
assert_goes_away (GObject *object)
{
  g_object_add_weak_pointer (object, (gpointer *) &object);
  g_object_unref (object);
  run_main_loop_dry ();
  g_assert_null (object);
}

static void
test_goes_away (gconstpointer type)
{
  assert_goes_away (g_object_ref_sink (g_object_new ((GType) type, "visible", TRUE, NULL)));
}

/* A window belongs to GTK until it is destroyed. */
static void
test_window_goes_away (gconstpointer type)
{
  GtkWidget *window = g_object_new ((GType) type, NULL);

  g_object_ref (window);
  gtk_window_destroy (GTK_WINDOW (window));
  assert_goes_away (G_OBJECT (window));
}

static void
test_page_takes_its_session_along (void)
{
  GtkWidget *page = g_object_ref_sink (ph_session_page_new ());
  PhSession *session = ph_session_page_get_session (PH_SESSION_PAGE (page));

  g_object_add_weak_pointer (G_OBJECT (session), (gpointer *) &session);
  assert_goes_away (G_OBJECT (page));
  g_assert_null (session);
}

static void
test_page_that_is_open_goes_away (void)
{
  GtkWidget *page = g_object_ref_sink (ph_session_page_new ());
  g_autoptr (PhEndpoint) endpoint = ph_endpoint_new ("udp");

  ph_place_set_ip (&endpoint->local, "127.0.0.1", 0);
  ph_session_page_set_endpoint (PH_SESSION_PAGE (page), endpoint);
  ph_session_page_open (PH_SESSION_PAGE (page));
  while (ph_session_get_state (ph_session_page_get_session (PH_SESSION_PAGE (page))) != PH_SESSION_OPEN)
    g_main_context_iteration (NULL, TRUE);
  assert_goes_away (G_OBJECT (page));
}

static void
test_tab_label_goes_away_before_its_page (void)
{
  GtkWidget *page = g_object_ref_sink (ph_session_page_new ());

  assert_goes_away (G_OBJECT (g_object_ref_sink (ph_tab_label_new (PH_SESSION_PAGE (page)))));
  assert_goes_away (G_OBJECT (page));
}

static void
test_window_with_tabs_goes_away (void)
{
  PhWindow *window = ph_window_new (NULL);
  PhSessionPage *page = ph_window_add_tab (window);

  g_object_add_weak_pointer (G_OBJECT (page), (gpointer *) &page);
  ph_window_add_tab (window);
  gtk_window_present (GTK_WINDOW (window));
  run_main_loop_dry ();
  g_object_ref (window);
  gtk_window_destroy (GTK_WINDOW (window));
  assert_goes_away (G_OBJECT (window));
  g_assert_null (page);
}

/* There is only one of each, however often it is opened. */
static void
test_windows_of_a_tab_go_with_it (void)
{
  PhWindow *window = ph_window_new (NULL);
  PhSessionPage *page = ph_window_add_tab (window);
  GListModel *toplevels = gtk_window_get_toplevels ();
  guint before;

  gtk_window_present (GTK_WINDOW (window));
  run_main_loop_dry ();
  before = g_list_model_get_n_items (toplevels);
  for (guint i = 0; i < 2; i++)
    {
      g_action_group_activate_action (ph_session_page_get_actions (page), "rates", NULL);
      run_main_loop_dry ();
      g_assert_cmpuint (g_list_model_get_n_items (toplevels), ==, before + 1);
    }
  g_object_add_weak_pointer (G_OBJECT (page), (gpointer *) &page);
  g_object_ref (window);
  gtk_window_destroy (GTK_WINDOW (window));
  assert_goes_away (G_OBJECT (window));
  g_assert_null (page);
  g_assert_cmpuint (g_list_model_get_n_items (toplevels), <, before);
}

static GtkWidget *
part_of (PhSessionPage *page, const char *name)
{
  return GTK_WIDGET (gtk_widget_get_template_child (GTK_WIDGET (page), PH_TYPE_SESSION_PAGE, name));
}

/* Widgets that are created with the second frame. */
static void
wait_for_the_rest (PhSessionPage *page)
{
  while (!gtk_widget_get_visible (part_of (page, "send_area")))
    g_main_context_iteration (NULL, TRUE);
}

static gboolean
has_focus_in (PhWindow *window, PhSessionPage *page, const char *name)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (window));

  return focus != NULL && (focus == part_of (page, name) || gtk_widget_is_ancestor (focus, part_of (page, name)));
}

/* Once in the existing tab, and once in two new ones. */
static void
test_a_loopback_pair_is_ready_for_typing (void)
{
  PhWindow *window = ph_window_new (NULL);
  PhSessionPage *page = ph_window_add_tab (window);

  gtk_window_present (GTK_WINDOW (window));
  wait_for_the_rest (page);
  g_assert_true (has_focus_in (window, page, "network_panel"));
  for (guint i = 0; i < 2; i++)
    {
      PhSessionPage *other;

      gtk_widget_activate_action (GTK_WIDGET (window), "win.loopback-pair", NULL);
      page = ph_window_get_current (window);
      other = ph_window_get_page (window, 2 * i + 1);
      wait_for_the_rest (page);
      wait_for_the_rest (other);
      g_assert_true (ph_window_get_current (window) == page && other != page);
      g_assert_true (has_focus_in (window, page, "send_area"));
    }
  gtk_window_destroy (GTK_WINDOW (window));
  run_main_loop_dry ();
}

static void
test_a_client_that_has_left_is_not_chosen (void)
{
  PhWindow *window = ph_window_new (NULL);
  PhSessionPage *page = ph_window_add_tab (window);
  PhNetworkPanel *panel = PH_NETWORK_PANEL (part_of (page, "network_panel"));
  GActionGroup *actions = ph_session_page_get_actions (page);
  g_autofree char *remote = NULL, *typed = NULL;

  gtk_window_present (GTK_WINDOW (window));
  wait_for_the_rest (page);
  g_object_set (panel, "transport", "tcp-server", NULL);
  g_action_group_activate_action (actions, "send-to", g_variant_new_string ("192.0.2.1:7"));
  remote = ph_network_panel_dup_remote (panel);
  g_assert_cmpstr (remote, ==, NULL);
  g_assert_false (has_focus_in (window, page, "send_area"));

  g_object_set (panel, "transport", "udp", NULL);
  g_action_group_activate_action (actions, "send-to", g_variant_new_string ("192.0.2.1:7"));
  typed = ph_network_panel_dup_remote (panel);
  g_assert_cmpstr (typed, ==, "192.0.2.1:7");
  g_assert_true (has_focus_in (window, page, "send_area"));
  gtk_window_destroy (GTK_WINDOW (window));
  run_main_loop_dry ();
}

static void
test_shortcuts_can_be_built (void)
{
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource (RESOURCES "shortcuts.ui");
  GtkWidget *window = GTK_WIDGET (gtk_builder_get_object (builder, "shortcuts"));

  g_assert_true (GTK_IS_SHORTCUTS_WINDOW (window));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
parsing_error_cb (GtkCssProvider *provider, GtkCssSection *section, const GError *error, gpointer name)
{
  g_autofree char *where = gtk_css_section_to_string (section);

  g_test_message ("%s: %s: %s", (char *) name, where, error->message);
  g_test_fail ();
}

static void
test_style_sheets_have_no_errors (void)
{
  const char *const names[] = { "style-light.css", "style-dark.css", "style.css" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();
      g_autofree char *path = g_strconcat (RESOURCES, names[i], NULL);

      g_signal_connect (provider, "parsing-error", G_CALLBACK (parsing_error_cb), (gpointer) names[i]);
      gtk_css_provider_load_from_resource (provider, path);
    }
}

static void
add_types (void)
{
  const GType types[] = {
    PH_TYPE_ADDRESS_FIELD, PH_TYPE_BANNER,     PH_TYPE_CLIENT_LIST, PH_TYPE_LAMP,       PH_TYPE_NETWORK_PANEL,
    PH_TYPE_RATE_CHART,    PH_TYPE_RATE_METER,
    PH_TYPE_RECEIVE_PANEL, PH_TYPE_SEND_AREA,  PH_TYPE_SEND_PANEL,  PH_TYPE_STATUS_BAR, PH_TYPE_TAB_LABEL,
    PH_TYPE_TAB_STRIP, PH_TYPE_TOAST,
    PH_TYPE_WELCOME,       PH_TYPE_SESSION_PAGE, PH_TYPE_SAVE_BAR,    PH_TYPE_GROUP,      PH_TYPE_PAGE_FRAME,
    PH_TYPE_LOG_TOOLS,     PH_TYPE_DRAWER,  PH_TYPE_NUMBER_FIELD, PH_TYPE_CONNECTION_PAGE,
    PH_TYPE_CHECKED_ENTRY, PH_TYPE_SEND_PREVIEW,
    PH_TYPE_COMMAND_FORM,  PH_TYPE_COMMANDS_LIST, PH_TYPE_COMMANDS_NOTICE,
  };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autofree char *path = g_strdup_printf ("/templates/%s/goes-away", g_type_name (types[i]));

      g_test_add_data_func (path, (gconstpointer) types[i], test_goes_away);
    }
  g_test_add_data_func ("/templates/PhPreferences/goes-away", (gconstpointer) PH_TYPE_PREFERENCES,
                        test_window_goes_away);
  g_test_add_data_func ("/templates/PhRateWindow/goes-away", (gconstpointer) PH_TYPE_RATE_WINDOW,
                        test_window_goes_away);
  g_test_add_data_func ("/templates/PhWindow/goes-away", (gconstpointer) PH_TYPE_WINDOW, test_window_goes_away);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gtk_init ();

  add_types ();
  g_test_add_func ("/templates/PhSessionPage/takes-its-session-along", test_page_takes_its_session_along);
  g_test_add_func ("/templates/PhSessionPage/that-is-open-goes-away", test_page_that_is_open_goes_away);
  g_test_add_func ("/templates/PhTabLabel/goes-away-before-its-page", test_tab_label_goes_away_before_its_page);
  g_test_add_func ("/templates/PhWindow/with-tabs-goes-away", test_window_with_tabs_goes_away);
  g_test_add_func ("/templates/PhSessionPage/windows-of-a-tab-go-with-it", test_windows_of_a_tab_go_with_it);
  g_test_add_func ("/templates/PhWindow/a-loopback-pair-is-ready-for-typing", test_a_loopback_pair_is_ready_for_typing);
  g_test_add_func ("/templates/PhSessionPage/a-client-that-has-left-is-not-chosen",
                   test_a_client_that_has_left_is_not_chosen);
  g_test_add_func ("/templates/shortcuts/can-be-built", test_shortcuts_can_be_built);
  g_test_add_func ("/templates/style-sheets/have-no-errors", test_style_sheets_have_no_errors);

  return g_test_run ();
}
