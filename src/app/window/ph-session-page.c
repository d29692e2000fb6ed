/* ph-session-page.c: connects a session with the widgets that open it, send through it and show it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-session-page-private.h"

#include "ph-address-store.h"
#include "ph-captures-here.h"
#include "ph-page-conflict.h"
#include "ph-plat.h"
#include "ph-settings.h"

#include <glib/gi18n.h>

G_DEFINE_FINAL_TYPE (PhSessionPage, ph_session_page, GTK_TYPE_BOX)

enum
{
  PROP_TITLE = 1,
  PROP_SESSION,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

/* ---- following the session ---- */

/**
 * ph_session_page_enable:
 * @name: of an action of @page
 */
void
ph_session_page_enable (PhSessionPage *page, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (page->actions), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

/** ph_session_page_update_welcome: Shows the words over an empty log, or hides them. */
void
ph_session_page_update_welcome (PhSessionPage *page)
{
  const PhCounters *counters = ph_session_get_counters (page->session);

  page->has_data = page->has_data || counters->rx_packets + counters->tx_packets > 0;
  if (page->title == NULL)
    ph_welcome_update (page->welcome, page->session, ph_network_panel_get_transport (page->network_panel));
  ph_session_page_update_cleared (page);
}

static void
notify_state_cb (PhSessionPage *self)
{
  PhSessionState state = ph_session_get_state (self->session);

  ph_session_page_enable (self, "send", state == PH_SESSION_OPEN || state == PH_SESSION_HALF_CLOSED);
  ph_session_page_enable (self, "toggle-open", state != PH_SESSION_CLOSING);
  ph_session_page_enable (self, "save", ph_session_get_capture_state (self->session) != PH_CAPTURE_NONE);
  if (state == PH_SESSION_OPEN)
    ph_banner_dismiss (self->banner);
  ph_session_page_update_welcome (self);
  ph_session_page_follow_opening (self);
}

static void
notify_transport_cb (PhSessionPage *self)
{
  ph_session_page_follow_choice (self);
  ph_message_target_set_peer (self->target, NULL);
  ph_session_page_update_targets (self);
  ph_session_page_update_welcome (self);
}

static void
failed_cb (PhSessionPage *self, const char *message, guint code, gboolean fatal)
{
  const PhEndpoint *endpoint = ph_session_get_endpoint (self->session);
  int port = endpoint != NULL ? endpoint->local.port : 0;
  gboolean taken = code == PH_ERROR_IN_USE || code == PH_ERROR_DENIED; /* the second where ports are taken exclusively */
  g_autofree char *own = taken ? ph_page_conflict_dup_hint (self) : NULL;

  ph_banner_show (self->banner, message, own != NULL ? own : ph_error_hint ((PhError) code, port, ph_plat_is_sandboxed ()));
}

static void
notify_title_cb (PhSessionPage *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_TITLE]);
}

static void
remote_changed_cb (PhSessionPage *self)
{
  if (self->session != NULL)
    ph_session_page_update_targets (self);
}

static void
client_chosen_cb (PhSessionPage *self, PhPeer *peer)
{
  ph_message_target_set_peer (self->target, peer);
  ph_send_area_focus (self->send_area);
}

/* ---- the object ---- */

static gboolean
id_to_mode_cb (GBinding *binding, const GValue *from, GValue *to, gpointer unused)
{
  g_autoptr (GEnumClass) modes = g_type_class_ref (PH_TYPE_LOG_MODE);

  g_value_set_enum (to, g_enum_get_value_by_nick (modes, g_value_get_string (from))->value);

  return TRUE;
}

static void
update_form (PhSessionPage *self)
{
  ph_session_set_form (self->session, ph_receive_options_get_form (self->receive_options));
}

