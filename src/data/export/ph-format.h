/* ph-format.h: records as text for a terminal, a file or the clipboard: log, netassist, netassist-v5, csv, json, raw
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-charset.h"
#include "ph-record.h"
#include "ph-repeat.h"

G_BEGIN_DECLS

typedef enum
{
  PH_FORMAT_LOG,
  PH_FORMAT_NETASSIST,
  PH_FORMAT_JSON,
  PH_FORMAT_RAW,
  PH_FORMAT_NETASSIST_5,
  PH_FORMAT_CSV,
  PH_N_FORMATS
} PhFormatKind;

/** PhTimeFormat: how times are shown. */
typedef enum
{
  PH_TIME_MILLISECONDS, /* 16:05:48.417 */
  PH_TIME_MICROSECONDS, /* 16:05:48.417123 */
  PH_TIME_NANOSECONDS,
  PH_TIME_DATE,         /* 2019-07-12 16:05:48.417 */
  PH_TIME_DATE_MICROSECONDS,
  PH_TIME_DATE_NANOSECONDS,
} PhTimeFormat;

/** PhTimeKind: from when on times are counted. */
typedef enum
{
  PH_TIME_OF_DAY,
  PH_TIME_SINCE_OPENING,
  PH_TIME_SINCE_RECORD, /* since the record before */
  PH_TIME_NONE,         /* not shown */
} PhTimeKind;

/**
 * PhFormatContext: what a line needs beside the record.
 * @number: of the record, counted from 1
 * @peer: (nullable): the address the peer number stands for
 * @local: (nullable): the bound local address
 * @to: (nullable): where it was sent to, if that was told
 * @to_unusual: @to is worth showing to a reader
 * @time: how exactly the time is told (log)
 * @kind: which time is told (log)
 * @since: of %PH_TIME_SINCE_OPENING and %PH_TIME_SINCE_RECORD: the time from which it counts, if @has_since
 * @hex: payloads as hex (log, netassist)
 * @dump: that hex has offsets and characters beside it (log)
 * @escape: what a payload has is not to be taken for a header (netassist), or for a formula (csv): ph_format_escapes()
 * @decoder: for payloads
 * @carry: (nullable): the cut character of this peer and direction; only used where the record is a piece of a stream
 */
typedef struct
{
  guint64 number;
  const char *peer;
  const char *local;
  const char *to;
  gboolean to_unusual;
  PhTimeFormat time;
  PhTimeKind kind;
  gint64 since;
  gboolean has_since;
  gboolean hex;
  gboolean dump;
  gboolean escape;
  PhDecoder *decoder;
  PhCarry *carry;
} PhFormatContext;

gboolean ph_format_parse (const char *id, PhFormatKind *ret_kind);
char *ph_format_dup_ids (void);
const char *ph_format_get_head (PhFormatKind kind);
gboolean ph_format_has_both (PhFormatKind kind);
gboolean ph_format_escapes (PhFormatKind kind);
gboolean ph_format_append (GString *out, PhFormatKind kind, const PhFormatContext *context, const PhRecord *record,
                           const guint8 *payload);
char *ph_format_dup_grouped (guint64 number);
char *ph_format_dup_decimal (double number, guint digits);
char *ph_format_dup_size (guint64 bytes);

/** PhLanguage: of a sentence. English for programs: whatever the language of the process is. */
typedef enum
{
  PH_LANGUAGE_USER,
  PH_LANGUAGE_ENGLISH,
} PhLanguage;

char *ph_format_event (const PhRecord *record, const guint8 *payload, const char *peer, PhLanguage language);
char *ph_format_dup_endpoint (const PhRecord *record, const guint8 *payload, PhLanguage language);
char *ph_format_dup_bytes (guint64 bytes, PhLanguage language);
char *ph_format_dup_repeat (const PhRepeat *repeat, PhLanguage language);
char *ph_format_dup_undone (const PhRepeat *repeat, PhLanguage language);
const char *ph_format_cause (const char *cause);

const char *ph_time_kind_id (PhTimeKind kind);
gboolean ph_time_kind_find (const char *id, PhTimeKind *ret_kind);
void ph_format_time (GString *out, gint64 time, PhTimeFormat format);
void ph_format_since (GString *out, gint64 time, gint64 from, PhTimeFormat format);
void ph_format_since_nothing (GString *out, PhTimeFormat format);

G_END_DECLS
