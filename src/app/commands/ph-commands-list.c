/* ph-commands-list.c: the list of quick commands: one is selected, keys and the pointer act on it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-commands-list.h"

#include "ph-command-menu.h"
#include "ph-command-row.h"
#include "ph-commands-order.h"
#include "ph-popover.h"

#include <glib/gi18n.h>

struct _PhCommandsList
{
  GtkBox parent_instance;

  guint focus_later; /* source */

  /* template */
  GtkListView *view;

  /* owned */
  PhCommands *commands;
  PhCommandsShown *shown;
  GtkSingleSelection *selection;
  GtkWidget *popover; /* the menu; nullable until it is first opened */
};

G_DEFINE_FINAL_TYPE (PhCommandsList, ph_commands_list, GTK_TYPE_BOX)

/* ---- the menu ---- */

/* @x, @y: in @widget. When it is closed, keys go on in the list. */
static void
open_menu (PhCommandsList *self, GtkWidget *widget, double x, double y)
{
  PhQuickCommand *command = ph_commands_list_get_selected (self);
  g_autoptr (GMenuModel) model = NULL;
  graphene_point_t there;

  if (command == NULL)
    return;
  model = ph_command_menu_new (self->commands, command);
  if (self->popover == NULL)
    {
      self->popover = gtk_popover_menu_new_from_model (NULL);
      gtk_popover_set_has_arrow (GTK_POPOVER (self->popover), FALSE);
      gtk_widget_set_halign (self->popover, GTK_ALIGN_START);
      gtk_widget_set_parent (self->popover, GTK_WIDGET (self));
      ph_popover_return_focus (self->popover);
    }
  gtk_popover_menu_set_menu_model (GTK_POPOVER_MENU (self->popover), model);
  if (gtk_widget_compute_point (widget, GTK_WIDGET (self), &GRAPHENE_POINT_INIT ((float) x, (float) y), &there))
    gtk_popover_set_pointing_to (GTK_POPOVER (self->popover), &(GdkRectangle) { (int) there.x, (int) there.y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (self->popover));
}

static GtkWidget *
get_focus (PhCommandsList *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->view)) ? focus : NULL;
}

static void
menu_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GtkWidget *focus = get_focus (PH_COMMANDS_LIST (widget));

  if (focus != NULL)
    open_menu (PH_COMMANDS_LIST (widget), focus, gtk_widget_get_width (focus) / 4.0, gtk_widget_get_height (focus));
}

/* ---- rows ---- */

static void
row_send_cb (PhCommandsList *self, PhCommandRow *row)
{
  ph_commands_list_select (self, ph_command_row_get_command (row));
  gtk_widget_activate_action (GTK_WIDGET (self), "commands.send", NULL);
}

static void
row_recall_cb (PhCommandsList *self, PhCommandRow *row)
{
  ph_commands_list_select (self, ph_command_row_get_command (row));
  gtk_widget_activate_action (GTK_WIDGET (self), "commands.recall", NULL);
}

static void
row_menu_cb (PhCommandsList *self, double x, double y, PhCommandRow *row)
{
  ph_commands_list_select (self, ph_command_row_get_command (row));
  gtk_widget_grab_focus (gtk_widget_get_parent (GTK_WIDGET (row)));
  open_menu (self, GTK_WIDGET (row), x, y);
}

static void
row_dropped_cb (PhCommandsList *self, PhQuickCommand *dropped, gboolean behind, PhCommandRow *row)
{
  PhQuickCommand *at = ph_command_row_get_command (row);

  if (at != NULL)
    ph_commands_order_drop (self->commands, dropped, at, behind);
  ph_commands_list_select (self, dropped);
}

static void
setup_cb (PhCommandsList *self, GtkListItem *item)
{
  GtkWidget *row = ph_command_row_new (self->shown);

  g_signal_connect_object (row, "send", G_CALLBACK (row_send_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "recall", G_CALLBACK (row_recall_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "menu", G_CALLBACK (row_menu_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "dropped", G_CALLBACK (row_dropped_cb), self, G_CONNECT_SWAPPED);
  gtk_list_item_set_child (item, row);
}

static void
bind_cb (PhCommandsList *self, GtkListItem *item)
{
  ph_command_row_bind (PH_COMMAND_ROW (gtk_list_item_get_child (item)), item);
}

static void
unbind_cb (PhCommandsList *self, GtkListItem *item)
{
  ph_command_row_unbind (PH_COMMAND_ROW (gtk_list_item_get_child (item)));
}

static void
activate_cb (PhCommandsList *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "commands.send", NULL);
}

/* ---- keys ---- */

static void
fold (PhQuickCommand *heading, gboolean folded)
{
  g_object_set (heading, "folded", folded, NULL);
}

/* Right opens a group, also in a language that runs from right to left: the arrow of a row is mirrored there, and so is the key. */
static gboolean
key_on_heading (PhCommandsList *self, PhQuickCommand *heading, guint key)
{
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;

  if (key == GDK_KEY_Return || key == GDK_KEY_KP_Enter || key == GDK_KEY_space)
    fold (heading, !ph_quick_command_is_folded (heading));
  else if (key == GDK_KEY_Left || key == GDK_KEY_Right)
    fold (heading, (key == GDK_KEY_Left) != rtl);
  else
    return FALSE;

  return TRUE;
}

/* In front of the list, which would select with Space. A button or check in a row keeps its keys. */
static gboolean
key_pressed_cb (PhCommandsList *self, guint key, guint code, GdkModifierType modifiers)
{
  PhQuickCommand *selected = ph_commands_list_get_selected (self);
  GtkWidget *focus = get_focus (self);

  if (selected == NULL || focus == NULL || GTK_IS_BUTTON (focus) || GTK_IS_CHECK_BUTTON (focus)
      || (modifiers & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SHIFT_MASK)) != 0)
    return FALSE;
  if (ph_quick_command_is_heading (selected))
    return key_on_heading (self, selected, key);
  if (key != GDK_KEY_space)
    return FALSE;
  gtk_widget_activate_action (GTK_WIDGET (self), "commands.mark", NULL);

  return TRUE;
}

/* ---- the object ---- */

static void
ph_commands_list_dispose (GObject *object)
{
  PhCommandsList *self = PH_COMMANDS_LIST (object);

  g_clear_handle_id (&self->focus_later, g_source_remove);
  g_clear_pointer (&self->popover, gtk_widget_unparent);
  g_clear_object (&self->selection);
  g_clear_object (&self->shown);
  g_clear_object (&self->commands);

  G_OBJECT_CLASS (ph_commands_list_parent_class)->dispose (object);
}

static void
add_keys (GtkWidgetClass *widget_class)
{
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "commands-list.menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, "commands-list.menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Up, GDK_ALT_MASK, "commands.step", "i", -1);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Down, GDK_ALT_MASK, "commands.step", "i", 1);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "commands.delete", NULL);
}

