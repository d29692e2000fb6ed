/* ph-peer-columns.h: the columns of the table of peers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define PH_PEER_COLUMNS 7

void ph_peer_columns_add (GtkColumnView *view);
void ph_peer_columns_align (GtkColumnView *view);
void ph_peer_columns_fit (GtkColumnView *view, int room);
void ph_peer_columns_sort_again (GtkColumnView *view);

G_END_DECLS
