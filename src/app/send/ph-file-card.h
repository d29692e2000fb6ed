/* ph-file-card.h: the file that is sent in place of a typed message: how it is cut, how fast it goes, and how far it is
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "ph-session.h"

G_BEGIN_DECLS

#define PH_TYPE_FILE_CARD (ph_file_card_get_type ())
G_DECLARE_FINAL_TYPE (PhFileCard, ph_file_card, PH, FILE_CARD, GtkBox)

/*
 * Signals:
 *   "changed" (): what the button beside it would do has changed
 *   "closed" (): the user wants to type again
 */
GtkWidget *ph_file_card_new (void);
void ph_file_card_set_file (PhFileCard *card, GFile *file);
const char *ph_file_card_get_name (PhFileCard *card);
void ph_file_card_set_stream (PhFileCard *card, gboolean stream);
const char *ph_file_card_get_verb (PhFileCard *card);
gboolean ph_file_card_is_running (PhFileCard *card);
void ph_file_card_toggle_pause (PhFileCard *card);
void ph_file_card_cancel (PhFileCard *card);
void ph_file_card_send (PhFileCard *card, PhSession *session, const PhTarget *target);
void ph_file_card_tell (PhFileCard *card, const char *words, gboolean is_error);

G_END_DECLS
