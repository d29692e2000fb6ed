/* ph-network-panel.c: the fields of an endpoint; which are shown depends on the transport, and they are locked while it is open
 *
 * While it is open the local field shows the address that is bound, and after that again what the user typed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-network-panel.h"

#include "ph-address-field.h"
#include "ph-choices.h"
#include "ph-client-list.h"
#include "ph-open-button.h"
#include "ph-option-rows.h"
#include "ph-own-places.h"
#include "ph-settings.h"

#include <glib/gi18n.h>

struct _PhNetworkPanel
{
  GtkBox parent_instance;

  gboolean showing_bound; /* the local field shows the bound address; @typed has what the user typed */

  /* template */
  GtkDropDown *transport_drop_down;
  PhAddressField *local_field;
  PhAddressField *remote_field;
  GtkWidget *follow_check;
  GtkWidget *fields;
  PhOpenButton *open_button;
  GtkBox *more_box;
  GtkWidget *more_expander;
  GtkGrid *options_grid;

  /* borrowed */
  PhClientList *client_list; /* NULL until a transport with clients is chosen */

  /* owned */
  PhSession *session;
  char *transport;
  char *title;
  PhPlace typed;
  PhOwnPlaces *places;
  GArray *options; /* of PhOptionRow: of all transports, so that values stay when another is chosen */
};

G_DEFINE_FINAL_TYPE (PhNetworkPanel, ph_network_panel, GTK_TYPE_BOX)

enum
{
  PROP_TRANSPORT = 1,
  PROP_TITLE,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

enum
{
  REMOTE_CHANGED,
  CLIENT_CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static gboolean
is_active (PhNetworkPanel *self)
{
  return self->session != NULL && ph_session_is_active (self->session);
}

static gboolean
has_remote (PhNetworkPanel *self)
{
  return ph_transport_has_remote (ph_network_panel_get_transport (self));
}

static void
update_title (PhNetworkPanel *self)
{
  g_autofree char *title = ph_address_field_dup_title (self->local_field, self->remote_field, ph_network_panel_get_transport (self));

  if (g_strcmp0 (title, self->title) == 0)
    return;
  g_free (self->title);
  self->title = g_steal_pointer (&title);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_TITLE]);
}

/* ---- follow the transport and the session ---- */

/* A locked entry with the focus would keep its cursor blinking, so the button takes the focus first, unless the page moves it on. */
static void
save_focus (PhNetworkPanel *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self)))
    ph_open_button_focus (self->open_button);
}

static void
update_locks (PhNetworkPanel *self)
{
  const PhTransport *transport = ph_network_panel_get_transport (self);
  gboolean active = is_active (self);
  /* What is repeated goes to where it began. */
  gboolean remote = !active || !(ph_transport_needs_remote (transport) || ph_session_get_repeating (self->session));

  if ((active && gtk_widget_get_sensitive (GTK_WIDGET (self->local_field)))
      || (!remote && gtk_widget_get_sensitive (GTK_WIDGET (self->remote_field))))
    save_focus (self);
  gtk_widget_set_sensitive (GTK_WIDGET (self->transport_drop_down), !active);
  gtk_widget_set_sensitive (GTK_WIDGET (self->local_field), !active);
  gtk_widget_set_sensitive (GTK_WIDGET (self->remote_field), remote);
  ph_option_rows_lock (self->options, active);
}

static void
client_chosen_cb (PhNetworkPanel *self, PhPeer *peer)
{
  g_signal_emit (self, signals[CLIENT_CHOSEN], 0, peer);
}

