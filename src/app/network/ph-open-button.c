/* ph-open-button.c: the large button that opens and closes a tab, and beside it the menu of its connection
 *
 * The menu is there where a tab has one connection. Of a server each client has its own.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-open-button.h"

#include "ph-lamp.h"
#include "ph-popover.h"

#include <glib/gi18n.h>

struct _PhOpenButton
{
  GtkBox parent_instance;

  /* template */
  GtkWidget *button;
  PhLamp *lamp;
  GtkLabel *label;
  GtkMenuButton *menu_button;
  GMenuModel *connection_menu;

  /* borrowed */
  const PhTransport *transport;

  /* owned */
  PhSession *session;
};

G_DEFINE_FINAL_TYPE (PhOpenButton, ph_open_button, GTK_TYPE_BOX)

static void
update (PhOpenButton *self)
{
  gboolean active = self->session != NULL && ph_session_is_active (self->session);
  const char *verb = active ? _(self->transport->close_verb) : _(self->transport->open_verb);

  gtk_label_set_label (self->label, verb);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, verb, -1);
  if (active)
    gtk_widget_add_css_class (self->button, "active");
  else
    gtk_widget_remove_css_class (self->button, "active");
  gtk_widget_set_visible (GTK_WIDGET (self->menu_button), ph_transport_has_one_peer (self->transport));
}

/* The menu has nothing to offer while there is no connection. */
static void
update_menu (PhOpenButton *self)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->menu_button), ph_session_get_server (self->session) != NULL);
}

static void
notify_state_cb (PhOpenButton *self)
{
  update_menu (self);
  update (self);
}

/* Most windows never show it, so it is made when it is first opened. */
static void
make_menu_cb (GtkMenuButton *menu_button, gpointer data)
{
  if (gtk_menu_button_get_popover (menu_button) != NULL)
    return;
  gtk_menu_button_set_menu_model (menu_button, PH_OPEN_BUTTON (data)->connection_menu);
  ph_popover_return_focus (GTK_WIDGET (gtk_menu_button_get_popover (menu_button)));
}

static void
ph_open_button_dispose (GObject *object)
{
  g_clear_object (&PH_OPEN_BUTTON (object)->session);

  G_OBJECT_CLASS (ph_open_button_parent_class)->dispose (object);
}

static void
ph_open_button_class_init (PhOpenButtonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ph_open_button_dispose;

  g_type_ensure (PH_TYPE_LAMP);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/porthole/Porthole/open-button.ui");
  gtk_widget_class_bind_template_child (widget_class, PhOpenButton, button);
  gtk_widget_class_bind_template_child (widget_class, PhOpenButton, lamp);
  gtk_widget_class_bind_template_child (widget_class, PhOpenButton, label);
  gtk_widget_class_bind_template_child (widget_class, PhOpenButton, menu_button);
  gtk_widget_class_bind_template_child (widget_class, PhOpenButton, connection_menu);
}

static void
ph_open_button_init (PhOpenButton *self)
{
  self->transport = ph_transport_at (0);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_menu_button_set_create_popup_func (self->menu_button, make_menu_cb, self, NULL);
  update (self);
}

/** ph_open_button_set_session: To be called once. */
void
ph_open_button_set_session (PhOpenButton *button, PhSession *session)
{
  g_return_if_fail (PH_IS_OPEN_BUTTON (button) && button->session == NULL);

  g_set_object (&button->session, session);
  g_object_bind_property (session, "state", button->lamp, "state", G_BINDING_SYNC_CREATE);
  g_signal_connect_object (session, "notify::state", G_CALLBACK (notify_state_cb), button, G_CONNECT_SWAPPED);
  notify_state_cb (button);
}

/**
 * ph_open_button_set_transport:
 * @transport: the one that is chosen: its words are on the button
 */
void
ph_open_button_set_transport (PhOpenButton *button, const PhTransport *transport)
{
  g_return_if_fail (PH_IS_OPEN_BUTTON (button));

  button->transport = transport;
  update (button);
}

/** ph_open_button_focus: Gives it the focus. */
void
ph_open_button_focus (PhOpenButton *button)
{
  g_return_if_fail (PH_IS_OPEN_BUTTON (button));

  gtk_widget_grab_focus (button->button);
}
