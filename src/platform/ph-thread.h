/* ph-thread.h: threads that may not be had
 *
 * g_thread_new() ends the program where the system starts no more threads, and with it all sessions. Nothing here does.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

GThread *ph_thread_new (const char *name, GThreadFunc func, gpointer data, GError **error);
gboolean ph_thread_run (const char *name, GThreadFunc func, gpointer data, GError **error);

G_END_DECLS
