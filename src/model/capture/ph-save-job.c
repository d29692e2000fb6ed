/* ph-save-job.c: writes a new file at a place that the user chose, on another thread
 *
 * The file is written under a temporary name in the same folder and is renamed when it is whole. So no other program ever finds
 * half a file, and a file that was there before stays as it was until then.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-save-job.h"

#include <glib/gi18n.h>

#include "ph-error.h"
#include "ph-marks.h"
#include "ph-task.h"

#define LINKS_MAX 40u /* symbolic links that are followed one after the other */

struct _PhSaveJob
{
  const PhSaveContent *kind;
  gpointer content; /* owned; NULL once it was freed */
  char *source;     /* nullable */
  GFile *to;
  GCancellable *cancellable;
  PhSavedFunc saved;
  gpointer data;

  GOutputStream *out; /* the job's thread: borrowed, the file that is open */
  int permille;       /* atomic: how much is done */
  int stop;           /* atomic: 1 after it was cancelled */
};

/* The jobs whose thread has not ended are counted, so that the end of the program can wait for them. */
static GMutex mutex;
static GCond cond;
static guint n_running;
static GList *jobs; /* main thread: those whose callback has not been called */

static void
job_free_content (PhSaveJob *job)
{
  if (job->content != NULL)
    job->kind->free (g_steal_pointer (&job->content));
}

/* ---- on the job's thread ---- */

/* Writes the content into @out and closes it. If the content cannot be written whole, @out is closed by a cancelled call: GIO
 * then keeps the file that was there before. */
static gboolean
write_content (PhSaveJob *job, GOutputStream *out, GError **error)
{
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();

  job->out = out;
  if (job->kind->write (job, job->content, error))
    return g_output_stream_close (out, job->cancellable, error);
  g_cancellable_cancel (cancelled);
  g_output_stream_close (out, cancelled, NULL);

  return FALSE;
}

/* Writes to @to itself. If it exists, GIO writes under a temporary name of its own and renames that when it is closed. */
static gboolean
replace (PhSaveJob *job, GFile *to, gboolean existed, GError **error)
{
  g_autoptr (GFileOutputStream) out = NULL;
  gboolean done;

  out = g_file_replace (to, NULL, FALSE, G_FILE_CREATE_PRIVATE, job->cancellable, error);
  done = out != NULL && write_content (job, G_OUTPUT_STREAM (out), error);
  if (out != NULL && !done && !existed)
    g_file_delete (to, NULL, NULL);

  return done;
}

/* Follows symbolic links from @file. If GIO were given a link, it would empty the file behind it before anything is written. */
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

/* Returns the temporary name beside @to; %NULL if @to has no folder. */
static GFile *
dup_temporary (GFile *to)
{
  g_autoptr (GFile) folder = g_file_get_parent (to);
  g_autofree char *name = g_file_get_basename (to);
  g_autofree char *hidden = g_strdup_printf (".%s.%08x", name, g_random_int ());

  return folder != NULL ? g_file_get_child (folder, hidden) : NULL;
}

static gboolean
save (PhSaveJob *job, GError **error)
{
  g_autoptr (GFile) to = dup_real (job->to), temporary = dup_temporary (to);
  g_autoptr (GFileOutputStream) out = NULL;
  gboolean existed = g_file_query_exists (to, NULL);

  if (!existed && temporary != NULL)
    out = g_file_create (temporary, G_FILE_CREATE_PRIVATE, job->cancellable, NULL);
  /* In some folders only the file that the user chose may be created (a portal's, for example). */
  if (out == NULL)
    return replace (job, to, existed, error);
  if (write_content (job, G_OUTPUT_STREAM (out), error)
      && g_file_move (temporary, to, G_FILE_COPY_NONE, job->cancellable, NULL, NULL, error))
    return TRUE;
  g_file_delete (temporary, NULL, NULL);

  return FALSE;
}

