/* ph-options.c: the endpoint words that both programs take on their command lines
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-options.h"

#include <glib/gi18n.h>
#include <string.h>

/* A bare number is no host here: "--local 7788" means the port. */
static gboolean
parse_local (PhEndpoint *endpoint, const char *text, GError **error)
{
  g_auto (PhHostPort) parts = { 0 };
  int port = PH_PORT_UNSET;

  if (*text != '\0' && strspn (text, "0123456789") == strlen (text))
    {
      if (!ph_port_parse (text, &port, error))
        return FALSE;
      ph_endpoint_set_local (endpoint, "", port);
      return TRUE;
    }
  if (!ph_host_port_parse (text, &parts, error))
    return FALSE;
  ph_endpoint_set_local (endpoint, parts.host, parts.port);

  return TRUE;
}

static gboolean
parse_remote (PhEndpoint *endpoint, const char *text, GError **error)
{
  g_auto (PhHostPort) parts = { 0 };

  if (!ph_host_port_parse (text, &parts, error))
    return FALSE;
  if (*parts.host == '\0')
    {
      g_set_error (error, PH_ERROR, PH_ERROR_INVALID, _("“%s” has no host: write HOST:PORT"), text);
      return FALSE;
    }
  if (parts.port == PH_PORT_UNSET)
    {
      g_set_error (error, PH_ERROR, PH_ERROR_INVALID, _("“%s” has no port: write HOST:PORT"), text);
      return FALSE;
    }
  ph_endpoint_set_remote (endpoint, parts.host, parts.port);

  return TRUE;
}

static gboolean
parse_addresses (PhEndpoint *endpoint, const char *local, const char *remote, GError **error)
{
  const PhTransport *transport = ph_transport_find (endpoint->transport);

  if (local != NULL && !parse_local (endpoint, local, error))
    {
      g_prefix_error_literal (error, "--local: ");
      return FALSE;
    }
  if (remote != NULL && !ph_transport_has_remote (transport))
    {
      g_set_error (error, PH_ERROR, PH_ERROR_INVALID, _("--remote: %s has no remote address"), transport->id);
      return FALSE;
    }
  if (remote != NULL && !parse_remote (endpoint, remote, error))
    {
      g_prefix_error_literal (error, "--remote: ");
      return FALSE;
    }
  if (remote == NULL && ph_transport_needs_remote (transport))
    {
      g_set_error (error, PH_ERROR, PH_ERROR_INVALID, _("%s needs --remote HOST:PORT"), transport->id);
      return FALSE;
    }

  return ph_endpoint_check (endpoint, error);
}

/**
 * ph_options_endpoint:
 * @transport: a transport's id
 * @local: (nullable): "ADDR:PORT", "ADDR", ":PORT" or "PORT"
 * @remote: (nullable): "HOST:PORT"
 * @error: what is wrong with them, naming the option: %PH_ERROR_INVALID
 *
 * Any thread.
 *
 * Returns: (nullable) (transfer full): what they mean; %NULL with @error set
 */
PhEndpoint *
ph_options_endpoint (const char *transport, const char *local, const char *remote, GError **error)
{
  g_autoptr (PhEndpoint) endpoint = NULL;

  if (ph_transport_find (transport) == NULL)
    {
      g_autofree char *known = ph_options_transports (", ");

      g_set_error (error, PH_ERROR, PH_ERROR_INVALID, _("“%s” is not a protocol: choose one of %s"), transport, known);
      return NULL;
    }
  endpoint = ph_endpoint_new (transport);
  if (!parse_addresses (endpoint, local, remote, error))
    return NULL;

  return g_steal_pointer (&endpoint);
}

/**
 * ph_options_transports:
 * @separator: what stands between two
 *
 * Any thread.
 *
 * Returns: (transfer full): the ids of all transports
 */
char *
ph_options_transports (const char *separator)
{
  GString *ids = g_string_new (NULL);
  const PhTransport *transport;

  for (guint i = 0; (transport = ph_transport_at (i)) != NULL; i++)
    g_string_append_printf (ids, "%s%s", i > 0 ? separator : "", transport->id);

  return g_string_free (ids, FALSE);
}