/* Most windows never show the list, so it is made when it is first needed. Peers of another transport are no clients. */
static void
update_clients (PhNetworkPanel *self)
{
  const PhTransport *opened = self->session != NULL ? ph_session_get_transport (self->session) : NULL;
  gboolean shown = ph_transport_has_clients (ph_network_panel_get_transport (self)) && (opened == NULL || ph_transport_has_clients (opened));

  if (self->client_list == NULL && shown && self->session != NULL)
    {
      self->client_list = g_object_new (PH_TYPE_CLIENT_LIST, NULL);
      g_signal_connect_object (self->client_list, "chosen", G_CALLBACK (client_chosen_cb), self, G_CONNECT_SWAPPED);
      ph_client_list_set_session (self->client_list, self->session);
      gtk_box_append (self->more_box, GTK_WIDGET (self->client_list));
    }
  if (self->client_list != NULL)
    gtk_widget_set_visible (GTK_WIDGET (self->client_list), shown);
}

static void
update_fields (PhNetworkPanel *self)
{
  const PhTransport *transport = ph_network_panel_get_transport (self);

  gtk_widget_set_visible (GTK_WIDGET (self->remote_field), has_remote (self));
  gtk_widget_set_visible (self->follow_check, has_remote (self) && !ph_transport_has_one_peer (transport));
  gtk_widget_set_visible (self->more_expander, ph_option_rows_show (self->options, transport));
  update_clients (self);
  ph_address_field_set_placeholders (self->local_field, _(transport->local_hint), _("any"));
  if (transport->remote_hint != NULL)
    ph_address_field_set_placeholders (self->remote_field, _(transport->remote_hint), "");
  ph_address_field_clear_mark (self->local_field);
  ph_address_field_clear_mark (self->remote_field);
}

static void
update (PhNetworkPanel *self)
{
  update_fields (self);
  ph_open_button_set_transport (self->open_button, ph_network_panel_get_transport (self));
  update_locks (self);
  update_title (self);
}

/* Two addresses, one of each family, are what an empty field stands for; they have the same port. */
static void
show_bound (PhNetworkPanel *self)
{
  const char *local = ph_session_get_local (self->session);
  g_auto (GStrv) addresses = g_strsplit (local != NULL ? local : "", PH_NAMES_AND, 2);
  g_auto (PhPlace) place = { 0 };

  if (local == NULL || !is_active (self) || !ph_place_parse (addresses[0], &place, NULL, NULL))
    return;
  if (addresses[1] != NULL)
    ph_place_set_ip (&place, "", place.port);
  self->showing_bound = TRUE;
  ph_address_field_set (self->local_field, &place);
  update_title (self);
}

static void
show_typed (PhNetworkPanel *self)
{
  if (!self->showing_bound)
    return;
  self->showing_bound = FALSE;
  ph_address_field_set (self->local_field, &self->typed);
}

static void
notify_state_cb (PhNetworkPanel *self)
{
  if (!is_active (self))
    show_typed (self);
  update_clients (self);
  update_locks (self);
  update_title (self);
}

/* ---- input of the user ---- */

static void
activated_cb (PhNetworkPanel *self)
{
  if (!is_active (self))
    gtk_widget_activate_action (GTK_WIDGET (self), "page.toggle-open", NULL);
}

static void
remote_changed_cb (PhNetworkPanel *self)
{
  g_signal_emit (self, signals[REMOTE_CHANGED], 0);
}

static void
set_transport (PhNetworkPanel *self, const char *id)
{
  const PhTransport *transport = ph_transport_find (id);

  if (transport == NULL || g_strcmp0 (id, self->transport) == 0)
    return;
  g_free (self->transport);
  self->transport = g_strdup (id);
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_TRANSPORT]);
}

static void
scheme_cb (PhAddressField *field, const char *scheme, PhNetworkPanel *self)
{
  const PhTransport *transport = ph_transport_for_scheme (scheme, field == self->remote_field,
                                                          ph_network_panel_get_transport (self));

  if (transport != NULL && !is_active (self))
    set_transport (self, transport->id);
}

/* By the user: a transport that is chosen brings its own addresses. What is no address goes. */
static void
choose_transport (PhNetworkPanel *self, const char *id)
{
  g_auto (PhPlace) local = { .port = PH_PORT_UNSET };
  g_auto (PhPlace) remote = { .port = PH_PORT_UNSET };

  if (ph_transport_find (id) == NULL || g_strcmp0 (id, self->transport) == 0)
    return;
  ph_address_field_peek (self->local_field, &local);
  ph_address_field_peek (self->remote_field, &remote);
  ph_own_places_change (self->places, id, &local, &remote);
  ph_address_field_set (self->local_field, &local);
  ph_address_field_set (self->remote_field, &remote);
  set_transport (self, id);
}

