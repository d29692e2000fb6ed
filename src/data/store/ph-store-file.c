/* ph-store-file.c: opens a capture file as a store, and decides which of its chunks are valid
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-store-private.h"

#include <glib/gi18n.h>

/* A sparse file may be of any size. If more chunks than this are missing, the store ends there. */
#define MISSING_MAX (1024u * 1024u)

/* A chunk by its header: records [first, end), and how many before them are shown. If the file ends in this chunk, only those from
 * @left on are there. */
typedef struct
{
  gboolean there;
  guint64 first, end, left, shown;
} Head;

/* How many bytes of a chunk the file has. Asked after reading its header: by then a writer has made the chunk complete. */
static gsize
bytes_of (PhStore *store, guint64 number)
{
  guint64 size = ph_plat_file_size (store->file), start = number * PH_CHUNK_SIZE;

  return (gsize) MIN (size - MIN (size, start), PH_CHUNK_SIZE);
}

/* Reads the header of a chunk. Chunks before @hole_end lie in a hole of the file; it is updated. */
static Head
read_head (PhStore *store, guint64 number, guint64 *hole_end)
{
  PhChunk chunk;
  Head head = { 0 };

  if (number < *hole_end)
    return head;
  /* The limit on the sequence number keeps the sums below from overflowing. */
  if (ph_plat_file_read (store->file, number * PH_CHUNK_SIZE, &chunk, sizeof chunk, NULL) == sizeof chunk
      && ph_chunk_is_head (&chunk, number) && chunk.first_seq <= number * PH_CHUNK_RECORDS_MAX)
    head = (Head) { TRUE, chunk.first_seq, chunk.first_seq + chunk.count,
                    chunk.first_seq + ph_chunk_cut_off (&chunk, bytes_of (store, number)), chunk.shown };
  else
    *hole_end = ph_plat_file_next_data (store->file, number * PH_CHUNK_SIZE) / PH_CHUNK_SIZE;

  return head;
}

/* Whether a header can be believed. The last good chunk has records [@start, @end), and @missing chunks after it cannot be read.
 * The chunk fits if it continues there, leaving out no more than the missing chunks can have had, or if the next chunk continues
 * where it ends. The last chunk has no next one: then the end of the chunk before may be wrong. */
static gboolean
fits (const Head *head, const Head *next, guint64 start, guint64 end, guint64 missing)
{
  if (head->first < start)
    return FALSE;
  if (head->first >= end && head->first - end <= missing * PH_CHUNK_RECORDS_MAX)
    return TRUE;

  return next->there ? next->first == head->end : head->first - start <= (missing + 1) * PH_CHUNK_RECORDS_MAX;
}

/* How many records before a chunk are shown, if the last good chunk began with record @first and had @shown before it. What the header
 * says counts if it can be. Else all records in between count as shown. */
static guint64
shown_before (const Head *head, guint64 first, guint64 shown)
{
  guint64 most = shown + (head->first - first);
  gboolean told = head->shown >= MAX (shown, 1) && head->shown <= most;

  return (told ? head->shown : most) + (head->left - head->first);
}

/* The last @n chunks are missing, and behind them follows one with @shown records before it. */
static void
bound_missing (PhStore *store, guint64 n, guint64 shown)
{
  for (guint k = store->gone->len - (guint) n; k < store->gone->len; k++)
    g_array_index (store->gone, Gone, k).shown = MIN (g_array_index (store->gone, Gone, k).shown, shown);
}

/* Reads all headers. Returns the sequence number after the last record. */
static guint64
read_heads (PhStore *store, guint64 n_chunks)
{
  guint64 end = 0, missing = 0, all_missing = 0, hole_end = 0;
  guint64 first = 0, shown = 0; /* of the last good chunk */
  Head head = read_head (store, 0, &hole_end), next;

  for (guint64 k = 0; k < n_chunks && all_missing < MISSING_MAX; k++, head = next)
    {
      Gone gone = { .first_seq = end, .shown = shown + (end - first), .count = NOT_KNOWN };
      guint64 start = k > 0 ? g_array_index (store->gone, Gone, k - 1).first_seq : 0;

      next = k + 1 < n_chunks ? read_head (store, k + 1, &hole_end) : (Head) { 0 };
      gone.on_file = head.there && fits (&head, &next, start, end, missing) && (head.left < head.end || head.left == head.first);
      if (gone.on_file)
        {
          gone.first_seq = head.left;
          gone.shown = shown_before (&head, first, shown);
          bound_missing (store, missing, gone.shown);
          first = gone.first_seq;
          shown = gone.shown;
          end = head.end;
        }
      missing = gone.on_file ? 0 : missing + 1;
      all_missing += !gone.on_file;
      g_array_append_val (store->gone, gone);
    }

  return end;
}

/* Whether a header was written at @number, even if it is damaged. The header is written last: before that there are zeros. */
static gboolean
is_begun (PhStore *store, guint64 number)
{
  guint8 bytes[sizeof (PhChunk)];
  gssize n = ph_plat_file_read (store->file, number * PH_CHUNK_SIZE, bytes, sizeof bytes, NULL);

  for (gssize i = 0; i < n; i++)
    if (bytes[i] != 0)
      return TRUE;

  return FALSE;
}

/* Leaves out chunks at the end that cannot be believed. Returns whether they had anything. */
static gboolean
cut_end (PhStore *store, guint64 n_chunks)
{
  gboolean cut = store->gone->len < n_chunks
                 || (is_begun (store, n_chunks - 1) && bytes_of (store, n_chunks - 1) < PH_CHUNK_SIZE);

  while (store->gone->len > 0 && !g_array_index (store->gone, Gone, store->gone->len - 1).on_file)
    {
      cut = cut || is_begun (store, store->gone->len - 1);
      g_array_set_size (store->gone, store->gone->len - 1);
    }

  return cut;
}

