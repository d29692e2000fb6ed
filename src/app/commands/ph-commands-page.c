/* ph-commands-page.c: the page of the drawer with the quick commands
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-commands-page-private.h"

#include "ph-commands-here.h"
#include "ph-commands-order.h"
#include "ph-compat.h"

#include <glib/gi18n.h>

G_DEFINE_FINAL_TYPE (PhCommandsPage, ph_commands_page, GTK_TYPE_BOX)

/* ---- what is shown ---- */

/* The list, or why there is none. */
static void
update (PhCommandsPage *self)
{
  gboolean any = g_list_model_get_n_items (G_LIST_MODEL (self->commands)) > 0;
  gboolean rows = g_list_model_get_n_items (G_LIST_MODEL (self->shown)) > 0;
  gboolean loaded = ph_commands_store_is_loaded (ph_commands_here ());

  gtk_stack_set_visible_child_name (self->places, rows ? "list" : any ? "nothing" : loaded ? "empty" : "list");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "commands.export", any);
}

/* What is edited may be deleted in another window. */
static void
items_changed_cb (PhCommandsPage *self)
{
  PhQuickCommand *edited = ph_command_form_get_command (self->form);

  if (ph_commands_page_is_editing (self) && edited != NULL && ph_commands_order_find (self->commands, edited) == G_MAXUINT)
    ph_commands_page_show_list (self);
}

static void
store_failed_cb (PhCommandsPage *self, const GError *error)
{
  ph_commands_notice_show (self->notice, error->message, NULL, TRUE);
}

/* ---- searching ---- */

static void
search_changed_cb (PhCommandsPage *self)
{
  ph_commands_shown_search (self->shown, gtk_editable_get_text (GTK_EDITABLE (self->search_entry)));
}

/* From the search to what it has found: a command, not its heading. */
static void
search_activate_cb (PhCommandsPage *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->shown)), row = 0;

  for (; row < n; row++)
    {
      g_autoptr (PhQuickCommand) item = g_list_model_get_item (G_LIST_MODEL (self->shown), row);

      if (ph_quick_command_is_heading (item))
        continue;
      ph_commands_list_select (self->list, item);
      ph_commands_list_focus (self->list);
      return;
    }
}

static gboolean
search_key_cb (PhCommandsPage *self, guint key, guint code, GdkModifierType modifiers)
{
  if (key != GDK_KEY_Down || (modifiers & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return FALSE;
  search_activate_cb (self);

  return TRUE;
}

/* ---- files that are dropped ---- */

static gboolean
drop_cb (PhCommandsPage *self, const GValue *value)
{
  GSList *files = g_value_get_boxed (value);

  for (GSList *at = files; at != NULL; at = at->next)
    ph_commands_page_import (self, at->data);

  return files != NULL;
}

static void
accept_files (PhCommandsPage *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_signal_connect_object (target, "drop", G_CALLBACK (drop_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

/* ---- the object ---- */

static void
ph_commands_page_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (ph_commands_page_parent_class)->unmap (widget);
  ph_commands_page_drop_empty (PH_COMMANDS_PAGE (widget));
}

static void
ph_commands_page_dispose (GObject *object)
{
  PhCommandsPage *self = PH_COMMANDS_PAGE (object);

  g_clear_object (&self->shown);
  g_clear_object (&self->commands);
  g_clear_object (&self->created);

  G_OBJECT_CLASS (ph_commands_page_parent_class)->dispose (object);
}

static void
ph_commands_page_class_init (PhCommandsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ph_commands_page_dispose;
  widget_class->unmap = ph_commands_page_unmap;

  g_type_ensure (PH_TYPE_COMMAND_FORM);
  g_type_ensure (PH_TYPE_COMMANDS_BAR);
  g_type_ensure (PH_TYPE_COMMANDS_LIST);
  g_type_ensure (PH_TYPE_COMMANDS_NOTICE);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/porthole/Porthole/commands-page.ui");
  gtk_widget_class_bind_template_child (widget_class, PhCommandsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, PhCommandsPage, places);
  gtk_widget_class_bind_template_child (widget_class, PhCommandsPage, search_entry);
  gtk_widget_class_bind_template_child (widget_class, PhCommandsPage, notice);
  gtk_widget_class_bind_template_child (widget_class, PhCommandsPage, list);
  gtk_widget_class_bind_template_child (widget_class, PhCommandsPage, bar);
  gtk_widget_class_bind_template_child (widget_class, PhCommandsPage, form);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_key_cb);
  ph_commands_page_install_actions (widget_class);
}

static void
ph_commands_page_init (PhCommandsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  ph_compat_keep_names (GTK_WIDGET (self->places));
  accept_files (self);
}

/** ph_commands_page_new: Returns: (transfer floating): the user's quick commands, which it sends through @session */
GtkWidget *
ph_commands_page_new (PhSession *session)
{
  PhCommandsPage *self = g_object_new (PH_TYPE_COMMANDS_PAGE, NULL);
  PhCommandsStore *store = ph_commands_here ();

  self->commands = g_object_ref (ph_commands_store_get_commands (store));
  self->shown = ph_commands_shown_new (self->commands);
  ph_commands_list_set_commands (self->list, self->commands, self->shown);
  ph_command_form_set_commands (self->form, self->commands);
  ph_commands_bar_follow (self->bar, self->shown, session);
  g_signal_connect_object (store, "loaded", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (store, "failed", G_CALLBACK (store_failed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->commands, "items-changed", G_CALLBACK (items_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->shown, "counted", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);

  return GTK_WIDGET (self);
}
