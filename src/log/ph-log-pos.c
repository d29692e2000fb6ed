/* ph-log-pos.c: a place in the log: an entry, one of its lines, and a byte in the text of that line
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-log-pos.h"

int
ph_log_pos_compare (const PhLogPos *a, const PhLogPos *b)
{
  if (a->entry != b->entry)
    return a->entry < b->entry ? -1 : 1;
  if (a->line != b->line)
    return a->line < b->line ? -1 : 1;

  return a->index < b->index ? -1 : a->index > b->index;
}
