/* ph-loss-popover.h: explains what was lost, where, and what helps
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "ph-session.h"

G_BEGIN_DECLS

void ph_loss_popover_attach (GtkMenuButton *button, PhSession *session);

G_END_DECLS
