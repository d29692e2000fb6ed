/* ph-live-status.h: the part of the status bar that says what is saved to which file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-live-saving.h"

G_BEGIN_DECLS

void ph_live_status_attach (GtkMenuButton *button, PhLiveSaving *saving);

G_END_DECLS
