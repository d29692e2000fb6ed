/* ph-variables-popover.c: lists the variables of a message; a click puts one into it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-variables-popover.h"

#include <glib/gi18n.h>

#include "ph-direction.h"
#include "ph-popover.h"
#include "ph-variable.h"

#define WIDTH 360      /* pixels */
#define MAX_HEIGHT 420 /* pixels */

static GtkWidget *
make_label (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (label, css_class);

  return label;
}

static void
add_row (GtkListBox *list, const char *example, const char *help)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *row = gtk_list_box_row_new ();
  GtkWidget *name = make_label (example, "monospace");

  ph_direction_keep_label (GTK_LABEL (name));
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), make_label (help, "field-label"));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, example, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, help, -1);
  g_object_set_data_full (G_OBJECT (row), "example", g_strdup (example), g_free);
  gtk_list_box_append (list, row);
}

static void
row_activated_cb (GtkListBox *list, GtkListBoxRow *row)
{
  GtkWidget *popover = gtk_widget_get_ancestor (GTK_WIDGET (list), GTK_TYPE_POPOVER);

  gtk_popover_popdown (GTK_POPOVER (popover));
  gtk_widget_activate_action (GTK_WIDGET (list), "page.insert-variable", "s", g_object_get_data (G_OBJECT (row), "example"));
}

static void
create_popup_cb (GtkMenuButton *button, gpointer data)
{
  GtkWidget *popover = gtk_popover_new (), *scroller = gtk_scrolled_window_new (), *list = gtk_list_box_new ();
  const PhVariableRow *row;

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  for (guint i = 0; (row = ph_variable_at (i)) != NULL; i++)
    add_row (GTK_LIST_BOX (list), row->example, _(row->help));
  add_row (GTK_LIST_BOX (list), "{{ }}", _("Braces that are sent as they are"));
  g_signal_connect (list, "row-activated", G_CALLBACK (row_activated_cb), NULL);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), MAX_HEIGHT);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), list);
  gtk_widget_set_size_request (scroller, WIDTH, -1);
  gtk_popover_set_child (GTK_POPOVER (popover), scroller);
  gtk_accessible_update_property (GTK_ACCESSIBLE (popover), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Variables"), -1);
  gtk_widget_add_css_class (popover, "list");
  ph_popover_return_focus (popover);
  gtk_menu_button_set_popover (button, popover);
}

/**
 * ph_variables_popover_attach:
 * @button: opens the list, which is made when it is first opened
 */
void
ph_variables_popover_attach (GtkMenuButton *button)
{
  gtk_menu_button_set_create_popup_func (button, create_popup_cb, NULL, NULL);
}
