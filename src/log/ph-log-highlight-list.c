/* ph-log-highlight-list.c: what the rules colour in a piece of a record, the first rule's colours over those of the next
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-log-highlight-list.h"

/**
 * ph_log_highlight_list_append:
 * @highlights: (element-type PhLogHighlight): none over another
 * @start: where it begins
 * @end: where it ends; nothing is appended if that is not behind @start
 * @hue: the colour
 *
 * What touches the last in the same colour makes that longer.
 */
void
ph_log_highlight_list_append (GArray *highlights, guint32 start, guint32 end, PhHue hue)
{
  PhLogHighlight *last = highlights->len > 0 ? &g_array_index (highlights, PhLogHighlight, highlights->len - 1) : NULL;
  PhLogHighlight highlight = { start, end, hue };

  if (start >= end)
    return;
  if (last != NULL && last->end == start && last->hue == hue)
    last->end = end;
  else
    g_array_append_val (highlights, highlight);
}

/**
 * ph_log_highlight_list_add:
 * @highlights: (inout) (element-type PhLogHighlight): those of the rules before
 * @ranges: (element-type PhSearchRange): what the next rule found, in order
 * @hue: its colour
 *
 * Adds what no rule before has taken.
 */
void
ph_log_highlight_list_add (GArray **highlights, const GArray *ranges, PhHue hue)
{
  g_autoptr (GArray) old = g_steal_pointer (highlights);
  GArray *all = g_array_sized_new (FALSE, FALSE, sizeof (PhLogHighlight), old->len + ranges->len);
  guint next = 0;
  guint32 covered = 0; /* by the highlights that were gone by */

  for (guint i = 0; i < ranges->len; i++)
    {
      const PhSearchRange *range = &g_array_index (ranges, PhSearchRange, i);
      guint32 at = MAX (range->start, covered);

      for (; next < old->len && g_array_index (old, PhLogHighlight, next).start < range->end; next++)
        {
          const PhLogHighlight *taken = &g_array_index (old, PhLogHighlight, next);

          ph_log_highlight_list_append (all, at, taken->start, hue);
          ph_log_highlight_list_append (all, taken->start, taken->end, taken->hue);
          covered = taken->end;
          at = MAX (at, covered);
        }
      ph_log_highlight_list_append (all, at, range->end, hue);
    }
  for (; next < old->len; next++)
    {
      const PhLogHighlight *rest = &g_array_index (old, PhLogHighlight, next);

      ph_log_highlight_list_append (all, rest->start, rest->end, rest->hue);
    }
  *highlights = all;
}
