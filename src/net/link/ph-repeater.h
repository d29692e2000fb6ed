/* ph-repeater.h: sends one message repeatedly, at an interval or as fast as possible
 *
 * Worker thread only.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-link.h"
#include "ph-repeat.h"

G_BEGIN_DECLS

void ph_repeater_start (PhLink *link, PhCommand *command);
void ph_repeater_stop (PhLink *link);
void ph_repeater_hurry (PhLink *link);
void ph_repeater_write (PhStore *store, const PhRepeat *repeat, PhRepeatState state);

G_END_DECLS
