/* ph-log-tools.c: the row of tools above the log; what has no room in it is in the menu at its end
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-log-tools.h"

#include "ph-priority-layout.h"
#include "ph-segments.h"

#include <glib/gi18n.h>

struct _PhLogTools
{
  GtkWidget parent_instance;

  /* template; NULL until it is shown */
  GtkWidget *forms;
  GtkToggleButton *compact_button;
  GtkToggleButton *stream_button;
  GtkToggleButton *table_button;
  GtkToggleButton *bytes_button;
  GtkWidget *time_button;
  GtkWidget *hide_button;
  GtkWidget *find_button;
  GtkWidget *filter_button;
  GtkWidget *save_button;
  GtkWidget *clear_button;
  GtkMenuButton *more_button;
  GMenuModel *forms_menu;
  GMenuModel *time_menu;
  GMenuModel *filter_menu;
  GMenuModel *density_menu;
  GMenuModel *more_menu;
  GMenuModel *zoom_menu;

  /* owned */
  PhReceiveOptions *options;
};

G_DEFINE_FINAL_TYPE (PhLogTools, ph_log_tools, GTK_TYPE_WIDGET)

/* ---- the forms of the log ---- */

/* The button of a form, and the form that has no button of its own. */
static const struct
{
  gsize button;
  const char *mode, *other;
} forms[] = {
  { G_STRUCT_OFFSET (PhLogTools, compact_button), "compact", "comfortable" },
  { G_STRUCT_OFFSET (PhLogTools, stream_button), "stream", NULL },
  { G_STRUCT_OFFSET (PhLogTools, table_button), "table", NULL },
  { G_STRUCT_OFFSET (PhLogTools, bytes_button), "bytes", NULL },
};

static GtkToggleButton *
button_at (PhLogTools *self, guint index)
{
  return G_STRUCT_MEMBER (GtkToggleButton *, self, forms[index].button);
}

static void
notify_mode_cb (PhLogTools *self)
{
  g_autofree char *mode = NULL;

  g_object_get (self->options, "mode", &mode, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    gtk_toggle_button_set_active (button_at (self, i),
                                  g_str_equal (mode, forms[i].mode) || g_strcmp0 (mode, forms[i].other) == 0);
}

/* A click on the form that is shown must not switch its button off. */
static void
form_clicked_cb (PhLogTools *self, GtkToggleButton *button)
{
  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    if (button_at (self, i) == button)
      g_object_set (self->options, "mode", forms[i].mode, NULL);
  notify_mode_cb (self);
}

static void
bind (PhLogTools *self)
{
  if (self->options == NULL || self->forms == NULL)
    return;
  g_signal_connect_object (self->options, "notify::mode", G_CALLBACK (notify_mode_cb), self, G_CONNECT_SWAPPED);
  notify_mode_cb (self);
}

/* ---- the menu of what has no room ---- */

/* Made anew each time: what has room depends on the width. */
static void
create_menu_cb (GtkMenuButton *button, gpointer data)
{
  PhLogTools *self = data;
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) hidden = g_menu_new ();

  if (!gtk_widget_get_child_visible (self->forms))
    g_menu_append_section (menu, NULL, self->forms_menu);
  if (!gtk_widget_get_child_visible (self->time_button))
    g_menu_append_submenu (hidden, _("Time"), self->time_menu);
  if (!gtk_widget_get_child_visible (self->hide_button))
    g_menu_append (hidden, _("Pause display"), "page.hide");
  if (!gtk_widget_get_child_visible (self->find_button))
    g_menu_append (hidden, _("Find"), "page.find");
  if (!gtk_widget_get_child_visible (self->filter_button))
    g_menu_append_submenu (hidden, _("Filter"), self->filter_menu);
  if (!gtk_widget_get_child_visible (self->save_button))
    g_menu_append (hidden, _("Save…"), "page.save");
  if (!gtk_widget_get_child_visible (self->clear_button))
    g_menu_append (hidden, _("Clear"), "page.clear");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (hidden));
  g_menu_append_section (menu, NULL, self->density_menu);
  g_menu_append_section (menu, NULL, self->more_menu);
  g_menu_append_section (menu, NULL, self->zoom_menu);
  gtk_menu_button_set_menu_model (button, G_MENU_MODEL (menu));
}

