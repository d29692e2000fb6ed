/* ph-timer.h: deadlines of one worker
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _PhTimers PhTimers;
typedef void (*PhTimerFunc) (gpointer data);

/**
 * PhTimer: lives inside what it belongs to; all zero when new. The worker's thread only.
 */
typedef struct
{
  gint64 deadline; /* ns, monotonic */
  PhTimerFunc func;
  gpointer data;
  PhTimers *timers; /* NULL while not set */
  GSequenceIter *place;
} PhTimer;

PhTimers *ph_timers_new (void);
void ph_timers_free (PhTimers *timers);
void ph_timer_set (PhTimers *timers, PhTimer *timer, gint64 deadline, PhTimerFunc func, gpointer data);
void ph_timer_clear (PhTimer *timer);
gint64 ph_timers_next (PhTimers *timers);
void ph_timers_run (PhTimers *timers, gint64 now);

G_END_DECLS
