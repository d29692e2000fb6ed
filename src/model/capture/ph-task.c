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

  return NULL;
}

/**
 * ph_task_run:
 * @task: lives until it is completed
 * @func: returns the result of @task, as the last thing that it does; runs on another thread
 *
 * Returns: %FALSE if the system starts no thread: then @func is not called, and %PH_ERROR_NO_THREAD is the result of @task
 */
gboolean
ph_task_run (GTask *task, GTaskThreadFunc func)
{
  g_autofree Run *run = g_new (Run, 1);
  GError *error = NULL;

  /* The thread holds no reference: were its one the last, the objects of the task would be finalized there. */
  g_signal_connect (g_object_ref (task), "notify::completed", G_CALLBACK (g_object_unref), NULL);
  *run = (Run){ task, func };
  if (ph_thread_run ("task", run_cb, run, &error))
    {
      run = NULL; /* the thread's */
      return TRUE;
    }
  g_task_return_error (task, error);

  return FALSE;
}
