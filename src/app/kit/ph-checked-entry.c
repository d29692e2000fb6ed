/* ph-checked-entry.c: a field for a text that is taken if it is right, and else stays out of force, marked, with the reason below
 *
 * What is typed counts when the field is left, and at Enter. What something else than a keyboard writes, such as assistive technology, counts
 * at once.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-checked-entry.h"

#include "ph-direction.h"
#include "ph-plain.h"

struct _PhCheckedEntry
{
  GtkBox parent_instance;

  gboolean showing; /* the program changes the text, not the user */
  gboolean changed; /* since it was shown, taken or refused */
  guint settle;     /* source of a commit, or 0 */
  PhCheckedEntryFunc func;
  gpointer data; /* borrowed: outlives the field */

  /* template */
  GtkEntry *entry;
  GtkLabel *reason_label;
};

G_DEFINE_FINAL_TYPE (PhCheckedEntry, ph_checked_entry, GTK_TYPE_BOX)

enum
{
  PROP_LABEL = 1,
  PROP_WIDTH_CHARS,
  N_PROPS
};

static void
clear_reason (PhCheckedEntry *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->reason_label), FALSE);
  gtk_widget_remove_css_class (GTK_WIDGET (self->entry), "error");
  gtk_accessible_reset_state (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_STATE_INVALID);
  gtk_accessible_reset_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
}

static void
show_reason (PhCheckedEntry *self, const char *reason)
{
  gtk_label_set_label (self->reason_label, reason);
  gtk_widget_set_visible (GTK_WIDGET (self->reason_label), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->entry), "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_TRUE, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, reason, -1);
}

static void
commit (PhCheckedEntry *self)
{
  g_autofree char *typed = NULL;
  g_autoptr (GError) error = NULL;

  if (!self->changed || self->func == NULL)
    return;
  self->changed = FALSE;
  typed = g_strstrip (ph_plain_dup_text (gtk_editable_get_text (GTK_EDITABLE (self->entry))));
  if (!self->func (self->data, typed, &error))
    show_reason (self, error->message);
}

static gboolean
settle_cb (gpointer data)
{
  PhCheckedEntry *self = data;

  self->settle = 0;
  commit (self);

  return G_SOURCE_REMOVE;
}

static gboolean
has_focus (PhCheckedEntry *self)
{
  return (gtk_widget_get_state_flags (GTK_WIDGET (self->entry)) & GTK_STATE_FLAG_FOCUS_WITHIN) != 0;
}

static void
changed_cb (PhCheckedEntry *self)
{
  if (self->showing)
    return;
  self->changed = TRUE;
  clear_reason (self);
  if (self->settle == 0 && !has_focus (self))
    self->settle = g_idle_add (settle_cb, self);
}

static void
ph_checked_entry_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  PhCheckedEntry *self = PH_CHECKED_ENTRY (object);

  if (id == PROP_LABEL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, g_value_get_string (value), -1);
  else if (id == PROP_WIDTH_CHARS)
    gtk_editable_set_width_chars (GTK_EDITABLE (self->entry), g_value_get_int (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
ph_checked_entry_dispose (GObject *object)
{
  g_clear_handle_id (&PH_CHECKED_ENTRY (object)->settle, g_source_remove);

  G_OBJECT_CLASS (ph_checked_entry_parent_class)->dispose (object);
}

static void
ph_checked_entry_class_init (PhCheckedEntryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS;

  object_class->set_property = ph_checked_entry_set_property;
  object_class->dispose = ph_checked_entry_dispose;
  g_object_class_install_property (object_class, PROP_LABEL, g_param_spec_string ("label", NULL, NULL, NULL, flags));
  g_object_class_install_property (object_class, PROP_WIDTH_CHARS,
                                   g_param_spec_int ("width-chars", NULL, NULL, -1, G_MAXINT, -1, flags));

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/porthole/Porthole/checked-entry.ui");
  gtk_widget_class_bind_template_child (widget_class, PhCheckedEntry, entry);
  gtk_widget_class_bind_template_child (widget_class, PhCheckedEntry, reason_label);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, commit);
}

static void
ph_checked_entry_init (PhCheckedEntry *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  ph_direction_keep_entry (GTK_EDITABLE (self->entry));
  g_signal_connect_object (focus, "leave", G_CALLBACK (commit), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->entry), focus);
}

/**
 * ph_checked_entry_set_text:
 * @text: what is in force; replaces what was typed and not taken
 */
void
ph_checked_entry_set_text (PhCheckedEntry *entry, const char *text)
{
  g_return_if_fail (PH_IS_CHECKED_ENTRY (entry));

  entry->showing = TRUE;
  if (!g_str_equal (gtk_editable_get_text (GTK_EDITABLE (entry->entry)), text))
    gtk_editable_set_text (GTK_EDITABLE (entry->entry), text);
  entry->showing = FALSE;
  entry->changed = FALSE;
  clear_reason (entry);
}

/**
 * ph_checked_entry_set_func:
 * @func: called with what is typed
 * @data: for @func; outlives @entry
 */
void
ph_checked_entry_set_func (PhCheckedEntry *entry, PhCheckedEntryFunc func, gpointer data)
{
  g_return_if_fail (PH_IS_CHECKED_ENTRY (entry));

  entry->func = func;
  entry->data = data;
}
