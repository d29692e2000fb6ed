/* ph-command-sending.c: the fields that say where, by which key and when a quick command is sent
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-command-sending.h"

#include "ph-command-words.h"
#include "ph-compat.h"
#include "ph-direction.h"
#include "ph-number-field.h"
#include "ph-transport.h"

#include <glib/gi18n.h>

struct _PhCommandSending
{
  GtkBox parent_instance;

  gboolean filling; /* the fields follow the command */

  /* template */
  GtkEntry *target_entry;
  GtkLabel *target_reason;
  GtkDropDown *transport_drop_down;
  GtkDropDown *key_drop_down;
  GtkLabel *key_note;
  PhNumberField *delay_field;
  PhNumberField *period_field;

  /* owned */
  PhCommands *commands;
  PhQuickCommand *command; /* nullable */
  GBindingGroup *bindings;
};

G_DEFINE_FINAL_TYPE (PhCommandSending, ph_command_sending, GTK_TYPE_BOX)

/* ---- from the fields to the command ---- */

/* The binding has set it. */
static void
target_changed_cb (PhCommandSending *self)
{
  const char *target = gtk_editable_get_text (GTK_EDITABLE (self->target_entry));
  g_auto (PhPlace) place = { .port = PH_PORT_UNSET };
  g_autoptr (GError) error = NULL;
  gboolean wrong = *target != '\0' && !ph_place_parse (target, &place, NULL, &error);

  gtk_label_set_label (self->target_reason, wrong ? error->message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->target_reason), wrong);
  if (wrong)
    gtk_widget_add_css_class (GTK_WIDGET (self->target_entry), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->target_entry), "error");
}

static void
transport_changed_cb (PhCommandSending *self)
{
  guint selected = gtk_drop_down_get_selected (self->transport_drop_down);
  const PhTransport *transport = selected > 0 ? ph_transport_at (selected - 1) : NULL;

  if (!self->filling)
    g_object_set (self->command, "transport", transport != NULL ? transport->id : NULL, NULL);
}

/* A key belongs to one command. */
static void
key_changed_cb (PhCommandSending *self)
{
  guint key = gtk_drop_down_get_selected (self->key_drop_down);
  PhQuickCommand *other;
  g_autofree char *name = NULL, *words = NULL;

  if (self->filling)
    return;
  g_object_set (self->command, "key", 0, NULL);
  while (key > 0 && (other = ph_commands_find_key (self->commands, key)) != NULL)
    {
      g_free (name);
      name = ph_command_words_dup_name (other);
      g_object_set (other, "key", 0, NULL);
    }
  g_object_set (self->command, "key", (int) key, NULL);
  if (name != NULL)
    /* Translators: the name of another quick command, which had the key until now */
    words = g_strdup_printf (_("Taken from “%s”"), name);
  gtk_label_set_label (self->key_note, words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->key_note), words != NULL);
}

/* ---- from the command to the fields ---- */

static guint
find_transport (const char *id)
{
  for (guint i = 0; id != NULL && ph_transport_at (i) != NULL; i++)
    if (g_str_equal (ph_transport_at (i)->id, id))
      return i + 1;

  return 0;
}

static void
fill_drop_downs (PhCommandSending *self)
{
  g_autoptr (GtkStringList) transports = gtk_string_list_new (NULL), keys = gtk_string_list_new (NULL);

  gtk_string_list_append (transports, C_("protocol of a quick command", "Any"));
  for (guint i = 0; ph_transport_at (i) != NULL; i++)
    gtk_string_list_append (transports, _(ph_transport_at (i)->name));
  gtk_string_list_append (keys, C_("key of a quick command", "None"));
  for (guint key = 1; key <= PH_QUICK_COMMAND_KEYS; key++)
    {
      g_autofree char *words = ph_command_words_dup_key (key);

      gtk_string_list_append (keys, words);
    }
  gtk_drop_down_set_model (self->transport_drop_down, G_LIST_MODEL (transports));
  gtk_drop_down_set_model (self->key_drop_down, G_LIST_MODEL (keys));
  ph_compat_keep_name (GTK_WIDGET (self->transport_drop_down));
  ph_compat_keep_name (GTK_WIDGET (self->key_drop_down));
}

