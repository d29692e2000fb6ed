/* ph-settings.h: the settings of the program, also with a missing or old schema
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "ph-endpoint.h"
#include "ph-store.h"

G_BEGIN_DECLS

GSettings *ph_settings_get (void);
void ph_settings_remember (const char *key, gpointer object, const char *property);

PhEndpoint *ph_settings_dup_endpoint (void);
PhEndpoint *ph_settings_dup_endpoint_of (const char *transport);
void ph_settings_set_endpoint (const PhEndpoint *endpoint);
void ph_settings_apply_options (PhEndpoint *endpoint, PhOptionSide side);
int ph_settings_get_time_format (void);
guint64 ph_settings_get_memory_limit (void);
PhStoreFull ph_settings_get_memory_full (void);

G_END_DECLS