static void
make_receive_options (PhSessionPage *self)
{
  static const char *const shared[] = { "form", "encoding", "as-it-came", "time", "wrap", "hidden" };

  self->receive_options = ph_receive_options_new ();
  for (guint i = 0; i < G_N_ELEMENTS (shared); i++)
    g_object_bind_property (self->receive_options, shared[i], self->log_view, shared[i], G_BINDING_SYNC_CREATE);
  g_object_bind_property (self->receive_options, "follow", self->log_view, "follow",
                          G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  g_object_bind_property_full (self->receive_options, "mode", self->log_view, "mode", G_BINDING_SYNC_CREATE,
                               id_to_mode_cb, NULL, NULL, NULL);
  ph_receive_panel_set_options (self->receive_panel, self->receive_options);
  ph_log_tools_set_options (self->log_tools, self->receive_options);
  g_signal_connect_object (self->receive_options, "notify::hex", G_CALLBACK (update_form), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->receive_options, "notify::encoding", G_CALLBACK (update_form), self, G_CONNECT_SWAPPED);
  update_form (self);
}

static void
follow_session (PhSessionPage *self)
{
  ph_network_panel_set_session (self->network_panel, self->session);
  ph_log_view_set_session (self->log_view, self->session);
  ph_status_bar_set_session (self->status_bar, self->session);
  g_signal_connect_object (self->session, "notify::state", G_CALLBACK (notify_state_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "advanced", G_CALLBACK (ph_session_page_update_welcome), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->network_panel, "notify::transport", G_CALLBACK (notify_transport_cb), self,
                           G_CONNECT_SWAPPED);
  notify_state_cb (self);
  notify_transport_cb (self);
}

static void
ph_session_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_TITLE:
      if (PH_SESSION_PAGE (object)->own_title != NULL)
        g_value_set_string (value, PH_SESSION_PAGE (object)->own_title);
      else if (PH_SESSION_PAGE (object)->title != NULL)
        g_value_set_string (value, PH_SESSION_PAGE (object)->title);
      else
        g_object_get_property (G_OBJECT (PH_SESSION_PAGE (object)->network_panel), "title", value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
ph_session_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_SESSION:
      PH_SESSION_PAGE (object)->session = g_value_dup_object (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

/* A window may keep the group longer, and an action of a property keeps its object. */
static void
remove_actions (PhSessionPage *self)
{
  g_auto (GStrv) names = g_action_group_list_actions (G_ACTION_GROUP (self->actions));

  for (guint i = 0; names[i] != NULL; i++)
    g_action_map_remove_action (G_ACTION_MAP (self->actions), names[i]);
}

static void
ph_session_page_dispose (GObject *object)
{
  PhSessionPage *self = PH_SESSION_PAGE (object);

  if (self->session != NULL && ph_session_is_read_only (self->session))
    ph_captures_unclaim (ph_captures_here (), ph_session_get_capture_path (self->session));
  else if (self->session != NULL)
    ph_session_close (self->session);
  if (self->saving != NULL)
    ph_live_saving_end (self->saving); /* others may hold it, but the session goes */
  g_clear_pointer (&self->save_popover, gtk_widget_unparent);
  g_clear_handle_id (&self->change_repeat, g_source_remove);
  g_clear_handle_id (&self->show_followed, g_source_remove);
  g_clear_weak_pointer (&self->opened_from);
  g_clear_pointer (&self->title, g_free);
  g_clear_pointer (&self->own_title, g_free);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "page", NULL);
  g_clear_pointer (&self->windows, ph_page_windows_free);
  g_clear_pointer (&self->commands, ph_tab_commands_free);
  if (self->actions != NULL)
    remove_actions (self);
  g_clear_object (&self->control);
  g_clear_object (&self->actions);
  g_clear_object (&self->message);
  g_clear_object (&self->target);
  g_clear_object (&self->send_options);
  g_clear_object (&self->saving);
  g_clear_object (&self->save_options);
  g_clear_object (&self->receive_options);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (ph_session_page_parent_class)->dispose (object);
}

static void
ph_session_page_constructed (GObject *object)
{
  PhSessionPage *self = PH_SESSION_PAGE (object);

  G_OBJECT_CLASS (ph_session_page_parent_class)->constructed (object);
  if (self->session == NULL)
    self->session = ph_session_new ();
  make_receive_options (self);
  ph_session_page_make_saving (self);
  ph_session_page_make_message (self);
  ph_session_page_follow_senders (self);
  ph_session_page_add_actions (self);
  self->windows = ph_page_windows_new (self);
  self->commands = ph_tab_commands_new (self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "page", G_ACTION_GROUP (self->actions));
  follow_session (self);
  ph_session_page_follow_settings (self);
  ph_session_page_follow_frame (self);
  if (ph_session_is_read_only (self->session))
    ph_session_page_show_capture (self);
}

/* GtkOverlay would ask for the height at the natural width, and words that wrap need more. Within all of the room a widget places
 * itself, for the width that there is. A log that is too low for it is overlapped alike above and below. */
static gboolean
place_over_log_cb (GtkOverlay *overlay, GtkWidget *child, GdkRectangle *place)
{
  int width = gtk_widget_get_width (GTK_WIDGET (overlay)), height = gtk_widget_get_height (GTK_WIDGET (overlay)), least;

  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width, &least, NULL, NULL, NULL);
  *place = (GdkRectangle) { 0, MIN (height - least, 0) / 2, width, MAX (height, least) };

  return TRUE;
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/porthole/Porthole/session-page.ui");
  gtk_widget_class_bind_template_child (widget_class, PhSessionPage, content);
  gtk_widget_class_bind_template_child (widget_class, PhSessionPage, frame);
  gtk_widget_class_bind_template_child (widget_class, PhSessionPage, side);
  gtk_widget_class_bind_template_child (widget_class, PhSessionPage, network_group);
  gtk_widget_class_bind_template_child (widget_class, PhSessionPage, receive_group);
  gtk_widget_class_bind_template_child (widget_class, PhSessionPage, send_group);
  gtk_widget_class_bind_template_child (widget_class, PhSessionPage, network_panel);
  gtk_widget_class_bind_template_child (widget_class, PhSessionPage, receive_panel);
  gtk_widget_class_bind_template_child (widget_class, PhSessionPage, send_panel);
  gtk_widget_class_bind_template_child (widget_class, PhSessionPage, banner);
  gtk_widget_class_bind_template_child (widget_class, PhSessionPage, log_tools);
  gtk_widget_class_bind_template_child (widget_class, PhSessionPage, save_bar);
  gtk_widget_class_bind_template_child (widget_class, PhSessionPage, search_slot);
  gtk_widget_class_bind_template_child (widget_class, PhSessionPage, paned);
  gtk_widget_class_bind_template_child (widget_class, PhSessionPage, log_view);
  gtk_widget_class_bind_template_child (widget_class, PhSessionPage, welcome);
  gtk_widget_class_bind_template_child (widget_class, PhSessionPage, send_area);
  gtk_widget_class_bind_template_child (widget_class, PhSessionPage, drawer);
  gtk_widget_class_bind_template_child (widget_class, PhSessionPage, status_bar);
  gtk_widget_class_bind_template_callback (widget_class, place_over_log_cb);
  gtk_widget_class_bind_template_callback (widget_class, notify_title_cb);
  ph_session_page_bind_saving (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, remote_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, client_chosen_cb);
}

static void
ph_session_page_class_init (PhSessionPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = ph_session_page_constructed;
  object_class->dispose = ph_session_page_dispose;
  object_class->set_property = ph_session_page_set_property;
  object_class->get_property = ph_session_page_get_property;

  props[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL,
                                           G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  props[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, PH_TYPE_SESSION,
                                             G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  g_type_ensure (PH_TYPE_BANNER);
  g_type_ensure (PH_TYPE_DRAWER);
  g_type_ensure (PH_TYPE_GROUP);
  g_type_ensure (PH_TYPE_GROUP_COLUMN);
  g_type_ensure (PH_TYPE_LOG_TOOLS);
  g_type_ensure (PH_TYPE_PAGE_FRAME);
  g_type_ensure (PH_TYPE_SAVE_BAR);
  g_type_ensure (PH_TYPE_LOG_VIEW);
  g_type_ensure (PH_TYPE_NETWORK_PANEL);
  g_type_ensure (PH_TYPE_RECEIVE_PANEL);
  g_type_ensure (PH_TYPE_SEARCH_SLOT);
  g_type_ensure (PH_TYPE_SEND_AREA);
  g_type_ensure (PH_TYPE_SEND_PANEL);
  g_type_ensure (PH_TYPE_STATUS_BAR);
  g_type_ensure (PH_TYPE_WELCOME);
  bind_template (widget_class);
}

/* The first frame has what users click first; the rest is made for the second, so that the window is there sooner. */
static gboolean
show_rest_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer unused)
{
  PhSessionPage *self = PH_SESSION_PAGE (widget);

  if (gdk_frame_clock_get_frame_counter (clock) < 1)
    return G_SOURCE_CONTINUE;
  gtk_widget_set_visible (GTK_WIDGET (self->log_tools), TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->receive_panel), TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->receive_group), TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->send_panel), self->title == NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->send_group), self->title == NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->send_area), self->title == NULL);
  ph_session_page_show_drawer (self);
  if (!self->focused && gtk_widget_get_mapped (GTK_WIDGET (self->log_view)))
    ph_session_page_focus_first (self);

  return G_SOURCE_REMOVE;
}

