/* ph-rate-window.c: the window with the rate chart of a session
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-rate-window.h"

#include "ph-rate-chart.h"
#include "ph-segments.h"

struct _PhRateWindow
{
  GtkWindow parent_instance;

  /* template */
  PhRateChart *chart;
};

G_DEFINE_FINAL_TYPE (PhRateWindow, ph_rate_window, GTK_TYPE_WINDOW)

static void
ph_rate_window_class_init (PhRateWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (PH_TYPE_RATE_CHART);
  g_type_ensure (PH_TYPE_SEGMENTS);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/porthole/Porthole/rate-window.ui");
  gtk_widget_class_bind_template_child (widget_class, PhRateWindow, chart);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
ph_rate_window_init (PhRateWindow *self)
{
  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();
  g_autoptr (GPropertyAction) span = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));
  span = g_property_action_new ("span", self->chart, "span");
  g_action_map_add_action (G_ACTION_MAP (actions), G_ACTION (span));
  gtk_widget_insert_action_group (GTK_WIDGET (self), "rates", G_ACTION_GROUP (actions));
}

/**
 * ph_rate_window_new:
 * Returns: (transfer none): a window that is not shown yet; GTK owns it until it is closed
 */
GtkWindow *
ph_rate_window_new (PhSession *session)
{
  PhRateWindow *self = g_object_new (PH_TYPE_RATE_WINDOW, NULL);

  ph_rate_chart_set_session (self->chart, session);

  return GTK_WINDOW (self);
}
