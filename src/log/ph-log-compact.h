/* ph-log-compact.h: the first line of a record in Compact: fields, then the beginning of the payload
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-log-lines.h"

G_BEGIN_DECLS

#define PH_LOG_PEER_CELLS 22u /* of a peer that is shown whole */

PhLogLine *ph_log_compact_build (const PhLogContext *context);
PhLogLine *ph_log_compact_get_body (PhLogLine *line);
guint ph_log_compact_cells (const char *text, gsize length);
char *ph_log_compact_shorten (const char *text, guint cells);

G_END_DECLS
