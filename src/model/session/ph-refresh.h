/* ph-refresh.h: calls a function once a frame while a store gets records, and not at all otherwise
 *
 * A store wakes it, from any thread. Then the function is called in the main loop once a frame, until it finds nothing new.
 * After that the store is asked for another wake-up, and there is no timer.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-store.h"

G_BEGIN_DECLS

typedef struct _PhRefresh PhRefresh;

/** PhRefreshNext: what to do after a call. */
typedef enum
{
  PH_REFRESH_AGAIN, /* there was something new: call again in the next frame */
  PH_REFRESH_SLEEP, /* there was nothing: until the store has something */
  PH_REFRESH_AWAIT, /* a chunk has to be read first: until that is done, whatever the store gets meanwhile */
} PhRefreshNext;

typedef PhRefreshNext (*PhRefreshFunc) (gpointer data);

PhRefresh *ph_refresh_new (PhRefreshFunc look, gpointer data);
void ph_refresh_free (PhRefresh *refresh);
void ph_refresh_set_store (PhRefresh *refresh, PhStore *store);
void ph_refresh_set_pause (PhRefresh *refresh, gint64 pause);
void ph_refresh_wake (gpointer refresh);

G_END_DECLS
