/* ph-commands-page-actions.c: what is done with the quick command that is selected or edited, and with all of them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-commands-page-private.h"

#include "ph-command-words.h"
#include "ph-commands-here.h"
#include "ph-commands-order.h"
#include "ph-commands-transfer.h"
#include "ph-compat-files.h"
#include "ph-window.h"

#include <glib/gi18n.h>

#define SUFFIX ".json"

static PhWindow *
get_window (PhCommandsPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return PH_IS_WINDOW (root) ? PH_WINDOW (root) : NULL;
}

static void
tell_failure (PhCommandsPage *self, const GError *error)
{
  ph_commands_notice_show (self->notice, error->message, NULL, TRUE);
}

/**
 * ph_commands_page_get_target:
 *
 * Returns: (transfer none) (nullable): what actions are about: what is edited, else what is selected
 */
PhQuickCommand *
ph_commands_page_get_target (PhCommandsPage *page)
{
  return ph_commands_page_is_editing (page) ? ph_command_form_get_command (page->form) : ph_commands_list_get_selected (page->list);
}

gboolean
ph_commands_page_is_editing (PhCommandsPage *page)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (page->stack), "form") == 0;
}

/* ---- editing ---- */

static gboolean
is_empty (PhQuickCommand *command)
{
  return *ph_quick_command_get_name (command) == '\0' && *ph_quick_command_get_text (command) == '\0'
         && *ph_quick_command_get_comment (command) == '\0';
}

/** ph_commands_page_drop_empty: Takes a new command away again, of which nothing was typed. */
void
ph_commands_page_drop_empty (PhCommandsPage *page)
{
  g_autoptr (PhQuickCommand) created = g_steal_pointer (&page->created);
  guint position = created != NULL && is_empty (created) ? ph_commands_order_find (page->commands, created) : G_MAXUINT;

  if (position != G_MAXUINT)
    ph_commands_remove (page->commands, position);
}

/** ph_commands_page_show_list: Ends the editing. */
void
ph_commands_page_show_list (PhCommandsPage *page)
{
  PhQuickCommand *edited = ph_command_form_get_command (page->form);

  gtk_stack_set_visible_child_name (page->stack, "list");
  ph_commands_page_drop_empty (page);
  ph_commands_list_select (page->list, edited);
  ph_commands_list_focus (page->list);
}

static void
edit (PhCommandsPage *self, PhQuickCommand *command)
{
  ph_command_form_edit (self->form, command);
  gtk_stack_set_visible_child_name (self->stack, "form");
  ph_command_form_focus (self->form);
}

static void
back_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  if (ph_commands_page_is_editing (PH_COMMANDS_PAGE (widget)))
    ph_commands_page_show_list (PH_COMMANDS_PAGE (widget));
}

static void
edit_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PhQuickCommand *selected = ph_commands_list_get_selected (PH_COMMANDS_PAGE (widget)->list);

  if (selected != NULL)
    edit (PH_COMMANDS_PAGE (widget), selected);
}

/* Behind what is selected, in its group; else at the end. */
static guint
find_place (PhCommandsPage *self)
{
  PhQuickCommand *selected = ph_commands_list_get_selected (self->list);

  return selected != NULL ? ph_commands_order_find (self->commands, selected) + 1 : G_MAXUINT;
}

/* It must be shown. */
static void
unfold_at (PhCommandsPage *self, guint position)
{
  PhQuickCommand *heading = ph_commands_get_group (self->commands, position);

  if (heading != NULL)
    g_object_set (heading, "folded", FALSE, NULL);
}

static gboolean
add (PhCommandsPage *self, guint place, PhQuickCommand *command)
{
  g_autoptr (GError) error = NULL;

  if (!ph_commands_insert (self->commands, place, command, &error))
    {
      tell_failure (self, error);
      return FALSE;
    }
  unfold_at (self, ph_commands_order_find (self->commands, command));

  return TRUE;
}

static void
new_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PhCommandsPage *self = PH_COMMANDS_PAGE (widget);
  g_autoptr (PhQuickCommand) command = ph_quick_command_new ();

  if (ph_commands_page_is_editing (self))
    ph_commands_page_show_list (self);
  if (!add (self, find_place (self), command))
    return;
  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
  self->created = g_object_ref (command);
  edit (self, command);
}

