/* ph-save-popover.c: asks which records to save, and in which format, and saves them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-save-popover.h"

#include "ph-capture-copy.h"
#include "ph-compat-files.h"
#include "ph-log-form.h"
#include "ph-popover.h"
#include "ph-save-formats.h"
#include "ph-save-name.h"
#include "ph-save-records.h"
#include "ph-segments.h"
#include "ph-session-capture.h"

#include <glib/gi18n.h>

struct _PhSavePopover
{
  GtkPopover parent_instance;

  /* template */
  GtkToggleButton *all_button;
  GtkToggleButton *filtered_button;
  GtkToggleButton *selected_button;
  GtkLabel *count_label;
  GtkBox *format_box;

  const PhSaveFormat *format; /* what the file is asked for */

  /* borrowed: they belong to the page, as the popover does */
  PhSession *session;
  PhLogView *view;
  PhReceiveOptions *options;
  PhSaveBar *bar;
};

G_DEFINE_FINAL_TYPE (PhSavePopover, ph_save_popover, GTK_TYPE_POPOVER)

/* ---- which records ---- */

/* What is saved now: records from @first to @end, of these only the matches of @filter. */
typedef struct
{
  guint64 first, end;
  PhFinder *filter; /* nullable */
} Choice;

static Choice
get_choice (PhSavePopover *self)
{
  Choice choice = { .first = ph_session_get_first (self->session), .end = ph_session_get_end (self->session) };

  if (gtk_toggle_button_get_active (self->selected_button))
    ph_log_view_get_selected (self->view, &choice.first, &choice.end);
  /* What is selected of a filtered log is what one sees. */
  if (!gtk_toggle_button_get_active (self->all_button))
    choice.filter = ph_log_view_get_filter (self->view);

  return choice;
}

static guint64
count (PhSavePopover *self, const Choice *choice)
{
  PhStore *store = ph_session_get_store (self->session);
  guint64 n;

  if (choice->filter != NULL)
    {
      const PhMatches *matches = ph_finder_get_matches (choice->filter);

      return ph_matches_rank (matches, choice->end) - ph_matches_rank (matches, choice->first);
    }
  ph_store_begin_read (store);
  n = ph_store_number (store, choice->end) - ph_store_number (store, choice->first);
  ph_store_end_read (store);

  return n;
}

/* Shows how many records are chosen, and which formats can have them. */
static void
update (PhSavePopover *self)
{
  const Choice choice = get_choice (self);
  guint64 n = count (self, &choice);
  g_autofree char *number = ph_format_dup_grouped (n);
  g_autofree char *words = g_strdup_printf (ngettext ("%s record", "%s records", (gulong) MIN (n, G_MAXULONG)), number);
  g_autofree char *label = g_strconcat (words, choice.filter != NULL && ph_finder_is_running (choice.filter) ? "…" : NULL, NULL);
  GtkWidget *button = gtk_widget_get_first_child (GTK_WIDGET (self->format_box));
  gboolean all = gtk_toggle_button_get_active (self->all_button);

  gtk_label_set_label (self->count_label, label);
  for (guint i = 0; button != NULL; i++, button = gtk_widget_get_next_sibling (button))
    gtk_widget_set_sensitive (button, all || !ph_save_format_at (i)->recording);
}

/* ---- saving ---- */

static PhExportPayload
payload_cb (gpointer forms, const PhRecord *record, const guint8 *payload)
{
  const PhLogForm form = ph_log_forms_get (forms, record, payload);

  return (PhExportPayload) { form.hex, form.charset };
}

/* As the log shows it. */
static PhExportForm
make_form (PhSavePopover *self)
{
  PhExportForm form = { .format = self->format->format, .sides = self->format->sides, .payload_func = payload_cb };
  g_autofree char *encoding = NULL, *shown = NULL;
  PhLogFormat format = { 0 };
  int time;

  g_object_get (self->options, "encoding", &encoding, "form", &shown, "as-it-came", &format.as_it_came, NULL);
  g_object_get (self->view, "time-format", &time, NULL);
  format.form = ph_form_find (shown);
  format.charset = ph_charset_find (encoding);
  form.time = (PhTimeFormat) time;
  form.payload = (PhExportPayload) { format.form == PH_FORM_HEX, format.charset };
  form.data = ph_log_forms_new (&format);
  form.free_data = (GDestroyNotify) ph_log_forms_free;

  return form;
}

