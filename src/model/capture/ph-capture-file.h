/* ph-capture-file.h: capture files: their folder and names, and what can be read from one without loading it
 *
 * Any thread. Only the list of the folder and the info of a file read the disk.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define PH_CAPTURE_SUFFIX ".porthole"

/**
 * PhCaptureInfo: what the first and the last chunk of a file say.
 * @path: (type filename)
 * @words: (nullable): UTF-8: what was opened
 * @time: of the first record, µs since 1970 UTC; if there is none, the same as @changed
 * @changed: when the file was last written, µs since 1970 UTC
 * @size: in bytes
 * @records: number of records if none is damaged; 0 if not known
 * @live: a program holds the lock of a writer on the file
 */
typedef struct
{
  char *path;
  char *words;
  gint64 time, changed;
  guint64 size;
  guint64 records;
  gboolean live;
} PhCaptureInfo;

char *ph_capture_file_dup_folder (void);
char *ph_capture_file_dup_new_path (const char *folder);
PhCaptureInfo *ph_capture_info_new (const char *path);
void ph_capture_info_free (PhCaptureInfo *info);
GPtrArray *ph_capture_file_list (const char *folder);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhCaptureInfo, ph_capture_info_free)

G_END_DECLS
