/* ph-peers-page.h: a table of all peers of a session
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "ph-session.h"

G_BEGIN_DECLS

#define PH_TYPE_PEERS_PAGE (ph_peers_page_get_type ())
G_DECLARE_FINAL_TYPE (PhPeersPage, ph_peers_page, PH, PEERS_PAGE, GtkBox)

GtkWidget *ph_peers_page_new (PhSession *session);

G_END_DECLS
