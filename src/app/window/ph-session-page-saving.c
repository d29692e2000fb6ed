/* ph-session-page-saving.c: saving what a tab receives while it arrives: its options and actions
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-session-page-private.h"

static void
show_saved_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ph_live_saving_show_folder (PH_SESSION_PAGE (data)->saving);
}

static void
stop_saving_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ph_live_saving_end (PH_SESSION_PAGE (data)->saving);
}

static void
update_actions (PhSessionPage *self)
{
  gboolean active;

  g_object_get (self->saving, "active", &active, NULL);
  ph_session_page_enable (self, "show-saved", active);
  ph_session_page_enable (self, "stop-saving", active);
}

/**
 * ph_session_page_make_saving:
 * @page: with its session and its receive options
 *
 * Makes what saves, for the panel and the status bar. It never begins by itself: a window must not write to a disk because it did so
 * yesterday.
 */
void
ph_session_page_make_saving (PhSessionPage *page)
{
  page->save_options = ph_save_options_new ();
  page->saving = ph_live_saving_new (page->session, page->save_options, page->receive_options, GTK_WIDGET (page));
  ph_receive_panel_set_saving (page->receive_panel, page->saving, page->session);
  ph_status_bar_set_saving (page->status_bar, page->saving);
}

/** ph_session_page_add_saving_actions: Adds the actions of a save that goes on. */
void
ph_session_page_add_saving_actions (PhSessionPage *page)
{
  const GActionEntry entries[] = {
    { .name = "show-saved", .activate = show_saved_cb },
    { .name = "stop-saving", .activate = stop_saving_cb },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (page->actions), entries, G_N_ELEMENTS (entries), page);
  ph_session_page_add_property_action (page, "save-received", page->saving, "active");
  g_signal_connect_object (page->saving, "notify::active", G_CALLBACK (update_actions), page, G_CONNECT_SWAPPED);
  update_actions (page);
}
