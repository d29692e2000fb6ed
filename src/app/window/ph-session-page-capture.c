/* ph-session-page-capture.c: a tab that shows a file, and saving what a tab has captured, or captures
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-session-page-private.h"

#include "ph-captures-here.h"
#include "ph-capture-file.h"
#include "ph-damage.h"
#include "ph-marks.h"

#include <glib/gi18n.h>

/* ---- a file ---- */

/* Says what is missing, once, when the whole file was read. */
static void
tell_damage_cb (PhSessionPage *self)
{
  g_autofree char *words = NULL, *more = NULL;

  if (self->damage_told || !ph_session_is_folded (self->session))
    return;
  self->damage_told = TRUE;
  words = ph_damage_dup_words (self->session);
  more = ph_damage_dup_more (self->session);
  if (words != NULL)
    ph_banner_add (self->banner, words, more);
}

static char *
dup_file_name (const char *path)
{
  g_autofree char *name = g_path_get_basename (path);

  return ph_marks_dup_filename (name);
}

/**
 * ph_session_page_show_capture:
 * @page: a page whose session was read from a file
 *
 * Hides the widgets and disables the actions for opening and sending.
 */
void
ph_session_page_show_capture (PhSessionPage *page)
{
  static const char *const useless[] = { "toggle-open", "send", "clear", "reset-counters", "history", "walk-history",
                                         "send-hex", "escapes", "repeat", "full-speed", "send-again", "edit-record", "reply",
                                         "send-command", "send-command-key", "recall-command", "run-commands", "repeat-commands", "save-received" };
  const char *path = ph_session_get_capture_path (page->session);

  page->title = dup_file_name (path);
  ph_captures_claim (ph_captures_here (), path);
  gtk_widget_set_visible (GTK_WIDGET (page->network_group), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (page->welcome), FALSE);
  for (gsize i = 0; i < G_N_ELEMENTS (useless); i++)
    {
      GAction *action = g_action_map_lookup_action (G_ACTION_MAP (page->actions), useless[i]);

      /* Actions of properties cannot be disabled. */
      if (G_IS_SIMPLE_ACTION (action))
        ph_session_page_enable (page, useless[i], FALSE);
      else
        g_action_map_remove_action (G_ACTION_MAP (page->actions), useless[i]);
    }
  g_signal_connect_object (page->session, "advanced", G_CALLBACK (tell_damage_cb), page, G_CONNECT_SWAPPED);
}

/* ---- saving ---- */

static void
save_failed_cb (PhSessionPage *self, const char *words)
{
  ph_banner_show (self->banner, words, NULL);
}

static void
saved_cb (PhSessionPage *self, const char *words)
{
  ph_log_view_tell (self->log_view, words);
}

/**
 * ph_session_page_bind_saving:
 * @widget_class: of the page: gets the callbacks for a save that its template names
 */
void
ph_session_page_bind_saving (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_callback (widget_class, save_failed_cb);
  gtk_widget_class_bind_template_callback (widget_class, saved_cb);
}

/* Below the button that opens it, or below the tools where that one has no room. */
static void
place_popover (PhSessionPage *page)
{
  GtkWidget *button = ph_log_tools_get_save_button (page->log_tools);
  GtkWidget *at = button != NULL ? button : GTK_WIDGET (page->log_tools);
  graphene_rect_t bounds;

  if (gtk_widget_compute_bounds (at, GTK_WIDGET (page), &bounds))
    gtk_popover_set_pointing_to (GTK_POPOVER (page->save_popover),
                                 &(GdkRectangle) { (int) bounds.origin.x, (int) bounds.origin.y, (int) bounds.size.width,
                                                   (int) bounds.size.height });
}

/**
 * ph_session_page_save:
 * @page: a page whose session has records
 *
 * Asks what to save, and as which file.
 */
void
ph_session_page_save (PhSessionPage *page)
{
  if (page->save_popover == NULL)
    {
      page->save_popover = ph_save_popover_new (page->session, page->log_view, page->receive_options, page->save_bar);
      gtk_widget_set_parent (page->save_popover, GTK_WIDGET (page));
    }
  place_popover (page);
  ph_save_popover_open (PH_SAVE_POPOVER (page->save_popover));
}

/* ---- saving what arrives ---- */

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
