/* ph-crc32c.h: CRC-32C (Castagnoli), the checksum of a capture's chunks
 *
 * Reflected polynomial 0x82F63B78, initial value and final XOR all ones, as in RFC 3720. Any thread.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

guint32 ph_crc32c (guint32 crc, gconstpointer bytes, gsize length);
guint32 ph_crc32c_portable (guint32 crc, gconstpointer bytes, gsize length);

G_END_DECLS
