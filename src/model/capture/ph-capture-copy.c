/* ph-capture-copy.c: saves what was captured at a place that the user chose, on a thread
 *
 * It is written under another name beside that place, and gets its own when all of it is there. So nobody ever finds half of
 * it, and what was there before stays until then.
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

#define LINKS_MAX 40u /* that lead from one to the next */

struct _PhCaptureCopy
{
  char *path; /* nullable: what is copied; without one, what the session has in memory */
  GFile *to;
  PhSession *session;     /* nullable: writes the file; let go of on the main thread */
  PhCaptureMemory *memory; /* nullable */
  GCancellable *cancellable;
  PhCaptureCopyFunc copied;
  gpointer data;
  int permille; /* atomic: done */
};

/* Those on their way. */
static GMutex mutex;
static GCond cond;
static guint n_copies;
static GList *copies; /* main thread */

static void
copy_free (PhCaptureCopy *copy)
{
  g_free (copy->path);
  g_object_unref (copy->to);
  g_clear_object (&copy->session);
  g_clear_pointer (&copy->memory, ph_capture_memory_free);
  g_object_unref (copy->cancellable);
  g_free (copy);
}

/* ---- on the thread ---- */

static void
progress_cb (guint64 done, guint64 all, gpointer data)
{
  PhCaptureCopy *copy = data;

  g_atomic_int_set (&copy->permille, all > 0 ? (int) (done * 1000 / all) : 0);
}

/* Puts what the session has of a chunk into @bytes, if the @n of them that the file has tell less. Returns how many there are
 * then. */
static gsize
add_memory (PhSession *session, guint64 number, guint8 *bytes, gsize n)
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
  memcpy (head + 1, chunk + 1, head->used - sizeof *head);
  memcpy (bytes + PH_CHUNK_SIZE - records, (const guint8 *) chunk + PH_CHUNK_SIZE - records, records);

  return PH_CHUNK_SIZE;
}

static gboolean
is_empty (const guint8 *bytes, gsize n)
{
  return n == 0 || (bytes[0] == 0 && memcmp (bytes, bytes + 1, n - 1) == 0);
}

/* Leaves a chunk out before what follows. Memory may have dropped very many of them: zeros are written only where there
 * is no other way. */
static gboolean
leave_hole (PhCaptureCopy *copy, GOutputStream *to, guint8 *bytes, GError **error)
{
  if (G_IS_SEEKABLE (to) && g_seekable_can_seek (G_SEEKABLE (to))
      && g_seekable_seek (G_SEEKABLE (to), PH_CHUNK_SIZE, G_SEEK_CUR, copy->cancellable, NULL))
    return TRUE;
  memset (bytes, 0, PH_CHUNK_SIZE);

  return g_output_stream_write_all (to, bytes, PH_CHUNK_SIZE, NULL, copy->cancellable, error);
}

/* Chunk by chunk, so that of one that is being written the header is never newer than what it counts. What the disk did not
 * take, or not yet, comes from memory. */
static gboolean
copy_file (PhCaptureCopy *copy, PhSpool *spool, PhFile from, GOutputStream *to, GError **error)
{
  g_autofree guint8 *bytes = g_malloc (PH_CHUNK_SIZE);
  guint64 written = spool != NULL ? ph_spool_get_written (spool) : G_MAXUINT64;
  guint64 size = ph_plat_file_size (from), first, end = 0;

  if (spool != NULL)
    ph_store_chunks (ph_session_get_store (copy->session), &first, &end);
  size = MAX (size, end * PH_CHUNK_SIZE);
  for (guint64 at = 0; at < size; at += PH_CHUNK_SIZE)
    {
      gsize most = (gsize) MIN (PH_CHUNK_SIZE, size - at);
      gssize got = ph_plat_file_read (from, at, bytes, most, error);
      gsize n = (gsize) MAX (got, 0);
      gboolean more = at + most < size, done;

      if (got < 0)
        return FALSE;
      if (at >= written)
        n = add_memory (copy->session, at / PH_CHUNK_SIZE, bytes, n);
      /* What neither has is a hole before what follows. */
      if (spool != NULL && more && n > 0 && n < most)
        {
          memset (bytes + n, 0, most - n);
          n = most;
        }
      done = more && is_empty (bytes, n) ? leave_hole (copy, to, bytes, error)
                                         : g_output_stream_write_all (to, bytes, n, NULL, copy->cancellable, error);
      if (!done)
        return FALSE;
      progress_cb (at, size, copy);
    }

  return TRUE;
}

