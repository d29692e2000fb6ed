/* ph-target-entry.c: takes a typed address as the target, or marks it and says why not
 *
 * What is typed counts at Enter, when the field is left, and when something is sent.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-target-entry.h"

#include "ph-address-store.h"
#include "ph-address-suggest.h"
#include "ph-direction.h"
#include "ph-marks.h"

struct _PhTargetEntry
{
  GtkBox parent_instance;

  gboolean showing; /* the program changes the text, not the user */
  gboolean changed; /* since it was shown, taken or refused */

  /* template */
  GtkEntry *entry;

  /* owned */
  PhMessageTarget *target;
};

G_DEFINE_FINAL_TYPE (PhTargetEntry, ph_target_entry, GTK_TYPE_BOX)

enum
{
  TOLD,
  TAKEN,
  LEFT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const char *
text_of (PhTargetEntry *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->entry));
}

static void
show_text (PhTargetEntry *self)
{
  const char *typed = ph_message_target_get_typed (self->target);

  self->showing = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->entry), typed != NULL ? typed : "");
  gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->entry), ph_addresses_find_name (ph_address_store_get (), typed));
  self->showing = FALSE;
  self->changed = FALSE;
}

/* ---- what is wrong ---- */

static void
unmark (PhTargetEntry *self)
{
  if (!gtk_widget_has_css_class (GTK_WIDGET (self->entry), "error"))
    return;
  gtk_widget_remove_css_class (GTK_WIDGET (self->entry), "error");
  gtk_accessible_reset_state (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_STATE_INVALID);
  gtk_accessible_reset_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->entry), NULL);
  g_signal_emit (self, signals[TOLD], 0, "");
}

static void
mark (PhTargetEntry *self, const char *reason)
{
  g_autofree char *shown = ph_marks_dup (reason, -1, PH_MARKS_LINE_MAX);

  gtk_widget_add_css_class (GTK_WIDGET (self->entry), "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_TRUE, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, shown, -1);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->entry), shown);
  g_signal_emit (self, signals[TOLD], 0, shown);
}

/* ---- input of the user ---- */

static void
changed_cb (PhTargetEntry *self)
{
  unmark (self);
  self->changed = self->changed || !self->showing;
}

static void
activate_cb (PhTargetEntry *self)
{
  self->changed = TRUE;
  if (ph_target_entry_commit (self))
    g_signal_emit (self, signals[TAKEN], 0);
}

static void
leave_cb (PhTargetEntry *self)
{
  ph_message_target_set_typed (self->target, NULL, NULL);
  show_text (self);
  unmark (self);
  g_signal_emit (self, signals[LEFT], 0, TRUE);
}

static void
focus_out_cb (PhTargetEntry *self)
{
  if (ph_target_entry_commit (self) && *text_of (self) == '\0')
    g_signal_emit (self, signals[LEFT], 0, FALSE);
}

/* What was typed and not taken goes; then the list comes back. */
static gboolean
pressed_cb (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, PhTargetEntry *self)
{
  if (key != GDK_KEY_Escape)
    return GDK_EVENT_PROPAGATE;
  show_text (self);
  unmark (self);
  if (*text_of (self) == '\0')
    g_signal_emit (self, signals[LEFT], 0, TRUE);

  return GDK_EVENT_STOP;
}

/* A remembered address. */
static void
chosen_cb (gpointer data, const char *address)
{
  PhTargetEntry *self = data;

  gtk_editable_set_text (GTK_EDITABLE (self->entry), address);
  activate_cb (self);
}

/* ---- the object ---- */

static gboolean
ph_target_entry_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (PH_TARGET_ENTRY (widget)->entry));
}

static void
ph_target_entry_dispose (GObject *object)
{
  g_clear_object (&PH_TARGET_ENTRY (object)->target);

  G_OBJECT_CLASS (ph_target_entry_parent_class)->dispose (object);
}

static void
ph_target_entry_class_init (PhTargetEntryClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ph_target_entry_dispose;
  widget_class->grab_focus = ph_target_entry_grab_focus;

  signals[TOLD] = g_signal_new ("told", PH_TYPE_TARGET_ENTRY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[TAKEN] = g_signal_new ("taken", PH_TYPE_TARGET_ENTRY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[LEFT] = g_signal_new ("left", PH_TYPE_TARGET_ENTRY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/porthole/Porthole/target-entry.ui");
  gtk_widget_class_bind_template_child (widget_class, PhTargetEntry, entry);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, leave_cb);
}

static void
ph_target_entry_init (PhTargetEntry *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  ph_direction_keep_entry (GTK_EDITABLE (self->entry));
  ph_address_suggest_attach (self->entry, GTK_WIDGET (self), GTK_POS_TOP, chosen_cb, self);
  g_signal_connect_object (focus, "leave", G_CALLBACK (focus_out_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (pressed_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self->entry), focus);
  gtk_widget_add_controller (GTK_WIDGET (self->entry), keys);
}

/**
 * ph_target_entry_set_target:
 * @target: its “typed” is shown and changed from now on; set once
 */
void
ph_target_entry_set_target (PhTargetEntry *entry, PhMessageTarget *target)
{
  g_return_if_fail (PH_IS_TARGET_ENTRY (entry));

  g_set_object (&entry->target, target);
  g_signal_connect_object (target, "notify::typed", G_CALLBACK (show_text), entry, G_CONNECT_SWAPPED);
  show_text (entry);
}

/**
 * ph_target_entry_commit:
 *
 * Takes over what was typed and not taken yet. Nothing is that no address is typed.
 *
 * Returns: %FALSE if it is wrong: it is marked then
 */
gboolean
ph_target_entry_commit (PhTargetEntry *entry)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  g_return_val_if_fail (PH_IS_TARGET_ENTRY (entry), FALSE);

  if (gtk_widget_has_css_class (GTK_WIDGET (entry->entry), "error"))
    {
      g_signal_emit (entry, signals[TOLD], 0, gtk_widget_get_tooltip_text (GTK_WIDGET (entry->entry)));
      return FALSE;
    }
  if (!entry->changed)
    return TRUE;
  entry->changed = FALSE;
  text = g_strdup (text_of (entry));
  if (ph_message_target_set_typed (entry->target, *g_strstrip (text) != '\0' ? text : NULL, &error))
    {
      show_text (entry); /* the same address may have been typed otherwise */
      return TRUE;
    }
  mark (entry, error->message);

  return FALSE;
}
