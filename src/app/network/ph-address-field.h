/* ph-address-field.h: two entries for an address and a port, with the reason below if one is wrong
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "ph-transport.h"

G_BEGIN_DECLS

typedef enum
{
  PH_FIELD_HOST,
  PH_FIELD_PORT,
} PhField;

#define PH_TYPE_ADDRESS_FIELD (ph_address_field_get_type ())
G_DECLARE_FINAL_TYPE (PhAddressField, ph_address_field, PH, ADDRESS_FIELD, GtkBox)

/*
 * Properties, to be set at construction: "host-label", "port-label" (strings), "with-list" (boolean: offers
 *   this machine's addresses), "remembers" (boolean: offers those that were used).
 * Signals:
 *   "activated" (): Enter was pressed
 *   "changed" (): the text of an entry has changed
 *   "scheme" (const char *scheme): text with "scheme://" was split
 */
gboolean ph_address_field_read (PhAddressField *field, PhPlace *ret_place);
gboolean ph_address_field_peek (PhAddressField *field, PhPlace *ret_place);
void ph_address_field_set (PhAddressField *field, const PhPlace *place);
void ph_address_field_set_placeholders (PhAddressField *field, const char *host, const char *port);
void ph_address_field_mark (PhAddressField *field, PhField which, const char *reason);
void ph_address_field_focus (PhAddressField *field, PhField which);
char *ph_address_field_dup_title (PhAddressField *local, PhAddressField *remote, const PhTransport *transport);
void ph_address_field_clear_mark (PhAddressField *field);

G_END_DECLS
