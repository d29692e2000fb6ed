/* ph-timer.c: deadlines of one worker, the nearest first
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-timer.h"

struct _PhTimers
{
  GSequence *order; /* of PhTimer, by deadline */
};

static int
compare_deadlines (gconstpointer a, gconstpointer b, gpointer data)
{
  const PhTimer *left = a, *right = b;

  return (left->deadline > right->deadline) - (left->deadline < right->deadline);
}

/**
 * ph_timers_new:
 *
 * Returns: (transfer full): no deadlines
 */
PhTimers *
ph_timers_new (void)
{
  PhTimers *timers = g_new0 (PhTimers, 1);

  timers->order = g_sequence_new (NULL);
  return timers;
}

/**
 * ph_timers_free:
 * @timers: (transfer full): with no timer set
 */
void
ph_timers_free (PhTimers *timers)
{
  g_sequence_free (timers->order);
  g_free (timers);
}

/**
 * ph_timer_set:
 * @timers: where to
 * @timer: a timer; set anew if it was set
 * @deadline: ns on the monotonic clock
 * @func: called once when the deadline has passed
 * @data: for @func
 */
void
ph_timer_set (PhTimers *timers, PhTimer *timer, gint64 deadline, PhTimerFunc func, gpointer data)
{
  ph_timer_clear (timer);
  *timer = (PhTimer){ .deadline = deadline, .func = func, .data = data, .timers = timers };
  timer->place = g_sequence_insert_sorted (timers->order, timer, compare_deadlines, NULL);
}

/**
 * ph_timer_clear:
 * @timer: a timer, set or not
 */
void
ph_timer_clear (PhTimer *timer)
{
  if (timer->timers == NULL)
    return;
  g_sequence_remove (timer->place);
  timer->timers = NULL;
}

/**
 * ph_timers_next:
 * @timers: deadlines
 *
 * Returns: the nearest, in ns on the monotonic clock; -1 if there is none
 */
gint64
ph_timers_next (PhTimers *timers)
{
  GSequenceIter *first = g_sequence_get_begin_iter (timers->order);

  return g_sequence_iter_is_end (first) ? -1 : ((PhTimer *) g_sequence_get (first))->deadline;
}

/**
 * ph_timers_run:
 * @timers: deadlines
 * @now: ns on the monotonic clock
 *
 * Calls what is due, the oldest first. A function that sets its timer again chooses a deadline after @now, or is called
 * again at once, which has to end soon.
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