static void
ph_session_page_init (PhSessionPage *self)
{
  self->actions = g_simple_action_group_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_add_tick_callback (GTK_WIDGET (self), show_rest_cb, NULL, NULL);
}

/**
 * ph_session_page_new_for_session:
 *
 * Returns: (transfer floating): a page; read-only if the session was read from a file
 */
GtkWidget *
ph_session_page_new_for_session (PhSession *session)
{
  return g_object_new (PH_TYPE_SESSION_PAGE, "session", session, NULL);
}

/**
 * ph_session_page_new:
 *
 * Returns: (transfer floating): a page with the endpoint that was used last
 */
GtkWidget *
ph_session_page_new (void)
{
  return g_object_new (PH_TYPE_SESSION_PAGE, NULL);
}

/**
 * ph_session_page_get_session:
 *
 * Returns: (transfer none): its session
 */
PhSession *
ph_session_page_get_session (PhSessionPage *page)
{
  g_return_val_if_fail (PH_IS_SESSION_PAGE (page), NULL);

  return page->session;
}

/**
 * ph_session_page_renew_actions:
 *
 * To be called when @page has come into a window. GTK then gives its buttons the state of the actions of the page in front, which the
 * window has under the same name.
 */
void
ph_session_page_renew_actions (PhSessionPage *page)
{
  g_return_if_fail (PH_IS_SESSION_PAGE (page));

  gtk_widget_insert_action_group (GTK_WIDGET (page), "page", NULL);
  gtk_widget_insert_action_group (GTK_WIDGET (page), "page", G_ACTION_GROUP (page->actions));
}

