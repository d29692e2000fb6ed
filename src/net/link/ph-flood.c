/* ph-flood.c: detects a flood of datagrams, in which a short pause between two receive calls saves CPU
 *
 * A receiver that is faster than its sender finds one datagram, sleeps, and is woken by the next one. The wake-up costs
 * receiver and sender more than the datagram. So while more than a hundred datagrams come in a millisecond, the worker does
 * not poll the socket for a tenth of a millisecond: nobody is woken, and the next call receives a batch. Traffic of request
 * and answer is slower than that, so it never waits.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-flood.h"

#define WINDOW 1000000 /* ns */
#define EACH 10000     /* ns between two datagrams of a flood at most */
#define REST 100000    /* ns of one pause */
#define SPARE 8        /* pauses that the receive buffer must be able to hold: one may last longer, or the flood grow */

/**
 * ph_flood_count:
 * @now: ns on the monotonic clock
 * @n: datagrams received since the last call
 * @room: how many datagrams of this length the receive buffer holds
 *
 * Returns: ns to pause before the next poll; 0: do not pause
 */
gint64
ph_flood_count (PhFlood *self, gint64 now, guint n, guint64 room)
{
  gint64 passed = now - self->since;

  self->count += n;
  if (passed < WINDOW)
    return self->rest;
  self->rest = passed / EACH < (gint64) self->count && room * (guint64) passed / self->count >= SPARE * REST ? REST : 0;
  self->since = now;
  self->count = 0;

  return self->rest;
}
