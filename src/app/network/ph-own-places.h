/* ph-own-places.h: the addresses that each transport has in a tab
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-transport.h"

G_BEGIN_DECLS

typedef struct _PhOwnPlaces PhOwnPlaces;

PhOwnPlaces *ph_own_places_new (void);
void ph_own_places_free (PhOwnPlaces *places);
void ph_own_places_set (PhOwnPlaces *places, const PhEndpoint *endpoint);
void ph_own_places_change (PhOwnPlaces *places, const char *transport, PhPlace *local, PhPlace *remote);

G_END_DECLS
