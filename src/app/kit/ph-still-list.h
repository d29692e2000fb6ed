/* ph-still-list.h: a list model whose items stay in place for a second after others were removed, while the pointer is over them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define PH_TYPE_STILL_LIST (ph_still_list_get_type ())
G_DECLARE_FINAL_TYPE (PhStillList, ph_still_list, PH, STILL_LIST, GObject)

PhStillList *ph_still_list_new (GListModel *model, GtkWidget *widget);
gboolean ph_still_list_has_left (PhStillList *list, gpointer item);

G_END_DECLS
