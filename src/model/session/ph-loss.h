/* ph-loss.h: what would have kept datagrams from being lost
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-session.h"

G_BEGIN_DECLS

gsize ph_loss_enough_buffer (const PhFacts *facts, const PhCounters *counters);

G_END_DECLS
