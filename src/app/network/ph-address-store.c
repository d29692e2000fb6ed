/* ph-address-store.c: reads the remembered addresses from the settings when they are first needed, and writes them when they change
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-address-store.h"

#include "ph-settings.h"

#define KEY "addresses"

static void
save_cb (PhAddresses *addresses)
{
  g_settings_set_value (ph_settings_get (), KEY, ph_addresses_dup (addresses));
}

/** ph_address_store_get: Returns: (transfer none): the list; changes are kept */
PhAddresses *
ph_address_store_get (void)
{
  static PhAddresses *addresses;

  if (addresses == NULL)
    {
      g_autoptr (GVariant) kept = g_settings_get_value (ph_settings_get (), KEY);

      addresses = ph_addresses_new ();
      ph_addresses_set (addresses, kept);
      g_signal_connect (addresses, "items-changed", G_CALLBACK (save_cb), NULL);
    }

  return addresses;
}

/** ph_address_store_note: @place was used: a message went there, or a connection */
void
ph_address_store_note (const PhPlace *place)
{
  g_autofree char *text = ph_place_has_name (place) ? ph_place_dup_text (place) : NULL;

  if (text != NULL)
    ph_addresses_note (ph_address_store_get (), text);
}

/** ph_address_store_dup_label: Returns: (transfer full): the name of @address and itself, or itself alone */
char *
ph_address_store_dup_label (const char *address)
{
  const char *name = ph_addresses_find_name (ph_address_store_get (), address);

  return name != NULL ? g_strconcat (name, " · ", address, NULL) : g_strdup (address);
}
