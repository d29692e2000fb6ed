/* ph-group-column.h: a column of folding groups
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Its children are PhGroups; each has a widget name, under which "folded-groups" of the settings remembers it. */
#define PH_TYPE_GROUP_COLUMN (ph_group_column_get_type ())
G_DECLARE_FINAL_TYPE (PhGroupColumn, ph_group_column, PH, GROUP_COLUMN, GtkBox)

G_END_DECLS
