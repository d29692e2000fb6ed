/* ph-log-row.h: a record as a row of the table
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-log-lines.h"

G_BEGIN_DECLS

gboolean ph_log_row_is_right (PhLogColumn column);
gboolean ph_log_row_shows (const PhLogFormat *format, PhLogColumn column);
char *ph_log_row_dup_short (const char *text, guint most);
PhLogLine *ph_log_row_build (const PhLogContext *context);

G_END_DECLS
