/* ph-arguments.c: makes an endpoint from the arguments that both programs take: transport, --local and --remote
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-arguments.h"

#include "ph-plain.h"

#include <glib/gi18n.h>
#include <string.h>

static gboolean
parse_place (PhPlace *place, const char *text, const PhTransport *transport, GError **error)
{
  g_auto (PhPlace) parsed = { 0 };

  if (!ph_place_parse (text, &parsed, NULL, error) || !ph_transport_takes (transport, &parsed, error))
    return FALSE;
  ph_place_set (place, &parsed);

  return TRUE;
}

/* A bare number is a port: "--local 7788". */
static gboolean
parse_local (PhEndpoint *endpoint, const char *text, const PhTransport *transport, GError **error)
{
  g_autofree char *plain = g_strstrip (ph_plain_dup_text (text));

  if (*plain != '\0' && strspn (plain, "0123456789") == strlen (plain))
    return ph_port_parse (plain, &endpoint->local.port, error);

  return parse_place (&endpoint->local, text, transport, error);
}

static gboolean
parse_remote (PhEndpoint *endpoint, const char *text, const PhTransport *transport, GError **error)
{
  if (!parse_place (&endpoint->remote, text, transport, error))
    return FALSE;
  if (!ph_place_has_name (&endpoint->remote))
    {
      g_set_error (error, PH_ERROR, PH_ERROR_INVALID, _("“%s” has no host: write HOST:PORT"), text);
      return FALSE;
    }
  if (endpoint->remote.port == PH_PORT_UNSET)
    {
      g_set_error (error, PH_ERROR, PH_ERROR_INVALID, _("“%s” has no port: write HOST:PORT"), text);
      return FALSE;
    }

  return TRUE;
}

static gboolean
parse_addresses (PhEndpoint *endpoint, const char *local, const char *remote, gboolean whole, GError **error)
{
  const PhTransport *transport = ph_transport_find (endpoint->transport);

  if (local != NULL && !parse_local (endpoint, local, transport, error))
    {
      g_prefix_error_literal (error, "--local: ");
      return FALSE;
    }
  if (remote != NULL && !ph_transport_has_remote (transport))
    {
      g_set_error (error, PH_ERROR, PH_ERROR_INVALID, _("--remote: %s has no remote address"), transport->id);
      return FALSE;
    }
  if (remote != NULL && !parse_remote (endpoint, remote, transport, error))
    {
      g_prefix_error_literal (error, "--remote: ");
      return FALSE;
    }
  if (remote == NULL && !whole)
    return TRUE;
  if (remote == NULL && ph_transport_needs_remote (transport))
    {
      g_set_error (error, PH_ERROR, PH_ERROR_INVALID, _("%s needs --remote HOST:PORT"), transport->id);
      return FALSE;
    }

  return ph_endpoint_check (endpoint, error);
}

/**
 * ph_arguments_endpoint:
 * @transport: an id; an unknown one is an error that lists those that there are
 * @local: (nullable): "ADDR:PORT", "ADDR", ":PORT" or "PORT"
 * @remote: (nullable): "HOST:PORT"
 * @whole: whether it must be possible to open it: else the remote address may still be missing
 * @error: %PH_ERROR_INVALID; begins with the option, if one is wrong
 *
 * Any thread.
 *
 * Returns: (nullable) (transfer full): %NULL with @error set
 */
PhEndpoint *
ph_arguments_endpoint (const char *transport, const char *local, const char *remote, gboolean whole, GError **error)
{
  g_autoptr (PhEndpoint) endpoint = NULL;

  if (ph_transport_find (transport) == NULL)
    {
      g_autofree char *known = ph_arguments_transports (", ");

      g_set_error (error, PH_ERROR, PH_ERROR_INVALID, _("“%s” is not a protocol: choose one of %s"), transport, known);
      return NULL;
    }
  endpoint = ph_endpoint_new (transport);
  if (!parse_addresses (endpoint, local, remote, whole, error))
    return NULL;

  return g_steal_pointer (&endpoint);
}

/** ph_arguments_transports: Any thread. Returns: (transfer full): the ids of all transports, with @separator between them */
char *
ph_arguments_transports (const char *separator)
{
  GString *ids = g_string_new (NULL);
  const PhTransport *transport;

  for (guint i = 0; (transport = ph_transport_at (i)) != NULL; i++)
    g_string_append_printf (ids, "%s%s", i > 0 ? separator : "", transport->id);

  return g_string_free (ids, FALSE);
}
