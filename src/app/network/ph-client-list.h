/* ph-client-list.h: the clients of a server, each with a button that disconnects it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "ph-session.h"

G_BEGIN_DECLS

#define PH_TYPE_CLIENT_LIST (ph_client_list_get_type ())
G_DECLARE_FINAL_TYPE (PhClientList, ph_client_list, PH, CLIENT_LIST, GtkBox)

/* Signals: "chosen" (PhPeer): a client was clicked. */
void ph_client_list_set_session (PhClientList *list, PhSession *session);

G_END_DECLS
