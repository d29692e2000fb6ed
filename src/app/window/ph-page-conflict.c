/* ph-page-conflict.c: which tab has the port that another one cannot open
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-page-conflict.h"

#include "ph-names.h"
#include "ph-session.h"
#include "ph-transport.h"
#include "ph-window.h"

#include <glib/gi18n.h>

static gboolean
is_all_of_a_family (const PhPlace *place)
{
  return g_strcmp0 (place->name, "0.0.0.0") == 0 || g_strcmp0 (place->name, "::") == 0;
}

/* Whether what is bound to @text keeps others from @wanted. A name, or no address, may be any. */
static gboolean
holds (const char *text, const PhPlace *wanted)
{
  g_auto (PhPlace) bound = { 0 };
  PhAddr own, other;

  if (!ph_place_parse (text, &bound, NULL, NULL) || bound.port != wanted->port)
    return FALSE;
  if (is_all_of_a_family (&bound) || is_all_of_a_family (wanted) || !ph_place_has_name (wanted)
      || !ph_plat_addr_parse (bound.name, 0, &own) || !ph_plat_addr_parse (wanted->name, 0, &other))
    return TRUE;

  return ph_plat_addr_equal (&own, &other);
}

/* UDP and TCP have ports of their own. */
static gboolean
has_port (PhSession *session, const PhEndpoint *wanted)
{
  const PhTransport *transport = ph_session_get_transport (session);
  const char *local = ph_session_get_local (session);
  g_auto (GStrv) addresses = g_strsplit (local != NULL ? local : "", PH_NAMES_AND, 2);
  gboolean found = FALSE;

  for (guint i = 0; addresses[i] != NULL; i++)
    found = found || holds (addresses[i], &wanted->local);

  return found && transport != NULL
         && ph_transport_is_stream (transport) == ph_transport_is_stream (ph_transport_find (wanted->transport));
}

static char *
dup_title_of_holder (PhWindow *window, PhSessionPage *asking, const PhEndpoint *wanted)
{
  PhSessionPage *page;

  for (guint i = 0; (page = ph_window_get_page (window, i)) != NULL; i++)
    {
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
