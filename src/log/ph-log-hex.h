/* ph-log-hex.h: rows of bytes: with offset and characters in Hex mode, without in Log mode
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-log-lines.h"

G_BEGIN_DECLS

void ph_log_hex_take (const PhLogContext *context, PhLogLine *line, GString *out, guint n);
gsize ph_log_hex_byte_at (guint row, gsize column, gboolean end);
gboolean ph_log_hex_is_character (guint row, gsize column);
glong ph_log_hex_column_of (guint row, gsize byte, gboolean character);

G_END_DECLS
