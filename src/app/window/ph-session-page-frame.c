/* ph-session-page-frame.c: the left column and the drawer of a tab: shown, hidden, remembered; what a folded group says
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-session-page-private.h"

#include "ph-charset.h"
#include "ph-check-title.h"
#include "ph-codec.h"
#include "ph-live-saving.h"
#include "ph-settings.h"
#include "ph-window.h"

#include <glib/gi18n.h>

/* ---- what a folded group says ---- */

static const char *
form_words (PhForm form)
{
  return form == PH_FORM_HEX ? _("Hex") : form == PH_FORM_AUTOMATIC ? _("Automatic") : _("Text");
}

static void
update_receive_summary (PhSessionPage *self)
{
  GObject *options = G_OBJECT (self->receive_options);
  g_auto (PhLiveSaveStatus) status = { 0 };
  gboolean saves = ph_live_saving_get_status (self->saving, &status);
  g_autofree char *summary = NULL, *before = NULL;
  g_autofree char *form = NULL, *encoding = NULL;

  g_object_get (options, "form", &form, "encoding", &encoding, NULL);
  g_object_get (self->receive_group, "summary", &before, NULL);
  summary = g_strdup_printf ("%s · %s%s%s", form_words (ph_form_find (form)), _(ph_charset_find (encoding)->name),
                             saves ? " · " : "", saves ? _("Save to file") : "");
  if (g_strcmp0 (summary, before) != 0) /* a save tells all the time how far it is */
    g_object_set (self->receive_group, "summary", summary, NULL);
}

/* Hex digits have neither an encoding nor a line ending. */
static void
update_send_summary (PhSessionPage *self)
{
  PhPayloadFormat format = ph_send_options_get_format (self->send_options);
  g_autofree char *ending = g_ascii_strup (ph_line_ending_id (format.line_ending), -1), *added = ph_check_title_dup (&format);
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  g_auto (GStrv) all = NULL;
  g_autofree char *summary = NULL;

  g_strv_builder_add (words, format.hex ? _("Hex") : _("Text"));
  if (!format.hex)
    g_strv_builder_add (words, _(ph_charset_find (format.charset)->name));
  if (!format.hex && format.line_ending != PH_LINE_ENDING_NONE)
    g_strv_builder_add (words, ending);
  if (added != NULL)
    g_strv_builder_add (words, added);
  all = g_strv_builder_end (words);
  summary = g_strjoinv (" · ", all);
  g_object_set (self->send_group, "summary", summary, NULL);
}

static void
follow_options (PhSessionPage *self)
{
  g_signal_connect_object (self->receive_options, "notify", G_CALLBACK (update_receive_summary), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->saving, "changed", G_CALLBACK (update_receive_summary), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->send_options, "notify", G_CALLBACK (update_send_summary), self, G_CONNECT_SWAPPED);
  g_object_bind_property (self->network_panel, "title", self->network_group, "summary", G_BINDING_SYNC_CREATE);
  update_receive_summary (self);
  update_send_summary (self);
}

static void
notify_network_folded_cb (PhSessionPage *self)
{
  gboolean folded;

  g_object_get (self->network_group, "folded", &folded, NULL);
  ph_network_panel_set_folded (self->network_panel, folded);
}

/* ---- the column and the drawer ---- */

static gboolean
has_focus (PhSessionPage *self, gpointer part)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && (focus == part || gtk_widget_is_ancestor (focus, part));
}

/* What cannot be seen must not keep the keys. */
static void
release_focus (PhSessionPage *self, gpointer part)
{
  if (!has_focus (self, part))
    return;
  if (gtk_widget_get_mapped (GTK_WIDGET (self->send_area)))
    ph_send_area_focus (self->send_area);
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->log_view));
}

static void
notify_side_open_cb (PhSessionPage *self)
{
  gboolean open;

  g_object_get (self->frame, "side-open", &open, NULL);
  if (!open)
    release_focus (self, self->side);
  ph_send_area_show_preview (self->send_area, !ph_page_frame_is_narrow (self->frame));
}

static void
notify_drawer_shown_cb (PhSessionPage *self)
{
  gboolean shown;

  g_object_get (self->frame, "drawer-shown", &shown, NULL);
  if (!shown)
    release_focus (self, self->drawer);
}

/* What was opened over the log has been used. */
static void
notify_state_cb (PhSessionPage *self)
{
  if (ph_page_frame_is_narrow (self->frame) && ph_session_get_state (self->session) == PH_SESSION_OPEN)
    g_object_set (self->frame, "side-open", FALSE, NULL);
}

/* ---- actions ---- */

/* A part that lies over the log goes first. */
static gboolean
close_over (PhSessionPage *self)
{
  gboolean side_open;

  g_object_get (self->frame, "side-open", &side_open, NULL);
  if (side_open && ph_page_frame_is_narrow (self->frame))
    g_object_set (self->frame, "side-open", FALSE, NULL);
  else if (ph_page_frame_is_drawer_over (self->frame))
    g_object_set (self->frame, "drawer-shown", FALSE, NULL);
  else
    return FALSE;

  return TRUE;
}

