/* ph-session-page-actions.c: the actions of a tab, for buttons, menus and keys
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-session-page-private.h"

#include "ph-command-save.h"
/* ---- opening ---- */

static void
toggle_open_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  PhSessionPage *self = data;

  if (ph_session_is_active (self->session))
    ph_session_close (self->session);
  else
    ph_session_page_open (self);
}

static void
follow_server (PhSessionPage *self)
{
  ph_peer_control_set_peer (self->control, ph_session_get_server (self->session));
}

/* What can be done with the connection of a tab that has one only. Clients of a server have menus of their own. */
static void
add_control (PhSessionPage *self)
{
  self->control = ph_peer_control_new (self->session, G_ACTION_MAP (self->actions));
  g_signal_connect_object (self->session, "notify::state", G_CALLBACK (follow_server), self, G_CONNECT_SWAPPED);
}

/* ---- sending ---- */

static void
send_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ph_session_page_send (data);
}

/* "typed", "file" */
static void
source_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ph_session_page_choose_source (data, g_variant_get_string (parameter, NULL));
}

/* ---- the other actions ---- */

static void
save_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ph_session_page_save (data);
}

static void
reset_counters_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  PhSessionPage *self = data;

  ph_session_reset_counters (self->session);
  ph_status_bar_update (self->status_bar);
}

static void
jump_newest_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ph_log_view_jump_to_newest (PH_SESSION_PAGE (data)->log_view);
}

/* "address", "message", "target", "log"; or "send-encoding" and the like: a setting of the message */
static void
focus_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  PhSessionPage *self = data;
  const char *where = g_variant_get_string (parameter, NULL);

  self->focused = TRUE;
  if (g_str_equal (where, "address"))
    ph_session_page_show_side (self);
  if (g_str_equal (where, "address"))
    ph_network_panel_focus (self->network_panel);
  else if (g_str_equal (where, "message"))
    ph_send_area_focus (self->send_area);
  else if (g_str_equal (where, "target"))
    ph_send_area_focus_target (self->send_area);
  else if (g_str_equal (where, "send-to"))
    ph_send_area_type_target (self->send_area);
  else if (g_str_equal (where, "log"))
    gtk_widget_grab_focus (GTK_WIDGET (self->log_view));
  else if (g_str_equal (where, "send-pieces"))
    ph_send_area_open_pieces (self->send_area);
  else
    ph_session_page_point_at_setting (self, where);
}

static void
history_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ph_send_area_open_history (PH_SESSION_PAGE (data)->send_area);
}

/* 1: an earlier message, -1: a later one. */
static void
walk_history_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ph_send_area_walk_history (PH_SESSION_PAGE (data)->send_area, g_variant_get_int32 (parameter));
}

static void
clear_message_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ph_send_area_clear (PH_SESSION_PAGE (data)->send_area);
}

static void
enable_clear_message (PhSessionPage *self)
{
  ph_session_page_enable (self, "clear-message", *ph_message_get_text (self->message) != '\0');
}

/* One who puts a variable into the message wants it replaced. */
static void
insert_variable_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  PhSessionPage *self = data;

  g_object_set (self->send_options, "variables", TRUE, NULL);
  ph_send_area_insert (self->send_area, g_variant_get_string (parameter, NULL));
  ph_send_area_focus (self->send_area);
}

/* "in", "out", "reset" */
static void
zoom_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_autofree char *name = g_strconcat ("log.zoom-", g_variant_get_string (parameter, NULL), NULL);

  gtk_widget_activate_action (GTK_WIDGET (PH_SESSION_PAGE (data)->log_view), name, NULL);
}

/* @property: of @object: its value is the state of the action */
void
ph_session_page_add_property_action (PhSessionPage *page, const char *name, gpointer object, const char *property)
{
  g_autoptr (GPropertyAction) action = g_property_action_new (name, object, property);

  g_action_map_add_action (G_ACTION_MAP (page->actions), G_ACTION (action));
}

/**
 * ph_session_page_add_actions:
 *
 * Adds the actions of @page, which follow its options and its session.
 */
void
ph_session_page_add_actions (PhSessionPage *page)
{
  const GActionEntry entries[] = {
    { .name = "toggle-open", .activate = toggle_open_cb },
    { .name = "send", .activate = send_cb },
    { .name = "try-send", .activate = send_cb }, /* by the key: always enabled, else the text view would take it */
    { .name = "source", .activate = source_cb, .parameter_type = "s", .state = "'typed'" },
    { .name = "save", .activate = save_cb },
    { .name = "reset-counters", .activate = reset_counters_cb },
    { .name = "jump-newest", .activate = jump_newest_cb },
    { .name = "history", .activate = history_cb },
    { .name = "focus", .activate = focus_cb, .parameter_type = "s" },
    { .name = "zoom", .activate = zoom_cb, .parameter_type = "s" },
    { .name = "walk-history", .activate = walk_history_cb, .parameter_type = "i" },
    { .name = "clear-message", .activate = clear_message_cb },
    { .name = "insert-variable", .activate = insert_variable_cb, .parameter_type = "s" },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (page->actions), entries, G_N_ELEMENTS (entries), page);
  add_control (page);
  g_signal_connect_object (page->message, "notify::text", G_CALLBACK (enable_clear_message), page, G_CONNECT_SWAPPED);
  enable_clear_message (page);
  ph_session_page_add_clearing (page);
  ph_session_page_add_frame_actions (page);
  ph_session_page_add_record_actions (page);
  ph_command_save_add_actions (page);
  ph_session_page_add_saving_actions (page);
  ph_search_slot_connect (page->search_slot, page->session, page->log_view, G_ACTION_MAP (page->actions));
  ph_session_page_add_property_action (page, "receive-form", page->receive_options, "form");
  ph_session_page_add_property_action (page, "receive-hex", page->receive_options, "hex");
  ph_session_page_add_property_action (page, "wrap", page->receive_options, "wrap");
  ph_session_page_add_property_action (page, "as-it-came", page->receive_options, "as-it-came");
  ph_session_page_add_property_action (page, "time", page->receive_options, "time");
  ph_session_page_add_property_action (page, "show-time", page->receive_options, "show-time");
  ph_session_page_add_property_action (page, "auto-scroll", page->receive_options, "auto-scroll");
  ph_session_page_add_property_action (page, "hide", page->receive_options, "hidden");
  ph_session_page_add_property_action (page, "mode", page->receive_options, "mode");
  ph_session_page_add_property_action (page, "send-hex", page->send_options, "hex");
  ph_session_page_add_property_action (page, "escapes", page->send_options, "escapes");
  ph_session_page_add_property_action (page, "variables", page->send_options, "variables");
  ph_session_page_add_property_action (page, "repeat", page->send_options, "repeat");
  ph_session_page_add_property_action (page, "full-speed", page->send_options, "full-speed");
  ph_session_page_add_property_action (page, "follow-sender", page->target, "follow");
  ph_session_page_add_property_action (page, "clear-after", page->send_options, "clear-after");
  ph_session_page_add_property_action (page, "enter-sends", page->send_options, "enter-sends");
}
