/* ph-option-rows.h: fields for the options of transports, made from their rows
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "ph-option.h"

G_BEGIN_DECLS

/** PhOptionRow: one option and its widgets, which belong to the grid. @unit is %NULL where the option has none. */
typedef struct
{
  const PhOptionSpec *spec;
  GtkWidget *label, *spin, *unit;
  GtkAdjustment *adjustment;
} PhOptionRow;

GArray *ph_option_rows_new (GtkGrid *grid, PhOptionSide side);
void ph_option_row_set_visible (const PhOptionRow *row, gboolean visible);

G_END_DECLS
