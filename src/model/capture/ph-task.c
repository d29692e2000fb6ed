/* ph-task.c: runs a GTask on a thread of its own
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-task.h"

#include "ph-thread.h"

typedef struct
{
  GTask *task;
  GTaskThreadFunc func;
} Run;

static gpointer
run_cb (gpointer data)
{
  g_autofree Run *run = data;

  run->func (run->task, g_task_get_source_object (run->task), g_task_get_task_data (run->task),
             g_task_get_cancellable (run->task));
  g_object_unref (run->task);

  return NULL;
}

/**
 * ph_task_run:
 * @func: returns the result of @task; runs on another thread
 *
 * Returns: %FALSE if the system starts no thread: then @func is not called, and %PH_ERROR_NO_THREAD is the result of @task
 */
gboolean
ph_task_run (GTask *task, GTaskThreadFunc func)
{
  g_autofree Run *run = g_new (Run, 1);
  GError *error = NULL;

  *run = (Run){ g_object_ref (task), func };
  if (ph_thread_run ("task", run_cb, run, &error))
    {
      run = NULL; /* the thread's */
      return TRUE;
    }
  g_object_unref (task);
  g_task_return_error (task, error);

  return FALSE;
}
