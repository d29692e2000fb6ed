/* ph-send-area.h: where a message is typed, and to whom it goes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "ph-session.h"

G_BEGIN_DECLS

#define PH_TYPE_SEND_AREA (ph_send_area_get_type ())
G_DECLARE_FINAL_TYPE (PhSendArea, ph_send_area, PH, SEND_AREA, GtkBox)

/* Properties: "hex" (boolean: hex digits are typed; changes the hint only). */
void ph_send_area_set_session (PhSendArea *area, PhSession *session);

char *ph_send_area_dup_text (PhSendArea *area);
void ph_send_area_set_text (PhSendArea *area, const char *text);
void ph_send_area_focus (PhSendArea *area);

void ph_send_area_mark (PhSendArea *area, const char *reason);
void ph_send_area_note (PhSendArea *area, const char *note);

void ph_send_area_show_targets (PhSendArea *area, gboolean shown, const char *first);
gboolean ph_send_area_check_target (PhSendArea *area);
PhPeer *ph_send_area_get_peer (PhSendArea *area);
void ph_send_area_select_peer (PhSendArea *area, PhPeer *peer);
void ph_send_area_focus_target (PhSendArea *area);

void ph_send_area_walk_history (PhSendArea *area, int step);
void ph_send_area_restart_history (PhSendArea *area);
void ph_send_area_open_history (PhSendArea *area);

G_END_DECLS