/* The error for a file without any chunk that can be believed. */
static const char *
why_nothing (PhStore *store)
{
  PhChunk head;

  if (ph_plat_file_read (store->file, 0, &head, sizeof head, NULL) != sizeof head)
    return _("it is not a recording of Porthole, or its beginning is missing");
  if (ph_chunk_is_older (&head))
    return _("it was made by an older version of Porthole, whose recordings this one cannot read");

  return ph_chunk_is_head (&head, 0) ? _("the end of the file is missing")
                                     : _("it is not a recording of Porthole, or its beginning is missing");
}

/* The number of the first record behind chunk @k. */
static guint64
number_behind (PhStore *store, guint k)
{
  g_autoptr (PhBlock) block = ph_block_new_read (store->file, k, NULL, NULL);
  guint64 shown = g_array_index (store->gone, Gone, k).shown;

  return shown + (block != NULL ? ph_chunk_count_shown (block->chunk, 0, block->chunk->count) : 0) + 1;
}

/* The first chunk that cannot be read before the end: it was never written, or it was changed. */
static void
note_hole (PhStore *store, guint k)
{
  g_autofree PhChunk *chunk = g_try_malloc (PH_CHUNK_SIZE);
  gssize n = chunk != NULL ? ph_plat_file_read (store->file, (guint64) k * PH_CHUNK_SIZE, chunk, PH_CHUNK_SIZE, NULL) : -1;
  guint64 number = k > 0 ? number_behind (store, k - 1) : 1;

  if (n >= 0 && ph_proof_is_left_out (chunk, (gsize) n))
    store->left_out = number;
  else
    atomic_store (&store->changed, number);
}

/* What the headers alone say about the file. Checksums are compared when chunks are read. */
static void
note_proof (PhStore *store)
{
  guint last = store->gone->len - 1;
  PhChunk head;

  store->cut_at = number_behind (store, last);
  if (ph_plat_file_read (store->file, (guint64) last * PH_CHUNK_SIZE, &head, sizeof head, NULL) == sizeof head)
    {
      store->ended = !store->cut && (head.state & PH_CHUNK_LAST) != 0;
      if (bytes_of (store, last) < PH_CHUNK_SIZE)
        store->cut_at = g_array_index (store->gone, Gone, last).shown + 1 - ph_chunk_cut_off (&head, bytes_of (store, last));
    }
  for (guint k = 0; k < last; k++)
    if (!g_array_index (store->gone, Gone, k).on_file)
      {
        note_hole (store, k);
        return;
      }
}

/**
 * ph_store_new_from_file:
 * @path: (type filename): a file of a spool; it may be damaged, or a spool may still write it
 * @error: why not: it cannot be read, an older version wrote it, or nothing in it is a chunk
 *
 * Records that cannot be read are missing: ph_store_get() returns %NULL for them. Reads the header of each chunk,
 * so not for the main thread of a program with a window.
 *
 * Returns: (transfer full) (nullable): a store with all that the file has, and without a writer
 */
PhStore *
ph_store_new_from_file (const char *path, GError **error)
{
  g_autoptr (PhStore) store = ph_store_new_empty (PH_STORE_LIMIT_MIN);
  guint64 n_chunks, end;

  store->live = ph_plat_file_has_writer (path);
  store->file = ph_plat_file_open (path, error);
  if (store->file == PH_FILE_NONE)
    return NULL;
  n_chunks = (ph_plat_file_size (store->file) + PH_CHUNK_SIZE - 1) / PH_CHUNK_SIZE;
  end = read_heads (store, n_chunks);
  store->cut = n_chunks > 0 && cut_end (store, n_chunks);
  if (store->gone->len == 0)
    {
      g_set_error_literal (error, PH_ERROR, PH_ERROR_INVALID, why_nothing (store));
      return NULL;
    }
  store->head = store->tail = store->spooled = store->gone->len;
  store->released = store->end = end;
  note_proof (store);

  return g_steal_pointer (&store);
}

/**
 * ph_store_is_cut:
 *
 * Any thread.
 *
 * Returns: whether it was made from a file whose end is cut off or cannot be read, so that records of it are missing
 */
gboolean
ph_store_is_cut (PhStore *store)
{
  return store->cut;
}

/**
 * ph_store_is_ended:
 *
 * Any thread.
 *
 * Returns: whether it was made from a file that was ended in order
 */
gboolean
ph_store_is_ended (PhStore *store)
{
  return store->ended;
}

/**
 * ph_store_is_live:
 *
 * Any thread.
 *
 * Returns: whether it was made from a file that a program was writing at that time
 */
gboolean
ph_store_is_live (PhStore *store)
{
  return store->live;
}

/**
 * ph_store_get_proof:
 * @store: a store that was made from a file
 *
 * Any thread.
 *
 * Returns: what is known so far: all headers are checked, and the checksums of the chunks that were read
 */
PhProof
ph_store_get_proof (PhStore *store)
{
  guint64 changed = atomic_load (&store->changed);

  if (changed != G_MAXUINT64)
    return (PhProof) { PH_PROOF_CHANGED, changed };
  if (store->left_out != G_MAXUINT64)
    return (PhProof) { PH_PROOF_MISSING, store->left_out };
  if (store->live)
    return (PhProof) { PH_PROOF_WRITING, store->cut_at };

  return (PhProof) { store->ended ? PH_PROOF_WHOLE : PH_PROOF_CUT, store->cut_at };
}
