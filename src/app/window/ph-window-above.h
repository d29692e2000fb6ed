/* ph-window-above.h: a window that stays over the windows of other programs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-window.h"

G_BEGIN_DECLS

void ph_window_above_add (PhWindow *window);

G_END_DECLS
