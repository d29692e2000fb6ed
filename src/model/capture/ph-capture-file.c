/* ph-capture-file.c: the files that captures are kept in: where they lie, what they are called, what one tells of itself
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-capture-file.h"

#include "ph-chunk.h"
#include "ph-plat-file.h"
#include "ph-plat-paths.h"

#include <glib/gstdio.h>

#define WORDS_MAX 1024u /* bytes of the first record's text that are read */
#define LOOK_BACK 64u   /* chunks from the end in which the last one is looked for */

/**
 * ph_capture_dup_folder:
 *
 * Returns: (type filename) (transfer full): where captures of this user lie; it may not exist yet
 */
char *
ph_capture_dup_folder (void)
{
  g_autofree char *cache = ph_plat_dup_cache_folder ();

  return g_build_filename (cache, "captures", NULL);
}

/**
 * ph_capture_dup_new_path:
 * @folder: (type filename): where to
 *
 * Returns: (type filename) (transfer full): a name that nobody else will choose
 */
char *
ph_capture_dup_new_path (const char *folder)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *when = g_date_time_format (now, "%Y%m%d-%H%M%S");
  g_autofree char *name = g_strdup_printf ("%s-%08x%08x%s", when, g_random_int (), g_random_int (), PH_CAPTURE_SUFFIX);

  return g_build_filename (folder, name, NULL);
}

/* ---- what a file tells ---- */

static gboolean
read_head (PhFile file, guint64 number, PhChunk *head)
{
  return ph_plat_file_read (file, number * PH_CHUNK_SIZE, head, sizeof *head, NULL) == sizeof *head
         && ph_chunk_is_head (head, number);
}

static void
read_first_record (PhCaptureInfo *info, PhFile file)
{
  guint64 place = PH_CHUNK_SIZE - sizeof (PhRecord);
  char text[WORDS_MAX];
  PhRecord record;
  PhChunk head;
  gssize n;

  if (!read_head (file, 0, &head) || head.count == 0
      || ph_plat_file_read (file, place, &record, sizeof record, NULL) != sizeof record)
    return;
  info->time = record.time / 1000;
  if (record.kind != PH_RECORD_OPENING)
    return;
  n = ph_plat_file_read (file, record.offset, text, MIN (record.length, sizeof text), NULL);
  if (n > 0)
    info->words = g_utf8_make_valid (text, n);
}

static void
count_records (PhCaptureInfo *info, PhFile file)
{
  guint64 n_chunks = (info->size + PH_CHUNK_SIZE - 1) / PH_CHUNK_SIZE; /* of one that is cut off, the header tells */

  for (guint64 k = n_chunks; k > 0 && k + LOOK_BACK > n_chunks; k--)
    {
      PhChunk head;

      if (!read_head (file, k - 1, &head))
        continue;
      info->records = head.first_seq <= k * PH_CHUNK_RECORDS_MAX ? head.first_seq + head.count : 0;
      return;
    }
}

/**
 * ph_capture_info_new:
 * @path: (type filename): a file
 *
 * Returns: (transfer full) (nullable): what it tells; %NULL if there is no such file, or it cannot be read
 */
PhCaptureInfo *
ph_capture_info_new (const char *path)
{
  PhFile file = ph_plat_file_open (path, NULL);
  PhCaptureInfo *info;
  GStatBuf status;

  if (file == PH_FILE_NONE)
    return NULL;
  info = g_new0 (PhCaptureInfo, 1);
  info->path = g_strdup (path);
  if (g_stat (path, &status) == 0)
    info->time = info->changed = (gint64) status.st_mtime * G_TIME_SPAN_SECOND;
  info->size = ph_plat_file_size (file);
  info->live = ph_plat_file_has_writer (path);
  read_first_record (info, file);
  count_records (info, file);
  ph_plat_file_close (file);

  return info;
}

/**
 * ph_capture_info_free:
 * @info: (transfer full): what a file told
 */
void
ph_capture_info_free (PhCaptureInfo *info)
{
  g_free (info->path);
  g_free (info->words);
  g_free (info);
}

static int
compare_newest_first_cb (gconstpointer a, gconstpointer b)
{
  const PhCaptureInfo *left = *(PhCaptureInfo *const *) a, *right = *(PhCaptureInfo *const *) b;

  if (left->time != right->time)
    return left->time > right->time ? -1 : 1;

  return g_strcmp0 (right->path, left->path);
}

/**
 * ph_capture_list:
 * @folder: (type filename): a folder, which may not exist
 *
 * Returns: (transfer full) (element-type PhCaptureInfo): the captures in it, the newest first
 */
GPtrArray *
ph_capture_list (const char *folder)
{
  GPtrArray *infos = g_ptr_array_new_with_free_func ((GDestroyNotify) ph_capture_info_free);
  GDir *dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      PhCaptureInfo *info = g_str_has_suffix (name, PH_CAPTURE_SUFFIX) ? ph_capture_info_new (path) : NULL;

      if (info != NULL)
        g_ptr_array_add (infos, info);
    }
  g_clear_pointer (&dir, g_dir_close);
  g_ptr_array_sort (infos, compare_newest_first_cb);

  return infos;
}
