/* ph-page-frame.h: places the left column, the log and the drawer of a tab, beside each other or over each other
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define PH_TYPE_PAGE_FRAME (ph_page_frame_get_type ())
G_DECLARE_FINAL_TYPE (PhPageFrame, ph_page_frame, PH, PAGE_FRAME, GtkWidget)

/*
 * Properties, all read-write:
 *   "side", "content", "drawer" (GtkWidget)
 *   "side-shown" (boolean): whether the left column is beside the log, where there is room for it
 *   "side-open" (boolean): whether it can be seen. Written, it sets "side-shown", or slides the column over the log where there is no room
 *   "drawer-shown" (boolean)
 */
gboolean ph_page_frame_is_narrow (PhPageFrame *frame);
gboolean ph_page_frame_is_drawer_over (PhPageFrame *frame);

G_END_DECLS