/* ---- the object ---- */

/* The tools are made when the row is first shown, after the first frame of the window. */
static void
ph_log_tools_show (GtkWidget *widget)
{
  PhLogTools *self = PH_LOG_TOOLS (widget);

  if (self->forms == NULL)
    {
      gtk_widget_init_template (widget);
      gtk_menu_button_set_create_popup_func (self->more_button, create_menu_cb, self, NULL);
      bind (self);
    }

  GTK_WIDGET_CLASS (ph_log_tools_parent_class)->show (widget);
}

static void
ph_log_tools_dispose (GObject *object)
{
  GtkWidget *child;

  g_clear_object (&PH_LOG_TOOLS (object)->options);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (ph_log_tools_parent_class)->dispose (object);
}

static void
ph_log_tools_class_init (PhLogToolsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ph_log_tools_dispose;
  widget_class->show = ph_log_tools_show;

  g_type_ensure (PH_TYPE_PRIORITY_LAYOUT);
  g_type_ensure (PH_TYPE_SEGMENTS);
  gtk_widget_class_set_css_name (widget_class, "logtools");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_TOOLBAR);
  g_type_ensure (PH_TYPE_SEGMENTS);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/porthole/Porthole/log-tools.ui");
  gtk_widget_class_bind_template_child (widget_class, PhLogTools, forms);
  gtk_widget_class_bind_template_child (widget_class, PhLogTools, compact_button);
  gtk_widget_class_bind_template_child (widget_class, PhLogTools, stream_button);
  gtk_widget_class_bind_template_child (widget_class, PhLogTools, table_button);
  gtk_widget_class_bind_template_child (widget_class, PhLogTools, bytes_button);
  gtk_widget_class_bind_template_child (widget_class, PhLogTools, time_button);
  gtk_widget_class_bind_template_child (widget_class, PhLogTools, hide_button);
  gtk_widget_class_bind_template_child (widget_class, PhLogTools, find_button);
  gtk_widget_class_bind_template_child (widget_class, PhLogTools, filter_button);
  gtk_widget_class_bind_template_child (widget_class, PhLogTools, save_button);
  gtk_widget_class_bind_template_child (widget_class, PhLogTools, clear_button);
  gtk_widget_class_bind_template_child (widget_class, PhLogTools, more_button);
  gtk_widget_class_bind_template_child (widget_class, PhLogTools, forms_menu);
  gtk_widget_class_bind_template_child (widget_class, PhLogTools, time_menu);
  gtk_widget_class_bind_template_child (widget_class, PhLogTools, filter_menu);
  gtk_widget_class_bind_template_child (widget_class, PhLogTools, density_menu);
  gtk_widget_class_bind_template_child (widget_class, PhLogTools, more_menu);
  gtk_widget_class_bind_template_child (widget_class, PhLogTools, zoom_menu);
  gtk_widget_class_bind_template_callback (widget_class, form_clicked_cb);
}

static void
ph_log_tools_init (PhLogTools *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * ph_log_tools_set_options:
 * @options: bound to the forms; set once
 */
void
ph_log_tools_set_options (PhLogTools *tools, PhReceiveOptions *options)
{
  g_return_if_fail (PH_IS_LOG_TOOLS (tools));

  g_set_object (&tools->options, options);
  bind (tools);
}

/**
 * ph_log_tools_get_save_button:
 *
 * Returns: (transfer none) (nullable): what opens the list of what can be saved; %NULL while it has no room
 */
GtkWidget *
ph_log_tools_get_save_button (PhLogTools *tools)
{
  g_return_val_if_fail (PH_IS_LOG_TOOLS (tools), NULL);

  return tools->save_button != NULL && gtk_widget_get_child_visible (tools->save_button) ? tools->save_button : NULL;
}
