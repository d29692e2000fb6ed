/* ph-session-page-send.c: the message of a tab: made with its options and target, bound to its widgets, and sent
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-session-page-private.h"

#include "ph-address-store.h"
#include "ph-capture-file.h"
#include "ph-compat-files.h"
#include "ph-fill-popover.h"
#include "ph-history-store.h"
#include "ph-window-files.h"

#include <glib/gi18n.h>

#define FOLLOWED_SHOWN 250 /* ms that a last sender is shown at least, before another one is */

/* Switching off “Repeat every” stops the repeat. */
static void
notify_repeat_cb (PhSessionPage *self)
{
  if (!ph_send_options_get_repeat (self->send_options) && ph_session_get_repeating (self->session))
    ph_session_stop_repeat (self->session);
}

/**
 * ph_session_page_read_remote:
 *
 * Takes over the address to send to, or the remote address, as it is typed, for what is sent next.
 *
 * Returns: %FALSE if it is wrong; its field is marked then
 */
gboolean
ph_session_page_read_remote (PhSessionPage *page)
{
  g_auto (PhPlace) remote = { 0 };

  if (!ph_session_get_repeating (page->session) && !ph_send_area_commit_target (page->send_area))
    return FALSE;
  if (!ph_message_target_needs_remote (page->target))
    return TRUE;
  if (!ph_network_panel_read_remote (page->network_panel, &remote))
    return FALSE;
  ph_message_target_set_remote (page->target, &remote);

  return TRUE;
}

/* Typing changes more than one thing: what it comes to in the end counts. */
static gboolean
change_repeat_cb (gpointer data)
{
  PhSessionPage *self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *words = NULL;

  self->change_repeat = 0;
  if (!ph_session_get_repeating (self->session) || !ph_session_page_read_remote (self))
    return G_SOURCE_REMOVE;
  if (ph_session_change_message (self->session, self->message, NULL, &error))
    {
      ph_send_area_unmark (self->send_area);
      return G_SOURCE_REMOVE;
    }
  /* Translators: an error in the typed message follows */
  words = g_strdup_printf (_("Still repeating the message before: %s"), error->message);
  ph_send_area_tell (self->send_area, words);

  return G_SOURCE_REMOVE;
}

/* What is shown is what is repeated, from the next message on. */
static void
message_changed_cb (PhSessionPage *self)
{
  if (self->change_repeat == 0 && ph_session_get_repeating (self->session))
    self->change_repeat = g_idle_add (change_repeat_cb, self);
}

/* ---- a file in place of what is typed ---- */

static void
set_source (PhSessionPage *self, GFile *file)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), "source");

  ph_send_area_set_file (self->send_area, file);
  ph_send_panel_set_source (self->send_panel, file != NULL ? ph_file_card_get_name (ph_send_area_get_card (self->send_area)) : NULL);
  g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_string (file != NULL ? "file" : "typed"));
}

static void
chosen_cb (gpointer page, GFile *file)
{
  set_source (page, file);
}

static void
file_closed_cb (PhSessionPage *self)
{
  set_source (self, NULL);
  ph_send_area_focus (self->send_area);
}

/* A recording is opened, wherever it is dropped. */
static void
file_dropped_cb (PhSessionPage *self, GFile *file)
{
  g_autofree char *path = ph_window_files_dup_path (file);
  const char *paths[] = { path, NULL };
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (g_str_has_suffix (path, PH_CAPTURE_SUFFIX) && PH_IS_WINDOW (root))
    ph_window_open_files (PH_WINDOW (root), paths);
  else
    set_source (self, file);
}

/**
 * ph_session_page_choose_source:
 * @source: “typed”, or “file”: asks for one; without an answer all stays as it is
 */
void
ph_session_page_choose_source (PhSessionPage *page, const char *source)
{
  PhFileCard *card = ph_send_area_get_card (page->send_area);

  if (g_str_equal (source, "file"))
    {
      ph_compat_ask_open (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (page))), _("Send a file"), NULL, NULL, chosen_cb, page);
      return;
    }
  if (card != NULL)
    ph_file_card_cancel (card);
  set_source (page, NULL);
}

/**
 * ph_session_page_make_message:
 * @page: a page with a session and receive options
 */
