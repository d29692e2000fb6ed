/* ph-log-times.h: the time that is shown of a record: of day, or since the opening or the record before
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-log-source-private.h"

G_BEGIN_DECLS

void ph_log_times_find (PhLogSource *source, PhLogContext *context);
void ph_log_times_append (const PhLogContext *context, PhLogLine *line, GString *out);

G_END_DECLS
