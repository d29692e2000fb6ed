/* ph-segments.h: toggle buttons side by side of which one is chosen: one tab stop, arrow keys choose
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Its children are GtkToggleButtons, in one group or with an action whose target tells them apart. */
#define PH_TYPE_SEGMENTS (ph_segments_get_type ())
G_DECLARE_FINAL_TYPE (PhSegments, ph_segments, PH, SEGMENTS, GtkBox)

G_END_DECLS
