/* ph-refresh.h: calls back once in each frame while a store has something new, and never while it has not
 *
 * Any thread may wake it. It then calls back in the main loop, one frame apart, until a call finds nothing new. Then it
 * arms the wake-up of the store and sleeps.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-store.h"

G_BEGIN_DECLS

typedef struct _PhRefresh PhRefresh;

/* Returns: whether there was anything new. */
typedef gboolean (*PhRefreshFunc) (gpointer data);

PhRefresh *ph_refresh_new (PhRefreshFunc look, gpointer data);
void ph_refresh_free (PhRefresh *refresh);
void ph_refresh_set_store (PhRefresh *refresh, PhStore *store);
void ph_refresh_wake (gpointer refresh);

G_END_DECLS
