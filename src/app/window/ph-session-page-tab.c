/* ph-session-page-tab.c: a page as a tab of a window: what it is called, and what is lost when it is closed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-session-page-private.h"

#include <string.h>

/**
 * ph_session_page_dup_automatic_title:
 *
 * Returns: (transfer full): its title, if the user gives none: the name of its file, or its protocol and address
 */
char *
ph_session_page_dup_automatic_title (PhSessionPage *page)
{
  char *title = NULL;

  g_return_val_if_fail (PH_IS_SESSION_PAGE (page), NULL);

  if (page->title != NULL)
    return g_strdup (page->title);
  g_object_get (page->network_panel, "title", &title, NULL);

  return title;
}

/**
 * ph_session_page_set_own_title:
 * @title: (nullable): blanks around it do not count; an empty one gives back the automatic title
 */
void
ph_session_page_set_own_title (PhSessionPage *page, const char *title)
{
  g_autofree char *automatic = ph_session_page_dup_automatic_title (page);
  g_autofree char *stripped = g_strstrip (g_strdup (title != NULL ? title : ""));

  g_return_if_fail (PH_IS_SESSION_PAGE (page));

  g_clear_pointer (&page->own_title, g_free);
  if (*stripped != '\0' && g_strcmp0 (stripped, automatic) != 0)
    page->own_title = g_steal_pointer (&stripped);
  g_object_notify (G_OBJECT (page), "title");
}

/** ph_session_page_is_file: Returns: whether it shows a file, so that it cannot be opened */
gboolean
ph_session_page_is_file (PhSessionPage *page)
{
  g_return_val_if_fail (PH_IS_SESSION_PAGE (page), FALSE);

  return ph_session_is_read_only (page->session);
}

/** ph_session_page_is_unsaved: Returns: whether data that it has sent or received is in memory only */
gboolean
ph_session_page_is_unsaved (PhSessionPage *page)
{
  PhCaptureState state;

  g_return_val_if_fail (PH_IS_SESSION_PAGE (page), FALSE);

  state = ph_session_get_capture_state (page->session);

  return page->has_data && (state == PH_CAPTURE_MEMORY || state == PH_CAPTURE_BROKEN);
}

/**
 * ph_session_page_shut:
 * @page: leaves its window
 *
 * Closes its port and its windows. The records stay until the page goes.
 */
void
ph_session_page_shut (PhSessionPage *page)
{
  g_return_if_fail (PH_IS_SESSION_PAGE (page));

  if (!ph_session_is_read_only (page->session))
    ph_session_close (page->session);
  ph_page_windows_close (page->windows);
}
