/* ph-session-page-clear.c: clears the log of a tab, and shows again what was cleared
 *
 * Nothing is lost: the log only begins later, see ph_session_set_first().
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-session-page-private.h"

#include "ph-format.h"
#include "ph-window.h"

#include <glib/gi18n.h>

/* What the log began with before it was cleared. */
typedef struct
{
  PhSessionPage *page; /* weak */
  guint64 first;
} Undo;

static void
undo_free (gpointer data)
{
  Undo *undo = data;

  g_clear_weak_pointer (&undo->page);
  g_free (undo);
}

static void
undo_cb (gpointer data)
{
  Undo *undo = data;

  if (undo->page != NULL && undo->page->session != NULL)
    ph_log_view_show_from (undo->page->log_view, undo->first);
}

/* As users count records. */
static guint64
count_shown (PhSession *session)
{
  PhStore *store = ph_session_get_store (session);
  guint64 n;

  ph_store_begin_read (store);
  n = ph_store_number (store, ph_store_end (store)) - ph_store_number (store, ph_session_get_first (session));
  ph_store_end_read (store);

  return n;
}

static void
clear_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  PhSessionPage *self = data;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  guint64 n = count_shown (self->session);
  g_autofree char *count = ph_format_dup_grouped (n);
  g_autofree char *words = NULL;
  Undo *undo;

  if (n == 0)
    return;
  undo = g_new0 (Undo, 1);
  undo->first = ph_session_get_first (self->session);
  g_set_weak_pointer (&undo->page, self);
  ph_log_view_clear (self->log_view);
  words = g_strdup_printf (ngettext ("Cleared, %s record", "Cleared, %s records", (gulong) MIN (n, G_MAXULONG)), count);
  if (PH_IS_WINDOW (root))
    ph_window_toast (PH_WINDOW (root), words, _("Undo"), undo_cb, undo, undo_free);
  else
    undo_free (undo);
}

static void
show_cleared_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ph_log_view_show_from (PH_SESSION_PAGE (data)->log_view, 0);
}

/**
 * ph_session_page_update_cleared:
 *
 * What was cleared can be shown again only if there is some of it.
 */
void
ph_session_page_update_cleared (PhSessionPage *page)
{
  ph_session_page_enable (page, "show-cleared",
                          ph_session_get_first (page->session) > ph_store_first (ph_session_get_store (page->session)));
}

/**
 * ph_session_page_add_clearing:
 *
 * Gives @page the actions “clear” and “show-cleared”.
 */
void
ph_session_page_add_clearing (PhSessionPage *page)
{
  const GActionEntry entries[] = {
    { .name = "clear", .activate = clear_cb },
    { .name = "show-cleared", .activate = show_cleared_cb },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (page->actions), entries, G_N_ELEMENTS (entries), page);
}