/* At the end: elsewhere it would take the commands behind it into the new group. */
static void
new_group_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PhCommandsPage *self = PH_COMMANDS_PAGE (widget);
  g_autoptr (PhQuickCommand) heading = ph_quick_command_new_heading (_("New group"));

  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
  if (add (self, G_MAXUINT, heading))
    edit (self, heading);
}

/* A key belongs to one command. */
static void
duplicate_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  static const char *const copied[] = { "name", "text", "comment", "transport", "target", "foreign", "delay", "period" };
  PhCommandsPage *self = PH_COMMANDS_PAGE (widget);
  PhQuickCommand *selected = ph_commands_list_get_selected (self->list);
  g_autoptr (PhQuickCommand) copy = ph_quick_command_new ();

  if (selected == NULL || ph_quick_command_is_heading (selected))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (copied); i++)
    {
      g_auto (GValue) value = G_VALUE_INIT;

      g_object_get_property (G_OBJECT (selected), copied[i], &value);
      g_object_set_property (G_OBJECT (copy), copied[i], &value);
    }
  ph_quick_command_set_format (copy, ph_quick_command_get_format (selected));
  if (add (self, find_place (self), copy))
    ph_commands_list_select (self->list, copy);
}

/* ---- sending ---- */

/* @action: of the tab, with the position of the command */
static void
activate (PhCommandsPage *self, const char *action)
{
  PhQuickCommand *target = ph_commands_page_get_target (self);
  guint position = target != NULL ? ph_commands_order_find (self->commands, target) : G_MAXUINT;

  if (position != G_MAXUINT && !ph_quick_command_is_heading (target))
    gtk_widget_activate_action (GTK_WIDGET (self), action, "u", position);
}

static void
send_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  activate (PH_COMMANDS_PAGE (widget), "page.send-command");
}

static void
recall_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  activate (PH_COMMANDS_PAGE (widget), "page.recall-command");
}

/* ---- marks ---- */

static void
mark_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PhQuickCommand *selected = ph_commands_list_get_selected (PH_COMMANDS_PAGE (widget)->list);

  if (selected != NULL && !ph_quick_command_is_heading (selected))
    g_object_set (selected, "marked", !ph_quick_command_is_marked (selected), NULL);
}

/* From @position to the end of the group; @all: to the end of the list. */
static void
mark_from (PhCommandsPage *self, guint position, gboolean all, gboolean marked)
{
  PhQuickCommand *item;

  for (; (item = ph_commands_get (self->commands, position)) != NULL; position++)
    if (!ph_quick_command_is_heading (item))
      g_object_set (item, "marked", marked, NULL);
    else if (!all)
      return;
}

static void
mark_group_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PhCommandsPage *self = PH_COMMANDS_PAGE (widget);
  PhQuickCommand *selected = ph_commands_list_get_selected (self->list);

  if (selected != NULL && ph_quick_command_is_heading (selected))
    mark_from (self, ph_commands_order_find (self->commands, selected) + 1, FALSE, g_variant_get_boolean (parameter));
}

static void
unmark_all_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  mark_from (PH_COMMANDS_PAGE (widget), 0, TRUE, FALSE);
}

/* ---- order ---- */

/* Among what is found, neighbours are not what they seem. */
static void
step_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PhCommandsPage *self = PH_COMMANDS_PAGE (widget);
  PhQuickCommand *selected = ph_commands_list_get_selected (self->list);

  if (selected == NULL || ph_commands_shown_is_searching (self->shown))
    return;
  ph_commands_order_step (self->commands, selected, g_variant_get_int32 (parameter));
  ph_commands_list_select (self->list, selected);
  ph_commands_list_focus (self->list);
}

/* The parameter is the position of a heading; -1: no group. */
static void
join_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PhCommandsPage *self = PH_COMMANDS_PAGE (widget);
  PhQuickCommand *selected = ph_commands_list_get_selected (self->list);
  int position = g_variant_get_int32 (parameter);

  if (selected == NULL || ph_quick_command_is_heading (selected))
    return;
  ph_commands_order_join (self->commands, selected, position >= 0 ? ph_commands_get (self->commands, (guint) position) : NULL);
  ph_commands_list_select (self->list, selected);
  ph_commands_list_focus (self->list);
}

