/* ph-priority-layout.h: children in a line, of which the less important ones give way where not all have room
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define PH_TYPE_PRIORITY_LAYOUT (ph_priority_layout_get_type ())
G_DECLARE_FINAL_TYPE (PhPriorityLayout, ph_priority_layout, PH, PRIORITY_LAYOUT, GtkLayoutManager)

/*
 * Layout properties of a child, the ranks at which it gives way: 1 first, 0 never.
 *   "shrink" (uint): it becomes as narrow as it can be. "drop" (uint): it is not shown.
 * What is left over goes to the child that expands.
 */
void ph_priority_layout_set_drop (GtkWidget *child, guint rank);

G_END_DECLS
