/* ph-send-area.h: where a message is typed and its target chosen
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "ph-file-card.h"
#include "ph-message.h"

G_BEGIN_DECLS

#define PH_TYPE_SEND_AREA (ph_send_area_get_type ())
G_DECLARE_FINAL_TYPE (PhSendArea, ph_send_area, PH, SEND_AREA, GtkBox)

/*
 * Signals:
 *   "file-dropped" (GFile *file)
 *   "file-closed" (): the user wants to type again
 */
void ph_send_area_set_message (PhSendArea *area, PhMessage *message, PhSession *session);

void ph_send_area_insert (PhSendArea *area, const char *text);
void ph_send_area_focus (PhSendArea *area);
void ph_send_area_clear (PhSendArea *area);
void ph_send_area_tell (PhSendArea *area, const char *words);
void ph_send_area_mark (PhSendArea *area, const char *reason);
void ph_send_area_mark_place (PhSendArea *area, gsize place);
void ph_send_area_unmark (PhSendArea *area);

void ph_send_area_show_targets (PhSendArea *area, gboolean shown, const char *first, const char *address);
void ph_send_area_set_stream (PhSendArea *area, gboolean stream);
void ph_send_area_show_preview (PhSendArea *area, gboolean shown);
void ph_send_area_open_pieces (PhSendArea *area);
void ph_send_area_focus_target (PhSendArea *area);
void ph_send_area_type_target (PhSendArea *area);
gboolean ph_send_area_commit_target (PhSendArea *area);

void ph_send_area_set_file (PhSendArea *area, GFile *file);
gboolean ph_send_area_has_file (PhSendArea *area);
PhFileCard *ph_send_area_get_card (PhSendArea *area);

void ph_send_area_walk_history (PhSendArea *area, int step);
void ph_send_area_sent (PhSendArea *area);
void ph_send_area_open_history (PhSendArea *area);

G_END_DECLS
