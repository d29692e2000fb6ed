/* ph-address-store.h: the addresses that are remembered in the settings
 *
 * Main thread only.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-addresses.h"
#include "ph-place.h"

G_BEGIN_DECLS

PhAddresses *ph_address_store_get (void);
void ph_address_store_note (const PhPlace *place);
char *ph_address_store_dup_label (const char *address);

G_END_DECLS
