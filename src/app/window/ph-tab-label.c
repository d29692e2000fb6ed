/* ph-tab-label.c: shows a session page's state and title in its tab
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-tab-label.h"

#include "ph-lamp.h"

struct _PhTabLabel
{
  GtkBox parent_instance;

  /* template */
  PhLamp *lamp;
  GtkLabel *title_label;
};

G_DEFINE_FINAL_TYPE (PhTabLabel, ph_tab_label, GTK_TYPE_BOX)

enum
{
  CLOSE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
close_clicked_cb (PhTabLabel *self)
{
  g_signal_emit (self, signals[CLOSE], 0);
}

static void
released_cb (GtkGestureClick *gesture, int n_press, double x, double y, PhTabLabel *self)
{
  close_clicked_cb (self);
}

static void
ph_tab_label_class_init (PhTabLabelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  signals[CLOSE] = g_signal_new ("close", PH_TYPE_TAB_LABEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (PH_TYPE_LAMP);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/porthole/Porthole/tab-label.ui");
  gtk_widget_class_bind_template_child (widget_class, PhTabLabel, lamp);
  gtk_widget_class_bind_template_child (widget_class, PhTabLabel, title_label);
  gtk_widget_class_bind_template_callback (widget_class, close_clicked_cb);
}

static void
ph_tab_label_init (PhTabLabel *self)
{
  GtkGesture *middle = gtk_gesture_click_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (middle), GDK_BUTTON_MIDDLE);
  g_signal_connect_object (middle, "released", G_CALLBACK (released_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (middle));
}

/**
 * ph_tab_label_new:
 *
 * Returns: (transfer floating): a label for the tab of @page; a click with the middle button closes the tab
 */
GtkWidget *
ph_tab_label_new (PhSessionPage *page)
{
  PhTabLabel *self = g_object_new (PH_TYPE_TAB_LABEL, NULL);

  g_object_bind_property (page, "title", self->title_label, "label", G_BINDING_SYNC_CREATE);
  g_object_bind_property (ph_session_page_get_session (page), "state", self->lamp, "state", G_BINDING_SYNC_CREATE);

  return GTK_WIDGET (self);
}
