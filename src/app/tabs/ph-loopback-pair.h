/* ph-loopback-pair.h: two tabs on this machine, each aimed at the other
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-window.h"

G_BEGIN_DECLS

void ph_loopback_pair_open (PhWindow *window);

G_END_DECLS
