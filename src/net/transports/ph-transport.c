/* ph-transport.c: the table of transports
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-transport.h"
#include "ph-transports.h"

/* In the order of the drop-down. */
static const PhTransport *const transports[] = {
  &ph_udp_transport,
  &ph_tcp_client_transport,
  &ph_tcp_server_transport,
};

/**
 * ph_transport_at:
 * @index: a place in the table
 *
 * Any thread.
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
 * @id: (nullable): an id
 *
 * Any thread.
 *
 * Returns: (nullable) (transfer none): the row; %NULL if there is none of this id
 */
const PhTransport *
ph_transport_find (const char *id)
{
  for (gsize i = 0; i < G_N_ELEMENTS (transports); i++)
    if (g_strcmp0 (transports[i]->id, id) == 0)
      return transports[i];

  return NULL;
}