static gboolean
copy_all (PhCaptureCopy *copy, GOutputStream *to, GError **error)
{
  PhSpool *spool = copy->session != NULL ? ph_session_get_spool (copy->session) : NULL;
  PhFile from;
  gboolean done;

  if (copy->memory != NULL)
    return ph_capture_memory_write (copy->memory, to, progress_cb, copy, copy->cancellable, error);
  if (spool != NULL)
    ph_spool_flush (spool);
  from = ph_plat_file_open (copy->path, error);
  if (from == PH_FILE_NONE)
    return FALSE;
  done = copy_file (copy, spool, from, to, error);
  ph_plat_file_close (from);

  return done;
}

/* Of what cannot be written whole nothing is left. */
static gboolean
write_to (PhCaptureCopy *copy, GOutputStream *out, GError **error)
{
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();

  if (copy_all (copy, out, error))
    return g_output_stream_close (out, copy->cancellable, error);
  g_cancellable_cancel (cancelled);
  g_output_stream_close (out, cancelled, NULL);

  return FALSE;
}

/* GIO writes what exists under another name itself. */
static gboolean
replace (PhCaptureCopy *copy, GFile *to, gboolean existed, GError **error)
{
  g_autoptr (GFileOutputStream) out = NULL;
  gboolean done;

  out = g_file_replace (to, NULL, FALSE, G_FILE_CREATE_PRIVATE, copy->cancellable, error);
  done = out != NULL && write_to (copy, G_OUTPUT_STREAM (out), error);
  if (out != NULL && !done && !existed)
    g_file_delete (to, NULL, NULL);

  return done;
}

static GFile *
dup_part (GFile *to)
{
  g_autoptr (GFile) folder = g_file_get_parent (to);
  g_autofree char *name = g_file_get_basename (to);
  g_autofree char *hidden = g_strdup_printf (".%s.%08x", name, g_random_int ());

  return folder != NULL ? g_file_get_child (folder, hidden) : NULL;
}

/* Where symbolic links lead to: GIO empties a file that it reaches by one, before anything else is there. */
static GFile *
dup_real (GFile *file)
{
  GFile *real = g_object_ref (file);

  for (guint i = 0; i < LINKS_MAX; i++)
    {
      g_autoptr (GFile) link = real, folder = g_file_get_parent (link);
      g_autoptr (GFileInfo) info = g_file_query_info (link, G_FILE_ATTRIBUTE_STANDARD_SYMLINK_TARGET,
                                                      G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, NULL, NULL);
      const char *target = NULL;

      if (info != NULL)
        target = g_file_info_get_attribute_byte_string (info, G_FILE_ATTRIBUTE_STANDARD_SYMLINK_TARGET);
      if (target == NULL || folder == NULL)
        return g_steal_pointer (&link);
      real = g_file_resolve_relative_path (folder, target);
    }

  return real;
}

static gboolean
save (PhCaptureCopy *copy, GError **error)
{
  g_autoptr (GFile) to = dup_real (copy->to), part = dup_part (to);
  g_autoptr (GFileOutputStream) out = NULL;
  gboolean existed = g_file_query_exists (to, NULL);

  if (!existed && part != NULL)
    out = g_file_create (part, G_FILE_CREATE_PRIVATE, copy->cancellable, NULL);
  /* There may be places where only the file itself may be made. */
  if (out == NULL)
    return replace (copy, to, existed, error);
  if (write_to (copy, G_OUTPUT_STREAM (out), error)
      && g_file_move (part, to, G_FILE_COPY_NONE, copy->cancellable, NULL, NULL, error))
    return TRUE;
  g_file_delete (part, NULL, NULL);

  return FALSE;
}

