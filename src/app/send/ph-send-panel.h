/* ph-send-panel.h: the controls of the send options
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "ph-send-options.h"

G_BEGIN_DECLS

#define PH_TYPE_SEND_PANEL (ph_send_panel_get_type ())
G_DECLARE_FINAL_TYPE (PhSendPanel, ph_send_panel, PH, SEND_PANEL, GtkBox)

void ph_send_panel_set_options (PhSendPanel *panel, PhSendOptions *options);
void ph_send_panel_set_source (PhSendPanel *panel, const char *file);
gboolean ph_send_panel_commit (PhSendPanel *panel);
void ph_send_panel_point_at (PhSendPanel *panel, const char *setting);

G_END_DECLS