static gboolean
target_to_text_cb (GBinding *binding, const GValue *from, GValue *to, gpointer unused)
{
  g_value_set_string (to, g_value_get_string (from) != NULL ? g_value_get_string (from) : "");

  return TRUE;
}

static void
bind_fields (PhCommandSending *self)
{
  const GBindingFlags both = G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL;

  self->bindings = g_binding_group_new ();
  g_binding_group_bind_full (self->bindings, "target", self->target_entry, "text", both, target_to_text_cb, NULL, NULL, NULL);
  g_binding_group_bind (self->bindings, "delay", self->delay_field, "value", both);
  g_binding_group_bind (self->bindings, "period", self->period_field, "value", both);
}

/* ---- the object ---- */

/* Numbers that were typed and not entered yet. */
static void
ph_command_sending_unmap (GtkWidget *widget)
{
  ph_number_field_commit (PH_COMMAND_SENDING (widget)->delay_field);
  ph_number_field_commit (PH_COMMAND_SENDING (widget)->period_field);
  GTK_WIDGET_CLASS (ph_command_sending_parent_class)->unmap (widget);
}

static void
ph_command_sending_dispose (GObject *object)
{
  PhCommandSending *self = PH_COMMAND_SENDING (object);

  g_clear_object (&self->bindings);
  g_clear_object (&self->command);
  g_clear_object (&self->commands);

  G_OBJECT_CLASS (ph_command_sending_parent_class)->dispose (object);
}

static void
ph_command_sending_class_init (PhCommandSendingClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ph_command_sending_dispose;
  widget_class->unmap = ph_command_sending_unmap;

  g_type_ensure (PH_TYPE_NUMBER_FIELD);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/porthole/Porthole/command-sending.ui");
  gtk_widget_class_bind_template_child (widget_class, PhCommandSending, target_entry);
  gtk_widget_class_bind_template_child (widget_class, PhCommandSending, target_reason);
  gtk_widget_class_bind_template_child (widget_class, PhCommandSending, transport_drop_down);
  gtk_widget_class_bind_template_child (widget_class, PhCommandSending, key_drop_down);
  gtk_widget_class_bind_template_child (widget_class, PhCommandSending, key_note);
  gtk_widget_class_bind_template_child (widget_class, PhCommandSending, delay_field);
  gtk_widget_class_bind_template_child (widget_class, PhCommandSending, period_field);
  gtk_widget_class_bind_template_callback (widget_class, target_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, transport_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_changed_cb);
}

static void
ph_command_sending_init (PhCommandSending *self)
{
  self->filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_entry_set_max_length (self->target_entry, PH_QUICK_COMMAND_WORD_MAX);
  ph_direction_keep_entry (GTK_EDITABLE (self->target_entry));
  fill_drop_downs (self);
  bind_fields (self);
}

/** ph_command_sending_set_commands: To be called once: where other commands with the same key are. */
void
ph_command_sending_set_commands (PhCommandSending *sending, PhCommands *commands)
{
  g_return_if_fail (PH_IS_COMMAND_SENDING (sending));

  g_set_object (&sending->commands, commands);
}

/** ph_command_sending_edit: @command: no heading; the fields are its own from now on */
void
ph_command_sending_edit (PhCommandSending *sending, PhQuickCommand *command)
{
  g_return_if_fail (PH_IS_COMMAND_SENDING (sending));

  sending->filling = TRUE;
  g_set_object (&sending->command, command);
  gtk_widget_set_visible (GTK_WIDGET (sending->key_note), FALSE);
  gtk_drop_down_set_selected (sending->transport_drop_down, find_transport (ph_quick_command_get_transport (command)));
  gtk_drop_down_set_selected (sending->key_drop_down, ph_quick_command_get_key (command));
  g_binding_group_set_source (sending->bindings, command);
  sending->filling = FALSE;
}
