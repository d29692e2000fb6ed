/* ph-log-lines.h: the text of one line of the log
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-log-source.h"

G_BEGIN_DECLS

/**
 * PhLogItem: a record and what is known about its lines.
 * @stream: characters may be cut between this and its neighbours
 * @carry: the bytes it goes on with, in a stream
 * @starts: (nullable): where the lines of its text begin, @n_starts of them
 * @n_lines: the header included
 */
typedef struct
{
  PhRecord record;
  guint64 seq;
  gboolean stream;
  PhCarry carry;
  guint32 *starts;
  guint n_starts;
  guint n_lines;
} PhLogItem;

/**
 * PhLogContext: what building a line needs beside the record.
 * @peer: (nullable): the address of its peer
 * @to: (nullable): where it was sent to, if that is worth showing
 * @payload: inside a read section
 */
typedef struct
{
  const PhLogFormat *format;
  PhLogCarry *carries;
  const PhLogItem *item;
  const guint8 *payload;
  const char *peer;
  const char *to;
} PhLogContext;

PhLogLine *ph_log_line_new (PhLogLineKind kind, PhLogStyle accent);
void ph_log_line_add_span (PhLogLine *line, gsize start, gsize end, PhLogStyle style);
void ph_log_line_append_styled (PhLogLine *line, GString *out, const char *text, PhLogStyle style);
void ph_log_line_take_text (PhLogLine *line, GString *out);
PhLogStyle ph_log_line_accent_of (const PhRecord *record);
char *ph_log_line_dup_direction (PhLogStyle accent);
gboolean ph_log_line_append_shown (const PhLogFormat *format, PhLogLine *line, GString *out, const char *text,
                                   gsize length, const char *keep);
PhLogLine *ph_log_line_build (const PhLogContext *context, guint line);
PhLogLine *ph_log_line_build_notice (const char *text);
gboolean ph_log_line_span_of (const PhLogContext *context, guint line, gsize *ret_start, gsize *ret_end);
gsize ph_log_line_byte_of (const PhLogContext *context, guint line, guint32 index);
char *ph_log_line_peer_text (const PhLogContext *context);
void ph_log_line_preview (const PhLogContext *context, gsize most, GString *out);

G_END_DECLS
