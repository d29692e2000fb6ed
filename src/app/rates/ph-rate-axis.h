/* ph-rate-axis.h: round numbers and times for the axes of a chart
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

double ph_rate_axis_top (double highest);
gint64 ph_rate_axis_step (gint64 seconds, guint most);
gint64 ph_rate_axis_first (gint64 from, gint64 step);
char *ph_rate_axis_dup_time (gint64 second, gboolean date);

G_END_DECLS
