/* test-panels.c: the panels: addresses are split, invalid input is marked, width and choices are kept; the rows of the rule window
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-address-field.h"
#include "ph-fit-label.h"
#include "ph-log-private.h"
#include "ph-network-panel.h"
#include "ph-number-field.h"
#include "ph-receive-panel.h"
#include "ph-rule-store.h"
#include "ph-rule-window.h"
#include "ph-send-panel.h"
#include "ph-session-page.h"
#include "ph-status-bar.h"

static GtkEditable *
child (gpointer widget, GType type, const char *name)
{
  return GTK_EDITABLE (gtk_widget_get_template_child (GTK_WIDGET (widget), type, name));
}

static gpointer
make (GType type)
{
  return g_object_ref_sink (g_object_new (type, "visible", TRUE, NULL));
}

/* ---- addresses ---- */

static const struct
{
  const char *pasted, *host, *port;
} pastes[] = {
  { "192.0.2.1:7788", "192.0.2.1", "7788" },
  { "[::1]:80", "::1", "80" },
  { "[fe80::1%eth0]", "fe80::1%eth0", "" },
  { "udp://example.org:53/path", "example.org", "53" },
  { "::1", "::1", "" },
  { "example.org", "example.org", "" },
  { "192.0.2.1:70000", "192.0.2.1:70000", "" },
  { ":9000", "", "9000" },
  { "192.0.2.1：７７８８", "192.0.2.1", "7788" },
  { "１９２．０．２．１", "192.0.2.1", "" },
  { "［::1］：80", "::1", "80" },
  { "\u00A0“192.0.2.1”", "192.0.2.1", "" },
  { "127.0.0.010:80", "127.0.0.010:80", "" },
};

static void
test_pasted_addresses_are_split (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (pastes); i++)
    {
      PhAddressField *field = make (PH_TYPE_ADDRESS_FIELD);
      GtkEditable *host = child (field, PH_TYPE_ADDRESS_FIELD, "host_entry");

      gtk_editable_set_text (host, pastes[i].pasted);
      g_assert_cmpstr (gtk_editable_get_text (host), ==, pastes[i].host);
      g_assert_cmpstr (gtk_editable_get_text (child (field, PH_TYPE_ADDRESS_FIELD, "port_entry")), ==, pastes[i].port);
      g_object_unref (field);
    }
}

static void
test_an_address_pasted_into_the_port_is_split_too (void)
{
  PhAddressField *field = make (PH_TYPE_ADDRESS_FIELD);
  GtkEditable *port = child (field, PH_TYPE_ADDRESS_FIELD, "port_entry");

  gtk_editable_set_text (port, "[::1]:80");
  g_assert_cmpstr (gtk_editable_get_text (port), ==, "80");
  gtk_editable_set_text (port, "８０８０ ");
  g_assert_cmpstr (gtk_editable_get_text (port), ==, "8080");
  gtk_editable_set_text (port, "example.org");
  g_assert_cmpstr (gtk_editable_get_text (port), ==, "example.org");
  g_assert_cmpstr (gtk_editable_get_text (child (field, PH_TYPE_ADDRESS_FIELD, "host_entry")), ==, "::1");
  g_object_unref (field);
}

static void
test_typing_is_left_alone_until_it_is_read (void)
{
  PhAddressField *field = make (PH_TYPE_ADDRESS_FIELD);
  GtkEditable *entry = child (field, PH_TYPE_ADDRESS_FIELD, "host_entry");
  g_auto (PhPlace) place = { 0 };
  int position = 0;

  for (const char *c = "a:80"; *c != '\0'; c++)
    gtk_editable_insert_text (entry, c, 1, &position);
  g_assert_cmpstr (gtk_editable_get_text (entry), ==, "a:80");
  g_assert_true (ph_address_field_read (field, &place));
  g_assert_cmpstr (place.name, ==, "a");
  g_assert_cmpint (place.port, ==, 80);
  g_object_unref (field);
}

