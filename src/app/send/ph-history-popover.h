/* ph-history-popover.h: the list of what was sent or searched for before
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "ph-history.h"

G_BEGIN_DECLS

typedef void (*PhHistoryPickedFunc) (gpointer data, PhHistoryItem *item);

void ph_history_popover_attach (GtkMenuButton *button, const char *key, PhHistoryPickedFunc picked, gpointer data);

G_END_DECLS
