/* ph-command-form.c: the fields of a quick command, or of the heading of a group; what is typed is kept at once
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-command-form.h"

#include "ph-charset-chooser.h"
#include "ph-choices.h"
#include "ph-command-faults.h"
#include "ph-command-sending.h"
#include "ph-compat.h"
#include "ph-direction.h"
#include "ph-payload-convert.h"
#include "ph-segments.h"

#include <glib/gi18n.h>
#include <string.h>

struct _PhCommandForm
{
  GtkBox parent_instance;

  gboolean filling; /* the fields follow the command */
  guint check;      /* source */

  /* template */
  GtkLabel *title_label;
  GtkWidget *send_button;
  GtkWidget *scroller;
  GtkWidget *message_fields; /* text and form */
  GtkWidget *comment_fields;
  GtkEntry *name_entry;
  GtkWidget *text_scroller;
  GtkTextView *text_view;
  GtkToggleButton *text_button;
  GtkToggleButton *hex_button;
  GtkDropDown *encoding_drop_down;
  GtkWidget *text_row;
  GtkDropDown *line_ending_drop_down;
  GtkCheckButton *escapes_check;
  GtkCheckButton *variables_check;
  GtkEntry *check_entry;
  GtkEntry *prefix_entry;
  GtkEntry *suffix_entry;
  PhCommandSending *sending;
  GtkTextView *comment_view;
  GtkLabel *text_reason;
  GtkLabel *check_reason;
  GtkLabel *prefix_reason;
  GtkLabel *suffix_reason;

  /* owned */
  PhQuickCommand *command; /* nullable */
  GBinding *name;          /* nullable */
};

G_DEFINE_FINAL_TYPE (PhCommandForm, ph_command_form, GTK_TYPE_BOX)

/* ---- what is wrong ---- */

static void
show_reason (GtkLabel *label, GtkWidget *field, const char *reason)
{
  gtk_label_set_label (label, reason != NULL ? reason : "");
  gtk_widget_set_visible (GTK_WIDGET (label), reason != NULL);
  if (reason != NULL)
    gtk_widget_add_css_class (field, "error");
  else
    gtk_widget_remove_css_class (field, "error");
}

static void
mark_place (GtkTextBuffer *buffer, gsize place)
{
  GtkTextTag *tag = gtk_text_tag_table_lookup (gtk_text_buffer_get_tag_table (buffer), "wrong");
  GtkTextIter start, end;

  if (tag == NULL)
    tag = gtk_text_buffer_create_tag (buffer, "wrong", "underline", PANGO_UNDERLINE_ERROR, NULL);
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  gtk_text_buffer_remove_tag (buffer, tag, &start, &end);
  if (place == PH_COMMAND_FAULTS_NO_PLACE)
    return;
  gtk_text_buffer_get_iter_at_offset (buffer, &start, (int) MIN (place, G_MAXINT));
  if (gtk_text_iter_is_end (&start))
    gtk_text_iter_backward_char (&start);
  end = start;
  gtk_text_iter_forward_char (&end);
  gtk_text_buffer_apply_tag (buffer, tag, &start, &end);
}

static char *
dup_buffer_text (GtkTextView *view)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);

  return gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
}

/* What is too long is not taken: then the text that is sent is another one. */
static const char *
find_text_fault (PhCommandForm *self, const PhCommandFaults *faults)
{
  g_autofree char *text = dup_buffer_text (self->text_view);

  if (strlen (text) > PH_QUICK_COMMAND_TEXT_MAX)
    return _("The text is too long: what it was before is kept");

  return faults->text != NULL ? faults->text->message : NULL;
}

static const char *
message_of (const GError *error)
{
  return error != NULL ? error->message : NULL;
}

static gboolean
check_cb (gpointer data)
{
  PhCommandForm *self = data;
  g_auto (PhCommandFaults) faults = { 0 };

  self->check = 0;
  if (self->command == NULL || ph_quick_command_is_heading (self->command))
    return G_SOURCE_REMOVE;
  ph_command_faults_find (self->command, &faults);
  show_reason (self->text_reason, self->text_scroller, find_text_fault (self, &faults));
  mark_place (gtk_text_view_get_buffer (self->text_view), faults.text != NULL ? faults.place : PH_COMMAND_FAULTS_NO_PLACE);
  show_reason (self->prefix_reason, GTK_WIDGET (self->prefix_entry), message_of (faults.prefix));
  show_reason (self->suffix_reason, GTK_WIDGET (self->suffix_entry), message_of (faults.suffix));
  show_reason (self->check_reason, GTK_WIDGET (self->check_entry), message_of (faults.check));

  return G_SOURCE_REMOVE;
}

static void
check_soon (PhCommandForm *self)
{
  if (self->check == 0)
    self->check = g_idle_add (check_cb, self);
}

/* ---- from the fields to the command ---- */

