/* ph-status-bar.h: the line at the bottom: state, traffic and losses of a session
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "ph-live-saving.h"
#include "ph-session.h"

G_BEGIN_DECLS

#define PH_TYPE_STATUS_BAR (ph_status_bar_get_type ())
G_DECLARE_FINAL_TYPE (PhStatusBar, ph_status_bar, PH, STATUS_BAR, GtkWidget)

void ph_status_bar_set_session (PhStatusBar *bar, PhSession *session);
void ph_status_bar_set_saving (PhStatusBar *bar, PhLiveSaving *saving);
void ph_status_bar_update (PhStatusBar *bar);

G_END_DECLS