static void
test_a_bad_port_is_marked_until_it_is_changed (void)
{
  static const char *const bad[] = { "abc", "70000", "-1", "8 0", "0x50" };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      PhAddressField *field = make (PH_TYPE_ADDRESS_FIELD);
      GtkEditable *entry = child (field, PH_TYPE_ADDRESS_FIELD, "port_entry");
      GtkWidget *reason = GTK_WIDGET (gtk_widget_get_template_child (GTK_WIDGET (field), PH_TYPE_ADDRESS_FIELD,
                                                                     "reason_label"));
      PhPlace place = { 0 };

      gtk_editable_set_text (entry, bad[i]);
      g_assert_false (ph_address_field_read (field, &place));
      g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (entry), "error"));
      g_assert_true (gtk_widget_get_visible (reason));
      gtk_editable_set_text (entry, "1");
      g_assert_false (gtk_widget_has_css_class (GTK_WIDGET (entry), "error"));
      g_assert_false (gtk_widget_get_visible (reason));
      g_object_unref (field);
    }
}

/* ---- the network panel ---- */

static PhAddressField *
field_of (PhNetworkPanel *panel, const char *name)
{
  return PH_ADDRESS_FIELD (gtk_widget_get_template_child (GTK_WIDGET (panel), PH_TYPE_NETWORK_PANEL, name));
}

static const struct
{
  const char *field, *pasted, *before, *after;
} schemes[] = {
  { "remote_field", "udp://192.0.2.1:1", "tcp-client", "udp" },
  { "remote_field", "tcp://192.0.2.1:1", "udp", "tcp-client" },
  { "local_field", "tcp://192.0.2.1:1", "udp", "tcp-server" },
  { "local_field", "tcp://192.0.2.1:1", "tcp-client", "tcp-client" },
  { "remote_field", "https://192.0.2.1:1", "udp", "udp" },
};

static void
test_a_scheme_chooses_the_protocol (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (schemes); i++)
    {
      PhNetworkPanel *panel = make (PH_TYPE_NETWORK_PANEL);
      PhAddressField *field = field_of (panel, schemes[i].field);

      g_object_set (panel, "transport", schemes[i].before, NULL);
      gtk_editable_set_text (child (field, PH_TYPE_ADDRESS_FIELD, "host_entry"), schemes[i].pasted);
      g_assert_cmpstr (ph_network_panel_get_transport (panel)->id, ==, schemes[i].after);
      g_object_unref (panel);
    }
}

/* Opens by a key while the focus is in the entry, so the typed address was not split before. */
static void
test_a_scheme_that_is_typed_counts_for_what_is_opened (void)
{
  PhNetworkPanel *panel = make (PH_TYPE_NETWORK_PANEL);
  GtkEditable *entry = child (field_of (panel, "remote_field"), PH_TYPE_ADDRESS_FIELD, "host_entry");
  g_autoptr (PhEndpoint) endpoint = NULL;
  int position = 0;

  g_object_set (panel, "transport", "tcp-client", NULL);
  for (const char *c = "udp://192.0.2.1:53"; *c != '\0'; c++)
    gtk_editable_insert_text (entry, c, 1, &position);
  endpoint = ph_network_panel_dup_endpoint (panel);
  g_assert_nonnull (endpoint);
  g_assert_cmpstr (endpoint->transport, ==, ph_network_panel_get_transport (panel)->id);
  g_assert_cmpstr (endpoint->transport, ==, "udp");
  g_assert_cmpstr (endpoint->remote.name, ==, "192.0.2.1");
  g_assert_cmpint (endpoint->remote.port, ==, 53);
  g_object_unref (panel);
}

static void
test_what_is_missing_is_marked_and_nothing_given (void)
{
  PhNetworkPanel *panel = make (PH_TYPE_NETWORK_PANEL);
  PhAddressField *remote = field_of (panel, "remote_field");
  GtkWidget *host = GTK_WIDGET (child (remote, PH_TYPE_ADDRESS_FIELD, "host_entry"));
  GtkWidget *port = GTK_WIDGET (child (remote, PH_TYPE_ADDRESS_FIELD, "port_entry"));

  g_object_set (panel, "transport", "tcp-client", NULL);
  g_assert_null (ph_network_panel_dup_endpoint (panel));
  g_assert_true (gtk_widget_has_css_class (host, "error"));
  gtk_editable_set_text (GTK_EDITABLE (host), "192.0.2.1");
  g_assert_null (ph_network_panel_dup_endpoint (panel));
  g_assert_true (gtk_widget_has_css_class (port, "error"));
  g_object_unref (panel);
}

