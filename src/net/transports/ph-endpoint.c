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
  endpoint->local_host = g_strdup ("");
  endpoint->remote_host = g_strdup ("");
  endpoint->local_port = endpoint->remote_port = PH_PORT_UNSET;
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

  copy->local_host = g_strdup (endpoint->local_host);
  copy->remote_host = g_strdup (endpoint->remote_host);

  return copy;
}

/**
 * ph_endpoint_free:
 * @endpoint: (transfer full): an endpoint
 */
void
ph_endpoint_free (PhEndpoint *endpoint)
{
  g_free (endpoint->local_host);
  g_free (endpoint->remote_host);
  g_free (endpoint);
}

/**
 * ph_endpoint_set_local:
 * @endpoint: an endpoint
 * @host: a name or address, "" for all
 * @port: a port, 0 or %PH_PORT_UNSET for the system's choice
 */
void
ph_endpoint_set_local (PhEndpoint *endpoint, const char *host, int port)
{
  g_free (endpoint->local_host);
  endpoint->local_host = g_strdup (host);
  endpoint->local_port = port;
}

/**
 * ph_endpoint_set_remote:
 * @endpoint: an endpoint
 * @host: a name or address, "" for none
 * @port: a port or %PH_PORT_UNSET
 */
void
ph_endpoint_set_remote (PhEndpoint *endpoint, const char *host, int port)
{
  g_free (endpoint->remote_host);
  endpoint->remote_host = g_strdup (host);
  endpoint->remote_port = port;
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
  const char *missing = NULL;

  if (transport == NULL)
    missing = _("There is no such protocol");
  else if ((transport->flags & PH_TRANSPORT_NEEDS_REMOTE) != 0 && *endpoint->remote_host == '\0')
    missing = _("The remote address is empty: say where to connect");
  else if ((transport->flags & PH_TRANSPORT_NEEDS_REMOTE) != 0 && endpoint->remote_port <= 0)
    missing = _("The remote port is empty: say where to connect");
  else if (*endpoint->remote_host != '\0' && endpoint->remote_port == 0)
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
  const char *host = *endpoint->local_host != '\0' ? endpoint->local_host : "*";
  g_autofree char *where = NULL;

  if (transport != NULL && (transport->flags & PH_TRANSPORT_NEEDS_REMOTE) != 0)
    {
      where = ph_host_port_text (endpoint->remote_host, endpoint->remote_port);
      return g_strdup_printf (_("%s to %s"), name, where);
    }
  where = ph_host_port_text (host, MAX (endpoint->local_port, 0));

  return g_strdup_printf (_("%s on %s"), name, where);
}
