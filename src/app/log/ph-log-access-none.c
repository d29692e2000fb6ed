/* ph-log-access-none.c: stands in for ph-log-access.c where GTK has no GtkAccessibleText: the description has to do there
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
