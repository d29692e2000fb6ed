/* ph-loss.c: works out a receive buffer that would have prevented losses
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-loss.h"

/**
 * ph_loss_enough_buffer:
 *
 * Assumes that the dropped datagrams were as long as the received ones on average, and all came at once.
 *
 * Returns: bytes, a power of two; 0 if nothing was dropped or the size of the present buffer is not known
 */
gsize
ph_loss_enough_buffer (const PhFacts *facts, const PhCounters *counters)
{
  gsize length = counters->rx_packets > 0 ? (gsize) (counters->rx_bytes / counters->rx_packets) : 0;
  guint64 cost = ph_plat_datagram_cost (length), enough = 1024 * 1024;
  guint64 lost = MIN (counters->kernel_lost, G_MAXUINT32);

  if (lost == 0 || facts->receive_buffer == 0)
    return 0;
  while (enough < facts->receive_buffer + lost * cost)
    enough *= 2;

  return (gsize) MIN (enough, (guint64) G_MAXSSIZE);
}
