/* ph-peer-window.h: a table of all peers of a session
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "ph-session.h"

G_BEGIN_DECLS

#define PH_TYPE_PEER_WINDOW (ph_peer_window_get_type ())
G_DECLARE_FINAL_TYPE (PhPeerWindow, ph_peer_window, PH, PEER_WINDOW, GtkWindow)

/* Signals: "chosen" (PhPeer): to send to this peer; "alone" (PhPeer): to show only records of this peer. */
GtkWindow *ph_peer_window_new (PhSession *session);

G_END_DECLS
