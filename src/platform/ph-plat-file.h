/* ph-plat-file.h: files that one program writes at any offset and reads at the same time, with a lock that shows the writer to others
 *
 * Failures are of the domain PH_ERROR; the message says why. Paths are in GLib's file name encoding.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-error.h"

G_BEGIN_DECLS

/** PhFile: a descriptor on POSIX, a HANDLE on Windows. */
typedef gintptr PhFile;
#define PH_FILE_NONE ((PhFile) -1)

#define PH_FILE_NOTHING_YET ((gssize) -2) /* of ph_plat_file_read_next() */

PhFile ph_plat_file_create (const char *path, GError **error);
PhFile ph_plat_file_reopen (const char *path, GError **error);
gboolean ph_plat_file_is_at (PhFile file, const char *path);
PhFile ph_plat_file_open (const char *path, GError **error);
PhFile ph_plat_file_open_any (const char *path, gboolean *ret_regular, GError **error);
void ph_plat_file_close (PhFile file);
gboolean ph_plat_file_write (PhFile file, guint64 offset, gconstpointer bytes, gsize length, GError **error);
gssize ph_plat_file_read (PhFile file, guint64 offset, gpointer buffer, gsize size, GError **error);
gssize ph_plat_file_read_next (PhFile file, gpointer buffer, gsize size, guint wait, GError **error);
guint64 ph_plat_file_size (PhFile file);
guint64 ph_plat_file_next_data (PhFile file, guint64 offset);
guint64 ph_plat_file_free_space (PhFile file);
gboolean ph_plat_file_has_writer (const char *path);
char *ph_plat_file_dup_real_path (const char *path);
gboolean ph_plat_file_remove (const char *path);

G_END_DECLS
