/* ph-rate-axis.c: round numbers and times for the axes of a chart
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-rate-axis.h"

#define DAY G_GINT64_CONSTANT (86400) /* s */

/**
 * ph_rate_axis_top:
 * @highest: the largest value to show
 *
 * Returns: the end of the axis: 2, 4 or 10 times a power of ten, at least 2. So its half is a round number too
 */
double
ph_rate_axis_top (double highest)
{
  static const double steps[] = { 2, 4, 10 };

  for (double power = 1;; power *= 10)
    for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
      if (steps[i] * power >= highest)
        return steps[i] * power;
}

/**
 * ph_rate_axis_step:
 * @seconds: length of the axis
 * @most: number of marks that there is room for, at least 1
 *
 * Returns: seconds from one mark to the next
 */
gint64
ph_rate_axis_step (gint64 seconds, guint most)
{
  static const gint64 steps[] = { 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200 };
  gint64 days = DAY;

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if (seconds / steps[i] <= most)
      return steps[i];
  while (seconds / days > most)
    days *= 2;

  return days;
}

static GDateTime *
local_time (gint64 second)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (second);

  return utc != NULL ? g_date_time_to_local (utc) : NULL;
}

/**
 * ph_rate_axis_first:
 * @from: beginning of the axis in s since 1970
 * @step: from ph_rate_axis_step()
 *
 * Returns: place of the first mark in s since 1970: the first time from @from on that is a multiple of @step in local time
 */
gint64
ph_rate_axis_first (gint64 from, gint64 step)
{
  g_autoptr (GDateTime) local = local_time (from);
  gint64 offset = local != NULL ? g_date_time_get_utc_offset (local) / G_TIME_SPAN_SECOND : 0;
  gint64 over = (from + offset) % step;

  return from + (over > 0 ? step - over : -over);
}

/**
 * ph_rate_axis_dup_time:
 * @second: s since 1970
 * @date: whether to include the day
 *
 * Returns: (transfer full): the local time; an empty string if the date is out of range
 */
char *
ph_rate_axis_dup_time (gint64 second, gboolean date)
{
  g_autoptr (GDateTime) local = local_time (second);

  return local != NULL ? g_date_time_format (local, date ? "%m-%d %H:%M" : "%H:%M:%S") : g_strdup ("");
}
