/* ph-send-panel.h: how what is typed becomes what is sent
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "ph-payload.h"

G_BEGIN_DECLS

#define PH_TYPE_SEND_PANEL (ph_send_panel_get_type ())
G_DECLARE_FINAL_TYPE (PhSendPanel, ph_send_panel, PH, SEND_PANEL, GtkBox)

/*
 * Properties: "hex", "escapes", "repeat" (booleans), "encoding" (string: a PhCharset id), "line-ending" (string:
 *   its id), "interval" (uint: ms between two sends of a repeat; 0: as fast as possible),
 *   "times" (uint: messages until it stops; 0: without end).
 */
PhPayloadFormat ph_send_panel_get_format (PhSendPanel *panel);
gboolean ph_send_panel_get_repeat (PhSendPanel *panel);
guint ph_send_panel_get_interval (PhSendPanel *panel);
guint ph_send_panel_get_times (PhSendPanel *panel);
void ph_send_panel_remember (PhSendPanel *panel);

G_END_DECLS