/**
 * ph_session_page_get_actions:
 *
 * Returns: (transfer none): the "page" actions, for menus and keys of the window
 */
GActionGroup *
ph_session_page_get_actions (PhSessionPage *page)
{
  g_return_val_if_fail (PH_IS_SESSION_PAGE (page), NULL);

  return G_ACTION_GROUP (page->actions);
}

/**
 * ph_session_page_set_endpoint:
 * @endpoint: for the fields. It was not typed, so it is not saved for the next start
 */
void
ph_session_page_set_endpoint (PhSessionPage *page, const PhEndpoint *endpoint)
{
  g_return_if_fail (PH_IS_SESSION_PAGE (page));

  page->unremembered = TRUE;
  ph_network_panel_set_endpoint (page->network_panel, endpoint);
}

/**
 * ph_session_page_set_remote:
 * @place: the remote address, also of a page that is open
 */
void
ph_session_page_set_remote (PhSessionPage *page, const PhPlace *place)
{
  g_return_if_fail (PH_IS_SESSION_PAGE (page));

  ph_network_panel_set_remote (page->network_panel, place);
}

/**
 * ph_session_page_set_format:
 * @encoding: (nullable): a PhCharset id, for both directions
 * @hex: whether both directions are hex; %FALSE leaves them as they are
 */
void
ph_session_page_set_format (PhSessionPage *page, const char *encoding, gboolean hex)
{
  g_autofree char *now = NULL;

  g_return_if_fail (PH_IS_SESSION_PAGE (page));

  if (encoding != NULL)
    {
      g_object_set (page->receive_options, "encoding", encoding, NULL);
      g_object_get (page->send_options, "encoding", &now, NULL);
      if (!g_str_equal (now, PH_SEND_ENCODING_SAME))
        g_object_set (page->send_options, "encoding", encoding, NULL);
    }
  if (hex)
    {
      g_object_set (page->receive_options, "hex", TRUE, NULL);
      g_object_set (page->send_options, "hex", TRUE, NULL);
    }
}

/**
 * ph_session_page_open:
 *
 * Opens the endpoint in the fields, or marks the field that is wrong.
 */
void
ph_session_page_open (PhSessionPage *page)
{
  g_autoptr (PhEndpoint) endpoint = NULL;

  g_return_if_fail (PH_IS_SESSION_PAGE (page));

  ph_banner_dismiss (page->banner);
  endpoint = ph_network_panel_dup_endpoint (page->network_panel);
  if (endpoint == NULL)
    return;
  ph_settings_apply_options (endpoint, PH_OPTION_REMOTE);
  if (!page->unremembered)
    ph_settings_set_endpoint (endpoint);
  page->unremembered = FALSE;
  ph_address_store_note (&endpoint->remote);
  ph_session_page_open_focused (page, endpoint);
}

/**
 * ph_session_page_tell:
 * @hint: (nullable): how to avoid the failure
 *
 * Adds @message to the banner over the log.
 */
void
ph_session_page_tell (PhSessionPage *page, const char *message, const char *hint)
{
  g_return_if_fail (PH_IS_SESSION_PAGE (page));

  ph_banner_add (page->banner, message, hint);
}

/**
 * ph_session_page_set_current:
 * @current: whether its tab is the one in front
 *
 * Hides the contents of the other tabs from assistive technology, so that no two controls have the same name there.
 */
void
ph_session_page_set_current (PhSessionPage *page, gboolean current)
{
  g_return_if_fail (PH_IS_SESSION_PAGE (page));

  gtk_widget_set_visible (page->content, current);
}
