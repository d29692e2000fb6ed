/* ph-needs.c: gets what a message needs before it can be sent: reads its files, and puts in the answers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-needs.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ph-format.h"
#include "ph-marks.h"
#include "ph-plat-file.h"
#include "ph-task.h"

/* "~/" is the home folder. */
static char *
dup_path (const char *name, const char *folder)
{
  if (g_str_has_prefix (name, "~/"))
    return g_build_filename (g_get_home_dir (), name + 2, NULL);

  return g_canonicalize_filename (name, folder);
}

/* Links are followed first, so that none leads out. */
static gboolean
is_inside (const char *path, const char *folder)
{
  g_autofree char *real = ph_plat_file_dup_real_path (path), *real_folder = ph_plat_file_dup_real_path (folder);
  gsize length = real_folder != NULL ? strlen (real_folder) : 0;

  if (real == NULL || real_folder == NULL || !g_str_has_prefix (real, real_folder))
    return FALSE;

  return G_IS_DIR_SEPARATOR (real[length]) || (length > 0 && G_IS_DIR_SEPARATOR (real_folder[length - 1]));
}

static GBytes *
read_all (const char *path, GError **error)
{
  PhFile file = ph_plat_file_open (path, error);
  guint64 size = file != PH_FILE_NONE ? ph_plat_file_size (file) : 0;
  g_autofree guint8 *bytes = NULL;
  g_autofree char *most = NULL;
  gssize got = 0;

  if (file == PH_FILE_NONE)
    return NULL;
  if (size > PH_NEED_FILE_MAX)
    {
      ph_plat_file_close (file);
      most = ph_format_dup_size (PH_NEED_FILE_MAX);
      /* Translators: a size, such as “16 MiB” */
      g_set_error (error, PH_ERROR, PH_ERROR_TOO_LONG, _("it is longer than %s"), most);
      return NULL;
    }
  bytes = g_malloc (size + 1);
  got = ph_plat_file_read (file, 0, bytes, (gsize) size, error);
  ph_plat_file_close (file);

  return got >= 0 ? g_bytes_new_take (g_steal_pointer (&bytes), (gsize) got) : NULL;
}

/**
 * ph_needs_read_file:
 * @name: UTF-8, as it stands in the message
 * @error: %PH_ERROR; the message says what could not be read, and why
 *
 * Reads the disk, so not for the main thread of the window.
 *
 * Returns: (transfer full) (nullable): the bytes of the file
 */
GBytes *
ph_needs_read_file (const char *name, const PhFileRule *rule, GError **error)
{
  g_autofree char *shown = ph_marks_dup (name, -1, PH_MARKS_NAME_MAX), *path = NULL;
  g_autoptr (GError) why = NULL;
  GBytes *bytes;

  if (rule->folder == NULL)
    {
      g_set_error (error, PH_ERROR, PH_ERROR_FILE_DENIED, _("Cannot send the file “%s”: no folder of files was named"), shown);
      return NULL;
    }
  path = dup_path (name, rule->folder);
  if (rule->inside && !is_inside (path, rule->folder))
    {
      g_set_error (error, PH_ERROR, PH_ERROR_FILE_DENIED, _("Cannot send the file “%s”: it is not in the folder that was named"), shown);
      return NULL;
    }
  bytes = read_all (path, &why);
  if (bytes == NULL)
    g_set_error (error, PH_ERROR, why->code, _("Cannot send the file “%s”: %s"), shown, why->message);

  return bytes;
}

/* The name of what cannot be used stands before the error of its text. */
static void
prefix_answer (GError **error, const char *label)
{
  g_autofree char *shown = ph_marks_dup (label, -1, PH_MARKS_NAME_MAX);

  /* Translators: what was asked for, before the reason why the answer cannot be sent */
  g_prefix_error (error, _("%s: "), shown);
}

/**
 * ph_needs_fill:
 * @answers: (array zero-terminated=1) (nullable): for each question of @payload, in its order
 * @error: %PH_CODEC_ERROR, %PH_CHECK_ERROR or %PH_ERROR
 *
 * Reads the disk where @payload needs a file.
 *
 * Returns: (transfer full) (nullable): a payload that needs nothing
 */
PhPayload *
ph_needs_fill (PhPayload *payload, const char *const *answers, const PhFileRule *rule, GError **error)
{
  g_autoptr (GArray) needs = ph_payload_get_needs (payload);
  g_autoptr (GPtrArray) contents = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  guint failed = 0;
  PhPayload *filled;

  if (needs->len == 0)
    return ph_payload_ref (payload);
  for (guint i = 0; i < needs->len; i++)
    {
      const PhNeed *need = &g_array_index (needs, PhNeed, i);
      GBytes *content = NULL;

      if (need->kind == PH_NEED_FILE)
        content = ph_needs_read_file (need->name, rule, error);
      else if (answers != NULL && *answers != NULL)
        content = g_bytes_new (*answers, strlen (*answers));
      else
        g_set_error (error, PH_CODEC_ERROR, PH_CODEC_ERROR_VARIABLE, _("“{ask:%s}” needs somebody to ask"), need->name);
      if (need->kind == PH_NEED_ANSWER && content != NULL)
        answers++;
      if (content == NULL)
        return NULL;
      g_ptr_array_add (contents, content);
    }
  filled = ph_payload_fill (payload, (GBytes *const *) contents->pdata, &failed, error);
  if (filled == NULL && failed < needs->len)
    prefix_answer (error, g_array_index (needs, PhNeed, failed).name);

  return filled;
}

/* ---- on a thread of its own ---- */

typedef struct
{
  PhPayload *payload;
  GStrv answers;
  char *folder;
  gboolean inside;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  ph_payload_unref (job->payload);
  g_strfreev (job->answers);
  g_free (job->folder);
  g_free (job);
}

static void
fill_cb (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  const PhFileRule rule = { job->folder, job->inside };
  GError *error = NULL;
  PhPayload *filled = ph_needs_fill (job->payload, (const char *const *) job->answers, &rule, &error);

  if (filled != NULL)
    g_task_return_pointer (task, filled, (GDestroyNotify) ph_payload_unref);
  else
    g_task_return_error (task, error);
}

/**
 * ph_needs_fill_async:
 *
 * The same on a thread of its own: a slow disk holds up nobody. @payload, @answers and @rule are copied.
 */
void
ph_needs_fill_async (PhPayload *payload, const char *const *answers, const PhFileRule *rule, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, data);
  Job *job = g_new0 (Job, 1);

  job->payload = ph_payload_ref (payload);
  job->answers = g_strdupv ((char **) answers);
  job->folder = g_strdup (rule->folder);
  job->inside = rule->inside;
  g_task_set_task_data (task, job, job_free);
  ph_task_run (task, fill_cb);
}

/** ph_needs_fill_finish: Returns: (transfer full) (nullable): as ph_needs_fill() */
PhPayload *
ph_needs_fill_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
