/* ph-peer-label.h: the address of a peer, and below it what was done here with its connection
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "ph-peer.h"

G_BEGIN_DECLS

#define PH_TYPE_PEER_LABEL (ph_peer_label_get_type ())
G_DECLARE_FINAL_TYPE (PhPeerLabel, ph_peer_label, PH, PEER_LABEL, GtkBox)

GtkWidget *ph_peer_label_new (int width_chars);
void ph_peer_label_set_peer (PhPeerLabel *label, PhPeer *peer);

G_END_DECLS
