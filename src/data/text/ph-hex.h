/* ph-hex.h: hex digits to bytes and back
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

GBytes *ph_hex_parse (const char *text, gsize *error_place, GError **error);
GBytes *ph_hex_parse_bytes (const char *text, gsize length, gsize *error_place, GError **error);
void ph_hex_append (GString *out, const guint8 *bytes, gsize length);

G_END_DECLS
