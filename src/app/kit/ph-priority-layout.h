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
 * Layout properties of a child are ranks: children of rank 1 give way first, those of rank 0 never.
 *   "shrink" (uint): it is made as narrow as its minimum. "drop" (uint): it is hidden.
 * Room that is left goes to the child that expands.
 */
void ph_priority_layout_set_drop (GtkWidget *child, guint rank);

G_END_DECLS
