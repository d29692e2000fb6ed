/* ph-log-fold.h: folds long payloads to their first lines
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-log-lines.h"
#include "ph-log-source.h"

G_BEGIN_DECLS

#define PH_LOG_FOLD_LINES 20u /* of a folded payload, as drawn */
#define PH_LOG_FOLD_MAX 256u  /* records that are shown whole at a time; more, and the first of them is folded again */

void ph_log_fold_count (PhLogSource *source, PhLogItem *item, guint n_lines);
PhLogLine *ph_log_fold_build (const PhLogContext *context);
PhLogLine *ph_log_fold_dup_line (PhLogSource *source, guint64 entry, guint n);
gboolean ph_log_fold_toggle (PhLogSource *source, guint64 entry);
void ph_log_fold_show_byte (PhLogSource *source, guint64 entry, gsize byte);

G_END_DECLS
