/* ph-send-panel.c: binds controls to the send options of a tab
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-send-panel.h"

#include "ph-choices.h"
#include "ph-segments.h"

struct _PhSendPanel
{
  GtkBox parent_instance;

  /* template; NULL until it is shown */
  GtkToggleButton *text_button;
  GtkToggleButton *hex_button;
  GtkDropDown *encoding_drop_down;
  GtkWidget *text_row;
  GtkDropDown *line_ending_drop_down;
  GtkSpinButton *interval_spin;
  GtkSpinButton *times_spin;

  /* owned */
  PhSendOptions *options;
};

G_DEFINE_FINAL_TYPE (PhSendPanel, ph_send_panel, GTK_TYPE_BOX)

static void
bind_spin (PhSendPanel *self, const char *property, GtkSpinButton *spin)
{
  g_object_bind_property (self->options, property, gtk_spin_button_get_adjustment (spin), "value",
                          G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
}

static void
bind (PhSendPanel *self)
{
  const GBindingFlags both = G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL;

  if (self->options == NULL || self->hex_button == NULL)
    return;
  g_object_bind_property (self->options, "hex", self->hex_button, "active", both);
  g_object_bind_property (self->options, "hex", self->text_button, "active", both | G_BINDING_INVERT_BOOLEAN);
  g_object_bind_property (self->options, "hex", self->text_row, "sensitive",
                          G_BINDING_SYNC_CREATE | G_BINDING_INVERT_BOOLEAN);
  ph_choices_bind (&ph_choices_charsets, self->encoding_drop_down, self->options, "encoding");
  ph_choices_bind (&ph_choices_line_endings, self->line_ending_drop_down, self->options, "line-ending");
  bind_spin (self, "interval", self->interval_spin);
  bind_spin (self, "times", self->times_spin);
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

  G_OBJECT_CLASS (ph_send_panel_parent_class)->dispose (object);
}

static void
ph_send_panel_class_init (PhSendPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ph_send_panel_dispose;
  widget_class->show = ph_send_panel_show;

  g_type_ensure (PH_TYPE_SEGMENTS);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/porthole/Porthole/send-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, PhSendPanel, text_button);
  gtk_widget_class_bind_template_child (widget_class, PhSendPanel, hex_button);
  gtk_widget_class_bind_template_child (widget_class, PhSendPanel, encoding_drop_down);
  gtk_widget_class_bind_template_child (widget_class, PhSendPanel, text_row);
  gtk_widget_class_bind_template_child (widget_class, PhSendPanel, line_ending_drop_down);
  gtk_widget_class_bind_template_child (widget_class, PhSendPanel, interval_spin);
  gtk_widget_class_bind_template_child (widget_class, PhSendPanel, times_spin);
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

/**
 * ph_send_panel_update:
 *
 * Takes over numbers that were typed but not entered yet.
 */
void
ph_send_panel_update (PhSendPanel *panel)
{
  g_return_if_fail (PH_IS_SEND_PANEL (panel));

  if (panel->interval_spin == NULL)
    return;
  gtk_spin_button_update (panel->interval_spin);
  gtk_spin_button_update (panel->times_spin);
}
