/* ph-peer-stats.h: the counters of one peer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-rates.h"

G_BEGIN_DECLS

/**
 * PhPeerStats:
 * @first_seen, @last_seen: when it joined or was heard, in ns since 1970; 0: never
 * @bytes, @packets: by #PhRateSide
 * @second: the newest second with traffic, since 1970
 * @now, @before: the bytes of both sides in that second, and in the one before it
 */
typedef struct
{
  gint64 first_seen, last_seen;
  guint64 bytes[PH_RATE_SIDES];
  guint64 packets[PH_RATE_SIDES];
  gint64 second;
  guint64 now, before;
} PhPeerStats;

void ph_peer_stats_see (PhPeerStats *stats, gint64 time);
void ph_peer_stats_add (PhPeerStats *stats, gint64 time, PhRateSide side, guint64 bytes, guint64 packets);
void ph_peer_stats_add_since (PhPeerStats *stats, const PhPeerStats *other, const PhPeerStats *then);
guint64 ph_peer_stats_get_rate (const PhPeerStats *stats, gint64 second);

G_END_DECLS
