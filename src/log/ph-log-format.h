/* ph-log-format.h: how records are shown as lines
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-charset.h"
#include "ph-format.h"

G_BEGIN_DECLS

typedef enum
{
  PH_LOG_MODE_COMPACT,     /* one line for each record where it fits */
  PH_LOG_MODE_COMFORTABLE, /* a header line, then the payload */
  PH_LOG_MODE_STREAM,      /* the payload alone */
  PH_LOG_MODE_TABLE,       /* one line for each record, in columns */
  PH_LOG_MODE_BYTES,       /* offset, bytes, characters */
  PH_LOG_N_MODES
} PhLogMode;

/** PhLogColumn: of the table, in the usual order. */
typedef enum
{
  PH_LOG_COLUMN_NUMBER,
  PH_LOG_COLUMN_TIME,
  PH_LOG_COLUMN_DIRECTION,
  PH_LOG_COLUMN_PEER,
  PH_LOG_COLUMN_LENGTH,
  PH_LOG_COLUMN_DATA, /* always the last, and never hidden */
  PH_LOG_N_COLUMNS
} PhLogColumn;

/**
 * PhLogFormat: how records are shown.
 * @form: of payloads; Bytes mode shows them as hex anyway
 * @as_it_came: received records have their own form and charset, as far as they tell them
 * @time_format: how exactly a time of day is shown
 * @row: bytes in a row of hex
 * @columns: a #PhLogColumn each, in the order of the table; all 0: the usual order
 * @hidden: by column
 * @peer_chars: characters of an address in the table, at most; 0 for any number
 * @line_chars: characters in a line as drawn of a payload, about; 0 where lines do not wrap
 */
typedef struct
{
  PhLogMode mode;
  PhForm form;
  gboolean as_it_came;
  const PhCharset *charset;
  PhTimeKind time;
  PhTimeFormat time_format;
  guint row, line_chars;
  guint8 columns[PH_LOG_N_COLUMNS];
  gboolean hidden[PH_LOG_N_COLUMNS];
  guint peer_chars;
} PhLogFormat;

G_END_DECLS
