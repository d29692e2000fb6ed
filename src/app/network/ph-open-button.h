/* ph-open-button.h: the large button that opens and closes a tab, and beside it the menu of its connection
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "ph-session.h"

G_BEGIN_DECLS

#define PH_TYPE_OPEN_BUTTON (ph_open_button_get_type ())
G_DECLARE_FINAL_TYPE (PhOpenButton, ph_open_button, PH, OPEN_BUTTON, GtkBox)

void ph_open_button_set_session (PhOpenButton *button, PhSession *session);
void ph_open_button_set_transport (PhOpenButton *button, const PhTransport *transport);
void ph_open_button_focus (PhOpenButton *button);

G_END_DECLS
