/* ph-connection-page.h: the page of the drawer that lists what is known of the connection of a tab
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "ph-session.h"

G_BEGIN_DECLS

#define PH_TYPE_CONNECTION_PAGE (ph_connection_page_get_type ())
G_DECLARE_FINAL_TYPE (PhConnectionPage, ph_connection_page, PH, CONNECTION_PAGE, GtkBox)

GtkWidget *ph_connection_page_new (PhSession *session);

G_END_DECLS
