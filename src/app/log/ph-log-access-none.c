/* ph-log-access-none.c: in place of ph-log-access.c where GTK has no GtkAccessibleText: there is only the description
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-log-private.h"

void
ph_log_access_add_interface (GType type)
{
}

void
ph_log_access_changed (PhLogView *self)
{
}

void
ph_log_access_tell (PhLogView *self)
{
}

void
ph_log_access_free (PhLogView *self)
{
}