/* Every transport has its own fields, and what they say is opened. */
static void
test_the_options_of_a_protocol_are_shown_and_opened (void)
{
  PhNetworkPanel *panel = make (PH_TYPE_NETWORK_PANEL);
  GtkWidget *expander = GTK_WIDGET (gtk_widget_get_template_child (GTK_WIDGET (panel), PH_TYPE_NETWORK_PANEL, "more_expander"));
  const PhTransport *transport;

  for (guint i = 0; (transport = ph_transport_at (i)) != NULL; i++)
    {
      g_autoptr (PhEndpoint) endpoint = ph_endpoint_new (transport->id);
      g_autoptr (PhEndpoint) opened = NULL;
      gboolean any = FALSE;

      ph_place_set_ip (&endpoint->remote, ph_transport_has_remote (transport) ? "192.0.2.1" : "",
                       ph_transport_has_remote (transport) ? 1 : PH_PORT_UNSET);
      for (guint j = 0; transport->options[j] != NULL; j++)
        if (transport->options[j]->side == PH_OPTION_LOCAL)
          {
            any = TRUE;
            g_assert_true (ph_endpoint_set_option (endpoint, transport->options[j]->id, transport->options[j]->max, NULL));
          }
      ph_network_panel_set_endpoint (panel, endpoint);
      g_assert_cmpint (gtk_widget_get_visible (expander), ==, any);
      opened = ph_network_panel_dup_endpoint (panel);
      g_assert_nonnull (opened);
      for (guint j = 0; transport->options[j] != NULL; j++)
        g_assert_cmpuint (ph_endpoint_get_option (opened, transport->options[j]), ==,
                          ph_endpoint_get_option (endpoint, transport->options[j]));
    }
  g_object_unref (panel);
}

/* No protocol takes paths yet. */
static void
test_a_path_is_marked_where_it_was_typed (void)
{
  static const char *const fields[] = { "local_field", "remote_field" };

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      PhNetworkPanel *panel = make (PH_TYPE_NETWORK_PANEL);
      GtkEditable *entry = child (field_of (panel, fields[i]), PH_TYPE_ADDRESS_FIELD, "host_entry");

      gtk_editable_set_text (entry, "unix:///run/a.sock");
      g_assert_null (ph_network_panel_dup_endpoint (panel));
      g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (entry), "error"));
      g_object_unref (panel);
    }
}

static void
test_what_is_typed_is_what_is_opened (void)
{
  PhNetworkPanel *panel = make (PH_TYPE_NETWORK_PANEL);
  g_autoptr (PhEndpoint) endpoint = NULL;

  g_object_set (panel, "transport", "udp", NULL);
  ph_address_field_set (field_of (panel, "local_field"), &(const PhPlace) { .name = (char *) "::1", .port = 7788 });
  ph_address_field_set (field_of (panel, "remote_field"), &(const PhPlace) { .name = (char *) "example.org", .port = 53 });
  endpoint = ph_network_panel_dup_endpoint (panel);
  g_assert_nonnull (endpoint);
  g_assert_cmpstr (endpoint->transport, ==, "udp");
  g_assert_cmpstr (endpoint->local.name, ==, "::1");
  g_assert_cmpint (endpoint->local.port, ==, 7788);
  g_assert_cmpstr (endpoint->remote.name, ==, "example.org");
  g_assert_cmpint (endpoint->remote.port, ==, 53);
  g_object_unref (panel);
}

/* ---- width ---- */

static int
narrowest (GtkWidget *widget)
{
  int width;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);

  return width;
}

static void
test_a_long_name_does_not_widen_a_panel (void)
{
  g_autoptr (PhReceiveOptions) receive_options = ph_receive_options_new ();
  g_autoptr (PhSendOptions) send_options = ph_send_options_new ();
  GtkWidget *receive = make (PH_TYPE_RECEIVE_PANEL), *send = make (PH_TYPE_SEND_PANEL);
  int receive_width, send_width;

  ph_receive_panel_set_options (PH_RECEIVE_PANEL (receive), receive_options);
  ph_send_panel_set_options (PH_SEND_PANEL (send), send_options);
  receive_width = narrowest (receive);
  send_width = narrowest (send);
  g_assert_cmpint (MIN (receive_width, send_width), >, 0);
  g_object_set (receive_options, "encoding", "gb18030", NULL);
  g_object_set (send_options, "encoding", "gb18030", "line-ending", "crlf", NULL);
  g_assert_cmpint (narrowest (receive), ==, receive_width);
  g_assert_cmpint (narrowest (send), ==, send_width);
  g_object_unref (receive);
  g_object_unref (send);
}