static char *
dup_id (GFile *file)
{
  g_autoptr (GFileInfo) info = g_file_query_info (file, G_FILE_ATTRIBUTE_ID_FILE, G_FILE_QUERY_INFO_NONE, NULL, NULL);

  return info != NULL ? g_strdup (g_file_info_get_attribute_string (info, G_FILE_ATTRIBUTE_ID_FILE)) : NULL;
}

/* Whether the job would overwrite the file that it reads. The same file may have several names, so its id counts too. */
static gboolean
is_source (PhSaveJob *job)
{
  g_autoptr (GFile) source = job->source != NULL ? g_file_new_for_path (job->source) : NULL;
  g_autofree char *id = source != NULL ? dup_id (source) : NULL, *id_to = dup_id (job->to);

  return source != NULL && (g_file_equal (source, job->to) || (id != NULL && g_strcmp0 (id, id_to) == 0));
}

/* Makes a message for the user of the reason, and keeps domain and code. */
static GError *
new_failure (PhSaveJob *job, const GError *why)
{
  g_autofree char *name = g_file_get_parse_name (job->to), *place = ph_marks_dup (name, -1, PH_MARKS_LINE_MAX);
  g_autofree char *words = job->kind->dup_failure (place, why->message);

  return g_error_new_literal (why->domain, why->code, words);
}

static void
thread_ended (void)
{
  g_mutex_lock (&mutex);
  n_running--;
  g_cond_broadcast (&cond);
  g_mutex_unlock (&mutex);
}

static void
job_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  PhSaveJob *job = data;
  g_autoptr (GError) error = NULL;

  if (!g_cancellable_set_error_if_cancelled (job->cancellable, &error) && is_source (job))
    g_set_error_literal (&error, PH_ERROR, PH_ERROR_INVALID, _("it is that file"));
  if (error == NULL && save (job, &error))
    g_task_return_boolean (task, TRUE);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_error (task, new_failure (job, error));
  thread_ended ();
}

/**
 * ph_save_job_write:
 * @n: number of @bytes
 *
 * Appends bytes to the file. Only for the write function of the content, on the job's thread.
 *
 * Returns: %FALSE with @error if that failed or the job was cancelled
 */
gboolean
ph_save_job_write (PhSaveJob *job, gconstpointer bytes, gsize n, GError **error)
{
  return g_output_stream_write_all (job->out, bytes, n, NULL, job->cancellable, error);
}

/**
 * ph_save_job_skip:
 * @n: number of bytes
 *
 * Appends @n zero bytes, which take no room on the disk where the file system allows that. Something must be written after
 * them, or the file ends before them. Only for the write function of the content, on the job's thread.
 *
 * Returns: %FALSE with @error if that failed or the job was cancelled
 */
gboolean
ph_save_job_skip (PhSaveJob *job, gsize n, GError **error)
{
  g_autofree guint8 *zeros = NULL;

  if (G_IS_SEEKABLE (job->out) && g_seekable_can_seek (G_SEEKABLE (job->out))
      && g_seekable_seek (G_SEEKABLE (job->out), (goffset) n, G_SEEK_CUR, job->cancellable, NULL))
    return TRUE;
  zeros = g_try_malloc0 (n);
  if (zeros == NULL)
    return ph_error_no_memory (error);

  return ph_save_job_write (job, zeros, n, error);
}

/**
 * ph_save_job_set_progress:
 * @done: how much of @all is written, in any unit
 *
 * Only for the write function of the content, on the job's thread.
 */
void
ph_save_job_set_progress (PhSaveJob *job, guint64 done, guint64 all)
{
  g_atomic_int_set (&job->permille, all > 0 ? (int) (done * 1000 / all) : 0);
}

/**
 * ph_save_job_goes_on:
 *
 * For content that takes long before it writes anything. Only for its write function, on the job's thread.
 *
 * Returns: %FALSE with @error if the job was cancelled
 */
