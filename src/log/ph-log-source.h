/* ph-log-source.h: the records of a store as lines of text
 *
 * Records that are not shown (ph_record_is_silent(), or no match of the filter) are entries without lines.
 *
 * A record that has to be read from the file first has an estimated number of lines, which say so. The session emits "advanced"
 * when it is there.
 *
 * Main thread; never waits for the disk. Nothing that is returned points into the store.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-log-line.h"
#include "ph-log-pos.h"
#include "ph-opened.h"
#include "ph-store.h"

G_BEGIN_DECLS

#define PH_LOG_CACHE_ITEMS 1024u               /* records whose lines are known */
#define PH_LOG_CACHE_STARTS (4u * 1024 * 1024) /* bytes of line starts known, over all of them */
#define PH_LOG_CACHE_LINES 2048u               /* lines decoded */

/* Returns: (nullable): the address of the record's peer. @ret_to: (out) (nullable): where the record was sent to, if that
 * is worth showing. */
typedef const char *(*PhLogPeerFunc) (gpointer data, const PhRecord *record, const char **ret_to);
typedef struct _PhLogSource PhLogSource;

PhLogSource *ph_log_source_new (PhStore *store, PhLogPeerFunc peer, gpointer data);
void ph_log_source_free (PhLogSource *source);
void ph_log_source_set_opened (PhLogSource *source, const PhOpened *opened);
void ph_log_source_set_format (PhLogSource *source, const PhLogFormat *format);
const PhLogFormat *ph_log_source_get_format (PhLogSource *source);
void ph_log_source_set_hidden_from (PhLogSource *source, guint64 seq);
void ph_log_source_set_start (PhLogSource *source, guint64 seq);
void ph_log_source_advance (PhLogSource *source, guint64 end);
void ph_log_source_begin_read (PhLogSource *source);
void ph_log_source_end_read (PhLogSource *source);

guint64 ph_log_source_get_number (PhLogSource *source, guint64 entry);
guint64 ph_log_source_get_first (PhLogSource *source);
guint64 ph_log_source_get_end (PhLogSource *source);
guint ph_log_source_n_lines (PhLogSource *source, guint64 entry);
gboolean ph_log_source_awaits (PhLogSource *source, guint64 entry);
PhLogLine *ph_log_source_dup_line (PhLogSource *source, guint64 entry, guint line);

char *ph_log_source_dup_peer (PhLogSource *source, guint64 entry);
char *ph_log_source_dup_whole (PhLogSource *source, guint64 entry);
gboolean ph_log_source_has_bytes (PhLogSource *source, guint64 entry);
gsize ph_log_source_byte_at (PhLogSource *source, const PhLogPos *pos);
guint ph_log_source_line_at_byte (PhLogSource *source, guint64 entry, gsize byte);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhLogSource, ph_log_source_free)

G_END_DECLS