static void
test_what_a_panel_was_told_before_it_was_shown_is_in_it (void)
{
  g_autoptr (PhSendOptions) options = ph_send_options_new ();
  PhSendPanel *panel = g_object_ref_sink (g_object_new (PH_TYPE_SEND_PANEL, NULL));
  PhNumberField *interval;
  GtkDropDown *ending;

  ph_send_panel_set_options (panel, options);
  g_object_set (options, "interval", 250u, "line-ending", "crlf", NULL);
  gtk_widget_set_visible (GTK_WIDGET (panel), TRUE);
  interval = PH_NUMBER_FIELD (gtk_widget_get_template_child (GTK_WIDGET (panel), PH_TYPE_SEND_PANEL, "interval_field"));
  ending = GTK_DROP_DOWN (gtk_widget_get_template_child (GTK_WIDGET (panel), PH_TYPE_SEND_PANEL, "line_ending_drop_down"));
  g_assert_cmpfloat (ph_number_field_get_value (interval), ==, 250);
  g_assert_cmpuint (gtk_drop_down_get_selected (ending), ==, PH_LINE_ENDING_CRLF);

  gtk_widget_set_visible (GTK_WIDGET (panel), FALSE);
  ph_number_field_set_value (interval, 40);
  gtk_widget_set_visible (GTK_WIDGET (panel), TRUE);
  g_assert_true (gtk_widget_get_template_child (GTK_WIDGET (panel), PH_TYPE_SEND_PANEL, "interval_field") == G_OBJECT (interval));
  g_assert_cmpuint (ph_send_options_get_interval (options), ==, 40);
  gtk_editable_set_text (child (interval, PH_TYPE_NUMBER_FIELD, "spin"), "35");
  g_object_set (options, "repeat", TRUE, NULL);
  g_assert_true (ph_send_panel_commit (panel));
  g_assert_cmpuint (ph_send_options_get_interval (options), ==, 35);
  gtk_editable_set_text (child (interval, PH_TYPE_NUMBER_FIELD, "spin"), "0.5");
  g_assert_false (ph_send_panel_commit (panel));
  g_assert_cmpuint (ph_send_options_get_interval (options), ==, 35);
  g_object_unref (panel);
}

static gboolean
is_on (PhSessionPage *page, const char *action)
{
  g_autoptr (GVariant) state = g_action_group_get_action_state (ph_session_page_get_actions (page), action);

  return g_variant_get_boolean (state);
}

static void
test_looking_back_is_not_kept_as_auto_scroll_switched_off (void)
{
  PhSessionPage *first = make (PH_TYPE_SESSION_PAGE), *second, *third;
  GObject *log = gtk_widget_get_template_child (GTK_WIDGET (first), PH_TYPE_SESSION_PAGE, "log_view");

  ph_log_scroll_set_follow (PH_LOG_VIEW (log), FALSE); /* as scrolling would */
  g_assert_false (is_on (first, "auto-scroll"));
  second = make (PH_TYPE_SESSION_PAGE);
  g_assert_true (is_on (second, "auto-scroll"));

  g_action_group_activate_action (ph_session_page_get_actions (second), "auto-scroll", NULL);
  g_assert_false (is_on (second, "auto-scroll"));
  third = make (PH_TYPE_SESSION_PAGE);
  g_assert_false (is_on (third, "auto-scroll"));
  g_action_group_activate_action (ph_session_page_get_actions (third), "auto-scroll", NULL);
  g_assert_true (is_on (third, "auto-scroll"));
  g_object_unref (third);

  third = make (PH_TYPE_SESSION_PAGE);
  g_assert_true (is_on (third, "auto-scroll"));
  g_object_unref (first);
  g_object_unref (second);
  g_object_unref (third);
}

