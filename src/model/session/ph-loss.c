/* ph-loss.c: what would have kept datagrams from being lost
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-loss.h"

/**
 * ph_loss_enough_buffer:
 * @facts: of a session
 * @counters: of the same
 *
 * Counts every datagram that the system dropped as one that such a buffer would have held, each as long as those that came.
 *
 * Returns: bytes of a receive buffer that would have been enough, a power of two; 0 if nothing was dropped or it is not known
 *   what the buffer was
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