static void
text_changed_cb (PhCommandForm *self)
{
  g_autofree char *text = NULL;

  if (self->filling)
    return;
  text = dup_buffer_text (self->text_view);
  g_object_set (self->command, "text", text, NULL);
  check_soon (self);
}

static void
comment_changed_cb (PhCommandForm *self)
{
  g_autofree char *text = NULL;

  if (self->filling)
    return;
  text = dup_buffer_text (self->comment_view);
  g_object_set (self->command, "comment", text, NULL);
}

static void
format_changed_cb (PhCommandForm *self)
{
  PhPayloadFormat format;

  if (self->filling)
    return;
  format = *ph_quick_command_get_format (self->command);
  format.hex = gtk_toggle_button_get_active (self->hex_button);
  format.charset = ph_charset_chooser_get (self->encoding_drop_down);
  format.line_ending = (PhLineEnding) gtk_drop_down_get_selected (self->line_ending_drop_down);
  format.escapes = gtk_check_button_get_active (self->escapes_check);
  format.variables = gtk_check_button_get_active (self->variables_check);
  format.check = gtk_editable_get_text (GTK_EDITABLE (self->check_entry));
  format.prefix = gtk_editable_get_text (GTK_EDITABLE (self->prefix_entry));
  format.suffix = gtk_editable_get_text (GTK_EDITABLE (self->suffix_entry));
  ph_quick_command_set_format (self->command, &format);
  gtk_widget_set_sensitive (self->text_row, !format.hex);
  check_soon (self);
}

/* The text stays the same bytes, where it has another form. */
static void
form_clicked_cb (PhCommandForm *self, GtkToggleButton *button)
{
  const PhPayloadFormat *format = ph_quick_command_get_format (self->command);
  gboolean hex = button == self->hex_button;
  g_autofree char *text = dup_buffer_text (self->text_view), *other = NULL;

  gtk_toggle_button_set_active (button, TRUE);
  if (hex == format->hex)
    return;
  other = hex ? ph_payload_convert_to_hex (format, text) : ph_payload_convert_to_text (format, text);
  format_changed_cb (self);
  if (other != NULL)
    gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->text_view), other, -1);
}

/* ---- from the command to the fields ---- */

static void
set_entry (GtkEntry *entry, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (entry), text != NULL ? text : "");
}

static void
show_format (PhCommandForm *self, const PhPayloadFormat *format)
{
  gtk_toggle_button_set_active (format->hex ? self->hex_button : self->text_button, TRUE);
  ph_charset_chooser_select (self->encoding_drop_down, format->charset);
  gtk_drop_down_set_selected (self->line_ending_drop_down, format->line_ending);
  gtk_check_button_set_active (self->escapes_check, format->escapes);
  gtk_check_button_set_active (self->variables_check, format->variables);
  gtk_widget_set_sensitive (self->text_row, !format->hex);
  set_entry (self->check_entry, format->check);
  set_entry (self->prefix_entry, format->prefix);
  set_entry (self->suffix_entry, format->suffix);
}

static void
show_command (PhCommandForm *self)
{
  gboolean heading = ph_quick_command_is_heading (self->command);

  self->filling = TRUE;
  gtk_label_set_label (self->title_label, heading ? _("Group") : _("Command"));
  gtk_widget_set_visible (self->send_button, !heading);
  gtk_widget_set_visible (self->message_fields, !heading);
  gtk_widget_set_visible (GTK_WIDGET (self->sending), !heading);
  gtk_widget_set_visible (self->comment_fields, !heading);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->text_view), ph_quick_command_get_text (self->command), -1);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->comment_view), ph_quick_command_get_comment (self->command), -1);
  show_format (self, ph_quick_command_get_format (self->command));
  if (!heading)
    ph_command_sending_edit (self->sending, self->command);
  if (self->name != NULL)
    g_binding_unbind (g_steal_pointer (&self->name));
  self->name = g_object_bind_property (self->command, "name", self->name_entry, "text", G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  self->filling = FALSE;
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller)), 0);
  check_soon (self);
}

/* ---- the object ---- */

/* Another window may have changed it. */
static void
ph_command_form_map (GtkWidget *widget)
{
  if (PH_COMMAND_FORM (widget)->command != NULL)
    show_command (PH_COMMAND_FORM (widget));
  GTK_WIDGET_CLASS (ph_command_form_parent_class)->map (widget);
}