/* ---- the status bar ---- */

static GtkWidget *
status_part (GtkWidget *bar, const char *name)
{
  return GTK_WIDGET (gtk_widget_get_template_child (bar, PH_TYPE_STATUS_BAR, name));
}

static int
status_width (GtkWidget *bar, const char *name)
{
  GtkWidget *part = status_part (bar, name);
  graphene_rect_t bounds;

  return gtk_widget_get_child_visible (part) && gtk_widget_compute_bounds (part, bar, &bounds) ? (int) bounds.size.width : 0;
}

/* Which of these are shown completely: state, repeat, RX, loss, capture, reset. */
static void
assert_status (GtkWidget *bar, int width, const char *expected)
{
  static const char *const names[] = { "state_label", "repeat_label", "rx_label", "lost_button", "capture_part", "reset_button" };
  g_autoptr (GString) whole = g_string_new (NULL);

  gtk_widget_allocate (bar, width, 30, -1, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      int natural;

      gtk_widget_measure (status_part (bar, names[i]), GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
      if (status_width (bar, names[i]) >= natural)
        g_string_append_printf (whole, "%s ", names[i]);
    }
  g_assert_cmpstr (whole->str, ==, expected);
}

static PhFitLabel *
set_traffic (GtkWidget *bar, const char *name, const char *direction)
{
  PhFitLabel *label = PH_FIT_LABEL (status_part (bar, name));
  g_autofree char *all = g_strconcat (direction, "  123,456,789,012 bytes · 1,234,567,890 packets", NULL);
  g_autofree char *bytes = g_strconcat (direction, "  123,456,789,012 bytes", NULL);
  g_autofree char *size = g_strconcat (direction, "  115 GiB", NULL);

  ph_fit_label_set_texts (label, (const char *const[]) { all, bytes, size, NULL });

  return label;
}

static void
test_what_matters_less_in_the_status_bar_gives_way_first (void)
{
  GtkWidget *bar = make (PH_TYPE_STATUS_BAR);
  PhFitLabel *rx = set_traffic (bar, "rx_label", "RX"), *tx = set_traffic (bar, "tx_label", "TX");
  int least, most;

  gtk_label_set_label (GTK_LABEL (status_part (bar, "state_label")), "Open on 127.0.0.1:40000");
  gtk_label_set_label (GTK_LABEL (status_part (bar, "repeat_label")), "215,911 messages/s, and more of that");
  ph_fit_label_set_text (PH_FIT_LABEL (status_part (bar, "lost_label")), "Lost 12");
  ph_fit_label_set_text (PH_FIT_LABEL (status_part (bar, "capture_label")), "Recording");
  gtk_widget_set_visible (status_part (bar, "repeat_label"), TRUE);
  gtk_widget_set_visible (status_part (bar, "capture_part"), TRUE);
  gtk_widget_measure (bar, GTK_ORIENTATION_HORIZONTAL, -1, &least, &most, NULL, NULL);

  assert_status (bar, most + 200, "state_label repeat_label rx_label lost_button capture_part reset_button ");
  assert_status (bar, most, "state_label repeat_label rx_label lost_button capture_part reset_button ");
  assert_status (bar, most - 20, "state_label repeat_label rx_label lost_button reset_button ");
  assert_status (bar, most - 130, "state_label rx_label lost_button reset_button ");
  while (status_width (bar, "reset_button") > 0)
    gtk_widget_allocate (bar, --most, 30, -1, NULL);
  assert_status (bar, most, "state_label repeat_label rx_label lost_button "); /* there is room for it again */
  while (status_width (bar, "repeat_label") > 0)
    gtk_widget_allocate (bar, --most, 30, -1, NULL);
  assert_status (bar, most, "state_label rx_label lost_button ");
  while (g_str_has_suffix (ph_fit_label_get_shown (rx), " packets"))
    gtk_widget_allocate (bar, --most, 30, -1, NULL);
  assert_status (bar, --most, "state_label lost_button "); /* each of both gives up a pixel at least */
  g_assert_cmpstr (ph_fit_label_get_shown (rx), ==, "RX  123,456,789,012 bytes");
  g_assert_cmpstr (ph_fit_label_get_shown (tx), ==, "TX  123,456,789,012 bytes");
  assert_status (bar, least, "lost_button ");
  g_assert_cmpstr (ph_fit_label_get_shown (rx), ==, "RX  115 GiB");
  g_assert_cmpint (status_width (bar, "repeat_label"), ==, 0);
  g_object_unref (bar);
}

/* ---- rules ---- */

static guint
count_children (GtkWidget *parent)
{
  guint n = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (parent); child != NULL; child = gtk_widget_get_next_sibling (child))
    n++;

  return n;
}

