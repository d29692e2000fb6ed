/* ph-network-panel.h: the fields of an endpoint, the button that opens it, and the clients of a server
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "ph-session.h"

G_BEGIN_DECLS

#define PH_TYPE_NETWORK_PANEL (ph_network_panel_get_type ())
G_DECLARE_FINAL_TYPE (PhNetworkPanel, ph_network_panel, PH, NETWORK_PANEL, GtkBox)

/*
 * Properties: "transport" (string: a PhTransport id), "title" (string, read-only: for the tab).
 * Signals:
 *   "remote-changed" (): the text of the remote address or port has changed
 *   "client-chosen" (PhPeer): a client in the list was clicked
 */
void ph_network_panel_set_session (PhNetworkPanel *panel, PhSession *session);
void ph_network_panel_set_folded (PhNetworkPanel *panel, gboolean folded);
void ph_network_panel_set_endpoint (PhNetworkPanel *panel, const PhEndpoint *endpoint);
void ph_network_panel_focus (PhNetworkPanel *panel);
void ph_network_panel_set_remote (PhNetworkPanel *panel, const PhPlace *place);
PhEndpoint *ph_network_panel_dup_endpoint (PhNetworkPanel *panel);
PhEndpoint *ph_network_panel_dup_typed (PhNetworkPanel *panel);
const PhTransport *ph_network_panel_get_transport (PhNetworkPanel *panel);
gboolean ph_network_panel_read_remote (PhNetworkPanel *panel, PhPlace *ret_place);
char *ph_network_panel_dup_remote (PhNetworkPanel *panel);

G_END_DECLS
