/* ph-log-tools.h: the row of tools above the log
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "ph-receive-options.h"

G_BEGIN_DECLS

#define PH_TYPE_LOG_TOOLS (ph_log_tools_get_type ())
G_DECLARE_FINAL_TYPE (PhLogTools, ph_log_tools, PH, LOG_TOOLS, GtkWidget)

void ph_log_tools_set_options (PhLogTools *tools, PhReceiveOptions *options);
GtkWidget *ph_log_tools_get_save_button (PhLogTools *tools);

G_END_DECLS
