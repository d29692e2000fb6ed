/* ph-capture-copy.c: copies a capture to a place that the user chose, on a thread
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-capture-copy.h"

#include <glib/gi18n.h>

#include "ph-chunk.h"
#include "ph-plat-file.h"
#include "ph-session-capture.h"

typedef struct
{
  char *path;
  GFile *to;
  PhSession *session; /* nullable: writes the file; let go of on the main thread */
  PhCaptureCopyFunc copied;
  gpointer data;
} Job;

static void
job_free (Job *job)
{
  g_free (job->path);
  g_object_unref (job->to);
  g_clear_object (&job->session);
  g_free (job);
}

/* Chunk by chunk, so that of one that is being written the header is never newer than what it counts. */
static gboolean
copy_all (PhFile from, GOutputStream *to, GError **error)
{
  g_autofree guint8 *bytes = g_malloc (PH_CHUNK_SIZE);
  guint64 size = ph_plat_file_size (from);

  for (guint64 at = 0; at < size; at += PH_CHUNK_SIZE)
    {
      gssize n = ph_plat_file_read (from, at, bytes, (gsize) MIN (PH_CHUNK_SIZE, size - at), error);

      if (n < 0 || !g_output_stream_write_all (to, bytes, (gsize) n, NULL, NULL, error))
        return FALSE;
    }

  return TRUE;
}

/* What was there before stays until all is written; of what was not, nothing is left if it cannot be. */
static gboolean
copy_to (PhFile from, GFile *to, GError **error)
{
  gboolean existed = g_file_query_exists (to, NULL);
  g_autoptr (GFileOutputStream) out = g_file_replace (to, NULL, FALSE, G_FILE_CREATE_PRIVATE, NULL, error);
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();

  if (out == NULL)
    return FALSE;
  if (copy_all (from, G_OUTPUT_STREAM (out), error))
    return g_output_stream_close (G_OUTPUT_STREAM (out), NULL, error);
  g_cancellable_cancel (cancelled);
  g_output_stream_close (G_OUTPUT_STREAM (out), cancelled, NULL);
  if (!existed)
    g_file_delete (to, NULL, NULL);

  return FALSE;
}

static gboolean
copy (Job *job, GError **error)
{
  PhSpool *spool = job->session != NULL ? ph_session_get_spool (job->session) : NULL;
  g_autoptr (GFile) itself = g_file_new_for_path (job->path);
  PhFile from;
  gboolean done;

  if (g_file_equal (itself, job->to))
    {
      g_set_error_literal (error, PH_ERROR, PH_ERROR_INVALID, _("it is that file"));
      return FALSE;
    }
  if (spool != NULL)
    ph_spool_flush (spool);
  from = ph_plat_file_open (job->path, error);
  if (from == PH_FILE_NONE)
    return FALSE;
  done = copy_to (from, job->to, error);
  ph_plat_file_close (from);

  return done;
}

static void
copy_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;

  if (copy (data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
copied_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Job *job = data;
  g_autoptr (GError) error = NULL;

  g_task_propagate_boolean (G_TASK (result), &error);
  job->copied (job->to, error, job->data);
  job_free (job);
}

/**
 * ph_capture_copy:
 * @path: (type filename): a capture
 * @session: (nullable): the session that writes it just now
 * @to: where to; what is there is replaced when all is written
 * @copied: (scope async): called in the main loop when that is done, or cannot be done
 * @data: for @copied
 *
 * Returns at once. Main thread.
 */
void
ph_capture_copy (const char *path, PhSession *session, GFile *to, PhCaptureCopyFunc copied, gpointer data)
{
  g_autoptr (GTask) task = NULL;
  Job *job = g_new0 (Job, 1);

  job->path = g_strdup (path);
  job->to = g_object_ref (to);
  job->session = session != NULL ? g_object_ref (session) : NULL;
  job->copied = copied;
  job->data = data;
  task = g_task_new (NULL, NULL, copied_cb, job);
  g_task_set_task_data (task, job, NULL);
  g_task_run_in_thread (task, copy_thread);
}
