/* ph-log-run.h: lines as they are drawn: in Stream, reads that go on in one line are one
 *
 * A place in the log is in a line of a record. Only what is drawn together is put together here: layouts, the pointer, and the
 * keys up and down ask for drawn lines. In the other forms a drawn line is a line.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-log-source.h"

G_BEGIN_DECLS

/** PhLogPart: a line in a drawn line, in the text of which it begins at @start. */
typedef struct
{
  PhLogLine *line;
  guint32 start;
} PhLogPart;

PhLogLine *ph_log_run_dup (PhLogSource *source, const PhLogPos *pos);
gboolean ph_log_run_next (PhLogSource *source, PhLogPos *pos);
gboolean ph_log_run_previous (PhLogSource *source, PhLogPos *pos);
void ph_log_run_to_start (PhLogSource *source, PhLogPos *pos);
gboolean ph_log_run_has (const PhLogLine *drawn, const PhLogPos *pos);
guint32 ph_log_run_index (const PhLogLine *drawn, const PhLogPos *pos);
PhLogPos ph_log_run_pos (const PhLogLine *drawn, guint32 index);
gboolean ph_log_run_highlight (PhLogSource *source, PhLogLine *drawn, gint64 deadline);
gboolean ph_log_run_match (PhLogSource *source, PhLogLine *drawn, gint64 deadline);

G_END_DECLS
