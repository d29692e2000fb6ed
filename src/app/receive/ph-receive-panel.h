/* ph-receive-panel.h: the controls of the receive options
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "ph-live-saving.h"
#include "ph-receive-options.h"

G_BEGIN_DECLS

#define PH_TYPE_RECEIVE_PANEL (ph_receive_panel_get_type ())
G_DECLARE_FINAL_TYPE (PhReceivePanel, ph_receive_panel, PH, RECEIVE_PANEL, GtkBox)

void ph_receive_panel_set_options (PhReceivePanel *panel, PhReceiveOptions *options);
void ph_receive_panel_set_saving (PhReceivePanel *panel, PhLiveSaving *saving, PhSession *session);

G_END_DECLS