static void
chosen_cb (gpointer data, GFile *to)
{
  PhSavePopover *self = data;
  const char *path = ph_session_get_capture_path (self->session);

  ph_log_view_tell (self->view, NULL);
  if (self->format->recording)
    {
      ph_save_bar_start (self->bar, &ph_capture_copy, ph_capture_copy_new (path, self->session), path, to);
    }
  else
    {
      const PhExportForm form = make_form (self);
      const Choice choice = get_choice (self);
      PhSearch *only = choice.filter != NULL ? ph_finder_dup_search (choice.filter) : NULL;

      ph_save_bar_start (self->bar, &ph_save_records,
                         ph_save_records_new (self->session, &form, choice.first, choice.end, only), path, to);
    }
}

static void
clicked_cb (GtkWidget *button, gpointer data)
{
  PhSavePopover *self = data;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *name = NULL;

  self->format = g_object_get_data (G_OBJECT (button), "format");
  name = ph_save_name_dup (self->session, now, self->format->suffix);
  gtk_popover_popdown (GTK_POPOVER (self));
  ph_compat_ask_save (GTK_WINDOW (root), _("Save"), name, _(self->format->name), self->format->suffix, chosen_cb, self);
}

/* ---- the object ---- */

static void
add_format (PhSavePopover *self, const PhSaveFormat *format)
{
  GtkWidget *button = gtk_button_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 24);
  GtkWidget *name = gtk_label_new (_(format->name)), *suffix = gtk_label_new (format->suffix);

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_widget_set_hexpand (name, TRUE);
  gtk_widget_add_css_class (suffix, "dim-label");
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), suffix);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _(format->name), -1);
  g_object_set_data (G_OBJECT (button), "format", (gpointer) format);
  g_signal_connect (button, "clicked", G_CALLBACK (clicked_cb), self);
  gtk_box_append (self->format_box, button);
}

static void
ph_save_popover_class_init (PhSavePopoverClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (PH_TYPE_SEGMENTS);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/porthole/Porthole/save-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, PhSavePopover, all_button);
  gtk_widget_class_bind_template_child (widget_class, PhSavePopover, filtered_button);
  gtk_widget_class_bind_template_child (widget_class, PhSavePopover, selected_button);
  gtk_widget_class_bind_template_child (widget_class, PhSavePopover, count_label);
  gtk_widget_class_bind_template_child (widget_class, PhSavePopover, format_box);
  gtk_widget_class_bind_template_callback (widget_class, update);
}

static void
ph_save_popover_init (PhSavePopover *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  ph_popover_return_focus (GTK_WIDGET (self));
  for (guint i = 0; ph_save_format_at (i) != NULL; i++)
    add_format (self, ph_save_format_at (i));
}

/**
 * ph_save_popover_new:
 * @view: shows the log of @session
 * @options: how received data is shown, and so saved
 * @bar: saves
 *
 * All of them outlive the popover.
 *
 * Returns: (transfer floating): needs a parent before it is opened
 */
GtkWidget *
ph_save_popover_new (PhSession *session, PhLogView *view, PhReceiveOptions *options, PhSaveBar *bar)
{
  PhSavePopover *self = g_object_new (PH_TYPE_SAVE_POPOVER, NULL);

  self->session = session;
  self->view = view;
  self->options = options;
  self->bar = bar;

  return GTK_WIDGET (self);
}

/**
 * ph_save_popover_open:
 *
 * Opens it with what one sees as the choice: what is filtered, or all.
 */
void
ph_save_popover_open (PhSavePopover *popover)
{
  gboolean filtered = ph_log_view_get_filter (popover->view) != NULL;
  guint64 first, end;

  gtk_widget_set_sensitive (GTK_WIDGET (popover->filtered_button), filtered);
  gtk_widget_set_sensitive (GTK_WIDGET (popover->selected_button), ph_log_view_get_selected (popover->view, &first, &end));
  gtk_toggle_button_set_active (filtered ? popover->filtered_button : popover->all_button, TRUE);
  update (popover);
  gtk_popover_popup (GTK_POPOVER (popover));
  gtk_widget_grab_focus (gtk_widget_get_first_child (GTK_WIDGET (popover->format_box)));
}