static char *
dup_id (GFile *file)
{
  g_autoptr (GFileInfo) info = g_file_query_info (file, G_FILE_ATTRIBUTE_ID_FILE, G_FILE_QUERY_INFO_NONE, NULL, NULL);

  return info != NULL ? g_strdup (g_file_info_get_attribute_string (info, G_FILE_ATTRIBUTE_ID_FILE)) : NULL;
}

/* By whatever name: to replace a link is to empty what it leads to, before any of that is read. */
static gboolean
is_itself (PhCaptureCopy *copy)
{
  g_autoptr (GFile) itself = copy->path != NULL ? g_file_new_for_path (copy->path) : NULL;
  g_autofree char *id = itself != NULL ? dup_id (itself) : NULL, *id_to = dup_id (copy->to);

  return itself != NULL && (g_file_equal (itself, copy->to) || (id != NULL && g_strcmp0 (id, id_to) == 0));
}

static void
copy_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  PhCaptureCopy *copy = data;
  GError *error = NULL;

  if (is_itself (copy))
    g_task_return_new_error (task, PH_ERROR, PH_ERROR_INVALID, "%s", _("it is that file"));
  else if (save (copy, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
  g_mutex_lock (&mutex);
  n_copies--;
  g_cond_broadcast (&cond);
  g_mutex_unlock (&mutex);
}

/* ---- on the main thread ---- */

static void
copied_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  PhCaptureCopy *copy = data;
  g_autoptr (GError) error = NULL;

  copies = g_list_remove (copies, copy);
  g_task_propagate_boolean (G_TASK (result), &error);
  copy->copied (copy->to, error, copy->data);
  copy_free (copy);
}

/**
 * ph_capture_copy_start:
 * @path: (type filename) (nullable): a capture; %NULL for what @session has in memory
 * @session: (nullable): the session that writes it just now
 * @to: where to; what is there is replaced when all is written
 * @copied: (scope async): called in the main loop when that is done, or cannot be done
 * @data: for @copied
 *
 * Returns at once.
 *
 * Returns: (transfer none): the copy, until @copied has been called
 */
PhCaptureCopy *
ph_capture_copy_start (const char *path, PhSession *session, GFile *to, PhCaptureCopyFunc copied, gpointer data)
{
  g_autoptr (GTask) task = NULL;
  PhCaptureCopy *copy = g_new0 (PhCaptureCopy, 1);

  copy->path = g_strdup (path);
  copy->to = g_object_ref (to);
  copy->session = session != NULL ? g_object_ref (session) : NULL;
  copy->memory = path == NULL ? ph_capture_memory_new (session) : NULL;
  copy->cancellable = g_cancellable_new ();
  copy->copied = copied;
  copy->data = data;
  copies = g_list_prepend (copies, copy);
  g_mutex_lock (&mutex);
  n_copies++;
  g_mutex_unlock (&mutex);
  task = g_task_new (NULL, NULL, copied_cb, copy);
  g_task_set_task_data (task, copy, NULL);
  g_task_run_in_thread (task, copy_thread);

  return copy;
}

/**
 * ph_capture_copy_get_progress:
 * @copy: a copy on its way
 *
 * Returns: how much of it is done, from 0 to 1
 */
double
ph_capture_copy_get_progress (PhCaptureCopy *copy)
{
  return g_atomic_int_get (&copy->permille) / 1000.0;
}

/**
 * ph_capture_copy_cancel:
 * @copy: a copy on its way
 *
 * Ends it soon, and leaves nothing of it.
 */
void
ph_capture_copy_cancel (PhCaptureCopy *copy)
{
  g_cancellable_cancel (copy->cancellable);
}

/**
 * ph_capture_copy_wait:
 *
 * Cancels what is on its way, and waits until nothing is left of it. Before the program ends.
 */
void
ph_capture_copy_wait (void)
{
  for (GList *at = copies; at != NULL; at = at->next)
    ph_capture_copy_cancel (at->data);
  g_mutex_lock (&mutex);
  while (n_copies > 0)
    g_cond_wait (&cond, &mutex);
  g_mutex_unlock (&mutex);
  /* The main loop will not do that any more, and without it the end of a capture would not be written. */
  for (GList *at = copies; at != NULL; at = at->next)
    g_clear_object (&((PhCaptureCopy *) at->data)->session);
}
