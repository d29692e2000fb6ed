/* ph-receive-panel.h: how to show what arrives
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define PH_TYPE_RECEIVE_PANEL (ph_receive_panel_get_type ())
G_DECLARE_FINAL_TYPE (PhReceivePanel, ph_receive_panel, PH, RECEIVE_PANEL, GtkBox)

/*
 * Properties, to be bound to the log view: "hex", "wrap", "show-time", "follow", "hidden" (booleans),
 *   "encoding" (string: a PhCharset id), "mode" (PhLogMode).
 * And for the user: "auto-scroll" (boolean), which is "follow", but what is set by it is kept.
 */
void ph_receive_panel_remember (PhReceivePanel *panel);

G_END_DECLS