/* ---- deleting ---- */

/* What the button of the toast brings back. */
typedef struct
{
  PhQuickCommand *item;
  guint position;
} Deleted;

static void
undo_cb (gpointer data)
{
  Deleted *deleted = data;

  ph_commands_insert (ph_commands_store_get_commands (ph_commands_here ()), deleted->position, deleted->item, NULL);
}

static void
deleted_free (gpointer data)
{
  Deleted *deleted = data;

  g_object_unref (deleted->item);
  g_free (deleted);
}

static void
offer_to_undo (PhCommandsPage *self, PhQuickCommand *item, guint position)
{
  Deleted *deleted = g_new (Deleted, 1);
  g_autofree char *name = ph_command_words_dup_name (item);
  /* Translators: the name of a quick command or of a group */
  g_autofree char *words = g_strdup_printf (_("“%s” was deleted"), name);

  *deleted = (Deleted) { g_object_ref (item), position };
  ph_window_toast (get_window (self), words, _("Undo"), undo_cb, deleted, deleted_free);
}

static void
delete_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PhCommandsPage *self = PH_COMMANDS_PAGE (widget);
  g_autoptr (PhQuickCommand) selected = NULL, next = NULL;
  guint position, row;

  if (!g_set_object (&selected, ph_commands_list_get_selected (self->list)))
    return;
  position = ph_commands_order_find (self->commands, selected);
  row = ph_commands_shown_find (self->shown, selected);
  next = g_list_model_get_item (G_LIST_MODEL (self->shown), row + 1);
  if (next == NULL && row > 0)
    next = g_list_model_get_item (G_LIST_MODEL (self->shown), row - 1);
  ph_commands_remove (self->commands, position);
  ph_commands_list_select (self->list, next);
  ph_commands_list_focus (self->list);
  if (get_window (self) != NULL)
    offer_to_undo (self, selected, position);
}

/* ---- files ---- */

static void
told_cb (gpointer owner, const char *words, GPtrArray *notes, gboolean failed)
{
  ph_commands_notice_show (PH_COMMANDS_PAGE (owner)->notice, words, notes, failed);
}

/** ph_commands_page_import: Adds what @file has at the end. */
void
ph_commands_page_import (PhCommandsPage *page, GFile *file)
{
  ph_commands_transfer_import (page->commands, file, told_cb, page);
}

static void
import_chosen_cb (gpointer owner, GFile *file)
{
  ph_commands_page_import (owner, file);
}

static void
import_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ph_compat_ask_open (GTK_WINDOW (get_window (PH_COMMANDS_PAGE (widget))), _("Import quick commands"), NULL, NULL, import_chosen_cb,
                      widget);
}

static void
export_chosen_cb (gpointer owner, GFile *file)
{
  ph_commands_transfer_export (PH_COMMANDS_PAGE (owner)->commands, file, told_cb, owner);
}

static void
export_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ph_compat_ask_save (GTK_WINDOW (get_window (PH_COMMANDS_PAGE (widget))), _("Export quick commands"), _("commands.json"),
                      _("Quick commands"), SUFFIX, export_chosen_cb, widget);
}

/** ph_commands_page_install_actions: Adds the actions “commands.” to the class of the page. */
void
ph_commands_page_install_actions (GtkWidgetClass *widget_class)
{
  static const struct
  {
    const char *name, *parameter;
    GtkWidgetActionActivateFunc activate;
  } actions[] = {
    { "commands.back", NULL, back_cb },         { "commands.new", NULL, new_cb },
    { "commands.new-group", NULL, new_group_cb }, { "commands.edit", NULL, edit_cb },
    { "commands.duplicate", NULL, duplicate_cb }, { "commands.send", NULL, send_cb },
    { "commands.recall", NULL, recall_cb },     { "commands.mark", NULL, mark_cb },
    { "commands.mark-group", "b", mark_group_cb }, { "commands.unmark-all", NULL, unmark_all_cb },
    { "commands.step", "i", step_cb },          { "commands.join", "i", join_cb },
    { "commands.delete", NULL, delete_cb },     { "commands.import", NULL, import_cb },
    { "commands.export", NULL, export_cb },
  };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, actions[i].parameter, actions[i].activate);
}