static void
dismiss_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  PhSessionPage *self = data;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (close_over (self) || ph_search_slot_close (self->search_slot))
    return;
  if (!PH_IS_WINDOW (root) || !ph_window_dismiss_toast (PH_WINDOW (root)))
    ph_banner_dismiss (self->banner);
}

static void
drawer_page_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  PhSessionPage *self = data;

  g_object_set (self->drawer, "page", g_variant_get_string (parameter, NULL), NULL);
  g_object_set (self->frame, "drawer-shown", TRUE, NULL);
  ph_drawer_focus (self->drawer);
}

static void
notify_page_cb (PhSessionPage *self)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), "drawer-page");
  g_autofree char *page = NULL;

  g_object_get (self->drawer, "page", &page, NULL);
  g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_string (page));
}

/* The list of targets has the newest datagram peers only: an older one is set as the remote address. A client that is not
 * in the list has left; then nothing changes, so that no message goes to all clients instead. */
static void
send_to_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  PhSessionPage *self = data;
  const PhTransport *transport = ph_network_panel_get_transport (self->network_panel);
  GListModel *peers = ph_session_get_peers (self->session);
  const char *address = g_variant_get_string (parameter, NULL);
  g_auto (PhPlace) place = { 0 };
  gboolean listed = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (peers) && !listed; i++)
    {
      g_autoptr (PhPeer) peer = g_list_model_get_item (peers, i);

      listed = g_str_equal (ph_peer_get_address (peer), address) && ph_message_target_set_peer (self->target, peer);
    }
  if (!listed && ph_transport_has_clients (transport))
    return;
  ph_send_area_focus (self->send_area);
  if (listed || !ph_place_parse (address, &place, NULL, NULL))
    return;
  ph_network_panel_set_remote (self->network_panel, &place);
  ph_message_target_set_follow (self->target, FALSE);
  ph_message_target_set_peer (self->target, NULL);
}

/**
 * ph_session_page_add_frame_actions:
 *
 * Adds “side”, “drawer”, “drawer-page”, “send-to” and “dismiss”.
 */
void
ph_session_page_add_frame_actions (PhSessionPage *page)
{
  const GActionEntry entries[] = {
    { .name = "dismiss", .activate = dismiss_cb },
    { .name = "drawer-page", .activate = drawer_page_cb, .parameter_type = "s", .state = "''" },
    { .name = "send-to", .activate = send_to_cb, .parameter_type = "s" },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (page->actions), entries, G_N_ELEMENTS (entries), page);
  ph_session_page_add_property_action (page, "side", page->frame, "side-open");
  ph_session_page_add_property_action (page, "drawer", page->frame, "drawer-shown");
}

/**
 * ph_session_page_follow_frame:
 *
 * Sets what the settings remember of the column and the drawer, and follows both.
 */
void
ph_session_page_follow_frame (PhSessionPage *page)
{
  GSettings *settings = ph_settings_get ();
  const GSettingsBindFlags flags = G_SETTINGS_BIND_DEFAULT | G_SETTINGS_BIND_NO_SENSITIVITY;

  ph_drawer_set_session (page->drawer, page->session);
  g_signal_connect_object (page->drawer, "notify::page", G_CALLBACK (notify_page_cb), page, G_CONNECT_SWAPPED);
  g_settings_bind (settings, "side-shown", page->frame, "side-shown", flags);
  g_settings_bind (settings, "drawer-shown", page->frame, "drawer-shown", flags);
  g_settings_bind (settings, "drawer-page", page->drawer, "page", flags);
  g_signal_connect_object (page->frame, "notify::side-open", G_CALLBACK (notify_side_open_cb), page, G_CONNECT_SWAPPED);
  g_signal_connect_object (page->frame, "notify::drawer-shown", G_CALLBACK (notify_drawer_shown_cb), page,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (page->session, "notify::state", G_CALLBACK (notify_state_cb), page, G_CONNECT_SWAPPED);
  g_signal_connect_object (page->network_group, "notify::folded", G_CALLBACK (notify_network_folded_cb), page,
                           G_CONNECT_SWAPPED);
  follow_options (page);
  notify_page_cb (page);
}

/**
 * ph_session_page_show_drawer:
 *
 * Lets the drawer be shown from now on: it is not made for the first frame. In a narrow window whose port is closed the column
 * slides over the log, since the first thing to do is there.
 */
void
ph_session_page_show_drawer (PhSessionPage *page)
{
  g_object_bind_property (page->frame, "drawer-shown", page->drawer, "visible", G_BINDING_SYNC_CREATE);
  if (ph_page_frame_is_narrow (page->frame) && page->title == NULL && !ph_session_is_active (page->session))
    ph_session_page_show_side (page);
}

/** ph_session_page_show_side: Shows the left column. */
void
ph_session_page_show_side (PhSessionPage *page)
{
  g_object_set (page->frame, "side-open", TRUE, NULL);
}
