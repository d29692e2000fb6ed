/* ph-command-row.c: a row of the list of quick commands: a command, or the heading of a group
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-command-row.h"

#include "ph-command-words.h"
#include "ph-compat.h"
#include "ph-direction.h"
#include "ph-format.h"

#include <glib/gi18n.h>

struct _PhCommandRow
{
  GtkBox parent_instance;

  /* template */
  GtkImage *arrow;
  GtkCheckButton *mark_check;
  GtkLabel *name_label;
  GtkLabel *text_label;
  GtkLabel *key_label;
  GtkLabel *count_label;
  GtkWidget *recall_button;
  GtkWidget *send_button;

  /* borrowed */
  GtkListItem *item;              /* while it is bound */
  GtkEventController *pointer;

  /* owned */
  PhCommandsShown *shown;
  PhQuickCommand *command;        /* nullable */
  GBinding *marked;               /* nullable */
};

G_DEFINE_FINAL_TYPE (PhCommandRow, ph_command_row, GTK_TYPE_BOX)

enum
{
  SEND,
  RECALL,
  MENU,
  DROPPED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* ---- what it shows ---- */

static void
show_heading (PhCommandRow *self)
{
  guint size = ph_commands_shown_get_size (self->shown, self->command);
  g_autofree char *number = ph_format_dup_grouped (size);
  gboolean folded = ph_quick_command_is_folded (self->command) && !ph_commands_shown_is_searching (self->shown);

  gtk_image_set_from_icon_name (self->arrow, folded ? "pan-end-symbolic" : "pan-down-symbolic");
  gtk_label_set_label (self->count_label, number);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_EXPANDED, !folded, -1);
}

/* Where the name is the text, the text need not be there again. */
static void
show_command (PhCommandRow *self)
{
  gboolean named = *ph_quick_command_get_name (self->command) != '\0';
  g_autofree char *text = named ? ph_command_words_dup_text (self->command) : NULL;
  guint key = ph_quick_command_get_key (self->command);
  g_autofree char *key_words = key > 0 ? ph_command_words_dup_key (key) : NULL;

  gtk_label_set_label (self->text_label, text != NULL ? text : "");
  gtk_label_set_label (self->key_label, key_words != NULL ? key_words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->key_label), key > 0);
  gtk_accessible_reset_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_EXPANDED);
}

static void
show (PhCommandRow *self)
{
  gboolean heading = self->command != NULL && ph_quick_command_is_heading (self->command);
  g_autofree char *name = self->command != NULL ? ph_command_words_dup_name (self->command) : NULL;

  if (self->command == NULL)
    return;
  gtk_widget_set_visible (GTK_WIDGET (self->arrow), heading);
  gtk_widget_set_visible (GTK_WIDGET (self->mark_check), !heading);
  gtk_widget_set_visible (GTK_WIDGET (self->count_label), heading);
  gtk_widget_set_visible (GTK_WIDGET (self->text_label), !heading);
  gtk_widget_set_visible (GTK_WIDGET (self->key_label), FALSE);
  gtk_label_set_label (self->name_label, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  if (heading)
    gtk_widget_add_css_class (GTK_WIDGET (self), "group");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "group");
  if (heading)
    show_heading (self);
  else
    show_command (self);
}

/* Under the pointer, and where the keys are. */
static void
update_button (PhCommandRow *self)
{
  gboolean over = gtk_event_controller_motion_contains_pointer (GTK_EVENT_CONTROLLER_MOTION (self->pointer));
  gboolean command = self->command != NULL && !ph_quick_command_is_heading (self->command);

  gboolean shown = command && (over || (self->item != NULL && gtk_list_item_get_selected (self->item)));

  gtk_widget_set_visible (self->recall_button, shown);
  gtk_widget_set_visible (self->send_button, shown);
}

static void
counted_cb (PhCommandRow *self)
{
  if (self->command != NULL && ph_quick_command_is_heading (self->command))
    show_heading (self);
}

static gboolean
query_tooltip_cb (PhCommandRow *self, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  g_autofree char *tip = NULL;

  if (self->command == NULL || ph_quick_command_is_heading (self->command))
    return FALSE;
  tip = ph_command_words_dup_tip (self->command);
  gtk_tooltip_set_text (tooltip, tip);

  return TRUE;
}

/* ---- clicks ---- */

static void
send_clicked_cb (PhCommandRow *self)
{
  g_signal_emit (self, signals[SEND], 0);
}

static void
recall_clicked_cb (PhCommandRow *self)
{
  g_signal_emit (self, signals[RECALL], 0);
}

static void
menu_pressed_cb (PhCommandRow *self, int n_press, double x, double y, GtkGesture *gesture)
{
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  g_signal_emit (self, signals[MENU], 0, x, y);
}

/* A heading folds with a click anywhere on it. */
static void
released_cb (PhCommandRow *self)
{
  if (self->command != NULL && ph_quick_command_is_heading (self->command))
    g_object_set (self->command, "folded", !ph_quick_command_is_folded (self->command), NULL);
}

/* ---- dragging ---- */

static GdkContentProvider *
prepare_cb (PhCommandRow *self)
{
  return self->command != NULL ? gdk_content_provider_new_typed (PH_TYPE_QUICK_COMMAND, self->command) : NULL;
}

static void
drag_begin_cb (PhCommandRow *self, GdkDrag *drag, GtkDragSource *source)
{
  g_autoptr (GdkPaintable) picture = gtk_widget_paintable_new (GTK_WIDGET (self->name_label));

  gtk_drag_source_set_icon (source, picture, 0, 0);
}

static gboolean
is_behind (PhCommandRow *self, double y)
{
  return y > gtk_widget_get_height (GTK_WIDGET (self)) / 2.0;
}

