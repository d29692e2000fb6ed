/* ph-remembered-popover.c: lists the remembered addresses when its button is clicked; one can be chosen, named and removed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-remembered-popover.h"

#include "ph-address-store.h"
#include "ph-popover.h"

#include <glib/gi18n.h>

#define WIDTH 320      /* pixels */
#define MAX_HEIGHT 320 /* pixels */

static const char ADDRESS[] = "ph-address"; /* of a row */

typedef struct
{
  PhAddressChosenFunc chosen;
  gpointer data;
} Attachment;

static const char *
address_of (GtkWidget *inside)
{
  return g_object_get_data (G_OBJECT (gtk_widget_get_ancestor (inside, GTK_TYPE_LIST_BOX_ROW)), ADDRESS);
}

static GtkStack *
stack_of (GtkWidget *inside)
{
  GtkWidget *row = gtk_widget_get_ancestor (inside, GTK_TYPE_LIST_BOX_ROW);

  return GTK_STACK (gtk_widget_get_first_child (gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (row))));
}

/* ---- the name ---- */

static void
rename_cb (GtkWidget *button)
{
  GtkStack *stack = stack_of (button);

  gtk_stack_set_visible_child_name (stack, "name");
  gtk_widget_grab_focus (gtk_stack_get_visible_child (stack));
}

/* The row is made anew by the list that is bound to the addresses. */
static void
named_cb (GtkEntry *entry)
{
  g_autofree char *address = g_strdup (address_of (GTK_WIDGET (entry)));
  g_autofree char *name = g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry)));
  GtkWidget *list = gtk_widget_get_ancestor (GTK_WIDGET (entry), GTK_TYPE_LIST_BOX);
  int index = gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (gtk_widget_get_ancestor (GTK_WIDGET (entry), GTK_TYPE_LIST_BOX_ROW)));

  ph_addresses_set_name (ph_address_store_get (), address, name);
  gtk_widget_grab_focus (GTK_WIDGET (gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), index)));
}

/* Escape leaves the name as it was, and the list open. */
static gboolean
pressed_cb (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, GtkStack *stack)
{
  if (key != GDK_KEY_Escape)
    return GDK_EVENT_PROPAGATE;
  gtk_stack_set_visible_child_name (stack, "label");
  gtk_widget_grab_focus (gtk_widget_get_ancestor (GTK_WIDGET (stack), GTK_TYPE_LIST_BOX_ROW));

  return GDK_EVENT_STOP;
}

static GtkWidget *
make_name_entry (GtkStack *stack, const char *name)
{
  GtkWidget *entry = gtk_entry_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_editable_set_text (GTK_EDITABLE (entry), name != NULL ? name : "");
  gtk_entry_set_max_length (GTK_ENTRY (entry), PH_ADDRESSES_NAME_MAX);
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), _("Name, such as PLC hall 3"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Name of the address"), -1);
  g_signal_connect (entry, "activate", G_CALLBACK (named_cb), NULL);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (pressed_cb), stack);
  gtk_widget_add_controller (entry, keys);

  return entry;
}

/* ---- the rows ---- */

static void
remove_cb (GtkWidget *button)
{
  g_autofree char *address = g_strdup (address_of (button));
  GtkWidget *list = gtk_widget_get_ancestor (button, GTK_TYPE_LIST_BOX);

  gtk_widget_child_focus (list, GTK_DIR_DOWN);
  ph_addresses_remove (ph_address_store_get (), address);
}

static GtkWidget *
make_button (const char *icon, const char *what, GCallback clicked)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_tooltip_text (button, what);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, what, -1);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "small-icon");
  g_signal_connect (button, "clicked", clicked, NULL);

  return button;
}

static GtkWidget *
make_row_cb (gpointer item, gpointer unused)
{
  const char *address = ph_address_get_text (item), *name = ph_address_get_name (item);
  g_autofree char *label = ph_address_store_dup_label (address);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *stack = gtk_stack_new ();

  gtk_stack_add_named (GTK_STACK (stack), ph_address_suggest_make_label (address, name), "label");
  gtk_stack_add_named (GTK_STACK (stack), make_name_entry (GTK_STACK (stack), name), "name");
  gtk_widget_set_hexpand (stack, TRUE);
  gtk_box_append (GTK_BOX (box), stack);
  gtk_box_append (GTK_BOX (box), make_button ("document-edit-symbolic", _("Name this address"), G_CALLBACK (rename_cb)));
  gtk_box_append (GTK_BOX (box), make_button ("window-close-symbolic", _("Forget this address"), G_CALLBACK (remove_cb)));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_object_set_data_full (G_OBJECT (row), ADDRESS, g_strdup (address), g_free);

  return row;
}

static void
row_activated_cb (GtkListBox *list, GtkListBoxRow *row, const Attachment *to)
{
  g_autofree char *address = g_strdup (address_of (GTK_WIDGET (row)));

  gtk_popover_popdown (GTK_POPOVER (gtk_widget_get_ancestor (GTK_WIDGET (list), GTK_TYPE_POPOVER)));
  to->chosen (to->data, address);
}

static GtkWidget *
make_list (const Attachment *to)
{
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *nothing = gtk_label_new (_("Addresses that are used are remembered here"));

  gtk_label_set_wrap (GTK_LABEL (nothing), TRUE);
  gtk_widget_set_margin_top (nothing, 12);
  gtk_widget_set_margin_bottom (nothing, 12);
  gtk_widget_add_css_class (nothing, "field-label");
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_list_box_set_placeholder (GTK_LIST_BOX (list), nothing);
  gtk_list_box_bind_model (GTK_LIST_BOX (list), G_LIST_MODEL (ph_address_store_get ()), make_row_cb, NULL, NULL);
  g_signal_connect (list, "row-activated", G_CALLBACK (row_activated_cb), (gpointer) to);

  return list;
}

static void
create_popup_cb (GtkMenuButton *button, gpointer data)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), MAX_HEIGHT);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), make_list (data));
  gtk_widget_set_size_request (scroller, WIDTH, -1);
  gtk_popover_set_child (GTK_POPOVER (popover), scroller);
  gtk_popover_set_has_arrow (GTK_POPOVER (popover), FALSE);
  gtk_widget_add_css_class (popover, "list");
  ph_popover_return_focus (popover);
  gtk_menu_button_set_popover (button, popover);
}

/**
 * ph_remembered_popover_attach:
 * @button: opens the list
 * @chosen: called with the address that is chosen
 * @data: for @chosen; outlives @button
 */
void
ph_remembered_popover_attach (GtkMenuButton *button, PhAddressChosenFunc chosen, gpointer data)
{
  Attachment *to = g_new (Attachment, 1);

  *to = (Attachment) { chosen, data };
  gtk_menu_button_set_create_popup_func (button, create_popup_cb, to, g_free);
}
