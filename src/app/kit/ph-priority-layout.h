/* ph-priority-layout.h: a layout in a row that shrinks and hides the less important children if there is not enough room
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define PH_TYPE_PRIORITY_LAYOUT (ph_priority_layout_get_type ())
G_DECLARE_FINAL_TYPE (PhPriorityLayout, ph_priority_layout, PH, PRIORITY_LAYOUT, GtkLayoutManager)

/*
 * Layout properties of a child:
 *   "shrink", "drop" (uint): ranks at which it is made as narrow as its minimum, or hidden. Rank 1 gives way first, rank 0 never.
 *     Those of a rank share what they have to shrink by.
 *   "room" (uint, pixels): it is given as much where it needs less.
 *   "tighten" (uint): rank at which it gives up what it does not need of that.
 *   "keep" (boolean): while there is room it keeps the largest width that it has needed, so that its neighbours stand still.
 * Room that is left goes to the child that expands.
 */
void ph_priority_layout_set_drop (GtkWidget *child, guint rank);
void ph_priority_layout_forget (GtkWidget *widget);

G_END_DECLS
