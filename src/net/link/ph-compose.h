/* ph-compose.h: the next message of a payload, with the values that its variables have now
 *
 * Worker thread only.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-link.h"
#include "ph-target.h"

G_BEGIN_DECLS

GBytes *ph_compose (PhLink *link, const PhTarget *target, PhPayload *payload);

G_END_DECLS
