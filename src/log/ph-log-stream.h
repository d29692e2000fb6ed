/* ph-log-stream.h: which reads go on in the line of the read before, in Stream
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-log-lines.h"
#include "ph-log-source.h"

G_BEGIN_DECLS

#define PH_LOG_STREAM_RECORDS 64u /* in one line; a longer line is cut */

gboolean ph_log_stream_continues (PhLogSource *source, PhLogItem *item, const guint8 *payload);

G_END_DECLS
