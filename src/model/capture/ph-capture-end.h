/* ph-capture-end.h: ends captures on threads of their own, so that nobody waits for the disk
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-spool.h"

G_BEGIN_DECLS

void ph_capture_end (PhSpool *spool, PhStore *store);
void ph_capture_end_wait (void);
void ph_capture_end_watch (GSourceFunc ended, gpointer data);

G_END_DECLS
