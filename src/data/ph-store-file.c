/* ph-store-file.c: a store made from a file: which of its chunks can be believed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-store-private.h"

#include <glib/gi18n.h>

/* What the header of a chunk says: records [first, end). */
typedef struct
{
  gboolean there;
  guint64 first, end;
} Head;

static Head
read_head (PhStore *store, guint64 number)
{
  PhChunk chunk;
  Head head = { 0 };

  /* No chunk has more than so many, so neither has any number of them: the sums below stay far from their limits. */
  if (ph_plat_file_read (store->file, number * PH_CHUNK_SIZE, &chunk, sizeof chunk, NULL) == sizeof chunk
      && ph_chunk_is_head (&chunk, number) && chunk.first_seq <= number * PH_CHUNK_RECORDS_MAX)
    head = (Head) { TRUE, chunk.first_seq, chunk.first_seq + chunk.count };

  return head;
}

/* Whether a chunk is where it can be, behind one that ends at @end and @missing chunks that cannot be read: it goes on there,
 * or leaves out no more than the missing ones can have had, or the next chunk goes on where it ends. */
static gboolean
fits (const Head *head, const Head *next, guint64 end, guint64 missing)
{
  if (head->first >= end && head->first - end <= missing * PH_CHUNK_RECORDS_MAX)
    return TRUE;

  return next->there && next->first == head->end;
}

/* Takes stock of the chunks. Returns the sequence number behind the last record. */
static guint64
read_heads (PhStore *store, guint64 n_chunks)
{
  Head head = read_head (store, 0), next;
  guint64 end = 0, missing = 0;

  for (guint64 k = 0; k < n_chunks; k++, head = next)
    {
      Gone gone = { .first_seq = end };
      guint64 last = k > 0 ? g_array_index (store->gone, Gone, k - 1).first_seq : 0;

      next = k + 1 < n_chunks ? read_head (store, k + 1) : (Head) { 0 };
      gone.on_file = head.there && head.first >= last && fits (&head, &next, end, missing);
      if (gone.on_file)
        {
          gone.first_seq = head.first;
          end = head.end;
        }
      missing = gone.on_file ? 0 : missing + 1;
      g_array_append_val (store->gone, gone);
    }

  return end;
}

/**
 * ph_store_new_from_file:
 * @path: (type filename): what a spool has written; it may be damaged, or still be written
 * @error: why not: it cannot be read, or nothing in it is a chunk
 *
 * What the file cannot give is missing: ph_store_get() knows nothing of those records. Reads the header of each chunk,
 * so not for the main thread of a program with a window.
 *
 * Returns: (transfer full) (nullable): a store with all that the file has, and without a writer
 */
PhStore *
ph_store_new_from_file (const char *path, GError **error)
{
  g_autoptr (PhStore) store = ph_store_new_empty (PH_STORE_LIMIT_MIN);
  guint64 n_chunks, end;
  Head behind;

  store->file = ph_plat_file_open (path, error);
  if (store->file == PH_FILE_NONE)
    return NULL;
  n_chunks = ph_plat_file_size (store->file) / PH_CHUNK_SIZE;
  end = read_heads (store, n_chunks);
  while (store->gone->len > 0 && !g_array_index (store->gone, Gone, store->gone->len - 1).on_file)
    g_array_set_size (store->gone, store->gone->len - 1);
  if (store->gone->len == 0)
    {
      g_set_error_literal (error, PH_ERROR, PH_ERROR_INVALID, _("it is not a capture of Porthole, or its beginning is missing"));
      return NULL;
    }
  behind = read_head (store, n_chunks);
  store->cut = behind.there && behind.end > behind.first;
  store->head = store->tail = store->spooled = store->gone->len;
  store->released = store->end = end;

  return g_steal_pointer (&store);
}

/**
 * ph_store_is_cut:
 * @store: a store
 *
 * Any thread.
 *
 * Returns: whether it was made from a file that ends within a chunk, so that the records of it are missing
 */
gboolean
ph_store_is_cut (PhStore *store)
{
  return store->cut;
}
