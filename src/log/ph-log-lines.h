/* ph-log-lines.h: builds the lines of a record
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-log-carry.h"
#include "ph-log-form.h"
#include "ph-log-line.h"

G_BEGIN_DECLS

#define PH_LOG_PREVIEW 256u       /* bytes of a payload shown in a row of the table, at most */
#define PH_LOG_PREVIEW_CHARS 300u /* characters shown of them, at most */

/**
 * PhLogItem: a record and its lines.
 * @form: how its payload is shown
 * @stream: a character may be cut between this record and its neighbours
 * @carry: in a stream: the bytes of a cut character that are in earlier records
 * @awaits: a record before it has to be read from the file first: then the carry and the lines may be others
 * @starts: (nullable): the bytes at which the lines of its text begin, @n_starts of them
 * @n_payload: lines of its payload
 * @n_shown: those of them that are shown
 * @fold: there is a line behind them that shows the rest, or folds it again: @folded
 * @continues: its first line goes on in the last one of the record before it
 * @n_lines: of all lines, a header and the line to fold included
 */
typedef struct
{
  PhRecord record;
  guint64 seq;
  PhLogForm form;
  gboolean stream, awaits;
  PhCarry carry;
  guint32 *starts;
  guint n_starts;
  guint n_payload, n_shown;
  gboolean fold, folded, continues;
  guint n_lines;
} PhLogItem;

/**
 * PhLogContext: what a line is built from.
 * @carries: (nullable): of its encoding; %NULL for an event
 * @peer: (nullable): the address of the record's peer
 * @to: (nullable): the address that the record was sent to, if that is worth showing
 * @payload: valid inside the read section
 * @number: of the record, counted from 1; only set for the table
 * @since: from when on its time counts, in ns since 1970, if @has_since
 * @since_waits: that record has to be read from the file first
 */
typedef struct
{
  const PhLogFormat *format;
  PhLogCarry *carries;
  const PhLogItem *item;
  const guint8 *payload;
  const char *peer;
  const char *to;
  guint64 number;
  gint64 since;
  gboolean has_since, since_waits;
} PhLogContext;

PhLogStyle ph_log_lines_accent (const PhRecord *record);
const char *ph_log_lines_mark (PhLogStyle accent);
char *ph_log_lines_dup_direction (PhLogStyle accent);
guint ph_log_lines_n_before (const PhLogFormat *format);
gboolean ph_log_lines_is_hex (const PhLogContext *context);
gboolean ph_log_lines_is_fold (const PhLogContext *context, guint line);
PhLogLine *ph_log_lines_build (const PhLogContext *context, guint line);
PhLogLine *ph_log_lines_build_notice (const char *text);
gboolean ph_log_lines_get_bytes (const PhLogContext *context, guint line, gsize *ret_start, gsize *ret_end);
char *ph_log_lines_dup_peer (const PhLogContext *context);
gboolean ph_log_lines_awaits_peer (const PhLogContext *context);
void ph_log_lines_append_event (const PhLogContext *context, PhLogLine *line, GString *out);
void ph_log_lines_append_cut (const PhLogContext *context, PhLogLine *line, GString *out);
void ph_log_lines_append_start (const PhLogContext *context, PhLogLine *line, GString *out);
void ph_log_lines_take_payload (const PhLogContext *context, PhLogLine *line, GString *out, guint n);
void ph_log_lines_append_preview (const PhLogContext *context, gsize most, GString *out);

G_END_DECLS
