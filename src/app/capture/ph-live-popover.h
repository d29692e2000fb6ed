/* ph-live-popover.h: where what is received is saved to, and how
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-live-saving.h"

G_BEGIN_DECLS

#define PH_TYPE_LIVE_POPOVER (ph_live_popover_get_type ())
G_DECLARE_FINAL_TYPE (PhLivePopover, ph_live_popover, PH, LIVE_POPOVER, GtkPopover)

GtkWidget *ph_live_popover_new (PhLiveSaving *saving, PhSession *session);

G_END_DECLS
