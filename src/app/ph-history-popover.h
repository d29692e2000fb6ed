/* ph-history-popover.h: the list of messages sent before
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-send-area.h"

G_BEGIN_DECLS

void ph_history_popover_attach (GtkMenuButton *button, PhSendArea *area);

G_END_DECLS
