/* ph-own-places.c: the addresses that each transport has in a tab
 *
 * A transport that is chosen brings the addresses that it had in the tab before, or else those that were opened with it last. What was
 * just typed, and was not opened yet, goes along where it is needed: who types a port first and chooses the transport then does not
 * have to type it again. So does the port of one that waits for peers to another that does and has none.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-own-places.h"

#include "ph-settings.h"

struct _PhOwnPlaces
{
  PhEndpoint *filled; /* what the program has put into the fields last */
  GHashTable *left;   /* id → #PhEndpoint: what was in them when another transport was chosen */
};

PhOwnPlaces *
ph_own_places_new (void)
{
  PhOwnPlaces *places = g_new0 (PhOwnPlaces, 1);

  places->filled = ph_endpoint_new (ph_transport_at (0)->id);
  places->left = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) ph_endpoint_free);

  return places;
}

void
ph_own_places_free (PhOwnPlaces *places)
{
  ph_endpoint_free (places->filled);
  g_hash_table_unref (places->left);
  g_free (places);
}

/**
 * ph_own_places_set:
 * @endpoint: is in the fields now, and was not just typed, or was opened
 */
void
ph_own_places_set (PhOwnPlaces *places, const PhEndpoint *endpoint)
{
  ph_endpoint_free (places->filled);
  places->filled = ph_endpoint_copy (endpoint);
}

static void
leave (PhOwnPlaces *places, const PhPlace *local, const PhPlace *remote)
{
  PhEndpoint *left = ph_endpoint_new (places->filled->transport);

  ph_place_set (&left->local, local);
  ph_place_set (&left->remote, remote);
  g_hash_table_insert (places->left, (gpointer) left->transport, left);
}

static gboolean
waits_for_peers (const char *transport)
{
  return !ph_transport_needs_remote (ph_transport_find (transport));
}

/**
 * ph_own_places_change:
 * @transport: an id: the one that is chosen now
 * @local: (inout): what is in the fields, and what is to be in them
 * @remote: (inout): the same
 */
void
ph_own_places_change (PhOwnPlaces *places, const char *transport, PhPlace *local, PhPlace *remote)
{
  const PhEndpoint *had = g_hash_table_lookup (places->left, transport);
  gboolean typed_local = !ph_place_equal (local, &places->filled->local);
  gboolean typed_remote = !ph_place_equal (remote, &places->filled->remote);
  g_autoptr (PhEndpoint) own = had != NULL ? ph_endpoint_copy (had) : ph_settings_dup_endpoint_of (transport);

  if (had == NULL && typed_local)
    ph_place_set (&own->local, local);
  if (own->local.port == PH_PORT_UNSET && waits_for_peers (transport) && waits_for_peers (places->filled->transport))
    own->local.port = local->port;
  if (had == NULL && typed_remote && ph_transport_needs_remote (ph_transport_find (transport)))
    ph_place_set (&own->remote, remote);
  leave (places, local, remote);
  ph_place_set (local, &own->local);
  ph_place_set (remote, &own->remote);
  ph_own_places_set (places, own);
}