static void
ph_commands_list_class_init (PhCommandsListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ph_commands_list_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/porthole/Porthole/commands-list.ui");
  gtk_widget_class_bind_template_child (widget_class, PhCommandsList, view);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_cb);
  gtk_widget_class_bind_template_callback (widget_class, unbind_cb);
  gtk_widget_class_install_action (widget_class, "commands-list.menu", NULL, menu_cb);
  add_keys (widget_class);
}

static void
ph_commands_list_init (PhCommandsList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** ph_commands_list_set_commands: To be called once. */
void
ph_commands_list_set_commands (PhCommandsList *list, PhCommands *commands, PhCommandsShown *shown)
{
  GtkListItemFactory *factory;

  g_return_if_fail (PH_IS_COMMANDS_LIST (list) && list->commands == NULL);

  list->commands = g_object_ref (commands);
  list->shown = g_object_ref (shown);
  list->selection = gtk_single_selection_new (G_LIST_MODEL (g_object_ref (shown)));
  gtk_single_selection_set_autoselect (list->selection, FALSE);
  gtk_single_selection_set_can_unselect (list->selection, TRUE);
  factory = gtk_signal_list_item_factory_new ();
  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), list, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), list, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_cb), list, G_CONNECT_SWAPPED);
  gtk_list_view_set_factory (list->view, factory);
  gtk_list_view_set_model (list->view, GTK_SELECTION_MODEL (list->selection));
  g_object_unref (factory);
}

/** ph_commands_list_get_selected: Returns: (transfer none) (nullable): what is selected, a command or a heading */
PhQuickCommand *
ph_commands_list_get_selected (PhCommandsList *list)
{
  return list->selection != NULL ? gtk_single_selection_get_selected_item (list->selection) : NULL;
}

/**
 * ph_commands_list_select:
 * @command: (nullable)
 *
 * Selects it and scrolls to it, if it is shown.
 */
void
ph_commands_list_select (PhCommandsList *list, PhQuickCommand *command)
{
  guint row;

  g_return_if_fail (PH_IS_COMMANDS_LIST (list));

  row = ph_commands_shown_find (list->shown, command);
  gtk_single_selection_set_selected (list->selection, row);
  if (row != GTK_INVALID_LIST_POSITION)
    gtk_widget_activate_action (GTK_WIDGET (list->view), "list.scroll-to-item", "u", row);
}

/* The widget of the list that holds the row of @command, or NULL where it is not on the screen. */
static GtkWidget *
find_row (PhCommandsList *self, PhQuickCommand *command)
{
  for (GtkWidget *at = gtk_widget_get_first_child (GTK_WIDGET (self->view)); at != NULL; at = gtk_widget_get_next_sibling (at))
    {
      GtkWidget *row = gtk_widget_get_first_child (at);

      if (PH_IS_COMMAND_ROW (row) && ph_command_row_get_command (PH_COMMAND_ROW (row)) == command)
        return at;
    }

  return NULL;
}

static gboolean
focus_cb (gpointer data)
{
  PhCommandsList *self = data;
  PhQuickCommand *selected = ph_commands_list_get_selected (self);
  GtkWidget *row = selected != NULL ? find_row (self, selected) : NULL;

  self->focus_later = 0;
  if (!gtk_widget_get_mapped (GTK_WIDGET (self->view)))
    return G_SOURCE_REMOVE;
  if (row != NULL)
    gtk_widget_grab_focus (row);
  else
    gtk_widget_child_focus (GTK_WIDGET (self->view), GTK_DIR_TAB_FORWARD);

  return G_SOURCE_REMOVE;
}

/** ph_commands_list_focus: Gives the focus to the row that is selected, when the list has laid out its rows. */
void
ph_commands_list_focus (PhCommandsList *list)
{
  g_return_if_fail (PH_IS_COMMANDS_LIST (list));

  if (list->focus_later == 0)
    list->focus_later = g_idle_add (focus_cb, list);
}
