/* ph-log-hex.h: rows of bytes: with offset and characters in Hex mode, without in Log mode
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-log-lines.h"

G_BEGIN_DECLS

PhLogLine *ph_log_hex_build_text (const PhLogContext *context, guint n);
PhLogLine *ph_log_hex_build_row (const PhLogContext *context, guint n);
gsize ph_log_hex_byte_at (guint row, gsize column, gboolean end);
gboolean ph_log_hex_is_character (guint row, gsize column);
glong ph_log_hex_column_of (guint row, gsize byte, gboolean character);

G_END_DECLS
