/* ph-option-rows.h: fields for the options of transports, made from their rows
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "ph-number-field.h"
#include "ph-transport.h"

G_BEGIN_DECLS

/**
 * PhOptionRow: one option and its widgets, which belong to the grid
 * @unit: (nullable): where the option has one
 * @reason: says why a number is refused, below the row; hidden else
 */
typedef struct
{
  const PhOptionSpec *spec;
  PhNumberField *field;
  GtkWidget *label, *unit, *reason;
} PhOptionRow;

GArray *ph_option_rows_new (GtkGrid *grid, PhOptionSide side);
gboolean ph_option_rows_show (const GArray *rows, const PhTransport *transport);
void ph_option_rows_lock (const GArray *rows, gboolean open);
void ph_option_rows_set (const GArray *rows, const PhEndpoint *endpoint);
gboolean ph_option_rows_read (const GArray *rows, PhEndpoint *endpoint);

G_END_DECLS
