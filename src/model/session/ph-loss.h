/* ph-loss.h: a receive buffer that would have prevented losses
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-session.h"

G_BEGIN_DECLS

gsize ph_loss_enough_buffer (const PhFacts *facts, const PhCounters *counters);

G_END_DECLS
