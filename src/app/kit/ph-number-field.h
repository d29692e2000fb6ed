/* ph-number-field.h: a field that takes a whole number of a range, or keeps the one it has and says why
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define PH_TYPE_NUMBER_FIELD (ph_number_field_get_type ())
G_DECLARE_FINAL_TYPE (PhNumberField, ph_number_field, PH, NUMBER_FIELD, GtkBox)

/*
 * Properties:
 *   "value" (double): what is in force; never what is being typed. Bindable to any number, in both directions
 *   "lower", "upper", "step", "page" (double): of the range, of the keys Up and Down, of Page Up and Page Down
 *   "label" (string): the accessible name
 *   "width-chars" (int)
 *   "lowest-text" (string, nullable): stands for the lowest value, such as “∞”, and is taken for it when it is typed
 *   "reason-label" (GtkLabel, nullable): where to say why a number is refused; without one, below the field
 * Signal:
 *   "activated" (): Enter was pressed and the number was taken
 */
double ph_number_field_get_value (PhNumberField *field);
void ph_number_field_set_value (PhNumberField *field, double value);
gboolean ph_number_field_commit (PhNumberField *field);

G_END_DECLS
