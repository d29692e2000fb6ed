/* ph-cli-run.h: runs one session, from opening to its end
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-cli-options.h"

G_BEGIN_DECLS

typedef struct _PhCliRun PhCliRun;

PhCliRun *ph_cli_run_new (const PhCliOptions *options);
void ph_cli_run_free (PhCliRun *run);
int ph_cli_run (PhCliRun *run);
gboolean ph_cli_run_stop_cb (gpointer data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhCliRun, ph_cli_run_free)

G_END_DECLS
