/* ph-peer-stats.c: the counters of one peer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-peer-stats.h"

/**
 * ph_peer_stats_see:
 * @time: when the peer joined or was heard, in ns since 1970
 */
void
ph_peer_stats_see (PhPeerStats *stats, gint64 time)
{
  if (stats->first_seen == 0)
    stats->first_seen = time;
  stats->last_seen = MAX (stats->last_seen, time);
}

/**
 * ph_peer_stats_add:
 * @time: of the record, in ns since 1970
 * @packets: 0 for a part of a packet whose last part follows
 */
void
ph_peer_stats_add (PhPeerStats *stats, gint64 time, PhRateSide side, guint64 bytes, guint64 packets)
{
  gint64 second = ph_rates_second (time);

  if (side == PH_RATE_RX)
    ph_peer_stats_see (stats, time);
  stats->bytes[side] += bytes;
  stats->packets[side] += packets;
  if (second == stats->second - 1)
    {
      stats->before += bytes; /* the kernel's time may be a little behind */
      return;
    }
  if (second != stats->second)
    {
      stats->before = second == stats->second + 1 ? stats->now : 0;
      stats->now = 0;
      stats->second = second;
    }
  stats->now += bytes;
}

/**
 * ph_peer_stats_add_since:
 * @other: counters of what is sent to all clients
 * @then: what @other was when this client joined
 */
void
ph_peer_stats_add_since (PhPeerStats *stats, const PhPeerStats *other, const PhPeerStats *then)
{
  for (guint side = 0; side < PH_RATE_SIDES; side++)
    {
      stats->bytes[side] += other->bytes[side] - then->bytes[side];
      stats->packets[side] += other->packets[side] - then->packets[side];
    }
}

/**
 * ph_peer_stats_get_rate:
 * @second: a second that is over, since 1970
 *
 * Returns: bytes in that second, both directions together; 0 unless it is one of the two newest seconds with traffic
 */
guint64
ph_peer_stats_get_rate (const PhPeerStats *stats, gint64 second)
{
  if (second == stats->second)
    return stats->now;

  return second == stats->second - 1 ? stats->before : 0;
}
