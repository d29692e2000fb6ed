/* ph-capture-copy.c: saves a capture, or what a session has in memory, at a place that the user chose
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-capture-copy.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ph-capture-memory.h"
#include "ph-plat-file.h"
#include "ph-session-capture.h"

/* Content of a job. */
typedef struct
{
  char *path;              /* nullable: the capture; NULL if it is made from memory */
  PhSession *session;      /* nullable: writes the capture now; its reference is dropped on the main thread */
  PhCaptureMemory *memory; /* nullable: what to write if there is no path */
} Copy;

static void
copy_free (gpointer content)
{
  Copy *copy = content;

  g_free (copy->path);
  g_clear_pointer (&copy->memory, ph_capture_memory_free);
  g_clear_object (&copy->session);
  g_free (copy);
}

/* ---- on the job's thread ---- */

/* Completes a chunk of which the file has less than memory. @bytes has room for a chunk and holds the @n bytes of the file.
 * Returns how many bytes of it are to be written. */
static gsize
complete_chunk (PhSession *session, guint64 number, guint8 *bytes, gsize n)
{
  g_autoptr (PhBlock) block = ph_store_hold (ph_session_get_store (session), number);
  const PhChunk *chunk = block != NULL ? ph_block_get_chunk (block) : NULL;
  guint32 count = block != NULL ? ph_block_count (block) : 0;
  gsize records = count * sizeof (PhRecord);
  PhChunk *head = (PhChunk *) (gpointer) bytes;

  if (count == 0 || (n == PH_CHUNK_SIZE && ph_chunk_is_head (head, number) && head->count >= count))
    return n;
  memset (bytes, 0, PH_CHUNK_SIZE);
  ph_chunk_init (head, number, chunk->first_seq);
  head->count = count;
  head->used = (guint32) ph_chunk_end (chunk, count);
  head->shown = chunk->shown;
  memcpy (head + 1, chunk + 1, head->used - sizeof *head);
  memcpy (bytes + PH_CHUNK_SIZE - records, (const guint8 *) chunk + PH_CHUNK_SIZE - records, records);

  return PH_CHUNK_SIZE;
}

static gboolean
is_empty (PhSession *session, guint64 number)
{
  g_autoptr (PhBlock) block = ph_store_hold (ph_session_get_store (session), number);

  return block != NULL && ph_block_count (block) == 0;
}

/* Seals a chunk of a capture that is still being written: the copy is a file that was ended. What is sealed already stays as it
 * is, but for the mark of the end. */
static void
seal (PhChunk *chunk, gboolean last)
{
  gboolean sealed = (chunk->state & PH_CHUNK_SEALED) != 0;

  if (sealed && (!last || !ph_proof_holds (chunk)))
    return;
  ph_proof_seal (chunk, last);
}

static gboolean
is_zero (const guint8 *bytes, gsize n)
{
  return n == 0 || (bytes[0] == 0 && memcmp (bytes, bytes + 1, n - 1) == 0);
}

/* Copies chunk by chunk. The spool writes the records of a chunk before the header that counts them. So a chunk is read from its
 * header on, and the records that the header counts are on file. Chunks that are not (the disk is full, or slow) come from memory. */
static gboolean
copy_chunks (Copy *copy, PhSaveJob *job, PhFile from, GError **error)
{
  PhSpool *spool = copy->session != NULL ? ph_session_get_spool (copy->session) : NULL;
  g_autofree guint8 *bytes = g_try_malloc (PH_CHUNK_SIZE);
  PhChunk *chunk = (PhChunk *) (gpointer) bytes;
  guint64 written = spool != NULL ? ph_spool_get_written (spool) : G_MAXUINT64;
  guint64 size = ph_plat_file_size (from), first, end = 0;

  if (chunk == NULL)
    return ph_error_no_memory (error);
  if (spool != NULL)
    ph_store_chunks (ph_session_get_store (copy->session), &first, &end);
  /* The newest chunk may be empty: then the copy ends with the one before. */
  if (end > 0 && is_empty (copy->session, end - 1))
    end--;
  size = MAX (size, end * PH_CHUNK_SIZE);
  for (guint64 at = 0; at < size; at += PH_CHUNK_SIZE)
    {
      gsize most = (gsize) MIN (PH_CHUNK_SIZE, size - at);
      gssize got = ph_plat_file_read (from, at, bytes, most, error);
      gsize n = (gsize) MAX (got, 0);
      guint64 number = at / PH_CHUNK_SIZE;
      gboolean more = at + most < size, done;

      if (got < 0)
        return FALSE;
      if (at >= written)
        n = complete_chunk (copy->session, number, bytes, n);
      /* The file ends in this chunk, but later chunks follow from memory: the missing rest is zeros. */
      if (spool != NULL && more && n > 0 && n < most)
        {
          memset (bytes + n, 0, most - n);
          n = most;
        }
      /* A file that nobody writes is copied as it is, with all its faults. */
      if (spool != NULL && n == PH_CHUNK_SIZE && ph_chunk_is_head (chunk, number) && ph_chunk_sound (chunk) == chunk->count)
        seal (chunk, !more);
      /* Memory may have dropped very many chunks: they are holes in the new file too. */
      done = more && is_zero (bytes, n) ? ph_save_job_skip (job, PH_CHUNK_SIZE, error) : ph_save_job_write (job, bytes, n, error);
      if (!done)
        return FALSE;
      ph_save_job_set_progress (job, at, size);
    }

  return TRUE;
}

static gboolean
copy_write (PhSaveJob *job, gpointer content, GError **error)
{
  Copy *copy = content;
  PhSpool *spool = copy->session != NULL ? ph_session_get_spool (copy->session) : NULL;
  PhFile from;
  gboolean done;

  if (copy->memory != NULL)
    return ph_capture_memory_write (copy->memory, job, error);
  if (spool != NULL)
    ph_spool_flush (spool);
  from = ph_plat_file_open (copy->path, error);
  if (from == PH_FILE_NONE)
    return FALSE;
  done = copy_chunks (copy, job, from, error);
  ph_plat_file_close (from);

  return done;
}

/* ---- on the main thread ---- */

static char *
copy_dup_failure (const char *place, const char *why)
{
  return g_strdup_printf (_("Cannot save the recording as %s: %s"), place, why);
}

const PhSaveContent ph_capture_copy = {
  .write = copy_write,
  .free = copy_free,
  .dup_failure = copy_dup_failure,
};

/**
 * ph_capture_copy_new:
 * @path: (type filename) (nullable): the capture to copy; %NULL for what @session has in memory
 * @session: (nullable): the session that is writing @path now; it is kept until the job has ended
 *
 * Main thread.
 *
 * Returns: (transfer full): for ph_save_job_start(), with #ph_capture_copy and @path as its source
 */
gpointer
ph_capture_copy_new (const char *path, PhSession *session)
{
  Copy *copy = g_new0 (Copy, 1);

  copy->path = g_strdup (path);
  copy->session = session != NULL ? g_object_ref (session) : NULL;
  copy->memory = path == NULL ? ph_capture_memory_new (session) : NULL;

  return copy;
}
