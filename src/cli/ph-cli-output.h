/* ph-cli-output.h: the thread that prints what a session records
 *
 * Standard output and standard error may be pipes that are read slowly, or not at all. Only this thread waits for them; the main
 * thread goes on to look at records, time and signals. So a port closes in time, and what it received is printed afterwards.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-cli-printer.h"
#include "ph-store.h"

G_BEGIN_DECLS

typedef struct _PhCliOutput PhCliOutput;

PhCliOutput *ph_cli_output_new (const PhCliOptions *options, PhStore *store, GSourceFunc func, gpointer data, GError **error);
void ph_cli_output_free (PhCliOutput *output);
void ph_cli_output_advance (PhCliOutput *output, guint64 end);
void ph_cli_output_finish (PhCliOutput *output);
void ph_cli_output_say (PhCliOutput *output, const char *form, ...) G_GNUC_PRINTF (2, 3);
gboolean ph_cli_output_is_full (PhCliOutput *output);
gboolean ph_cli_output_is_done (PhCliOutput *output, PhCliPrinted *ret_printed);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhCliOutput, ph_cli_output_free)

G_END_DECLS
