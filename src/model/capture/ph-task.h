/* ph-task.h: runs a GTask on a thread of its own
 *
 * g_task_run_in_thread() ends the program where the system starts no more threads; here the task fails.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

gboolean ph_task_run (GTask *task, GTaskThreadFunc func);

G_END_DECLS
