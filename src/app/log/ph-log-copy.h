/* ph-log-copy.h: copies the selection to the clipboard as text
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-log-view.h"

G_BEGIN_DECLS

#define PH_LOG_COPY_LIMIT ((gsize) 64 * 1024 * 1024) /* bytes of text that one copy puts on the clipboard */

typedef enum
{
  PH_LOG_COPY_TEXT,  /* what is selected, as shown */
  PH_LOG_COPY_HEX,   /* the bytes of what is selected */
  PH_LOG_COPY_LINES, /* the selected records, whole, with their headers */
} PhLogCopyKind;

/** PhLogCopy: a copy that is being made. */
typedef struct _PhLogCopy PhLogCopy;

void ph_log_copy_start (PhLogView *self, PhLogCopyKind kind);
void ph_log_copy_go_on (PhLogView *self);
void ph_log_copy_primary (PhLogView *self);
void ph_log_copy_cancel (PhLogView *self);
void ph_log_copy_end (PhLogView *self);
char *ph_log_copy_dup (PhLogView *self, PhLogCopyKind kind);

G_END_DECLS
