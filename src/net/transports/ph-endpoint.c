/* ph-endpoint.c: endpoints: defaults, options, checks, and a description
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-endpoint.h"
#include "ph-transport.h"

#include <glib/gi18n.h>

/**
 * ph_endpoint_new:
 * @transport: an id; an unknown one has no options, and ph_endpoint_check() refuses it
 *
 * Returns: (transfer full): an endpoint without places, its options at their defaults
 */
PhEndpoint *
ph_endpoint_new (const char *transport)
{
  PhEndpoint *endpoint = g_new0 (PhEndpoint, 1);
  const PhTransport *row = ph_transport_find (transport);

  endpoint->transport = g_intern_string (transport);
  ph_place_set_ip (&endpoint->local, "", PH_PORT_UNSET);
  ph_place_set_ip (&endpoint->remote, "", PH_PORT_UNSET);
  for (guint i = 0; row != NULL && row->options[i] != NULL; i++)
    endpoint->values[i] = row->options[i]->initial;

  return endpoint;
}

/** ph_endpoint_copy: Returns: (transfer full) */
PhEndpoint *
ph_endpoint_copy (const PhEndpoint *endpoint)
{
  PhEndpoint *copy = g_memdup2 (endpoint, sizeof *endpoint);

  copy->local.name = g_strdup (endpoint->local.name);
  copy->remote.name = g_strdup (endpoint->remote.name);

  return copy;
}

void
ph_endpoint_free (PhEndpoint *endpoint)
{
  ph_place_clear (&endpoint->local);
  ph_place_clear (&endpoint->remote);
  g_free (endpoint);
}

/**
 * ph_endpoint_get_option:
 *
 * Compares a few pointers; a transport need not keep the value elsewhere.
 *
 * Returns: the value; the default if the endpoint's transport has no such option
 */
guint
ph_endpoint_get_option (const PhEndpoint *endpoint, const PhOptionSpec *spec)
{
  const PhTransport *transport = ph_transport_find (endpoint->transport);

  for (guint i = 0; transport != NULL && transport->options[i] != NULL; i++)
    if (transport->options[i] == spec)
      return endpoint->values[i];

  return spec->initial;
}

/**
 * ph_endpoint_set_option:
 * @error: %PH_ERROR_INVALID: the endpoint's transport has no such option, or the value is out of its range; begins with the id
 *
 * Returns: %FALSE with @error set, and nothing changed
 */
gboolean
ph_endpoint_set_option (PhEndpoint *endpoint, const char *id, gint64 value, GError **error)
{
  const PhTransport *transport = ph_transport_find (endpoint->transport);

  for (guint i = 0; transport != NULL && transport->options[i] != NULL; i++)
    if (g_str_equal (transport->options[i]->id, id))
      {
        if (!ph_option_check (transport->options[i], value, error))
          return FALSE;
        endpoint->values[i] = (guint) value;
        return TRUE;
      }
  g_set_error (error, PH_ERROR, PH_ERROR_INVALID, _("%s: %s has no such option"), id, endpoint->transport);

  return FALSE;
}

/**
 * ph_endpoint_check:
 * @error: %PH_ERROR_INVALID: what is missing or does not fit the transport
 *
 * Returns: %TRUE if it can be opened as far as can be known before; else %FALSE with @error set
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

/** ph_endpoint_describe: Returns: (transfer full): what it opens, in a few words of the user's language */
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
