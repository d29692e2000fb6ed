/* ph-transport.c: the table of transports, and what may be asked of a row
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-transport.h"
#include "ph-transports.h"

#include <glib/gi18n.h>

/* In the order of the drop-down. */
static const PhTransport *const transports[] = {
  &ph_udp_transport,
  &ph_tcp_client_transport,
  &ph_tcp_server_transport,
};

/**
 * ph_transport_at:
 *
 * Returns: (nullable) (transfer none): the row; %NULL past the last
 */
const PhTransport *
ph_transport_at (guint index)
{
  return index < G_N_ELEMENTS (transports) ? transports[index] : NULL;
}

/**
 * ph_transport_find:
 *
 * Returns: (nullable) (transfer none): the row; %NULL if @id is %NULL or unknown
 */
const PhTransport *
ph_transport_find (const char *id)
{
  for (gsize i = 0; i < G_N_ELEMENTS (transports); i++)
    if (g_strcmp0 (transports[i]->id, id) == 0)
      return transports[i];

  return NULL;
}

static gboolean
has_flag (const PhTransport *transport, PhTransportFlags flag)
{
  return transport != NULL && (transport->flags & flag) != 0;
}

/**
 * ph_transport_for_scheme:
 * @scheme: what stood before "://", lower case; an id will do, too
 * @remote: whether the address was typed as the remote one
 * @current: the row that is chosen: stays if @scheme is meant for it
 *
 * A scheme may have several rows, such as "tcp". Then the first one counts that such an address is enough for.
 *
 * Returns: (nullable) (transfer none): the row; %NULL if no transport has this scheme
 */
const PhTransport *
ph_transport_for_scheme (const char *scheme, gboolean remote, const PhTransport *current)
{
  PhTransportFlags flag = remote ? PH_TRANSPORT_HAS_REMOTE : PH_TRANSPORT_NEEDS_REMOTE;

  if (g_str_equal (current->scheme, scheme))
    return current;
  for (gsize i = 0; i < G_N_ELEMENTS (transports); i++)
    if (g_str_equal (transports[i]->scheme, scheme) && has_flag (transports[i], flag) == remote)
      return transports[i];

  return ph_transport_find (scheme);
}

/**
 * ph_transport_for_pair:
 *
 * Returns: (transfer none): the row for two endpoints of this machine that talk to each other: each is opened before it learns
 *   the address of the other
 */
const PhTransport *
ph_transport_for_pair (void)
{
  gsize i = 0;

  while (!has_flag (transports[i], PH_TRANSPORT_HAS_REMOTE) || has_flag (transports[i], PH_TRANSPORT_NEEDS_REMOTE))
    i++;

  return transports[i];
}

/**
 * ph_transport_is_stream:
 * @transport: (nullable)
 *
 * Returns: whether it carries bytes without message boundaries; %FALSE for %NULL
 */
gboolean
ph_transport_is_stream (const PhTransport *transport)
{
  return has_flag (transport, PH_TRANSPORT_STREAM);
}

/**
 * ph_transport_has_clients:
 * @transport: (nullable)
 *
 * Returns: whether clients join and leave, and can be disconnected one by one; %FALSE for %NULL
 */
gboolean
ph_transport_has_clients (const PhTransport *transport)
{
  return has_flag (transport, PH_TRANSPORT_LISTENS);
}

/**
 * ph_transport_has_one_peer:
 * @transport: (nullable)
 *
 * Returns: whether it talks to the peer that it connected to and to nobody else; %FALSE for %NULL
 */
gboolean
ph_transport_has_one_peer (const PhTransport *transport)
{
  return has_flag (transport, PH_TRANSPORT_CONNECTS);
}

/**
 * ph_transport_has_remote:
 * @transport: (nullable)
 *
 * Returns: whether a remote address can be given; %FALSE for %NULL
 */
gboolean
ph_transport_has_remote (const PhTransport *transport)
{
  return has_flag (transport, PH_TRANSPORT_HAS_REMOTE);
}

/**
 * ph_transport_needs_remote:
 * @transport: (nullable)
 *
 * Returns: whether it cannot be opened without a remote address, and keeps that while it is open; %FALSE for %NULL
 */
gboolean
ph_transport_needs_remote (const PhTransport *transport)
{
  return has_flag (transport, PH_TRANSPORT_NEEDS_REMOTE);
}

/** ph_transport_has_option: Returns: whether the row lists it */
gboolean
ph_transport_has_option (const PhTransport *transport, const PhOptionSpec *spec)
{
  for (guint i = 0; transport->options[i] != NULL; i++)
    if (transport->options[i] == spec)
      return TRUE;

  return FALSE;
}

/**
 * ph_transport_takes:
 * @error: %PH_ERROR_INVALID
 *
 * Returns: %TRUE if it can be bound to places of this kind, and connect or send to them; else %FALSE with @error set
 */
gboolean
ph_transport_takes (const PhTransport *transport, const PhPlace *place, GError **error)
{
  g_autofree char *text = NULL, *message = NULL;

  if (place->kind == PH_PLACE_IP)
    return TRUE;
  text = ph_place_dup_text (place);
  message = g_strdup_printf (_("%s needs an address and a port, not “%s”"), _(transport->name), text);
  ph_error_set (error, PH_ERROR_INVALID, "wrong-place", message);

  return FALSE;
}

/**
 * ph_transport_dup_invitation:
 *
 * Returns: (transfer full): what to do to open it, in the user's language
 */
char *
ph_transport_dup_invitation (const PhTransport *transport)
{
  const char *verb = _(transport->open_verb);

  if (has_flag (transport, PH_TRANSPORT_NEEDS_REMOTE))
    return g_strdup_printf (_("Say where to connect on the left and click “%s”. What the other side sends appears here."), verb);

  return g_strdup_printf (_("Choose a protocol and a port on the left and click “%s”. What arrives appears here."), verb);
}

/**
 * ph_transport_dup_open:
 * @local: what is bound
 * @remote: (nullable): the peer that it is connected to
 *
 * Returns: (transfer full): the state while it is open, in the user's language
 */
char *
ph_transport_dup_open (const PhTransport *transport, const char *local, const char *remote)
{
  if (has_flag (transport, PH_TRANSPORT_LISTENS))
    return g_strdup_printf (_("Listening on %s"), local);
  if (has_flag (transport, PH_TRANSPORT_CONNECTS) && remote != NULL)
    return g_strdup_printf (_("Connected: %s to %s"), local, remote);

  return g_strdup_printf (_("Open on %s"), local);
}
