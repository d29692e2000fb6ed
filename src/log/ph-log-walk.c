/* ph-log-walk.c: goes from line to line of the log; skips missing records and entries without lines
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-log-walk.h"

#include "ph-log-filter.h"
#include "ph-log-source-private.h"

#define STEPS 256u /* entries without lines that are skipped in one read section */

/* The first entry behind @entry that the filter lets through; behind @end if there is none. */
static guint64
step_forward (PhLogSource *self, guint64 entry, guint64 end)
{
  const PhMatches *filter = ph_log_filter_get (self);
  guint64 seq;

  if (filter == NULL)
    return entry + 1;

  return ph_matches_next (filter, entry, &seq) ? seq + 1 : end + 1;
}

/* The last entry before @entry that the filter lets through; 0 if there is none. */
static guint64
step_back (PhLogSource *self, guint64 entry)
{
  const PhMatches *filter = ph_log_filter_get (self);
  guint64 seq;

  if (filter == NULL)
    return entry - 1;

  return ph_matches_previous (filter, entry - 1, &seq) ? seq + 1 : 0;
}

/* @entry has no lines. If records are missing there, the last entry of those; else @entry. */
static guint64
end_of_hole (PhLogSource *self, guint64 entry)
{
  guint64 last;

  ph_log_source_begin_read (self);
  last = ph_store_next (self->store, entry);
  ph_log_source_end_read (self);

  return MAX (last, entry);
}

/* The same backwards: the first entry of those. */
static guint64
start_of_hole (PhLogSource *self, guint64 entry)
{
  guint64 behind;

  ph_log_source_begin_read (self);
  behind = ph_store_previous (self->store, entry - 1);
  ph_log_source_end_read (self);

  return MIN (behind + 1, entry);
}

/* The first entry with lines behind @entry, or NONE. */
static guint64
next_entry (PhLogSource *self, guint64 entry)
{
  guint64 end = ph_log_source_get_end (self);
  guint n = 0;

  if (entry == PH_LOG_ENTRY_HIDDEN)
    return PH_LOG_ENTRY_NONE;
  for (guint64 next = step_forward (self, MAX (entry, ph_log_source_get_first (self)), end); next <= end;
       next = step_forward (self, end_of_hole (self, next), end))
    {
      if (ph_log_source_n_lines (self, next) > 0)
        return next;
      if (++n % STEPS == 0)
        ph_log_source_pause_read (self);
    }

  return ph_log_source_n_lines (self, PH_LOG_ENTRY_HIDDEN) > 0 ? PH_LOG_ENTRY_HIDDEN : PH_LOG_ENTRY_NONE;
}

/* The last entry with lines before @entry, or NONE. */
static guint64
previous_entry (PhLogSource *self, guint64 entry)
{
  guint64 first = ph_log_source_get_first (self), end = ph_log_source_get_end (self);
  guint n = 0;

  if (entry == PH_LOG_ENTRY_GONE)
    return PH_LOG_ENTRY_NONE;
  for (guint64 before = step_back (self, MIN (entry, end + 1)); before > first;
       before = step_back (self, start_of_hole (self, before)))
    {
      if (ph_log_source_n_lines (self, before) > 0)
        return before;
      if (++n % STEPS == 0)
        ph_log_source_pause_read (self);
    }

  return ph_log_source_n_lines (self, PH_LOG_ENTRY_GONE) > 0 ? PH_LOG_ENTRY_GONE : PH_LOG_ENTRY_NONE;
}

/**
 * ph_log_walk_first:
 * @ret_pos: (out): the start of the first line
 *
 * Returns: %FALSE if there is nothing to show
 */
gboolean
ph_log_walk_first (PhLogSource *self, PhLogPos *ret_pos)
{
  guint64 entry = PH_LOG_ENTRY_GONE;

  if (ph_log_source_n_lines (self, entry) == 0)
    entry = next_entry (self, entry);
  if (entry == PH_LOG_ENTRY_NONE)
    return FALSE;
  *ret_pos = (PhLogPos){ .entry = entry };

  return TRUE;
}

/**
 * ph_log_walk_last:
 * @ret_pos: (out): the start of the last line
 *
 * Returns: %FALSE if there is nothing to show
 */
gboolean
ph_log_walk_last (PhLogSource *self, PhLogPos *ret_pos)
{
  guint64 entry = PH_LOG_ENTRY_HIDDEN;

  if (ph_log_source_n_lines (self, entry) == 0)
    entry = previous_entry (self, entry);
  if (entry == PH_LOG_ENTRY_NONE)
    return FALSE;
  *ret_pos = (PhLogPos){ .entry = entry, .line = ph_log_source_n_lines (self, entry) - 1 };

  return TRUE;
}

/**
 * ph_log_walk_next:
 * @pos: (inout): moved to the start of the next line
 *
 * Returns: %FALSE, and @pos as it was, if it is in the last line
 */
gboolean
ph_log_walk_next (PhLogSource *self, PhLogPos *pos)
{
  guint64 entry;

  if (pos->line + 1 < ph_log_source_n_lines (self, pos->entry))
    {
      *pos = (PhLogPos){ .entry = pos->entry, .line = pos->line + 1 };
      return TRUE;
    }
  entry = next_entry (self, pos->entry);
  if (entry == PH_LOG_ENTRY_NONE)
    return FALSE;
  *pos = (PhLogPos){ .entry = entry };

  return TRUE;
}

/**
 * ph_log_walk_previous:
 * @pos: (inout): moved to the start of the line before
 *
 * Returns: %FALSE, and @pos as it was, if it is in the first line
 */
gboolean
ph_log_walk_previous (PhLogSource *self, PhLogPos *pos)
{
  guint64 entry;

  if (pos->line > 0 && pos->line < ph_log_source_n_lines (self, pos->entry))
    {
      *pos = (PhLogPos){ .entry = pos->entry, .line = pos->line - 1 };
      return TRUE;
    }
  entry = previous_entry (self, pos->entry);
  if (entry == PH_LOG_ENTRY_NONE)
    return FALSE;
  *pos = (PhLogPos){ .entry = entry, .line = ph_log_source_n_lines (self, entry) - 1 };

  return TRUE;
}

/**
 * ph_log_walk_clamp:
 * @pos: (inout): moved to the nearest line that exists, if its line does not
 */
void
ph_log_walk_clamp (PhLogSource *self, PhLogPos *pos)
{
  guint n_lines = ph_log_source_n_lines (self, pos->entry);
  guint64 entry;

  if (pos->line < n_lines)
    return;
  if (n_lines > 0)
    {
      *pos = (PhLogPos){ .entry = pos->entry, .line = n_lines - 1 };
      return;
    }
  entry = next_entry (self, pos->entry);
  if (entry == PH_LOG_ENTRY_NONE)
    entry = previous_entry (self, pos->entry);
  *pos = (PhLogPos){ .entry = entry };
}
