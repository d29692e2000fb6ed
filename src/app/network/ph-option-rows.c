/* ph-option-rows.c: fields for the options of transports, made from their rows
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-option-rows.h"

#include <glib/gi18n.h>

#define FIELD_MAX 9 /* characters */
#define UNIT_CHARS 4
#define REASON_CHARS 30
#define COLUMNS 3

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
make_reason (void)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (label), REASON_CHARS);
  gtk_widget_set_visible (label, FALSE);
  gtk_widget_add_css_class (label, "reason");

  return label;
}

static PhNumberField *
make_field (const PhOptionSpec *spec, GtkWidget *reason)
{
  int digits = 1;

  for (guint rest = spec->max; rest > 0; rest /= 10)
    digits++;

  return g_object_new (PH_TYPE_NUMBER_FIELD, "lower", (double) spec->min, "upper", (double) spec->max, "step", (double) spec->step,
                       "page", 10.0 * spec->step, "value", (double) spec->initial, "label", _(spec->label),
                       "width-chars", MIN (digits, FIELD_MAX), "reason-label", reason, NULL);
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
      int place = 2 * (int) rows->len;

      if (spec->side != side)
        continue;
      row.label = make_label (spec);
      row.reason = make_reason ();
      row.field = make_field (spec, row.reason);
      gtk_grid_attach (grid, row.label, 0, place, 1, 1);
      gtk_grid_attach (grid, GTK_WIDGET (row.field), 1, place, 1, 1);
      gtk_grid_attach (grid, row.reason, 0, place + 1, COLUMNS, 1);
      if (spec->unit != NULL)
        {
          row.unit = make_unit (spec);
          gtk_grid_attach (grid, row.unit, 2, place, 1, 1);
        }
      g_array_append_val (rows, row);
    }

  return rows;
}

static void
set_visible (const PhOptionRow *row, gboolean visible)
{
  gtk_widget_set_visible (row->label, visible);
  gtk_widget_set_visible (GTK_WIDGET (row->field), visible);
  if (row->unit != NULL)
    gtk_widget_set_visible (row->unit, visible);
  if (!visible)
    gtk_widget_set_visible (row->reason, FALSE);
}

/**
 * ph_option_rows_show:
 *
 * Shows the rows of the options that @transport has, and hides the others.
 *
 * Returns: whether any is shown
 */
gboolean
ph_option_rows_show (const GArray *rows, const PhTransport *transport)
{
  gboolean any = FALSE;

  for (guint i = 0; i < rows->len; i++)
    {
      const PhOptionRow *row = &g_array_index (rows, PhOptionRow, i);
      gboolean has = ph_transport_has_option (transport, row->spec);

      set_visible (row, has);
      any = any || has;
    }

  return any;
}

/**
 * ph_option_rows_lock:
 * @open: whether the endpoint is: then only some options can be changed
 */
void
ph_option_rows_lock (const GArray *rows, gboolean open)
{
  for (guint i = 0; i < rows->len; i++)
    {
      const PhOptionRow *row = &g_array_index (rows, PhOptionRow, i);

      gtk_widget_set_sensitive (GTK_WIDGET (row->field), !open || row->spec->live);
    }
}

/** ph_option_rows_set: Shows the values of @endpoint. Options that its transport does not have stay. */
void
ph_option_rows_set (const GArray *rows, const PhEndpoint *endpoint)
{
  for (guint i = 0; i < rows->len; i++)
    {
      const PhOptionRow *row = &g_array_index (rows, PhOptionRow, i);

      if (ph_transport_has_option (ph_transport_find (endpoint->transport), row->spec))
        ph_number_field_set_value (row->field, ph_endpoint_get_option (endpoint, row->spec));
    }
}

/**
 * ph_option_rows_read:
 * @endpoint: gets the values; it has the options of its transport only
 *
 * A number that was typed and not entered yet counts.
 *
 * Returns: %FALSE if one is refused; its field says why, and has the focus
 */
gboolean
ph_option_rows_read (const GArray *rows, PhEndpoint *endpoint)
{
  for (guint i = 0; i < rows->len; i++)
    {
      const PhOptionRow *row = &g_array_index (rows, PhOptionRow, i);

      if (!ph_transport_has_option (ph_transport_find (endpoint->transport), row->spec))
        continue;
      if (!ph_number_field_commit (row->field))
        return FALSE;
      ph_endpoint_set_option (endpoint, row->spec->id, (gint64) ph_number_field_get_value (row->field), NULL);
    }

  return TRUE;
}
