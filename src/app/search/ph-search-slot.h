/* ph-search-slot.h: the place of the search bar on a page, and the actions for searching
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-log-view.h"

G_BEGIN_DECLS

#define PH_TYPE_SEARCH_SLOT (ph_search_slot_get_type ())
G_DECLARE_FINAL_TYPE (PhSearchSlot, ph_search_slot, PH, SEARCH_SLOT, GtkBox)

void ph_search_slot_connect (PhSearchSlot *slot, PhSession *session, PhLogView *view, GActionMap *actions);
gboolean ph_search_slot_close (PhSearchSlot *slot);

G_END_DECLS
