/* ph-log-actions.c: what one can do with the log, by menu, key or program
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include <math.h>

#include "ph-log-private.h"

#define ZOOM_STEP 1.1

static void
copy_action_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PhLogCopyKind kind = g_str_equal (name, "log.copy-hex")     ? PH_LOG_COPY_HEX
                       : g_str_equal (name, "log.copy-lines") ? PH_LOG_COPY_LINES
                                                              : PH_LOG_COPY_TEXT;

  ph_log_copy_start (PH_LOG_VIEW (widget), kind);
}

static void
select_all_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ph_log_select_all (PH_LOG_VIEW (widget));
  ph_log_copy_primary (PH_LOG_VIEW (widget));
}

static void
clear_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ph_log_view_clear (PH_LOG_VIEW (widget));
}

static void
zoom_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PhLogView *self = PH_LOG_VIEW (widget);
  double zoom = g_str_equal (name, "log.zoom-in")    ? self->zoom * ZOOM_STEP
                : g_str_equal (name, "log.zoom-out") ? self->zoom / ZOOM_STEP
                                                     : 1;

  /* Back through the steps one arrives at the normal size again. */
  ph_log_view_set_zoom (self, fabs (zoom - 1) < 0.01 ? 1 : zoom);
}

static void
jump_newest_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ph_log_view_jump_to_newest (PH_LOG_VIEW (widget));
}

void
ph_log_actions_class_init (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "log.copy", NULL, copy_action_cb);
  gtk_widget_class_install_action (widget_class, "log.copy-hex", NULL, copy_action_cb);
  gtk_widget_class_install_action (widget_class, "log.copy-lines", NULL, copy_action_cb);
  gtk_widget_class_install_action (widget_class, "log.select-all", NULL, select_all_cb);
  gtk_widget_class_install_action (widget_class, "log.clear", NULL, clear_cb);
  gtk_widget_class_install_action (widget_class, "log.zoom-in", NULL, zoom_cb);
  gtk_widget_class_install_action (widget_class, "log.zoom-out", NULL, zoom_cb);
  gtk_widget_class_install_action (widget_class, "log.zoom-reset", NULL, zoom_cb);
  gtk_widget_class_install_action (widget_class, "log.jump-newest", NULL, jump_newest_cb);
  ph_log_rules_class_init (widget_class);
}
