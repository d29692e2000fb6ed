/* ph-capture-file.c: capture files: their folder and names, and what can be read from one without loading it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-capture-file.h"

#include "ph-chunk.h"
#include "ph-format.h"
#include "ph-plat-file.h"
#include "ph-plat-paths.h"

#include <glib/gstdio.h>
#include <string.h>

#define LOOK_BACK 64u   /* chunks from the end among which the last sound one is looked for */
#define LOOK_ON 8u      /* records after the opening among which is the one that says what was bound */

/**
 * ph_capture_file_dup_folder:
 *
 * Returns: (type filename) (transfer full): the folder for the captures of this user; it may not exist yet
 */
char *
ph_capture_file_dup_folder (void)
{
  g_autofree char *cache = ph_plat_dup_cache_folder ();

  return g_build_filename (cache, "captures", NULL);
}

/**
 * ph_capture_file_dup_new_path:
 * @folder: (type filename)
 *
 * Returns: (type filename) (transfer full): a path in @folder made of the time and a random number
 */
char *
ph_capture_file_dup_new_path (const char *folder)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *when = g_date_time_format (now, "%Y%m%d-%H%M%S");
  g_autofree char *name = g_strdup_printf ("%s-%08x%08x%s", when, g_random_int (), g_random_int (), PH_CAPTURE_SUFFIX);

  return g_build_filename (folder, name, NULL);
}

/* ---- reading a file ---- */

static gboolean
read_head (PhFile file, guint64 number, PhChunk *head)
{
  return ph_plat_file_read (file, number * PH_CHUNK_SIZE, head, sizeof *head, NULL) == sizeof *head
         && ph_chunk_is_head (head, number);
}

/* Reads one of the first records of a file, and as much of its payload as words may be long. */
static gboolean
read_record (PhFile file, const PhChunk *head, guint32 index, PhRecord *ret_record, guint8 payload[PH_WORDS_MAX])
{
  guint64 place = PH_CHUNK_SIZE - (index + 1) * sizeof (PhRecord);
  gssize n;

  if (index >= head->count || ph_plat_file_read (file, place, ret_record, sizeof *ret_record, NULL) != sizeof *ret_record)
    return FALSE;
  n = ph_plat_file_read (file, ret_record->offset, payload, MIN (ret_record->length, PH_WORDS_MAX), NULL);
  ret_record->length = (guint32) MAX (n, 0);

  return TRUE;
}

/* Where the system chose the port, @words get the address that was really bound. */
static void
name_bound (PhFile file, const PhChunk *head, PhWords *words)
{
  const char *on = ph_words_get (words, "on"), *name = ph_words_get (words, "name"), *id = ph_words_get (words, "transport");
  guint8 payload[PH_WORDS_MAX];
  PhWords bound;
  PhRecord record;

  for (guint32 i = 1; on != NULL && g_str_has_suffix (on, ":0") && i <= LOOK_ON && read_record (file, head, i, &record, payload); i++)
    if (record.kind == PH_RECORD_OPEN)
      {
        g_autofree char *text = g_utf8_make_valid ((const char *) payload, record.length);
        g_autofree char *all = g_strconcat ("*", strrchr (text, ':'), NULL);

        ph_words_init (&bound, ph_words_get (words, "action"), *on == '*' ? all : text);
        ph_words_add (&bound, "transport", id);
        ph_words_add (&bound, "name", name);
        *words = bound;
        return;
      }
}

/* Sets the time and, if it is an opening, the words. */
static void
read_first_record (PhCaptureInfo *info, PhFile file)
{
  guint8 payload[PH_WORDS_MAX];
  PhRecord record;
  PhChunk head;
  PhWords words;

  if (!read_head (file, 0, &head) || !read_record (file, &head, 0, &record, payload))
    return;
  info->time = record.time / 1000;
  if (record.kind != PH_RECORD_OPENING)
    return;
  ph_words_read (&words, payload, record.length);
  name_bound (file, &head, &words);
  record.length = (guint32) words.length;
  info->words = ph_format_dup_endpoint (&record, (const guint8 *) words.bytes, PH_LANGUAGE_USER);
}

/* How many records of a chunk are shown. Reads all of them, but not their payloads. */
static guint32
count_shown (PhFile file, const PhChunk *head)
{
  gsize size = head->count * sizeof (PhRecord);
  g_autofree guint8 *bytes = g_malloc (size);
  gssize n = ph_plat_file_read (file, (head->number + 1) * PH_CHUNK_SIZE - size, bytes, size, NULL);
  guint32 shown = 0;

  for (gssize i = 0; i + (gssize) sizeof (PhRecord) <= n; i += sizeof (PhRecord))
    shown += !ph_record_is_silent ((const PhRecord *) (gpointer) (bytes + i));

  return shown;
}

/* The header of the last chunk says how many records before it are shown. The file is not trusted: a number that is larger than chunks
 * can hold is not shown. */
static void
count_records (PhCaptureInfo *info, PhFile file)
{
  /* A last chunk that is cut off counts too, as its header is at its beginning. */
  guint64 n_chunks = (info->size + PH_CHUNK_SIZE - 1) / PH_CHUNK_SIZE;

  for (guint64 k = n_chunks; k > 0 && k + LOOK_BACK > n_chunks; k--)
    {
      PhChunk head;

      if (!read_head (file, k - 1, &head))
        continue;
      info->records = head.shown <= k * PH_CHUNK_RECORDS_MAX ? head.shown + count_shown (file, &head) : 0;
      return;
    }
}

/**
 * ph_capture_info_new:
 * @path: (type filename)
 *
 * Reads headers and the first record of a file. It may block for the disk. The file need not be a capture: fields that cannot be
 * read are 0 or %NULL.
 *
 * Returns: (transfer full) (nullable): %NULL if the file does not exist or cannot be opened
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
 * ph_capture_file_list:
 * @folder: (type filename): may not exist
 *
 * Blocks for the disk.
 *
 * Returns: (transfer full) (element-type PhCaptureInfo): the captures in @folder, newest first
 */
GPtrArray *
ph_capture_file_list (const char *folder)
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
