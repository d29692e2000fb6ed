/* ph-wrap-layout.h: a layout in rows: a child that has no room in a row begins the next one
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * Properties: "spacing" (int, pixels), "centered" (boolean): where no child expands, each row stands in the middle.
 * Room that is left in a row goes to its first child that expands.
 */
#define PH_TYPE_WRAP_LAYOUT (ph_wrap_layout_get_type ())
G_DECLARE_FINAL_TYPE (PhWrapLayout, ph_wrap_layout, PH, WRAP_LAYOUT, GtkLayoutManager)

G_END_DECLS
