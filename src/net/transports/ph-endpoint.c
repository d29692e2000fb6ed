/* ph-endpoint.c: the choices of the network panel: defaults, checks and words
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-endpoint.h"
#include "ph-transport.h"

#include <glib/gi18n.h>

/**
 * ph_endpoint_new:
 * @transport: a transport's id
 *
 * Returns: (transfer full): an endpoint with no addresses and the default limits
 */
PhEndpoint *
ph_endpoint_new (const char *transport)
{
  PhEndpoint *endpoint = g_new0 (PhEndpoint, 1);

  endpoint->transport = g_intern_string (transport);
  ph_place_set_ip (&endpoint->local, "", PH_PORT_UNSET);
  ph_place_set_ip (&endpoint->remote, "", PH_PORT_UNSET);
  endpoint->max_clients = PH_LIMIT_CLIENTS_DEFAULT;
  endpoint->backlog = PH_LIMIT_BACKLOG_DEFAULT;
  endpoint->connect_timeout = PH_CONNECT_TIMEOUT_DEFAULT;
  endpoint->half_close = PH_HALF_CLOSE_DEFAULT;

  return endpoint;
}

/**
 * ph_endpoint_copy:
 * @endpoint: an endpoint
 *
 * Returns: (transfer full): one of its own
 */
PhEndpoint *
ph_endpoint_copy (const PhEndpoint *endpoint)
{
  PhEndpoint *copy = g_memdup2 (endpoint, sizeof *endpoint);

  copy->local.name = g_strdup (endpoint->local.name);
  copy->remote.name = g_strdup (endpoint->remote.name);

  return copy;
}

/**
 * ph_endpoint_free:
 * @endpoint: (transfer full): an endpoint
 */
void
ph_endpoint_free (PhEndpoint *endpoint)
{
  ph_place_clear (&endpoint->local);
  ph_place_clear (&endpoint->remote);
  g_free (endpoint);
}

/**
 * ph_endpoint_check:
 * @endpoint: an endpoint
 * @error: what is missing: %PH_ERROR_INVALID
 *
 * Whether it can be tried to be opened.
 *
 * Returns: %FALSE with @error set
 */
gboolean
ph_endpoint_check (const PhEndpoint *endpoint, GError **error)
{
  const PhTransport *transport = ph_transport_find (endpoint->transport);
  const PhPlace *remote = &endpoint->remote;
  const char *missing = NULL;

  if (transport == NULL)
    missing = _("There is no such protocol");
  else if (!ph_transport_takes (transport, &endpoint->local, error) || !ph_transport_takes (transport, remote, error))
    return FALSE;
  else if (ph_transport_needs_remote (transport) && !ph_place_has_name (remote))
    missing = _("The remote address is empty: say where to connect");
  else if (ph_transport_needs_remote (transport) && remote->port <= 0)
    missing = _("The remote port is empty: say where to connect");
  else if (ph_place_has_name (remote) && remote->port == 0)
    missing = _("Port 0 is no destination: choose one from 1 to 65535");
  if (missing == NULL)
    return TRUE;
  g_set_error_literal (error, PH_ERROR, PH_ERROR_INVALID, missing);

  return FALSE;
}

/**
 * ph_endpoint_describe:
 * @endpoint: an endpoint
 *
 * Returns: (transfer full): what it opens, in a few words of the user's language
 */
char *
ph_endpoint_describe (const PhEndpoint *endpoint)
{
  const PhTransport *transport = ph_transport_find (endpoint->transport);
  const char *name = transport != NULL ? _(transport->name) : endpoint->transport;
  PhPlace local = endpoint->local;
  g_autofree char *where = NULL;

  if (ph_transport_needs_remote (transport))
    {
      where = ph_place_dup_text (&endpoint->remote);
      return g_strdup_printf (_("%s to %s"), name, where);
    }
  if (!ph_place_has_name (&local))
    local.name = (char *) "*";
  local.port = MAX (local.port, 0);
  where = ph_place_dup_text (&local);

  return g_strdup_printf (_("%s on %s"), name, where);
}
