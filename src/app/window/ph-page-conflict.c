/* ph-page-conflict.c: which tab has the port that another one cannot open
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-page-conflict.h"

#include "ph-session.h"
#include "ph-transport.h"
#include "ph-window.h"

#include <glib/gi18n.h>

/* UDP and TCP have ports of their own. */
static gboolean
has_port (PhSession *session, const PhEndpoint *wanted)
{
  const PhTransport *transport = ph_session_get_transport (session);
  g_autofree char *port = g_strdup_printf (":%d", wanted->local.port);
  const char *local = ph_session_get_local (session);

  return transport != NULL && local != NULL && g_str_has_suffix (local, port)
         && ph_transport_is_stream (transport) == ph_transport_is_stream (ph_transport_find (wanted->transport));
}

static char *
dup_title_of_holder (PhWindow *window, PhSessionPage *asking, const PhEndpoint *wanted)
{
  g_autoptr (GListModel) pages = ph_window_get_pages (window);

  for (guint i = 0; i < g_list_model_get_n_items (pages); i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (pages, i);
      PhSessionPage *page = PH_SESSION_PAGE (gtk_notebook_page_get_child (GTK_NOTEBOOK_PAGE (item)));
      char *title = NULL;

      if (page == asking || !has_port (ph_session_page_get_session (page), wanted))
        continue;
      g_object_get (page, "title", &title, NULL);
      return title;
    }

  return NULL;
}

/**
 * ph_page_conflict_dup_hint:
 * @page: could not open its port, because it is in use
 *
 * Returns: (transfer full) (nullable): a translated sentence that names the tab that has it; %NULL if none of this program has it
 */
char *
ph_page_conflict_dup_hint (PhSessionPage *page)
{
  const PhEndpoint *wanted = ph_session_get_endpoint (ph_session_page_get_session (page));
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; wanted != NULL && i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);
      g_autofree char *title = PH_IS_WINDOW (window) ? dup_title_of_holder (PH_WINDOW (window), page, wanted) : NULL;

      if (title != NULL)
        return g_strdup_printf (_("The tab “%s” has that port open: close it there, or choose another port."), title);
    }

  return NULL;
}