/* ---- the object ---- */

static void
ph_network_panel_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  PhNetworkPanel *self = PH_NETWORK_PANEL (object);

  if (id == PROP_TRANSPORT)
    g_value_set_string (value, self->transport);
  else if (id == PROP_TITLE)
    g_value_set_string (value, self->title);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
ph_network_panel_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_TRANSPORT)
    choose_transport (PH_NETWORK_PANEL (object), g_value_get_string (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
ph_network_panel_dispose (GObject *object)
{
  g_clear_object (&PH_NETWORK_PANEL (object)->session);

  G_OBJECT_CLASS (ph_network_panel_parent_class)->dispose (object);
}

static void
ph_network_panel_finalize (GObject *object)
{
  PhNetworkPanel *self = PH_NETWORK_PANEL (object);

  g_free (self->transport);
  g_free (self->title);
  ph_place_clear (&self->typed);
  ph_own_places_free (self->places);
  g_array_unref (self->options);

  G_OBJECT_CLASS (ph_network_panel_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/porthole/Porthole/network-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, PhNetworkPanel, transport_drop_down);
  gtk_widget_class_bind_template_child (widget_class, PhNetworkPanel, local_field);
  gtk_widget_class_bind_template_child (widget_class, PhNetworkPanel, remote_field);
  gtk_widget_class_bind_template_child (widget_class, PhNetworkPanel, follow_check);
  gtk_widget_class_bind_template_child (widget_class, PhNetworkPanel, fields);
  gtk_widget_class_bind_template_child (widget_class, PhNetworkPanel, open_button);
  gtk_widget_class_bind_template_child (widget_class, PhNetworkPanel, more_box);
  gtk_widget_class_bind_template_child (widget_class, PhNetworkPanel, more_expander);
  gtk_widget_class_bind_template_child (widget_class, PhNetworkPanel, options_grid);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, remote_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, scheme_cb);
}

static void
ph_network_panel_class_init (PhNetworkPanelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = ph_network_panel_dispose;
  object_class->finalize = ph_network_panel_finalize;
  object_class->get_property = ph_network_panel_get_property;
  object_class->set_property = ph_network_panel_set_property;

  props[PROP_TRANSPORT] = g_param_spec_string ("transport", NULL, NULL, NULL,
                                               G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  props[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL,
                                           G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  signals[REMOTE_CHANGED] =
    g_signal_new ("remote-changed", PH_TYPE_NETWORK_PANEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[CLIENT_CHOSEN] = g_signal_new ("client-chosen", PH_TYPE_NETWORK_PANEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, PH_TYPE_PEER);

  g_type_ensure (PH_TYPE_ADDRESS_FIELD);
  g_type_ensure (PH_TYPE_OPEN_BUTTON);
  bind_template (GTK_WIDGET_CLASS (klass));
}

static void
ph_network_panel_init (PhNetworkPanel *self)
{
  self->transport = g_strdup (ph_transport_at (0)->id);
  ph_place_set_ip (&self->typed, "", PH_PORT_UNSET);
  self->places = ph_own_places_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  self->options = ph_option_rows_new (self->options_grid, PH_OPTION_LOCAL);
  for (guint i = 0; i < self->options->len; i++)
    {
      const PhOptionRow *row = &g_array_index (self->options, PhOptionRow, i);

      ph_number_field_set_value (row->field, g_settings_get_uint (ph_settings_get (), row->spec->id));
      g_signal_connect_object (row->field, "activated", G_CALLBACK (activated_cb), self, G_CONNECT_SWAPPED);
    }
  ph_choices_bind (&ph_choices_transports, self->transport_drop_down, self, "transport");
  update (self);
}

/** ph_network_panel_set_session: To be called once. */
void
ph_network_panel_set_session (PhNetworkPanel *panel, PhSession *session)
{
  g_return_if_fail (PH_IS_NETWORK_PANEL (panel));

  g_set_object (&panel->session, session);
  update_clients (panel);
  ph_open_button_set_session (panel->open_button, session);
  g_signal_connect_object (session, "notify::local", G_CALLBACK (show_bound), panel, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::state", G_CALLBACK (notify_state_cb), panel, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::repeating", G_CALLBACK (update_locks), panel, G_CONNECT_SWAPPED);
}

/** ph_network_panel_set_endpoint: Fills the fields, as if @endpoint had been typed. Options of other transports stay. */
void
ph_network_panel_set_endpoint (PhNetworkPanel *panel, const PhEndpoint *endpoint)
{
  g_return_if_fail (PH_IS_NETWORK_PANEL (panel));

  set_transport (panel, endpoint->transport);
  ph_address_field_set (panel->local_field, &endpoint->local);
  ph_address_field_set (panel->remote_field, &endpoint->remote);
  ph_own_places_set (panel->places, endpoint);
  ph_option_rows_set (panel->options, endpoint);
  update_title (panel);
}

/**
 * ph_network_panel_set_folded:
 * @folded: whether only the button is shown
 */
void
ph_network_panel_set_folded (PhNetworkPanel *panel, gboolean folded)
{
  g_return_if_fail (PH_IS_NETWORK_PANEL (panel));

  gtk_widget_set_visible (panel->fields, !folded);
  gtk_widget_set_visible (GTK_WIDGET (panel->more_box), !folded);
}

/**
 * ph_network_panel_focus:
 *
 * Gives the focus to what one needs first: the remote address of a client, or else the local port. While it is open, to what can be
 * changed.
 */
void
ph_network_panel_focus (PhNetworkPanel *panel)
{
  gboolean client;

  g_return_if_fail (PH_IS_NETWORK_PANEL (panel));

  client = ph_transport_needs_remote (ph_network_panel_get_transport (panel));
  if (is_active (panel) || !gtk_widget_get_visible (panel->fields))
    gtk_widget_child_focus (GTK_WIDGET (panel), GTK_DIR_TAB_FORWARD);
  else
    ph_address_field_focus (client ? panel->remote_field : panel->local_field, client ? PH_FIELD_HOST : PH_FIELD_PORT);
}

/** ph_network_panel_set_remote: Also while it is open. */
void
ph_network_panel_set_remote (PhNetworkPanel *panel, const PhPlace *place)
{
  g_return_if_fail (PH_IS_NETWORK_PANEL (panel));

  ph_address_field_set (panel->remote_field, place);
}

/* Reads a field. Marks it and returns FALSE if it is wrong, or if the transport takes no such place. */
static gboolean
read_field (PhNetworkPanel *self, PhAddressField *field, PhPlace *ret_place)
{
  g_auto (PhPlace) place = { 0 };
  g_autoptr (GError) error = NULL;

  if (!ph_address_field_read (field, &place))
    return FALSE;
  if (!ph_transport_takes (ph_network_panel_get_transport (self), &place, &error))
    {
      ph_address_field_mark (field, PH_FIELD_HOST, error->message);
      return FALSE;
    }
  *ret_place = place;
  place.name = NULL;

  return TRUE;
}

/**
 * ph_network_panel_dup_endpoint:
 *
 * Reads the fields, and marks the one that is wrong or missing. To be called while the session is closed: the local field then
 * shows again what was read here when the session is closed the next time.
 *
 * Returns: (transfer full) (nullable): what to open; %NULL if a field is marked
 */
PhEndpoint *
ph_network_panel_dup_endpoint (PhNetworkPanel *panel)
{
  g_autoptr (PhEndpoint) endpoint = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (PhPlace) local = { 0 };
  g_auto (PhPlace) remote = { .port = PH_PORT_UNSET };

  g_return_val_if_fail (PH_IS_NETWORK_PANEL (panel), NULL);

  if (!read_field (panel, panel->local_field, &local))
    return NULL;
  if (has_remote (panel) && !ph_network_panel_read_remote (panel, &remote))
    return NULL;
  /* After the fields: reading them may have chosen another transport, by a scheme. */
  endpoint = ph_endpoint_new (panel->transport);
  ph_place_set (&endpoint->local, &local);
  ph_place_set (&endpoint->remote, &remote);
  if (!ph_option_rows_read (panel->options, endpoint))
    {
      gtk_expander_set_expanded (GTK_EXPANDER (panel->more_expander), TRUE);
      return NULL;
    }
  if (!ph_endpoint_check (endpoint, &error))
    {
      ph_address_field_mark (panel->remote_field, ph_place_has_name (&remote) ? PH_FIELD_PORT : PH_FIELD_HOST, error->message);
      return NULL;
    }
  ph_place_set (&panel->typed, &local);
  ph_own_places_set (panel->places, endpoint);

  return g_steal_pointer (&endpoint);
}

/** ph_network_panel_dup_typed: Returns: (transfer full): what is in the fields, without addresses that are wrong, which it does not mark */
PhEndpoint *
ph_network_panel_dup_typed (PhNetworkPanel *panel)
{
  PhEndpoint *endpoint = ph_endpoint_new (panel->transport);
  g_auto (PhPlace) local = { 0 }, remote = { 0 };

  if (ph_address_field_peek (panel->local_field, &local))
    ph_place_set (&endpoint->local, &local);
  if (has_remote (panel) && ph_address_field_peek (panel->remote_field, &remote))
    ph_place_set (&endpoint->remote, &remote);
  ph_option_rows_read (panel->options, endpoint);

  return endpoint;
}

/** ph_network_panel_get_transport: Returns: (transfer none): the one that is chosen; not always the one that is open */
const PhTransport *
ph_network_panel_get_transport (PhNetworkPanel *panel)
{
  g_return_val_if_fail (PH_IS_NETWORK_PANEL (panel), NULL);

  return ph_transport_find (panel->transport);
}

/**
 * ph_network_panel_read_remote:
 * @ret_place: (out): freed by ph_place_clear(); without a name if the field is empty
 *
 * An address without a port, and a port without an address, are marked as wrong.
 *
 * Returns: %FALSE if the field is marked
 */
gboolean
ph_network_panel_read_remote (PhNetworkPanel *panel, PhPlace *ret_place)
{
  g_auto (PhPlace) place = { 0 };

  g_return_val_if_fail (PH_IS_NETWORK_PANEL (panel), FALSE);

  if (!read_field (panel, panel->remote_field, &place))
    return FALSE;
  if (ph_place_has_name (&place) && place.port <= 0)
    {
      ph_address_field_mark (panel->remote_field, PH_FIELD_PORT,
                             place.port == 0 ? _("Port 0 is no destination: choose one from 1 to 65535")
                                             : _("The remote port is empty: say which one"));
      return FALSE;
    }
  if (!ph_place_has_name (&place) && place.port != PH_PORT_UNSET)
    {
      ph_address_field_mark (panel->remote_field, PH_FIELD_HOST, _("The remote address is empty: say which one"));
      return FALSE;
    }
  *ret_place = place;
  place.name = NULL;

  return TRUE;
}

/**
 * ph_network_panel_dup_remote:
 *
 * Returns: (transfer full) (nullable): the remote address and port as typed; %NULL if they are empty or wrong, or the
 *   transport has none
 */
char *
ph_network_panel_dup_remote (PhNetworkPanel *panel)
{
  g_auto (PhPlace) place = { 0 };

  g_return_val_if_fail (PH_IS_NETWORK_PANEL (panel), NULL);

  if (!has_remote (panel) || !ph_address_field_peek (panel->remote_field, &place) || !ph_place_has_name (&place)
      || place.port <= 0)
    return NULL;

  return ph_place_dup_text (&place);
}
