/* ph-receive-panel.c: binds controls to the receive options of a tab; most of them are actions
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-receive-panel.h"

#include "ph-charset-chooser.h"
#include "ph-segments.h"

struct _PhReceivePanel
{
  GtkBox parent_instance;

  /* template; NULL until it is shown */
  GtkDropDown *encoding_drop_down;

  /* owned */
  PhReceiveOptions *options;
};

G_DEFINE_FINAL_TYPE (PhReceivePanel, ph_receive_panel, GTK_TYPE_BOX)

static void
bind (PhReceivePanel *self)
{
  if (self->options != NULL && self->encoding_drop_down != NULL)
    ph_charset_chooser_bind (self->encoding_drop_down, self->options, "encoding", NULL);
}

/* The controls are made when the panel is first shown, after the first frame of the window. */
static void
ph_receive_panel_show (GtkWidget *widget)
{
  PhReceivePanel *self = PH_RECEIVE_PANEL (widget);

  if (self->encoding_drop_down == NULL)
    {
      gtk_widget_init_template (widget);
      bind (self);
    }

  GTK_WIDGET_CLASS (ph_receive_panel_parent_class)->show (widget);
}

static void
ph_receive_panel_dispose (GObject *object)
{
  g_clear_object (&PH_RECEIVE_PANEL (object)->options);

  G_OBJECT_CLASS (ph_receive_panel_parent_class)->dispose (object);
}

static void
ph_receive_panel_class_init (PhReceivePanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ph_receive_panel_dispose;
  widget_class->show = ph_receive_panel_show;

  g_type_ensure (PH_TYPE_SEGMENTS);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/porthole/Porthole/receive-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, PhReceivePanel, encoding_drop_down);
}

static void
ph_receive_panel_init (PhReceivePanel *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * ph_receive_panel_set_options:
 * @options: bound to the controls; set once
 */
void
ph_receive_panel_set_options (PhReceivePanel *panel, PhReceiveOptions *options)
{
  g_return_if_fail (PH_IS_RECEIVE_PANEL (panel));

  g_set_object (&panel->options, options);
  bind (panel);
}
