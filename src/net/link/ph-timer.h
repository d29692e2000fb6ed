/* ph-timer.h: the deadlines of one worker, on the monotonic clock
 *
 * Worker thread only.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _PhTimers PhTimers;
typedef void (*PhTimerFunc) (gpointer data);

/** PhTimer: one deadline. It is a field of the struct that it belongs to, and all zero while it was never set. */
typedef struct
{
  gint64 deadline; /* ns */
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
