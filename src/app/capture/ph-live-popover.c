/* ph-live-popover.c: where what is received is saved to, and how
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-live-popover.h"

#include "ph-checked-entry.h"
#include "ph-choices.h"
#include "ph-marks.h"
#include "ph-name-pattern.h"
#include "ph-popover.h"

#include <glib/gi18n.h>

struct _PhLivePopover
{
  GtkPopover parent_instance;

  /* template */
  GtkButton *folder_button;
  GtkLabel *folder_label;
  PhCheckedEntry *pattern_entry;
  GtkLabel *example_label;
  GtkDropDown *format_drop_down;
  GtkDropDown *direction_drop_down;
  PhCheckedEntry *every_entry;
  GtkCheckButton *per_peer_check;
  GtkCheckButton *escape_check;

  /* borrowed: they outlive the popover */
  PhLiveSaving *saving;
  PhSession *session;
};

G_DEFINE_FINAL_TYPE (PhLivePopover, ph_live_popover, GTK_TYPE_POPOVER)

/* ---- tables ---- */

typedef struct
{
  const char *id, *name;
} Choice;

static const Choice formats[] = {
  { "raw", N_("Raw bytes") },
  { "log", N_("Log text") },
  { "netassist", N_("NetAssist’s log text") },
  { "netassist-v5", N_("NetAssist’s log text, version 5") },
  { "csv", N_("Table with commas (CSV)") },
  { "json", N_("JSON lines") },
};

static const Choice directions[] = {
  { "in", N_("What is received") },
  { "both", N_("Both directions") },
};

static const char *
format_id (guint index)
{
  return index < G_N_ELEMENTS (formats) ? formats[index].id : NULL;
}

static const char *
format_name (guint index)
{
  return _(formats[index].name);
}

static const char *
direction_id (guint index)
{
  return index < G_N_ELEMENTS (directions) ? directions[index].id : NULL;
}

static const char *
direction_name (guint index)
{
  return _(directions[index].name);
}

static const PhChoices format_choices = { format_id, format_name };
static const PhChoices direction_choices = { direction_id, direction_name };

/* ---- texts ---- */

static PhSaveOptions *
get_options (PhLivePopover *self)
{
  return ph_live_saving_get_options (self->saving);
}

static char *
dup_example (PhLivePopover *self, const char *typed)
{
  g_autoptr (PhNamePattern) pattern = ph_name_pattern_new (typed, NULL, NULL);
  const char *local = ph_session_get_local (self->session), *remote = ph_session_get_remote (self->session);
  g_auto (GStrv) locals = local != NULL ? g_strsplit (local, PH_NAMES_AND, 2) : NULL;
  const PhNameValues values = { .local = locals != NULL ? locals[0] : "192.168.0.2:7788",
                                .peer = gtk_check_button_get_active (self->per_peer_check) ? "192.168.0.9:4089" : remote,
                                .time = g_get_real_time () * 1000,
                                .number = 1 };
  g_autofree char *name = pattern != NULL ? ph_name_pattern_dup_name (pattern, &values) : NULL;

  return name != NULL ? g_strdup_printf (_("Such as %s"), name) : g_strdup ("");
}

/* Of what is being typed, too. */
static void
update_example (PhLivePopover *self)
{
  GtkWidget *entry = gtk_widget_get_first_child (GTK_WIDGET (self->pattern_entry));
  g_autofree char *example = dup_example (self, gtk_editable_get_text (GTK_EDITABLE (entry)));

  gtk_label_set_label (self->example_label, example);
  gtk_widget_set_visible (GTK_WIDGET (self->example_label), *example != '\0');
}

static void
update_folder (PhLivePopover *self)
{
  const char *folder = ph_save_options_get_folder (get_options (self));
  g_autofree char *shown = ph_marks_dup (folder, -1, PH_MARKS_LINE_MAX), *name = g_path_get_basename (folder);
  g_autofree char *label = *folder != '\0' ? ph_marks_dup (name, -1, PH_MARKS_NAME_MAX) : g_strdup (_("Choose…"));

  gtk_label_set_label (self->folder_label, label);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->folder_button), *folder != '\0' ? shown : NULL);
}

static void
update_escape (PhLivePopover *self)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->escape_check), ph_format_escapes (ph_save_options_get_format (get_options (self))));
}

