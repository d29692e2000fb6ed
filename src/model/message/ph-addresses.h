/* ph-addresses.h: addresses that messages were sent or connections made to, newest first, with the names that the user gave them
 *
 * Main thread only.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define PH_ADDRESSES_LIMIT 200u   /* addresses */
#define PH_ADDRESSES_NAME_MAX 60u /* characters of a name */

/** PH_ADDRESSES_TYPE: of addresses in settings: the address and its name, or "". */
#define PH_ADDRESSES_TYPE "a(ss)"

/* One address. It never changes: one that gets another name is another item. */
#define PH_TYPE_ADDRESS (ph_address_get_type ())
G_DECLARE_FINAL_TYPE (PhAddress, ph_address, PH, ADDRESS, GObject)

const char *ph_address_get_text (PhAddress *address);
const char *ph_address_get_name (PhAddress *address);

/* A GListModel of PhAddress. */
#define PH_TYPE_ADDRESSES (ph_addresses_get_type ())
G_DECLARE_FINAL_TYPE (PhAddresses, ph_addresses, PH, ADDRESSES, GObject)

PhAddresses *ph_addresses_new (void);
void ph_addresses_note (PhAddresses *addresses, const char *text);
gboolean ph_addresses_set_name (PhAddresses *addresses, const char *text, const char *name);
void ph_addresses_remove (PhAddresses *addresses, const char *text);
const char *ph_addresses_find_name (PhAddresses *addresses, const char *text);
GPtrArray *ph_addresses_search (PhAddresses *addresses, const char *words, guint most);
void ph_addresses_set (PhAddresses *addresses, GVariant *kept);
GVariant *ph_addresses_dup (PhAddresses *addresses);

G_END_DECLS
