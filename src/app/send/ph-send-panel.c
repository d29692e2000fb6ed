/* ph-send-panel.c: binds controls to the send options of a tab
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-send-panel.h"

#include "ph-charset-chooser.h"
#include "ph-check-chooser.h"
#include "ph-check-popover.h"
#include "ph-choices.h"
#include "ph-number-field.h"
#include "ph-segments.h"
#include "ph-variables-popover.h"
#include "ph-wrap-layout.h"

#include <glib/gi18n.h>

struct _PhSendPanel
{
  GtkBox parent_instance;

  /* template; NULL until it is shown */
  GtkToggleButton *text_button;
  GtkToggleButton *hex_button;
  GtkDropDown *encoding_drop_down;
  GtkWidget *text_row;
  GtkDropDown *line_ending_drop_down;
  GtkWidget *escapes_check;
  GtkWidget *variables_check;
  GtkMenuButton *variables_button;
  GtkDropDown *check_drop_down;
  GtkMenuButton *details_button;
  PhNumberField *interval_field;
  PhNumberField *times_field;
  GtkLabel *source_label;

  /* owned */
  PhSendOptions *options;
  char *source; /* nullable: the name of the file that is sent */
};

G_DEFINE_FINAL_TYPE (PhSendPanel, ph_send_panel, GTK_TYPE_BOX)

static void
sync_form (PhSendPanel *self)
{
  gboolean hex = ph_send_options_get_format (self->options).hex;

  gtk_toggle_button_set_active (hex ? self->hex_button : self->text_button, TRUE);
}

/* The message may refuse the other form: its text has none. */
static void
form_clicked_cb (PhSendPanel *self, GtkToggleButton *button)
{
  g_object_set (self->options, "hex", button == self->hex_button, NULL);
  sync_form (self);
}

static void
show_source (PhSendPanel *self)
{
  if (self->source_label != NULL)
    gtk_label_set_label (self->source_label, self->source != NULL ? self->source : _("Typed text"));
}

static void
bind (PhSendPanel *self)
{
  const GBindingFlags both = G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL;

  if (self->options == NULL || self->hex_button == NULL)
    return;
  g_signal_connect_object (self->options, "notify::hex", G_CALLBACK (sync_form), self, G_CONNECT_SWAPPED);
  sync_form (self);
  show_source (self);
  g_object_bind_property (self->options, "hex", self->text_row, "sensitive",
                          G_BINDING_SYNC_CREATE | G_BINDING_INVERT_BOOLEAN);
  g_object_bind_property (self->options, "hex", self->escapes_check, "sensitive",
                          G_BINDING_SYNC_CREATE | G_BINDING_INVERT_BOOLEAN);
  ph_charset_chooser_bind (self->encoding_drop_down, self->options, "encoding", _("Same as receiving"));
  ph_choices_bind (&ph_choices_line_endings, self->line_ending_drop_down, self->options, "line-ending");
  ph_variables_popover_attach (self->variables_button);
  ph_check_popover_attach (self->details_button, self->options);
  ph_check_chooser_bind (self->check_drop_down, self->options, self->details_button);
  g_object_bind_property (self->options, "interval", self->interval_field, "value", both);
  g_object_bind_property (self->options, "times", self->times_field, "value", both);
  g_object_bind_property (self->options, "full-speed", self->interval_field, "sensitive",
                          G_BINDING_SYNC_CREATE | G_BINDING_INVERT_BOOLEAN);
}

/* The controls are made when the panel is first shown, after the first frame of the window. */
static void
ph_send_panel_show (GtkWidget *widget)
{
  PhSendPanel *self = PH_SEND_PANEL (widget);

  if (self->hex_button == NULL)
    {
      gtk_widget_init_template (widget);
      bind (self);
    }

  GTK_WIDGET_CLASS (ph_send_panel_parent_class)->show (widget);
}

static void
ph_send_panel_dispose (GObject *object)
{
  g_clear_object (&PH_SEND_PANEL (object)->options);
  g_clear_pointer (&PH_SEND_PANEL (object)->source, g_free);

  G_OBJECT_CLASS (ph_send_panel_parent_class)->dispose (object);
}

