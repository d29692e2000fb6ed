/* ph-commands-notice.h: says over the quick commands what was imported, or what failed, until it is dismissed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define PH_TYPE_COMMANDS_NOTICE (ph_commands_notice_get_type ())
G_DECLARE_FINAL_TYPE (PhCommandsNotice, ph_commands_notice, PH, COMMANDS_NOTICE, GtkBox)

void ph_commands_notice_show (PhCommandsNotice *notice, const char *words, GPtrArray *notes, gboolean failed);
gboolean ph_commands_notice_dismiss (PhCommandsNotice *notice);

G_END_DECLS