static void
ph_command_form_dispose (GObject *object)
{
  PhCommandForm *self = PH_COMMAND_FORM (object);

  g_clear_handle_id (&self->check, g_source_remove);
  if (self->name != NULL)
    g_binding_unbind (g_steal_pointer (&self->name));
  g_clear_object (&self->command);

  G_OBJECT_CLASS (ph_command_form_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, PhCommandForm, title_label);
  gtk_widget_class_bind_template_child (widget_class, PhCommandForm, send_button);
  gtk_widget_class_bind_template_child (widget_class, PhCommandForm, scroller);
  gtk_widget_class_bind_template_child (widget_class, PhCommandForm, message_fields);
  gtk_widget_class_bind_template_child (widget_class, PhCommandForm, name_entry);
  gtk_widget_class_bind_template_child (widget_class, PhCommandForm, text_scroller);
  gtk_widget_class_bind_template_child (widget_class, PhCommandForm, text_view);
  gtk_widget_class_bind_template_child (widget_class, PhCommandForm, text_button);
  gtk_widget_class_bind_template_child (widget_class, PhCommandForm, hex_button);
  gtk_widget_class_bind_template_child (widget_class, PhCommandForm, encoding_drop_down);
  gtk_widget_class_bind_template_child (widget_class, PhCommandForm, text_row);
  gtk_widget_class_bind_template_child (widget_class, PhCommandForm, line_ending_drop_down);
  gtk_widget_class_bind_template_child (widget_class, PhCommandForm, escapes_check);
  gtk_widget_class_bind_template_child (widget_class, PhCommandForm, variables_check);
  gtk_widget_class_bind_template_child (widget_class, PhCommandForm, check_entry);
  gtk_widget_class_bind_template_child (widget_class, PhCommandForm, prefix_entry);
  gtk_widget_class_bind_template_child (widget_class, PhCommandForm, suffix_entry);
  gtk_widget_class_bind_template_child (widget_class, PhCommandForm, comment_view);
  gtk_widget_class_bind_template_child (widget_class, PhCommandForm, comment_fields);
  gtk_widget_class_bind_template_child (widget_class, PhCommandForm, sending);
  gtk_widget_class_bind_template_child (widget_class, PhCommandForm, text_reason);
  gtk_widget_class_bind_template_child (widget_class, PhCommandForm, check_reason);
  gtk_widget_class_bind_template_child (widget_class, PhCommandForm, prefix_reason);
  gtk_widget_class_bind_template_child (widget_class, PhCommandForm, suffix_reason);
}

static void
ph_command_form_class_init (PhCommandFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ph_command_form_dispose;
  widget_class->map = ph_command_form_map;

  g_type_ensure (PH_TYPE_COMMAND_SENDING);
  g_type_ensure (PH_TYPE_SEGMENTS);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/porthole/Porthole/command-form.ui");
  bind_children (widget_class);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "commands.back", NULL);
  gtk_widget_class_bind_template_callback (widget_class, form_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, format_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, text_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, comment_changed_cb);
}

static void
ph_command_form_init (PhCommandForm *self)
{
  self->filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  ph_compat_keep_name (self->send_button);
  gtk_entry_set_max_length (self->name_entry, PH_QUICK_COMMAND_NAME_MAX);
  gtk_entry_set_max_length (self->check_entry, PH_QUICK_COMMAND_WORD_MAX);
  gtk_entry_set_max_length (self->prefix_entry, PH_QUICK_COMMAND_WORD_MAX);
  gtk_entry_set_max_length (self->suffix_entry, PH_QUICK_COMMAND_WORD_MAX);
  ph_direction_keep_entry (GTK_EDITABLE (self->check_entry));
  ph_direction_keep_entry (GTK_EDITABLE (self->prefix_entry));
  ph_direction_keep_entry (GTK_EDITABLE (self->suffix_entry));
  gtk_entry_set_placeholder_text (self->check_entry, "crc-16/modbus");
  gtk_entry_set_placeholder_text (self->prefix_entry, "AA 55");
  gtk_entry_set_placeholder_text (self->suffix_entry, "0D 0A");
  ph_charset_chooser_fill (self->encoding_drop_down, NULL);
  ph_choices_fill (&ph_choices_line_endings, self->line_ending_drop_down);
}

/** ph_command_form_set_commands: To be called once: where other commands with the same key are. */
void
ph_command_form_set_commands (PhCommandForm *form, PhCommands *commands)
{
  g_return_if_fail (PH_IS_COMMAND_FORM (form));

  ph_command_sending_set_commands (form->sending, commands);
}

/** ph_command_form_edit: @command: of the commands; the fields are its own from now on */
void
ph_command_form_edit (PhCommandForm *form, PhQuickCommand *command)
{
  g_return_if_fail (PH_IS_COMMAND_FORM (form));

  g_set_object (&form->command, command);
  show_command (form);
}

/** ph_command_form_get_command: Returns: (transfer none) (nullable): what is edited, or was last */
PhQuickCommand *
ph_command_form_get_command (PhCommandForm *form)
{
  return form->command;
}

/** ph_command_form_focus: Gives the focus to the name. */
void
ph_command_form_focus (PhCommandForm *form)
{
  g_return_if_fail (PH_IS_COMMAND_FORM (form));

  gtk_widget_grab_focus (GTK_WIDGET (form->name_entry));
}
