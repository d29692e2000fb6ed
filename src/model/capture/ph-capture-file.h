/* ph-capture-file.h: the files that captures are kept in: where they lie, what they are called, what one tells of itself
 *
 * No main loop; any thread.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define PH_CAPTURE_SUFFIX ".porthole"

/**
 * PhCaptureInfo: what a look at a file's beginning and end tells.
 * @path: (type filename)
 * @words: (nullable): what was opened, as its first record says it
 * @time: of the first record, µs since 1970-01-01 UTC; without one, when the file was written last
 * @changed: when the file was written last, in the same measure
 * @size: in bytes
 * @records: how many there are, if none is damaged
 * @live: whether a program writes it just now
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

char *ph_capture_dup_folder (void);
char *ph_capture_dup_new_path (const char *folder);
PhCaptureInfo *ph_capture_info_new (const char *path);
void ph_capture_info_free (PhCaptureInfo *info);
GPtrArray *ph_capture_list (const char *folder);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhCaptureInfo, ph_capture_info_free)

G_END_DECLS
