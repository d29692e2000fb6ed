/* fuzz-capture.c: any file opens as far as it is sound, or not at all, and nothing outside of it is read
 *
 * The input is the part of a file of four chunks that matters: for each chunk its header and its first records.
 * The rest of the chunks is zeros.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "fuzz.h"

#include "ph-plat-file.h"
#include "ph-store.h"

#include <glib/gstdio.h>
#include <string.h>

#define CHUNKS 4u
#define RECORDS 2u
#define PART (sizeof (PhChunk) + RECORDS * sizeof (PhRecord))
#define LOOK_AT 4096u /* records from both ends of what the file claims to have */

static char *path;
static PhFile file = PH_FILE_NONE;

static void
remove_file (void)
{
  ph_plat_file_close (file);
  g_remove (path);
}

/* One file for all inputs: only the places that an input has a say in are written anew. */
static void
begin (void)
{
  g_autofree char *name = g_strdup_printf ("porthole-fuzz-%08x%08x.porthole", g_random_int (), g_random_int ());
  g_autoptr (GError) error = NULL;

  path = g_build_filename (g_get_tmp_dir (), name, NULL);
  file = ph_plat_file_create (path, &error);
  g_assert_no_error (error);
  atexit (remove_file);
}

static void
write_part (guint number, const guint8 *part)
{
  guint64 start = (guint64) number * PH_CHUNK_SIZE, end = start + PH_CHUNK_SIZE - RECORDS * sizeof (PhRecord);

  g_assert_true (ph_plat_file_write (file, start, part, sizeof (PhChunk), NULL));
  g_assert_true (ph_plat_file_write (file, end, part + sizeof (PhChunk), RECORDS * sizeof (PhRecord), NULL));
}

static guint64
look (PhStore *store, guint64 from, guint64 to)
{
  guint64 sum = 0;

  ph_store_begin_read (store);
  for (guint64 seq = from; seq < to; seq++)
    {
      const guint8 *payload = NULL;
      const PhRecord *record = ph_store_fetch (store, seq, &payload);

      for (guint32 i = 0; record != NULL && i < record->length; i += MAX (record->length / 16, 1))
        sum += payload[i];
      if (record != NULL && record->length > 0)
        sum += payload[record->length - 1];
    }
  ph_store_end_read (store);

  return sum;
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  guint8 parts[CHUNKS * PART] = { 0 };
  g_autoptr (PhStore) store = NULL;
  g_autoptr (GError) error = NULL;
  guint64 end;

  if (file == PH_FILE_NONE)
    begin ();
  memcpy (parts, data, MIN (size, sizeof parts));
  for (guint k = 0; k < CHUNKS; k++)
    write_part (k, parts + k * PART);

  store = ph_store_new_from_file (path, &error);
  g_assert_true ((store == NULL) == (error != NULL));
  if (store == NULL)
    return 0;
  end = ph_store_end (store);
  g_assert_cmpuint (end, <=, CHUNKS * PH_CHUNK_RECORDS_MAX);
  look (store, 0, MIN (end, LOOK_AT));
  look (store, end > LOOK_AT ? end - LOOK_AT : 0, end);
  look (store, end, end + 3);

  return 0;
}
