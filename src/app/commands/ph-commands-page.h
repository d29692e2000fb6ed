/* ph-commands-page.h: the page of the drawer with the quick commands
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "ph-session.h"

G_BEGIN_DECLS

#define PH_TYPE_COMMANDS_PAGE (ph_commands_page_get_type ())
G_DECLARE_FINAL_TYPE (PhCommandsPage, ph_commands_page, PH, COMMANDS_PAGE, GtkBox)

GtkWidget *ph_commands_page_new (PhSession *session);

G_END_DECLS
