/* ph-session-page-capture.c: a tab that shows a file, and saving what a tab has captured
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-session-page-private.h"

#include "ph-captures-here.h"
#include "ph-capture-copy.h"
#include "ph-compat-files.h"

#include <glib/gi18n.h>

/* ---- a file ---- */

/* Once, when the whole file was looked at. */
static void
tell_damage_cb (PhSessionPage *self)
{
  gulong missing = (gulong) MIN (ph_session_get_missing (self->session), G_MAXULONG);
  gboolean cut = ph_store_is_cut (ph_session_get_store (self->session));
  g_autofree char *words = NULL;

  if (self->damage_told || !ph_session_is_folded (self->session))
    return;
  self->damage_told = TRUE;
  if (missing > 0)
    words = g_strdup_printf (ngettext ("This file is damaged: %lu record is missing",
                                       "This file is damaged: %lu records are missing", missing), missing);
  else if (cut)
    words = g_strdup (_("The end of this file is missing"));
  if (words != NULL)
    ph_banner_show (self->banner, words, missing > 0 && cut ? _("Its end is missing too.") : NULL);
}

/**
 * ph_session_page_show_capture:
 * @page: a page whose session was read from a file
 *
 * Leaves what can be looked at, and nothing to open or send.
 */
void
ph_session_page_show_capture (PhSessionPage *page)
{
  static const char *const useless[] = { "toggle-open", "send", "clear", "reset-counters", "history", "walk-history",
                                         "send-hex", "escapes", "repeat" };
  const char *path = ph_session_get_capture_path (page->session);

  page->title = g_filename_display_basename (path);
  ph_captures_claim (ph_captures_here (), path);
  gtk_widget_set_visible (GTK_WIDGET (page->network_panel), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (page->welcome), FALSE);
  for (gsize i = 0; i < G_N_ELEMENTS (useless); i++)
    {
      GAction *action = g_action_map_lookup_action (G_ACTION_MAP (page->actions), useless[i]);

      /* A switch is as alive as its widget, which nobody sees here. */
      if (G_IS_SIMPLE_ACTION (action))
        ph_session_page_enable (page, useless[i], FALSE);
      else
        g_action_map_remove_action (G_ACTION_MAP (page->actions), useless[i]);
    }
  g_signal_connect_object (page->session, "advanced", G_CALLBACK (tell_damage_cb), page, G_CONNECT_SWAPPED);
}

/* ---- saving ---- */

static void
copied_cb (GFile *to, const GError *error, gpointer data)
{
  g_autoptr (PhSessionPage) self = data;
  g_autofree char *name = g_file_get_parse_name (to);
  g_autofree char *words = NULL;

  if (error == NULL || self->session == NULL)
    return;
  words = g_strdup_printf (_("Cannot save the capture as %s: %s"), name, error->message);
  ph_banner_show (self->banner, words, NULL);
}

static void
chosen_cb (gpointer page, GFile *to)
{
  PhSessionPage *self = page;

  if (self->session != NULL)
    ph_capture_copy (ph_session_get_capture_path (self->session), self->session, to, copied_cb, g_object_ref (self));
}

/**
 * ph_session_page_save_capture:
 * @page: a page whose session has a file
 *
 * Asks where to, and copies the file there.
 */
void
ph_session_page_save_capture (PhSessionPage *page)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (page));
  g_autofree char *name = g_filename_display_basename (ph_session_get_capture_path (page->session));

  ph_compat_ask_save (GTK_WINDOW (root), _("Save the capture"), name, chosen_cb, page);
}