gboolean
ph_save_job_goes_on (PhSaveJob *job, GError **error)
{
  return !g_cancellable_set_error_if_cancelled (job->cancellable, error);
}

/**
 * ph_save_job_get_stop:
 *
 * Returns: (transfer none): atomic: not 0 once ph_save_job_goes_on() is %FALSE. For loops that look at a number, such as ph_search_chunk()
 */
const int *
ph_save_job_get_stop (PhSaveJob *job)
{
  return &job->stop;
}

/* ---- on the main thread ---- */

static void
ended_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  PhSaveJob *job = data;
  g_autoptr (GError) error = NULL;

  jobs = g_list_remove (jobs, job);
  g_task_propagate_boolean (G_TASK (result), &error);
  job->saved (job->to, error, job->data);
  job_free_content (job);
  g_free (job->source);
  g_object_unref (job->to);
  g_object_unref (job->cancellable);
  g_free (job);
}

/**
 * ph_save_job_start:
 * @kind: lives as long as the program
 * @content: (transfer full): handed to the functions of @kind
 * @source: (type filename) (nullable): a file that @content reads; the job fails if @to is the same file
 * @to: an existing file is replaced when all is written; a symbolic link stays and the file behind it is replaced
 * @saved: (scope async): called in the main loop when the job has ended, however it did
 *
 * Starts to write a file and returns at once. Main thread.
 *
 * Returns: (transfer none): valid until @saved has been called
 */
PhSaveJob *
ph_save_job_start (const PhSaveContent *kind, gpointer content, const char *source, GFile *to, PhSavedFunc saved,
                   gpointer data)
{
  g_autoptr (GTask) task = NULL;
  PhSaveJob *job = g_new0 (PhSaveJob, 1);

  job->kind = kind;
  job->content = content;
  job->source = g_strdup (source);
  job->to = g_object_ref (to);
  job->cancellable = g_cancellable_new ();
  job->saved = saved;
  job->data = data;
  jobs = g_list_prepend (jobs, job);
  g_mutex_lock (&mutex);
  n_running++;
  g_mutex_unlock (&mutex);
  task = g_task_new (NULL, NULL, ended_cb, job);
  g_task_set_task_data (task, job, NULL);
  if (!ph_task_run (task, job_thread))
    thread_ended ();

  return job;
}

/**
 * ph_save_job_get_progress:
 *
 * Returns: how much of the content is written, from 0 to 1
 */
double
ph_save_job_get_progress (PhSaveJob *job)
{
  return g_atomic_int_get (&job->permille) / 1000.0;
}

/**
 * ph_save_job_dup_remark:
 *
 * Only while the callback of a job that failed in nothing is called.
 *
 * Returns: (transfer full) (nullable): what the user has to know about the file all the same
 */
char *
ph_save_job_dup_remark (PhSaveJob *job)
{
  return job->kind->dup_remark != NULL ? job->kind->dup_remark (job->content) : NULL;
}

/**
 * ph_save_job_cancel:
 *
 * Asks the job to end soon. Unless it was complete already, it leaves no file, and what was there before stays.
 */
void
ph_save_job_cancel (PhSaveJob *job)
{
  g_cancellable_cancel (job->cancellable);
  g_atomic_int_set (&job->stop, 1);
}

/**
 * ph_save_job_end_all:
 *
 * Cancels all jobs and waits until their threads have ended. Called before the program ends: the main loop does not run any
 * more, so this also frees their content, which may hold a session whose capture has to be ended.
 */
void
ph_save_job_end_all (void)
{
  for (GList *at = jobs; at != NULL; at = at->next)
    ph_save_job_cancel (at->data);
  g_mutex_lock (&mutex);
  while (n_running > 0)
    g_cond_wait (&cond, &mutex);
  g_mutex_unlock (&mutex);
  for (GList *at = jobs; at != NULL; at = at->next)
    job_free_content (at->data);
}
