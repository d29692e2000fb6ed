/* ph-group.h: a group of controls under a title, that folds to one line
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define PH_TYPE_GROUP (ph_group_get_type ())
G_DECLARE_FINAL_TYPE (PhGroup, ph_group, PH, GROUP, GtkWidget)

/*
 * Properties, all read-write:
 *   "title" (string)
 *   "summary" (string): what is set, in one line; shown while it is folded
 *   "folded" (boolean)
 *   "keeps-child" (boolean): the child stays when the group is folded, and hides what it can spare itself
 *   "child" (GtkWidget)
 *
 * Signals:
 *   "folded-by-hand": the title was clicked, and "folded" is what the user wants
 */
void ph_group_open (PhGroup *group);
void ph_group_get_heights (PhGroup *group, int width, int *ret_open, int *ret_folded);

G_END_DECLS
