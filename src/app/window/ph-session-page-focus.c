/* ph-session-page-focus.c: where the keys of a tab go: at first, while it is being opened, and if that fails
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-session-page-private.h"

#define LIST_CLOSES 50 /* ms that a list takes at most to give back the focus */

static GtkWidget *
get_focus (PhSessionPage *page)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (page));

  return root != NULL ? gtk_root_get_focus (root) : NULL;
}

static gboolean
is_in (GtkWidget *focus, gpointer part)
{
  return focus != NULL && (focus == part || gtk_widget_is_ancestor (focus, part));
}

/**
 * ph_session_page_focus_first:
 *
 * Gives the focus to what one needs first: the message while it is open, the log of a recording, else the address or port that has
 * to be chosen.
 */
void
ph_session_page_focus_first (PhSessionPage *page)
{
  if (page->title != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (page->log_view));
  else if (ph_session_is_active (page->session))
    ph_send_area_focus (page->send_area);
  else
    ph_network_panel_focus (page->network_panel);
}

/* The list and the button that opens it are parts of the drop-down. */
static gboolean
is_choosing (PhSessionPage *page)
{
  GtkWidget *focus = get_focus (page);

  return is_in (focus, page->network_panel) && gtk_widget_get_ancestor (focus, GTK_TYPE_DROP_DOWN) != NULL;
}

static gboolean
focus_behind_choice_cb (gpointer data)
{
  PhSessionPage *page = data;

  if (is_choosing (page))
    ph_network_panel_focus (page->network_panel);

  return G_SOURCE_REMOVE;
}

/**
 * ph_session_page_follow_choice:
 *
 * To be called when a protocol was chosen. Its address or port comes next: when the list has closed, and GTK has given the focus
 * back to the button, the focus goes there.
 */
void
ph_session_page_follow_choice (PhSessionPage *page)
{
  if (is_choosing (page))
    g_timeout_add_full (G_PRIORITY_DEFAULT, LIST_CLOSES, focus_behind_choice_cb, g_object_ref (page), g_object_unref);
}

/**
 * ph_session_page_open_focused:
 * @endpoint: what is opened
 *
 * Opens the session. The focus goes to the message, as the fields are locked then, and a second Enter must not close what the first
 * one has opened. Where the focus is elsewhere, as in a search, it stays there.
 */
void
ph_session_page_open_focused (PhSessionPage *page, const PhEndpoint *endpoint)
{
  GtkWidget *focus = get_focus (page);
  gboolean moves = is_in (focus, page->network_panel) || is_in (focus, page->log_view) || is_in (focus, page->welcome);

  g_set_weak_pointer (&page->opened_from, moves ? focus : NULL);
  page->opening = TRUE;
  ph_session_open (page->session, endpoint);
  if (moves && gtk_widget_get_mapped (GTK_WIDGET (page->send_area)))
    ph_send_area_focus (page->send_area);
}

/**
 * ph_session_page_follow_opening:
 *
 * To be called when the state has changed. If it could not be opened, the focus goes back to the field that it was opened from.
 */
void
ph_session_page_follow_opening (PhSessionPage *page)
{
  PhSessionState state = ph_session_get_state (page->session);
  GtkWidget *from = page->opened_from;
  gboolean failed = page->opening && state == PH_SESSION_CLOSED;

  if (state == PH_SESSION_OPENING || !page->opening)
    return;
  page->opening = FALSE;
  if (failed && from != NULL && is_in (get_focus (page), page->send_area) && gtk_widget_get_mapped (from))
    gtk_widget_grab_focus (from);
  g_clear_weak_pointer (&page->opened_from);
}
