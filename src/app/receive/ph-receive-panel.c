/* ph-receive-panel.c: binds controls to the receive options of a tab; most of them are actions
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-receive-panel.h"

#include "ph-charset-chooser.h"
#include "ph-live-popover.h"
#include "ph-segments.h"
#include "ph-session-capture.h"

struct _PhReceivePanel
{
  GtkBox parent_instance;

  /* template; NULL until it is shown */
  GtkDropDown *encoding_drop_down;
  GtkWidget *save_row;
  GtkMenuButton *save_button;
  GtkLabel *save_reason;

  /* owned */
  PhReceiveOptions *options;
  PhLiveSaving *saving;
  PhSession *session;
};

G_DEFINE_FINAL_TYPE (PhReceivePanel, ph_receive_panel, GTK_TYPE_BOX)

static void
update_reason (PhReceivePanel *self)
{
  g_autofree char *failure = NULL;

  g_object_get (self->saving, "failure", &failure, NULL);
  gtk_label_set_label (self->save_reason, failure != NULL ? failure : "");
  gtk_widget_set_visible (GTK_WIDGET (self->save_reason), failure != NULL);
}

static void
make_popover_cb (GtkMenuButton *button, gpointer data)
{
  PhReceivePanel *self = data;

  if (gtk_menu_button_get_popover (button) == NULL)
    gtk_menu_button_set_popover (button, ph_live_popover_new (self->saving, self->session));
}

static void
bind (PhReceivePanel *self)
{
  if (self->encoding_drop_down == NULL)
    return;
  if (self->options != NULL)
    ph_charset_chooser_bind (self->encoding_drop_down, self->options, "encoding", NULL);
  if (self->saving == NULL)
    return;
  gtk_menu_button_set_create_popup_func (self->save_button, make_popover_cb, self, NULL);
  g_signal_connect_object (self->saving, "notify::failure", G_CALLBACK (update_reason), self, G_CONNECT_SWAPPED);
  gtk_widget_set_visible (self->save_row, !ph_session_is_read_only (self->session));
  update_reason (self);
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
  PhReceivePanel *self = PH_RECEIVE_PANEL (object);

  g_clear_object (&self->options);
  g_clear_object (&self->saving);
  g_clear_object (&self->session);

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
  gtk_widget_class_bind_template_child (widget_class, PhReceivePanel, save_row);
  gtk_widget_class_bind_template_child (widget_class, PhReceivePanel, save_button);
  gtk_widget_class_bind_template_child (widget_class, PhReceivePanel, save_reason);
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
}

/**
 * ph_receive_panel_set_saving:
 * @saving: has a row; set once, after the options
 * @session: that is saved
 */
void
ph_receive_panel_set_saving (PhReceivePanel *panel, PhLiveSaving *saving, PhSession *session)
{
  g_return_if_fail (PH_IS_RECEIVE_PANEL (panel));

  g_set_object (&panel->saving, saving);
  g_set_object (&panel->session, session);
  bind (panel);
}
