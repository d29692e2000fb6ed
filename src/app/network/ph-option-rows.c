/* ph-option-rows.c: fields for the options of transports, made from their rows
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-option-rows.h"

#include <glib/gi18n.h>

#define FIELD_MAX 9 /* characters */
#define UNIT_CHARS 4

static GtkWidget *
make_label (const PhOptionSpec *spec)
{
  GtkWidget *label = gtk_label_new (_(spec->label));

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  /* A visible widget that gets a tooltip makes GTK ask the display where the pointer is. */
  gtk_widget_set_visible (label, FALSE);
  gtk_widget_set_tooltip_text (label, _(spec->help));
  gtk_widget_set_visible (label, TRUE);

  return label;
}

static GtkWidget *
make_spin (const PhOptionSpec *spec)
{
  GtkWidget *spin = gtk_spin_button_new_with_range (spec->min, spec->max, spec->step);
  int digits = 1;

  for (guint rest = spec->max; rest > 0; rest /= 10)
    digits++;
  gtk_spin_button_set_numeric (GTK_SPIN_BUTTON (spin), TRUE);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (spin), spec->initial);
  gtk_editable_set_width_chars (GTK_EDITABLE (spin), MIN (digits, FIELD_MAX));
  gtk_accessible_update_property (GTK_ACCESSIBLE (spin), GTK_ACCESSIBLE_PROPERTY_LABEL, _(spec->label), -1);

  return spin;
}

static GtkWidget *
make_unit (const PhOptionSpec *spec)
{
  GtkWidget *unit = gtk_label_new (_(spec->unit));

  gtk_label_set_xalign (GTK_LABEL (unit), 0);
  gtk_label_set_width_chars (GTK_LABEL (unit), UNIT_CHARS);
  gtk_widget_add_css_class (unit, "field-label");

  return unit;
}

/**
 * ph_option_rows_new:
 * @grid: an empty grid; gets a row for each option
 * @side: which options
 *
 * Returns: (transfer full) (element-type PhOptionRow): all options of this side that any transport has, at their defaults
 */
GArray *
ph_option_rows_new (GtkGrid *grid, PhOptionSide side)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (PhOptionRow));
  const PhOptionSpec *spec;

  for (guint i = 0; (spec = ph_option_at (i)) != NULL; i++)
    {
      PhOptionRow row = { .spec = spec };
      int place = (int) rows->len;

      if (spec->side != side)
        continue;
      row.label = make_label (spec);
      row.spin = make_spin (spec);
      row.adjustment = gtk_spin_button_get_adjustment (GTK_SPIN_BUTTON (row.spin));
      gtk_grid_attach (grid, row.label, 0, place, 1, 1);
      gtk_grid_attach (grid, row.spin, 1, place, 1, 1);
      if (spec->unit != NULL)
        {
          row.unit = make_unit (spec);
          gtk_grid_attach (grid, row.unit, 2, place, 1, 1);
        }
      g_array_append_val (rows, row);
    }

  return rows;
}

void
ph_option_row_set_visible (const PhOptionRow *row, gboolean visible)
{
  gtk_widget_set_visible (row->label, visible);
  gtk_widget_set_visible (row->spin, visible);
  if (row->unit != NULL)
    gtk_widget_set_visible (row->unit, visible);
}
