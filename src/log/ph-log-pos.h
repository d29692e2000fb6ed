/* ph-log-pos.h: a place in the log: an entry, one of its lines, and a byte in the text of that line
 *
 * An entry is a record (its sequence number + 1) or one of two notices: GONE, before the first record, says what was
 * dropped, and HIDDEN, after the last record, says what is not shown. Entries compare in the order in which they are shown.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define PH_LOG_ENTRY_GONE ((guint64) 0)
#define PH_LOG_ENTRY_HIDDEN G_MAXUINT64
#define PH_LOG_ENTRY_NONE (G_MAXUINT64 - 1)

/** PhLogPos: @index is a byte of the line's text. */
typedef struct
{
  guint64 entry;
  guint32 line;
  guint32 index;
} PhLogPos;

int ph_log_pos_compare (const PhLogPos *a, const PhLogPos *b);

G_END_DECLS
