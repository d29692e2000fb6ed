/* ph-window-files.h: opens files that were chosen, dropped, or named on the command line
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-window.h"

G_BEGIN_DECLS

void ph_window_files_install (GtkWidgetClass *klass);
void ph_window_files_accept (PhWindow *window);
char *ph_window_files_dup_path (GFile *file);
void ph_window_open_files (PhWindow *window, const char *const *paths);

G_END_DECLS
