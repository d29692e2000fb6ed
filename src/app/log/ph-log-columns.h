/* ph-log-columns.h: the columns of the table: their order, their widths, and which are shown
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-log-view.h"

G_BEGIN_DECLS

#define PH_LOG_ADDRESS_CHARS 22u /* of an address, unless the user makes its column wider */

/**
 * PhLogColumns: in pixels of the text of a row. The data is the last column, and always shown.
 * @order: a #PhLogColumn each
 * @hidden: by column, as all that follow
 * @chosen: width at the normal size of the font, if the user has chosen one; 0 else
 * @start: where the column begins
 * @width: without the gap behind it; that of the data reaches to the edge of the view
 * @heads: (nullable): their names, laid out
 * @tabs: (nullable): as tab stops; %NULL until the table is laid out
 * @number_chars, @peer_chars: characters of the longest number and the longest peer so far
 * @least: (element-type int): the least width of those whose content does not change, 0 until measured
 */
typedef struct
{
  guint8 order[PH_LOG_N_COLUMNS];
  gboolean hidden[PH_LOG_N_COLUMNS];
  int chosen[PH_LOG_N_COLUMNS], start[PH_LOG_N_COLUMNS], width[PH_LOG_N_COLUMNS], least[PH_LOG_N_COLUMNS];
  PangoLayout *heads[PH_LOG_N_COLUMNS];
  PangoTabArray *tabs;
  guint number_chars, peer_chars;
} PhLogColumns;

const char *ph_log_column_id (PhLogColumn column);
const char *ph_log_column_name (PhLogColumn column);

void ph_log_columns_init (PhLogView *self);
void ph_log_columns_finalize (PhLogView *self);
void ph_log_columns_forget (PhLogView *self);
guint ph_log_columns_peer_most (PhLogView *self);
void ph_log_columns_fit (PhLogView *self);
PangoTabArray *ph_log_columns_get_tabs (PhLogView *self);
PangoLayout *ph_log_columns_get_head (PhLogView *self, PhLogColumn column);
gboolean ph_log_columns_at (PhLogView *self, double x, PhLogColumn *ret_column);
gboolean ph_log_columns_edge_at (PhLogView *self, double x, PhLogColumn *ret_column);
gboolean ph_log_columns_is_shown (PhLogView *self, PhLogColumn column);

void ph_log_columns_set_width (PhLogView *self, PhLogColumn column, int width);
void ph_log_columns_move (PhLogView *self, PhLogColumn column, PhLogColumn to);
void ph_log_columns_show (PhLogView *self, PhLogColumn column, gboolean show);
void ph_log_columns_reset (PhLogView *self);
GVariant *ph_log_columns_dup_setting (PhLogView *self);
void ph_log_columns_set_setting (PhLogView *self, GVariant *setting);

G_END_DECLS
