/* ph-log-access.h: what assistive technologies are told of the log
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-log-view.h"

G_BEGIN_DECLS

typedef struct _PhLogAccess PhLogAccess;

/* ph-log-access.c, or ph-log-access-none.c where GTK is older than 4.14 */
void ph_log_access_add_interface (GType type);
void ph_log_access_changed (PhLogView *self);
void ph_log_access_tell (PhLogView *self);
void ph_log_access_free (PhLogView *self);

G_END_DECLS
