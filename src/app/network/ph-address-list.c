/* ph-address-list.c: a popover with the addresses of this machine, read each time it is opened
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-address-list.h"

#include "ph-direction.h"
#include "ph-plat.h"

#include <glib/gi18n.h>
#include <string.h>

#define MAX_HEIGHT 360 /* pixels */

static const char ADDRESS[] = "ph-address"; /* of a row: its text */

static void
append (GtkListBox *list, const char *address, const char *note)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 18);
  GtkWidget *address_label = gtk_label_new (address);
  GtkWidget *note_label = gtk_label_new (note);
  GtkWidget *row = gtk_list_box_row_new ();

  gtk_label_set_xalign (GTK_LABEL (address_label), 0);
  ph_direction_keep_label (GTK_LABEL (address_label));
  gtk_widget_set_hexpand (address_label, TRUE);
  gtk_widget_add_css_class (address_label, "numeric");
  gtk_widget_add_css_class (note_label, "field-label");
  gtk_box_append (GTK_BOX (box), address_label);
  gtk_box_append (GTK_BOX (box), note_label);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  g_object_set_data_full (G_OBJECT (row), ADDRESS, g_strdup (address), g_free);
  gtk_list_box_append (list, row);
}

static void
append_own (GtkListBox *list, gboolean loopback)
{
  g_autoptr (GArray) addrs = ph_plat_list_addrs ();
  char text[PH_ADDR_TEXT_MAX];

  for (guint i = 0; addrs != NULL && i < addrs->len; i++)
    {
      const PhInterfaceAddr *own = &g_array_index (addrs, PhInterfaceAddr, i);

      if (own->loopback == loopback)
        append (list, ph_plat_addr_host (&own->addr, text), loopback ? _("this machine only") : own->name);
    }
}

static GtkWidget *
make_list (void)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  append (GTK_LIST_BOX (list), "", _("all addresses"));
  append (GTK_LIST_BOX (list), "0.0.0.0", _("every IPv4 address"));
  append (GTK_LIST_BOX (list), "::", _("every IPv6 address"));
  append_own (GTK_LIST_BOX (list), FALSE);
  append_own (GTK_LIST_BOX (list), TRUE);

  return list;
}

static void
row_activated_cb (GtkListBox *list, GtkListBoxRow *row, GtkEditable *entry)
{
  GtkWidget *popover = gtk_widget_get_ancestor (GTK_WIDGET (list), GTK_TYPE_POPOVER);

  gtk_editable_set_text (entry, g_object_get_data (G_OBJECT (row), ADDRESS));
  gtk_popover_popdown (GTK_POPOVER (popover));
  gtk_widget_grab_focus (GTK_WIDGET (entry));
}

static void
create_popup_cb (GtkMenuButton *button, gpointer entry)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *list = make_list ();

  g_signal_connect_object (list, "row-activated", G_CALLBACK (row_activated_cb), entry, 0);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), MAX_HEIGHT);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), list);
  gtk_popover_set_child (GTK_POPOVER (popover), scroller);
  gtk_popover_set_has_arrow (GTK_POPOVER (popover), FALSE);
  gtk_widget_set_halign (popover, GTK_ALIGN_END);
  gtk_widget_add_css_class (popover, "list");
  gtk_menu_button_set_popover (button, popover);
}

/**
 * ph_address_list_attach:
 * @button: opens the list
 * @entry: gets the address that is picked; must outlive @button
 */
void
ph_address_list_attach (GtkMenuButton *button, GtkEditable *entry)
{
  gtk_menu_button_set_create_popup_func (button, create_popup_cb, entry, NULL);
}
