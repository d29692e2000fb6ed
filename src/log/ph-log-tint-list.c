/* ph-log-tint-list.c: what the rules colour in a piece of a record, the first rule's colours over those of the next
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-log-tint-list.h"

/**
 * ph_log_tint_list_append:
 * @tints: (element-type PhLogTint): none over another
 * @start: where it begins
 * @end: where it ends; nothing is appended if that is not behind @start
 * @hue: the colour
 *
 * What touches the last in the same colour makes that longer.
 */
void
ph_log_tint_list_append (GArray *tints, guint32 start, guint32 end, PhHue hue)
{
  PhLogTint *last = tints->len > 0 ? &g_array_index (tints, PhLogTint, tints->len - 1) : NULL;
  PhLogTint tint = { start, end, hue };

  if (start >= end)
    return;
  if (last != NULL && last->end == start && last->hue == hue)
    last->end = end;
  else
    g_array_append_val (tints, tint);
}

/**
 * ph_log_tint_list_add:
 * @tints: (inout) (element-type PhLogTint): those of the rules before
 * @ranges: (element-type PhSearchRange): what the next rule found, in order
 * @hue: its colour
 *
 * Adds what no rule before has taken.
 */
void
ph_log_tint_list_add (GArray **tints, const GArray *ranges, PhHue hue)
{
  g_autoptr (GArray) old = g_steal_pointer (tints);
  GArray *all = g_array_sized_new (FALSE, FALSE, sizeof (PhLogTint), old->len + ranges->len);
  guint next = 0;
  guint32 covered = 0; /* by the tints that were gone by */

  for (guint i = 0; i < ranges->len; i++)
    {
      const PhSearchRange *range = &g_array_index (ranges, PhSearchRange, i);
      guint32 at = MAX (range->start, covered);

      for (; next < old->len && g_array_index (old, PhLogTint, next).start < range->end; next++)
        {
          const PhLogTint *taken = &g_array_index (old, PhLogTint, next);

          ph_log_tint_list_append (all, at, taken->start, hue);
          ph_log_tint_list_append (all, taken->start, taken->end, taken->hue);
          covered = taken->end;
          at = MAX (at, covered);
        }
      ph_log_tint_list_append (all, at, range->end, hue);
    }
  for (; next < old->len; next++)
    {
      const PhLogTint *rest = &g_array_index (old, PhLogTint, next);

      ph_log_tint_list_append (all, rest->start, rest->end, rest->hue);
    }
  *tints = all;
}
