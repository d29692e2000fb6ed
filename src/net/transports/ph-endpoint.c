/* ph-endpoint.c: endpoints: defaults, options, checks, and a description
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-endpoint.h"

#include "ph-format.h"
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
 * Compares a few ids and pointers; a transport need not keep the value elsewhere.
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
  const char *fault = NULL;

  if (transport == NULL)
    fault = "no-protocol";
  else if (!ph_transport_takes (transport, &endpoint->local, error) || !ph_transport_takes (transport, remote, error))
    return FALSE;
  else if (ph_transport_needs_remote (transport) && !ph_place_has_name (remote))
    fault = "no-remote-address";
  else if (ph_transport_needs_remote (transport) && remote->port <= 0)
    fault = "no-remote-port";
  else if (ph_place_has_name (remote) && remote->port == 0)
    fault = "port-zero";
  if (fault == NULL)
    return TRUE;
  ph_error_set (error, PH_ERROR_INVALID, fault, ph_format_cause (fault));

  return FALSE;
}

/**
 * ph_endpoint_write:
 * @words: (out caller-allocates): what it opens: the payload of a record of the opening
 *
 * Hosts and ports are as they were typed. The name of the protocol is in English: a program that does not know it can show it.
 */
void
ph_endpoint_write (const PhEndpoint *endpoint, PhWords *words)
{
  const PhTransport *transport = ph_transport_find (endpoint->transport);
  gboolean connects = ph_transport_needs_remote (transport);
  gboolean has_local = ph_place_has_name (&endpoint->local) || endpoint->local.port > 0;
  PhPlace place = endpoint->local;
  g_autofree char *local = NULL, *remote = ph_place_dup_text (&endpoint->remote);

  if (!ph_place_has_name (&place))
    place.name = (char *) "*";
  place.port = MAX (place.port, 0);
  local = ph_place_dup_text (&place);
  ph_words_init (words, connects ? "connect" : ph_transport_has_clients (transport) ? "listen" : "open", connects ? remote : local);
  ph_words_add (words, "transport", endpoint->transport);
  ph_words_add (words, "name", transport != NULL ? transport->name : NULL);
  ph_words_add (words, "from", connects && has_local ? local : NULL);
  ph_words_add (words, "remote", !connects && ph_place_has_name (&endpoint->remote) ? remote : NULL);
}