static void
show_gap (PhCommandRow *self, const char *place)
{
  gtk_widget_remove_css_class (GTK_WIDGET (self), "drop-before");
  gtk_widget_remove_css_class (GTK_WIDGET (self), "drop-behind");
  if (place != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self), place);
}

static GdkDragAction
drag_motion_cb (PhCommandRow *self, double x, double y)
{
  show_gap (self, is_behind (self, y) ? "drop-behind" : "drop-before");

  return GDK_ACTION_MOVE;
}

static void
drag_leave_cb (PhCommandRow *self)
{
  show_gap (self, NULL);
}

static gboolean
drop_cb (PhCommandRow *self, const GValue *value, double x, double y)
{
  show_gap (self, NULL);
  g_signal_emit (self, signals[DROPPED], 0, g_value_get_object (value), is_behind (self, y));

  return TRUE;
}

static void
add_dragging (PhCommandRow *self)
{
  GtkDragSource *source = gtk_drag_source_new ();
  GtkDropTarget *target = gtk_drop_target_new (PH_TYPE_QUICK_COMMAND, GDK_ACTION_MOVE);

  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect_swapped (source, "prepare", G_CALLBACK (prepare_cb), self);
  g_signal_connect_swapped (source, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect_swapped (target, "motion", G_CALLBACK (drag_motion_cb), self);
  g_signal_connect_swapped (target, "leave", G_CALLBACK (drag_leave_cb), self);
  g_signal_connect_swapped (target, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (source));
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

/* ---- the object ---- */

static void
ph_command_row_dispose (GObject *object)
{
  PhCommandRow *self = PH_COMMAND_ROW (object);

  ph_command_row_unbind (self);
  g_clear_object (&self->shown);

  G_OBJECT_CLASS (ph_command_row_parent_class)->dispose (object);
}

static void
ph_command_row_class_init (PhCommandRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ph_command_row_dispose;

  signals[SEND] = g_signal_new ("send", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[RECALL] = g_signal_new ("recall", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[MENU] = g_signal_new ("menu", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_DOUBLE, G_TYPE_DOUBLE);
  signals[DROPPED] = g_signal_new ("dropped", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, PH_TYPE_QUICK_COMMAND,
                                   G_TYPE_BOOLEAN);

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP); /* a screen reader names it by its label */
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/porthole/Porthole/command-row.ui");
  gtk_widget_class_bind_template_child (widget_class, PhCommandRow, arrow);
  gtk_widget_class_bind_template_child (widget_class, PhCommandRow, mark_check);
  gtk_widget_class_bind_template_child (widget_class, PhCommandRow, name_label);
  gtk_widget_class_bind_template_child (widget_class, PhCommandRow, text_label);
  gtk_widget_class_bind_template_child (widget_class, PhCommandRow, key_label);
  gtk_widget_class_bind_template_child (widget_class, PhCommandRow, count_label);
  gtk_widget_class_bind_template_child (widget_class, PhCommandRow, recall_button);
  gtk_widget_class_bind_template_child (widget_class, PhCommandRow, send_button);
  gtk_widget_class_bind_template_callback (widget_class, send_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, recall_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, menu_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, released_cb);
  gtk_widget_class_bind_template_callback (widget_class, query_tooltip_cb);
}

static void
ph_command_row_init (PhCommandRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  ph_compat_keep_name (self->send_button);
  ph_direction_keep_label (self->text_label);
  self->pointer = gtk_event_controller_motion_new ();
  g_signal_connect_swapped (self->pointer, "notify::contains-pointer", G_CALLBACK (update_button), self);
  gtk_widget_add_controller (GTK_WIDGET (self), self->pointer);
  add_dragging (self);
}

/** ph_command_row_new: Returns: (transfer floating): an empty row of @shown */
GtkWidget *
ph_command_row_new (PhCommandsShown *shown)
{
  PhCommandRow *self = g_object_new (PH_TYPE_COMMAND_ROW, NULL);

  self->shown = g_object_ref (shown);
  g_signal_connect_object (shown, "counted", G_CALLBACK (counted_cb), self, G_CONNECT_SWAPPED);

  return GTK_WIDGET (self);
}

/**
 * ph_command_row_bind:
 * @item: a list item with a PhQuickCommand, which the row shows until ph_command_row_unbind()
 */
void
ph_command_row_bind (PhCommandRow *row, GtkListItem *item)
{
  g_return_if_fail (PH_IS_COMMAND_ROW (row));

  ph_command_row_unbind (row);
  row->item = item;
  row->command = g_object_ref (gtk_list_item_get_item (item));
  gtk_list_item_set_activatable (item, !ph_quick_command_is_heading (row->command));
  g_signal_connect_object (item, "notify::selected", G_CALLBACK (update_button), row, G_CONNECT_SWAPPED);
  g_signal_connect_object (row->command, "notify", G_CALLBACK (show), row, G_CONNECT_SWAPPED);
  row->marked = g_object_bind_property (row->command, "marked", row->mark_check, "active",
                                        G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  show (row);
  update_button (row);
}

void
ph_command_row_unbind (PhCommandRow *row)
{
  if (row->command == NULL)
    return;
  g_binding_unbind (g_steal_pointer (&row->marked));
  g_signal_handlers_disconnect_by_func (row->item, update_button, row);
  g_signal_handlers_disconnect_by_func (row->command, show, row);
  g_clear_object (&row->command);
  row->item = NULL;
}

/** ph_command_row_get_command: Returns: (transfer none) (nullable): what it shows */
PhQuickCommand *
ph_command_row_get_command (PhCommandRow *row)
{
  return row->command;
}
