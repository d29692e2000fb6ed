/* ph-export.h: records, one after the other, as text or bytes of one format
 *
 * A line needs more than its record: the addresses that were bound before, and the character that a stream's record before it has cut.
 * An export keeps these, so that a file, a terminal and a pipe get the same. One thread at a time.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-format.h"
#include "ph-names.h"

G_BEGIN_DECLS

/** PhExportSides: whose bytes %PH_FORMAT_RAW has; the other formats have all records. */
typedef enum
{
  PH_EXPORT_RECEIVED = 1 << 0,
  PH_EXPORT_SENT = 1 << 1,
  PH_EXPORT_BOTH = PH_EXPORT_RECEIVED | PH_EXPORT_SENT, /* in the order of the records */
} PhExportSides;

/**
 * PhExportPayload: how the payload of one record is written: as hex, or as text in an encoding (log, netassist).
 * @dump: with @hex, in the log: rows with offsets and characters
 */
typedef struct
{
  gboolean hex;
  const PhCharset *charset;
  gboolean dump;
} PhExportPayload;

typedef PhExportPayload (*PhExportPayloadFunc) (gpointer data, const PhRecord *record, const guint8 *payload);

/**
 * PhExportPieceFunc: called after a piece of text was appended to the export's output, with the record that it is of.
 * @peer: (nullable): the address of that record's peer
 *
 * The rest of a cut character is a piece of its own, with a record that has the peer of its flow. So the owner can give the pieces to
 * different files, and empty the output each time.
 */
typedef void (*PhExportPieceFunc) (gpointer data, const PhRecord *record, const char *peer);

/**
 * PhExportForm: what it looks like.
 * @sides: for %PH_FORMAT_RAW
 * @time, @kind: for %PH_FORMAT_LOG
 * @payload: of what was received, and of what was sent where that is not told
 * @escape: ph_format_escapes(): a payload is not to be taken for a header or a formula
 * @piece_func: (nullable): called with @piece_data
 * @payload_func: (nullable): called with @data for each data record instead, on the thread of the export
 * @free_data: (nullable): called with @data when the export is freed
 */
typedef struct
{
  PhFormatKind format;
  PhExportSides sides;
  PhTimeFormat time;
  PhTimeKind kind;
  gboolean escape;
  PhExportPieceFunc piece_func;
  gpointer piece_data;
  PhExportPayload payload;
  PhExportPayloadFunc payload_func;
  gpointer data;
  GDestroyNotify free_data;
} PhExportForm;

typedef struct _PhExport PhExport;

PhExport *ph_export_new (const PhExportForm *form, GString *out);
void ph_export_free (PhExport *export);
void ph_export_record (PhExport *export, guint64 number, PhNames *names, const PhRecord *record, const guint8 *payload);
void ph_export_pass (PhExport *export, guint64 number, PhNames *names, const PhRecord *record, const guint8 *payload);
void ph_export_finish (PhExport *export);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhExport, ph_export_free)

G_END_DECLS