void
ph_session_page_make_message (PhSessionPage *page)
{
  page->send_options = ph_send_options_new ();
  g_object_bind_property (page->receive_options, "encoding", page->send_options, "receive-encoding", G_BINDING_SYNC_CREATE);
  page->target = ph_message_target_new (page->session);
  page->message = ph_message_new (page->send_options, page->target);
  ph_send_panel_set_options (page->send_panel, page->send_options);
  ph_send_area_set_message (page->send_area, page->message, page->session);
  g_signal_connect_object (page->send_options, "notify::repeat", G_CALLBACK (notify_repeat_cb), page, G_CONNECT_SWAPPED);
  g_signal_connect_object (page->send_options, "notify", G_CALLBACK (message_changed_cb), page, G_CONNECT_SWAPPED);
  g_signal_connect_object (page->target, "notify", G_CALLBACK (message_changed_cb), page, G_CONNECT_SWAPPED);
  g_signal_connect_object (page->message, "notify::text", G_CALLBACK (message_changed_cb), page, G_CONNECT_SWAPPED);
  g_signal_connect_object (page->send_area, "file-dropped", G_CALLBACK (file_dropped_cb), page, G_CONNECT_SWAPPED);
  g_signal_connect_object (page->send_area, "file-closed", G_CALLBACK (file_closed_cb), page, G_CONNECT_SWAPPED);
  g_signal_connect_object (page->network_panel, "remote-changed", G_CALLBACK (message_changed_cb), page, G_CONNECT_SWAPPED);
}

/* ---- the last sender ---- */

static gboolean
transport_follows (PhSessionPage *self, const PhTransport *transport)
{
  return transport->everyone != NULL && !ph_transport_has_clients (transport) && ph_message_target_get_follow (self->target);
}

/* @remote: (nullable): the remote address, where a message goes until somebody was heard */
static void
show_followed (PhSessionPage *self, const char *remote)
{
  const char *sender = ph_session_get_peer_address (self->session, ph_session_get_facts (self->session)->heard_last);
  const char *address = sender != NULL ? sender : remote;
  g_autofree char *label = address != NULL ? ph_address_store_dup_label (address) : NULL;
  g_autofree char *text = NULL;

  if (sender != NULL)
    /* Translators: an address and port follow */
    text = g_strdup_printf (_("Last sender %s"), label);
  else if (remote != NULL)
    /* Translators: %s is an address and port */
    text = g_strdup_printf (_("Remote %s, until somebody is heard"), label);
  ph_send_area_set_stream (self->send_area, FALSE);
  ph_send_area_show_targets (self->send_area, TRUE, text != NULL ? text : _("Last sender"), address);
}

static void follow_sender (PhSessionPage *self);

static gboolean
show_followed_cb (gpointer data)
{
  PhSessionPage *self = data;

  self->show_followed = 0;
  follow_sender (self);

  return G_SOURCE_REMOVE;
}

/* A text of the list has the window laid out: senders that take turns must not do that in every frame. */
static void
follow_sender (PhSessionPage *self)
{
  guint32 heard = ph_session_get_facts (self->session)->heard_last;

  if (self->show_followed != 0 || heard == self->followed || !ph_message_target_get_follow (self->target))
    return;
  self->followed = heard;
  self->show_followed = g_timeout_add (FOLLOWED_SHOWN, show_followed_cb, self);
  ph_session_page_update_targets (self);
}

/** ph_session_page_follow_senders: shows where messages go, while they go to the last sender */
void
ph_session_page_follow_senders (PhSessionPage *page)
{
  g_signal_connect_object (page->session, "advanced", G_CALLBACK (follow_sender), page, G_CONNECT_SWAPPED);
  g_signal_connect_object (page->target, "notify::follow", G_CALLBACK (ph_session_page_update_targets), page, G_CONNECT_SWAPPED);
}

/**
 * ph_session_page_update_targets:
 *
 * Shows or hides the choice of targets, as the protocol has one, and sets the text for no peer in particular.
 */
void
ph_session_page_update_targets (PhSessionPage *page)
{
  const PhTransport *transport = ph_network_panel_get_transport (page->network_panel);
  g_autofree char *remote = ph_network_panel_dup_remote (page->network_panel);
  g_autofree char *label = remote != NULL ? ph_address_store_dup_label (remote) : NULL;
  g_autofree char *text = NULL;

  if (transport_follows (page, transport))
    {
      show_followed (page, remote);
      return;
    }
  if (remote != NULL)
    /* Translators: an address and port follow */
    text = g_strdup_printf (_("Remote %s"), label);
  else if (transport->everyone != NULL)
    text = g_strdup (_(transport->everyone));
  ph_send_area_set_stream (page->send_area, ph_transport_is_stream (transport));
  ph_send_area_show_targets (page->send_area, transport->everyone != NULL, text != NULL ? text : "", remote);
}

