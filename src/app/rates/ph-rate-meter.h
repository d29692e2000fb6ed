/* ph-rate-meter.h: the graph of the last minute in the status bar, with the rate beside it; a click opens the rate window
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "ph-session.h"

G_BEGIN_DECLS

#define PH_TYPE_RATE_METER (ph_rate_meter_get_type ())
G_DECLARE_FINAL_TYPE (PhRateMeter, ph_rate_meter, PH, RATE_METER, GtkWidget)

void ph_rate_meter_set_session (PhRateMeter *meter, PhSession *session);

G_END_DECLS