static void
test_what_changes_the_rules_elsewhere_leaves_the_rows_before_it (void)
{
  static const char *const patterns[] = { "a", "b", "c" };
  GtkWindow *window;
  GtkWidget *rows, *first, *second;
  g_autoptr (GPtrArray) rules = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (patterns); i++)
    g_assert_true (ph_rule_store_add (PH_SEARCH_TEXT, patterns[i]));
  window = ph_rule_window_new (NULL);
  rows = GTK_WIDGET (gtk_widget_get_template_child (GTK_WIDGET (window), PH_TYPE_RULE_WINDOW, "rows"));
  first = gtk_widget_get_first_child (rows);
  second = gtk_widget_get_next_sibling (first);

  g_assert_true (ph_rule_store_add (PH_SEARCH_TEXT, "d"));
  g_assert_cmpuint (count_children (rows), ==, 4);
  g_assert_true (gtk_widget_get_first_child (rows) == first && gtk_widget_get_next_sibling (first) == second);

  rules = ph_rule_store_dup ();
  g_ptr_array_remove_index (rules, 1);
  ph_rule_store_set (rules);
  g_assert_cmpuint (count_children (rows), ==, 3);
  g_assert_true (gtk_widget_get_first_child (rows) == first);

  g_ptr_array_set_size (rules, 0);
  ph_rule_store_set (rules);
  g_assert_cmpuint (count_children (rows), ==, 0);
  gtk_window_destroy (window);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gtk_init ();

  g_test_add_func ("/address/pasted-addresses-are-split", test_pasted_addresses_are_split);
  g_test_add_func ("/address/pasted-into-the-port-is-split-too", test_an_address_pasted_into_the_port_is_split_too);
  g_test_add_func ("/address/typing-is-left-alone-until-it-is-read", test_typing_is_left_alone_until_it_is_read);
  g_test_add_func ("/address/a-bad-port-is-marked-until-it-is-changed", test_a_bad_port_is_marked_until_it_is_changed);
  g_test_add_func ("/network/a-scheme-chooses-the-protocol", test_a_scheme_chooses_the_protocol);
  g_test_add_func ("/network/a-scheme-that-is-typed-counts-for-what-is-opened",
                   test_a_scheme_that_is_typed_counts_for_what_is_opened);
  g_test_add_func ("/network/what-is-missing-is-marked-and-nothing-given",
                   test_what_is_missing_is_marked_and_nothing_given);
  g_test_add_func ("/network/the-options-of-a-protocol-are-shown-and-opened", test_the_options_of_a_protocol_are_shown_and_opened);
  g_test_add_func ("/network/a-path-is-marked-where-it-was-typed", test_a_path_is_marked_where_it_was_typed);
  g_test_add_func ("/network/what-is-typed-is-what-is-opened", test_what_is_typed_is_what_is_opened);
  g_test_add_func ("/status/what-matters-less-gives-way-first", test_what_matters_less_in_the_status_bar_gives_way_first);
  g_test_add_func ("/panels/a-long-name-does-not-widen-one", test_a_long_name_does_not_widen_a_panel);
  g_test_add_func ("/panels/what-one-was-told-before-it-was-shown-is-in-it",
                   test_what_a_panel_was_told_before_it_was_shown_is_in_it);
  g_test_add_func ("/panels/looking-back-is-not-kept-as-auto-scroll-switched-off",
                   test_looking_back_is_not_kept_as_auto_scroll_switched_off);
  g_test_add_func ("/panels/what-changes-the-rules-elsewhere-leaves-the-rows-before-it",
                   test_what_changes_the_rules_elsewhere_leaves_the_rows_before_it);

  return g_test_run ();
}
