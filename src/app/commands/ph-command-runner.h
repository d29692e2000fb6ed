/* ph-command-runner.h: sends quick commands in a tab: one, one after another, or each again and again
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "ph-message-target.h"
#include "ph-quick-command.h"

G_BEGIN_DECLS

/* Signal: "failed" (char *words): a command was not sent; a sentence that says why */
#define PH_TYPE_COMMAND_RUNNER (ph_command_runner_get_type ())
G_DECLARE_FINAL_TYPE (PhCommandRunner, ph_command_runner, PH, COMMAND_RUNNER, GObject)

PhCommandRunner *ph_command_runner_new (PhSession *session, PhMessageTarget *target);
void ph_command_runner_send (PhCommandRunner *runner, GtkWidget *near, PhQuickCommand *command);
void ph_command_runner_run_sequence (PhCommandRunner *runner, GtkWidget *near, GPtrArray *commands, guint64 rounds);
void ph_command_runner_repeat_list (PhCommandRunner *runner, GtkWidget *near, GPtrArray *commands);
void ph_command_runner_stop (PhCommandRunner *runner);

G_END_DECLS
