/* ph-save-formats.c: the table of what the window can save
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-save-formats.h"

#include <glib/gi18n.h>

#include "ph-capture-file.h"

static const PhSaveFormat formats[] = {
  { .id = "log", .name = N_("Log text"), .suffix = ".log", .format = PH_FORMAT_LOG },
  { .id = "netassist", .name = N_("NetAssist’s log text"), .suffix = ".txt", .format = PH_FORMAT_NETASSIST },
  { .id = "netassist-v5", .name = N_("NetAssist’s log text, version 5"), .suffix = ".txt", .format = PH_FORMAT_NETASSIST_5 },
  { .id = "csv", .name = N_("Table with commas (CSV)"), .suffix = ".csv", .format = PH_FORMAT_CSV },
  { .id = "json", .name = N_("JSON lines"), .suffix = ".jsonl", .format = PH_FORMAT_JSON },
  { .id = "received", .name = N_("Raw bytes received"), .suffix = ".bin", .format = PH_FORMAT_RAW, .sides = PH_EXPORT_RECEIVED },
  { .id = "sent", .name = N_("Raw bytes sent"), .suffix = ".bin", .format = PH_FORMAT_RAW, .sides = PH_EXPORT_SENT },
  { .id = "both", .name = N_("Raw bytes, both directions"), .suffix = ".bin", .format = PH_FORMAT_RAW, .sides = PH_EXPORT_BOTH },
  { .id = "recording", .name = N_("The recording itself"), .suffix = PH_CAPTURE_SUFFIX, .recording = TRUE },
};

const PhSaveFormat *
ph_save_format_at (guint index)
{
  return index < G_N_ELEMENTS (formats) ? &formats[index] : NULL;
}
