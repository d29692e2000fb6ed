/* ph-flood.c: when so much comes that it is better fetched many at a time
 *
 * A receiver that is faster than its sender finds one datagram, goes to sleep, and is woken by the next: for both the waking
 * costs more than the datagram. So while more than a hundred come in a millisecond, the worker leaves the socket alone for a
 * tenth of one: nobody is woken, and the next look finds a batch. What comes by request and answer is slower than that.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-flood.h"

#define WINDOW 1000000 /* ns that are counted */
#define EACH 10000     /* ns between two of a flood at most */
#define REST 100000    /* ns */
#define SPARE 8        /* of these the buffer has to hold: a rest may become longer, and the flood stronger */

/**
 * ph_flood_count:
 * @self: a count
 * @now: monotonic ns
 * @n: datagrams that have come since the last call
 * @room: how many such datagrams the receive buffer holds
 *
 * Returns: ns for which the socket may be left alone now; 0 if it may not
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
