/* ph-feeder.h: sends what a feed brings, in pieces, at a rate, and no faster than the peer takes it
 *
 * Worker thread only.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-link.h"

G_BEGIN_DECLS

/** The number of a message that is a piece of a feed; those of repeats are lower. */
#define PH_FEEDER_NUMBER (G_GUINT64_CONSTANT (1) << 63)

void ph_feeder_start (PhLink *link, PhCommand *command);
void ph_feeder_look (PhLink *link);
void ph_feeder_stop (PhLink *link, PhLeft why);
void ph_feeder_refuse (PhStore *store, PhFeed *feed);
void ph_feeder_sent (PhLink *link, gsize n);

G_END_DECLS
