/* ph-preferences.c: binds the preferences to the settings; a change has effect at once
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-preferences.h"

#include "ph-choices.h"
#include "ph-option-rows.h"
#include "ph-settings.h"

struct _PhPreferences
{
  GtkWindow parent_instance;

  /* template */
  GtkDropDown *appearance_drop_down;
  GtkDropDown *time_format_drop_down;
  PhNumberField *memory_limit_field;
  GtkDropDown *memory_full_drop_down;
  GtkCheckButton *write_captures_check;
  PhNumberField *captures_size_field;
  PhNumberField *captures_days_field;
  GtkGrid *connections_grid;

  /* owned */
  GArray *options; /* of PhOptionRow */
};

G_DEFINE_FINAL_TYPE (PhPreferences, ph_preferences, GTK_TYPE_WINDOW)

/* A number that was typed and not entered yet counts too. */
static gboolean
ph_preferences_close_request (GtkWindow *window)
{
  PhPreferences *self = PH_PREFERENCES (window);

  ph_number_field_commit (self->memory_limit_field);
  ph_number_field_commit (self->captures_size_field);
  ph_number_field_commit (self->captures_days_field);
  for (guint i = 0; i < self->options->len; i++)
    ph_number_field_commit (g_array_index (self->options, PhOptionRow, i).field);

  return GTK_WINDOW_CLASS (ph_preferences_parent_class)->close_request (window);
}

static void
ph_preferences_finalize (GObject *object)
{
  g_array_unref (PH_PREFERENCES (object)->options);

  G_OBJECT_CLASS (ph_preferences_parent_class)->finalize (object);
}

static void
ph_preferences_class_init (PhPreferencesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = ph_preferences_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = ph_preferences_close_request;

  g_type_ensure (PH_TYPE_NUMBER_FIELD);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/porthole/Porthole/preferences.ui");
  gtk_widget_class_bind_template_child (widget_class, PhPreferences, appearance_drop_down);
  gtk_widget_class_bind_template_child (widget_class, PhPreferences, time_format_drop_down);
  gtk_widget_class_bind_template_child (widget_class, PhPreferences, memory_limit_field);
  gtk_widget_class_bind_template_child (widget_class, PhPreferences, memory_full_drop_down);
  gtk_widget_class_bind_template_child (widget_class, PhPreferences, write_captures_check);
  gtk_widget_class_bind_template_child (widget_class, PhPreferences, captures_size_field);
  gtk_widget_class_bind_template_child (widget_class, PhPreferences, captures_days_field);
  gtk_widget_class_bind_template_child (widget_class, PhPreferences, connections_grid);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
ph_preferences_init (PhPreferences *self)
{
  GSettings *settings = ph_settings_get ();

  gtk_widget_init_template (GTK_WIDGET (self));
  ph_choices_bind_setting (&ph_choices_appearances, self->appearance_drop_down, settings, "appearance");
  ph_choices_bind_setting (&ph_choices_time_formats, self->time_format_drop_down, settings, "time-format");
  g_settings_bind (settings, "memory-limit", self->memory_limit_field, "value", G_SETTINGS_BIND_DEFAULT);
  ph_choices_bind_setting (&ph_choices_memory_full, self->memory_full_drop_down, settings, "memory-full");
  g_settings_bind (settings, "write-captures", self->write_captures_check, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "captures-size", self->captures_size_field, "value", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "captures-days", self->captures_days_field, "value", G_SETTINGS_BIND_DEFAULT);
  self->options = ph_option_rows_new (self->connections_grid, PH_OPTION_REMOTE);
  for (guint i = 0; i < self->options->len; i++)
    {
      const PhOptionRow *row = &g_array_index (self->options, PhOptionRow, i);

      g_settings_bind (settings, row->spec->id, row->field, "value", G_SETTINGS_BIND_DEFAULT);
    }
}

/**
 * ph_preferences_new:
 * @parent: the window that they are opened from
 *
 * Returns: (transfer none): a window that is not shown yet; GTK owns it until it is closed
 */
GtkWindow *
ph_preferences_new (GtkWindow *parent)
{
  return g_object_new (PH_TYPE_PREFERENCES, "transient-for", parent, NULL);
}