static void
update_texts (PhLivePopover *self)
{
  g_autofree char *every = NULL;

  g_object_get (get_options (self), "every", &every, NULL);
  ph_checked_entry_set_text (self->every_entry, every);
  ph_checked_entry_set_text (self->pattern_entry, ph_save_options_get_pattern (get_options (self)));
  update_example (self);
}

/* ---- what is typed ---- */

static gboolean
take_pattern_cb (gpointer data, const char *typed, GError **error)
{
  PhLivePopover *self = data;
  g_autoptr (GError) why = NULL;
  gsize at = 0;
  g_autoptr (PhNamePattern) pattern = ph_name_pattern_new (typed, &at, &why);

  if (pattern == NULL)
    {
      g_set_error (error, why->domain, why->code, _("At position %lu: %s"), (gulong) at + 1, why->message);
      return FALSE;
    }
  g_object_set (get_options (self), "pattern", typed, NULL);

  return TRUE;
}

static gboolean
take_every_cb (gpointer data, const char *typed, GError **error)
{
  PhSaveEvery every;

  if (!ph_save_every_parse (typed, &every, error))
    return FALSE;
  g_object_set (get_options (data), "every", typed, NULL);

  return TRUE;
}

static void
choose_cb (PhLivePopover *self)
{
  ph_live_saving_choose_folder (self->saving);
}

/* ---- the object ---- */

static void
ph_live_popover_class_init (PhLivePopoverClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (PH_TYPE_CHECKED_ENTRY);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/porthole/Porthole/live-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, PhLivePopover, folder_button);
  gtk_widget_class_bind_template_child (widget_class, PhLivePopover, folder_label);
  gtk_widget_class_bind_template_child (widget_class, PhLivePopover, pattern_entry);
  gtk_widget_class_bind_template_child (widget_class, PhLivePopover, example_label);
  gtk_widget_class_bind_template_child (widget_class, PhLivePopover, format_drop_down);
  gtk_widget_class_bind_template_child (widget_class, PhLivePopover, direction_drop_down);
  gtk_widget_class_bind_template_child (widget_class, PhLivePopover, every_entry);
  gtk_widget_class_bind_template_child (widget_class, PhLivePopover, per_peer_check);
  gtk_widget_class_bind_template_child (widget_class, PhLivePopover, escape_check);
  gtk_widget_class_bind_template_callback (widget_class, choose_cb);
  gtk_widget_class_bind_template_callback (widget_class, update_example);
}

static void
ph_live_popover_init (PhLivePopover *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  ph_popover_return_focus (GTK_WIDGET (self));
}

static void
bind (PhLivePopover *self)
{
  const GBindingFlags both = G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL;
  PhSaveOptions *options = get_options (self);

  ph_choices_bind (&format_choices, self->format_drop_down, options, "format");
  ph_choices_bind (&direction_choices, self->direction_drop_down, options, "direction");
  g_object_bind_property (options, "per-peer", self->per_peer_check, "active", both);
  g_object_bind_property (options, "escape", self->escape_check, "active", both);
  ph_checked_entry_set_func (self->pattern_entry, take_pattern_cb, self);
  ph_checked_entry_set_func (self->every_entry, take_every_cb, self);
  g_signal_connect_object (gtk_widget_get_first_child (GTK_WIDGET (self->pattern_entry)), "changed", G_CALLBACK (update_example), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (options, "notify::folder", G_CALLBACK (update_folder), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (options, "notify::format", G_CALLBACK (update_escape), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (options, "notify::pattern", G_CALLBACK (update_texts), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (options, "notify::every", G_CALLBACK (update_texts), self, G_CONNECT_SWAPPED);
}

/**
 * ph_live_popover_new:
 * @session: whose addresses are in the example of a name
 *
 * Both outlive the popover.
 *
 * Returns: (transfer floating): for a menu button
 */
GtkWidget *
ph_live_popover_new (PhLiveSaving *saving, PhSession *session)
{
  PhLivePopover *self = g_object_new (PH_TYPE_LIVE_POPOVER, NULL);

  self->saving = saving;
  self->session = session;
  bind (self);
  update_folder (self);
  update_texts (self);
  update_escape (self);

  return GTK_WIDGET (self);
}