static void
ph_send_panel_class_init (PhSendPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ph_send_panel_dispose;
  widget_class->show = ph_send_panel_show;

  g_type_ensure (PH_TYPE_NUMBER_FIELD);
  g_type_ensure (PH_TYPE_SEGMENTS);
  g_type_ensure (PH_TYPE_WRAP_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/porthole/Porthole/send-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, PhSendPanel, text_button);
  gtk_widget_class_bind_template_child (widget_class, PhSendPanel, hex_button);
  gtk_widget_class_bind_template_child (widget_class, PhSendPanel, encoding_drop_down);
  gtk_widget_class_bind_template_child (widget_class, PhSendPanel, text_row);
  gtk_widget_class_bind_template_child (widget_class, PhSendPanel, line_ending_drop_down);
  gtk_widget_class_bind_template_child (widget_class, PhSendPanel, escapes_check);
  gtk_widget_class_bind_template_child (widget_class, PhSendPanel, variables_check);
  gtk_widget_class_bind_template_child (widget_class, PhSendPanel, variables_button);
  gtk_widget_class_bind_template_child (widget_class, PhSendPanel, check_drop_down);
  gtk_widget_class_bind_template_child (widget_class, PhSendPanel, details_button);
  gtk_widget_class_bind_template_child (widget_class, PhSendPanel, interval_field);
  gtk_widget_class_bind_template_child (widget_class, PhSendPanel, times_field);
  gtk_widget_class_bind_template_child (widget_class, PhSendPanel, source_label);
  gtk_widget_class_bind_template_callback (widget_class, form_clicked_cb);
}

static void
ph_send_panel_init (PhSendPanel *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * ph_send_panel_set_options:
 * @options: bound to the controls; set once
 */
void
ph_send_panel_set_options (PhSendPanel *panel, PhSendOptions *options)
{
  g_return_if_fail (PH_IS_SEND_PANEL (panel));

  g_set_object (&panel->options, options);
  bind (panel);
}

/** ph_send_panel_set_source: @file: (nullable): the name of the file that is sent; %NULL: what is typed */
void
ph_send_panel_set_source (PhSendPanel *panel, const char *file)
{
  g_return_if_fail (PH_IS_SEND_PANEL (panel));

  g_free (panel->source);
  panel->source = g_strdup (file);
  show_source (panel);
}

/**
 * ph_send_panel_commit:
 *
 * Takes over numbers of a repeat that were typed but not entered yet.
 *
 * Returns: %FALSE if one is refused: it has the focus, and says why
 */
gboolean
ph_send_panel_commit (PhSendPanel *panel)
{
  g_return_val_if_fail (PH_IS_SEND_PANEL (panel), FALSE);

  if (panel->interval_field == NULL || !ph_send_options_get_repeat (panel->options))
    return TRUE;

  return ph_number_field_commit (panel->interval_field) && ph_number_field_commit (panel->times_field);
}

/**
 * ph_send_panel_point_at:
 * @setting: “send-form”, “send-encoding”, “send-escapes”, “send-variables”, “send-line-ending” or “send-check”
 *
 * Gives it the focus. A list that is on the screen is opened.
 */
void
ph_send_panel_point_at (PhSendPanel *panel, const char *setting)
{
  const struct
  {
    const char *setting;
    gpointer control;
  } controls[] = {
    { "send-form", panel->hex_button },
    { "send-encoding", panel->encoding_drop_down },
    { "send-escapes", panel->escapes_check },
    { "send-variables", panel->variables_check },
    { "send-line-ending", panel->line_ending_drop_down },
    { "send-check", panel->check_drop_down },
  };

  g_return_if_fail (PH_IS_SEND_PANEL (panel));

  if (panel->hex_button == NULL)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (controls); i++)
    if (g_str_equal (controls[i].setting, setting))
      {
        gtk_widget_grab_focus (controls[i].control);
        if (GTK_IS_DROP_DOWN (controls[i].control) && gtk_widget_get_width (controls[i].control) > 0)
          gtk_widget_activate (controls[i].control);
      }
}