/* Why nothing can be sent now, or NULL. */
static const char *
find_obstacle (PhSessionPage *self)
{
  switch (ph_session_get_state (self->session))
    {
    case PH_SESSION_OPEN:
    case PH_SESSION_HALF_CLOSED:
      return NULL;
    case PH_SESSION_OPENING:
      return _("Not sent: not open yet");
    default:
      return _("Not sent: nothing is open (F5 opens it)");
    }
}

/* The address that was typed, for the next time. */
static void
remember_target (PhSessionPage *self)
{
  const char *typed = ph_message_target_get_typed (self->target);
  g_autofree char *remote = NULL;

  if (typed == NULL && ph_message_target_needs_remote (self->target))
    remote = ph_network_panel_dup_remote (self->network_panel);
  if (typed != NULL || remote != NULL)
    ph_addresses_note (ph_address_store_get (), typed != NULL ? typed : remote);
}

/* All that the message needs is known. The tab may be closed by now: then the session is. */
static void
filled_cb (GObject *owner, PhPayload *payload, const GError *error)
{
  PhSessionPage *self = PH_SESSION_PAGE (owner);
  g_autoptr (GError) why = NULL;

  if (payload != NULL && ph_session_send_compiled (self->session, self->message, payload, &why))
    {
      ph_history_store_add_message (self->message);
      remember_target (self);
      ph_send_area_sent (self->send_area);
      return;
    }
  if (why != NULL || error != NULL)
    ph_send_area_mark (self->send_area, why != NULL ? why->message : error->message);
}

/* Begins to send the file; what is sent already pauses, or goes on. */
static void
send_file (PhSessionPage *self)
{
  PhFileCard *card = ph_send_area_get_card (self->send_area);
  const char *obstacle = find_obstacle (self);
  g_autoptr (GError) error = NULL;
  PhTarget target;

  if (ph_file_card_is_running (card))
    ph_file_card_toggle_pause (card);
  else if (obstacle != NULL)
    ph_file_card_tell (card, obstacle, FALSE);
  else if (!ph_session_page_read_remote (self))
    return;
  else if (ph_message_target_aim (self->target, &target, &error))
    ph_file_card_send (card, self->session, &target);
  else
    ph_file_card_tell (card, error->message, TRUE);
}

/**
 * ph_session_page_send:
 *
 * Sends the message, or begins to repeat it, or stops the repeat. If that cannot be, the reason is shown.
 */
void
ph_session_page_send (PhSessionPage *page)
{
  const char *obstacle = find_obstacle (page);
  g_autoptr (GError) error = NULL;
  g_autoptr (PhPayload) payload = NULL;
  gsize place = 0;

  if (ph_session_get_repeating (page->session))
    {
      ph_session_stop_repeat (page->session);
      return;
    }
  if (ph_send_area_has_file (page->send_area))
    {
      send_file (page);
      return;
    }
  ph_send_area_unmark (page->send_area);
  if (obstacle != NULL)
    {
      ph_send_area_tell (page->send_area, obstacle);
      return;
    }
  if (!ph_send_panel_commit (page->send_panel) || !ph_session_page_read_remote (page))
    return;
  payload = ph_message_compile (page->message, &place, &error);
  if (payload != NULL)
    {
      ph_fill_payload (GTK_WIDGET (page->send_area), payload, ph_message_is_foreign (page->message), filled_cb, G_OBJECT (page));
      return;
    }
  ph_send_area_mark (page->send_area, error->message);
  if (error->domain == PH_CODEC_ERROR)
    ph_send_area_mark_place (page->send_area, place);
}

/**
 * ph_session_page_send_again:
 * @bytes: of a record
 * @form: ph_record_form() of it
 *
 * Sends them once, as they are, to where a message would go now.
 */
void
ph_session_page_send_again (PhSessionPage *page, GBytes *bytes, guint8 form)
{
  g_autoptr (PhPayload) payload = ph_payload_new_again (bytes, form);
  g_autoptr (GError) error = NULL;

  ph_send_area_unmark (page->send_area);
  if (ph_session_page_read_remote (page) && !ph_session_send_payload (page->session, page->target, payload, &error))
    ph_send_area_mark (page->send_area, error->message);
}

/**
 * ph_session_page_point_at_setting:
 * @setting: of the message: see ph_send_panel_point_at()
 *
 * Leads to where it is set, also if that is hidden or folded away.
 */
void
ph_session_page_point_at_setting (PhSessionPage *page, const char *setting)
{
  ph_session_page_show_side (page);
  ph_group_open (page->send_group);
  ph_send_panel_point_at (page->send_panel, setting);
}
