/* ph-log-bytes.h: finds the bytes of the payloads that a selection holds
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-log-lines.h"
#include "ph-log-source.h"

G_BEGIN_DECLS

/**
 * PhLogBytes: of each record between the first and the last one, all bytes are selected.
 * @before: the first bytes of the first selected character, which are in earlier records of its stream
 * @from: the first byte of the first record
 * @to: the byte behind the last one of the last record
 */
typedef struct
{
  PhCarry before;
  gsize from, to;
} PhLogBytes;

gsize ph_log_bytes_from (const PhLogContext *context, guint line, guint32 index);
gsize ph_log_bytes_to (const PhLogContext *context, guint line, guint32 index, gboolean whole);
void ph_log_bytes_select (PhLogSource *source, const PhLogPos *start, const PhLogPos *end, PhLogBytes *ret_bytes);

G_END_DECLS
