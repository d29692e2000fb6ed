/* ph-timer.c: the deadlines of one worker, on the monotonic clock
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-timer.h"

struct _PhTimers
{
  GSequence *order; /* of PhTimer, borrowed, sorted by deadline */
};

static int
compare_deadlines (gconstpointer a, gconstpointer b, gpointer data)
{
  const PhTimer *left = a, *right = b;

  return (left->deadline > right->deadline) - (left->deadline < right->deadline);
}

/** ph_timers_new: Returns: (transfer full): */
PhTimers *
ph_timers_new (void)
{
  PhTimers *timers = g_new0 (PhTimers, 1);

  timers->order = g_sequence_new (NULL);
  return timers;
}

/** ph_timers_free: @timers: (transfer full): no timer may be set any more */
void
ph_timers_free (PhTimers *timers)
{
  g_sequence_free (timers->order);
  g_free (timers);
}

/**
 * ph_timer_set:
 * @timer: if it is set, its old deadline is dropped
 * @deadline: ns
 * @func: called once, after the deadline; it may set the timer again
 * @data: for @func; the caller clears the timer before it frees this
 */
void
ph_timer_set (PhTimers *timers, PhTimer *timer, gint64 deadline, PhTimerFunc func, gpointer data)
{
  ph_timer_clear (timer);
  *timer = (PhTimer){ .deadline = deadline, .func = func, .data = data, .timers = timers };
  timer->place = g_sequence_insert_sorted (timers->order, timer, compare_deadlines, NULL);
}

/** ph_timer_clear: drops the deadline, if one is set. */
void
ph_timer_clear (PhTimer *timer)
{
  if (timer->timers == NULL)
    return;
  g_sequence_remove (timer->place);
  timer->timers = NULL;
}

/** ph_timers_next: Returns: the earliest deadline in ns; -1 if none is set */
gint64
ph_timers_next (PhTimers *timers)
{
  GSequenceIter *first = g_sequence_get_begin_iter (timers->order);

  return g_sequence_iter_is_end (first) ? -1 : ((PhTimer *) g_sequence_get (first))->deadline;
}

/**
 * ph_timers_run:
 * @now: ns
 *
 * Calls the functions whose deadline is not after @now, the earliest first. A function that sets its timer again to a
 * deadline not after @now is called again before this returns.
 */
void
ph_timers_run (PhTimers *timers, gint64 now)
{
  for (;;)
    {
      GSequenceIter *first = g_sequence_get_begin_iter (timers->order);
      PhTimer *timer;

      if (g_sequence_iter_is_end (first))
        return;
      timer = g_sequence_get (first);
      if (timer->deadline > now)
        return;
      ph_timer_clear (timer);
      timer->func (timer->data);
    }
}
