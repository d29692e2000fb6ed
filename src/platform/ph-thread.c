/* ph-thread.c: threads that may not be had
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-thread.h"

#include "ph-error.h"

/**
 * ph_thread_new:
 * @error: %PH_ERROR_NO_THREAD
 *
 * Any thread.
 *
 * Returns: (transfer full) (nullable): a thread to be joined; %NULL with @error set
 */
GThread *
ph_thread_new (const char *name, GThreadFunc func, gpointer data, GError **error)
{
  GThread *thread = g_thread_try_new (name, func, data, NULL);

  if (thread == NULL)
    ph_error_set (error, PH_ERROR_NO_THREAD, NULL, ph_error_why (PH_ERROR_NO_THREAD));

  return thread;
}

/**
 * ph_thread_run:
 * @error: %PH_ERROR_NO_THREAD
 *
 * Starts a thread that nobody joins. Any thread.
 *
 * Returns: %FALSE with @error set; then @func is not called
 */
gboolean
ph_thread_run (const char *name, GThreadFunc func, gpointer data, GError **error)
{
  GThread *thread = ph_thread_new (name, func, data, error);

  if (thread != NULL)
    g_thread_unref (thread);

  return thread != NULL;
}
