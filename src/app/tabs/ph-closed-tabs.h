/* ph-closed-tabs.h: the tabs that were closed last, to be opened again
 *
 * Main thread only.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-window.h"

G_BEGIN_DECLS

#define PH_CLOSED_TABS_MAX 20u /* that are remembered */

void ph_closed_tabs_add (PhSessionPage *page, PhWindow *window);
void ph_closed_tabs_reopen (PhWindow *window);
void ph_closed_tabs_forget (void);

G_END_DECLS
