/* ph-send-summary.c: shows what will go out, as it is typed: encoding or hex, what is replaced and added, length; or why nothing can
 *
 * Each part is a button that leads to where it is set. Parts without room are hidden, but the length or the reason never is.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-send-summary.h"

#include "ph-charset.h"
#include "ph-check-title.h"
#include "ph-compat.h"
#include "ph-format.h"
#include "ph-priority-layout.h"

#include <glib/gi18n.h>
#include <string.h>

#define SMALL (64u * 1024u) /* bytes of text that are compiled at once; a longer one waits until typing pauses */
#define PAUSE 200           /* ms */
#define FAULT_CHARS 12      /* for which a fault hides other parts, as for a length; it gets what else there is */

struct _PhSendSummary
{
  GtkWidget parent_instance;

  guint update; /* source of the next update, or 0 */
  gboolean stream; /* messages go to one, and can be sent in pieces */

  /* template */
  GtkButton *form_button;
  GtkWidget *escapes_part;
  GtkWidget *variables_part;
  GtkWidget *ending_part;
  GtkButton *ending_button;
  GtkWidget *check_part;
  GtkButton *check_button;
  GtkWidget *pieces_part;
  GtkButton *pieces_button;
  GtkButton *length_button;
  GtkLabel *reason_label;

  /* owned */
  PhMessage *message;
  PhSendPreview *preview; /* nullable */
};

G_DEFINE_FINAL_TYPE (PhSendSummary, ph_send_summary, GTK_TYPE_WIDGET)

/* Takes @name. */
static void
show (GtkButton *button, const char *label, char *name)
{
  gtk_button_set_label (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  ph_compat_keep_name (GTK_WIDGET (button));
  g_free (name);
}

static void
show_format (PhSendSummary *self)
{
  PhPayloadFormat format = ph_send_options_get_format (ph_message_get_options (self->message));
  g_autofree char *charset = ph_charset_dup_short_name (ph_charset_find (format.charset));
  g_autofree char *ending = g_ascii_strup (ph_line_ending_id (format.line_ending), -1);

  if (format.hex)
    show (self->form_button, _("HEX"), g_strdup (_("Form: hex")));
  else
    /* Translators: the name of an encoding follows */
    show (self->form_button, charset, g_strdup_printf (_("Encoding: %s"), charset));
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->form_button), "s", format.hex ? "send-form" : "send-encoding");
  gtk_widget_set_visible (self->escapes_part, !format.hex && format.escapes);
  gtk_widget_set_visible (self->variables_part, format.variables);
  gtk_widget_set_visible (self->ending_part, !format.hex && format.line_ending != PH_LINE_ENDING_NONE);
  /* Translators: CRLF or the like follows */
  show (self->ending_button, ending, g_strdup_printf (_("Line ending: %s"), ending));
}

static void
show_check (PhSendSummary *self)
{
  PhPayloadFormat format = ph_send_options_get_format (ph_message_get_options (self->message));
  g_autofree char *title = ph_check_title_dup (&format);

  gtk_widget_set_visible (self->check_part, title != NULL);
  if (title != NULL)
    /* Translators: such as CRC-16/MODBUS */
    show (self->check_button, title, g_strdup_printf (_("Added: %s"), title));
}

static void
show_pieces (PhSendSummary *self)
{
  g_autofree char *grouped = NULL, *words = NULL;
  guint size;

  g_object_get (ph_message_get_options (self->message), "piece-size", &size, NULL);
  gtk_widget_set_visible (self->pieces_part, self->stream && size > 0);
  grouped = ph_format_dup_grouped (size);
  /* Translators: a number of bytes */
  words = g_strdup_printf (_("in pieces of %s B"), grouped);
  show (self->pieces_button, words, g_strdup (words));
}

/* A length is shown whole. */
static void
make_room (PhSendSummary *self, gboolean for_fault)
{
  GtkLabel *label = GTK_LABEL (gtk_button_get_child (self->length_button));

  gtk_label_set_ellipsize (label, for_fault ? PANGO_ELLIPSIZE_END : PANGO_ELLIPSIZE_NONE);
  gtk_label_set_max_width_chars (label, for_fault ? FAULT_CHARS : -1);
  gtk_widget_set_hexpand (GTK_WIDGET (self->length_button), for_fault);
}

/* What is not typed to its end yet is no fault. */
static void
show_length (PhSendSummary *self)
{
  g_autoptr (GError) error = NULL;
  gsize place = 0;
  g_autoptr (PhPayload) payload = ph_message_compile (self->message, &place, &error);
  gboolean at_end = place >= (gsize) g_utf8_strlen (ph_message_get_text (self->message), -1);
  gsize check_at = 0, check_length = 0;
  g_autoptr (GBytes) bytes = payload != NULL ? ph_payload_preview (payload, &check_at, &check_length) : NULL;
  g_autofree char *grouped = bytes != NULL ? ph_format_dup_grouped (g_bytes_get_size (bytes)) : NULL;
  /* Translators: a number of bytes */
  g_autofree char *length = grouped != NULL ? g_strdup_printf (_("%s B"), grouped) : NULL;

  if (length != NULL)
    /* Translators: a number of bytes, such as “14 B”, follows */
    show (self->length_button, length, g_strdup_printf (_("Length: %s"), length));
  else
    show (self->length_button, error->message, g_strdup (error->message));
  if (self->preview != NULL)
    ph_send_preview_set_bytes (self->preview, bytes, check_at, check_length);
  make_room (self, error != NULL);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->length_button), error != NULL ? error->message : NULL);
  if (error != NULL && !at_end)
    gtk_widget_add_css_class (GTK_WIDGET (self->length_button), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->length_button), "error");
}

static gboolean
update_cb (gpointer data)
{
  PhSendSummary *self = data;

  self->update = 0;
  show_format (self);
  show_check (self);
  show_pieces (self);
  show_length (self);

  return G_SOURCE_REMOVE;
}

static void
queue_update (PhSendSummary *self)
{
  gboolean small = strlen (ph_message_get_text (self->message)) <= SMALL;

  if (self->update != 0 && small)
    return;
  g_clear_handle_id (&self->update, g_source_remove);
  self->update = small ? g_idle_add (update_cb, self) : g_timeout_add (PAUSE, update_cb, self);
}

static void
ph_send_summary_dispose (GObject *object)
{
  PhSendSummary *self = PH_SEND_SUMMARY (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_handle_id (&self->update, g_source_remove);
  g_clear_object (&self->message);
  g_clear_object (&self->preview);

  G_OBJECT_CLASS (ph_send_summary_parent_class)->dispose (object);
}

static void
ph_send_summary_class_init (PhSendSummaryClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ph_send_summary_dispose;

  g_type_ensure (PH_TYPE_PRIORITY_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/porthole/Porthole/send-summary.ui");
  gtk_widget_class_bind_template_child (widget_class, PhSendSummary, form_button);
  gtk_widget_class_bind_template_child (widget_class, PhSendSummary, escapes_part);
  gtk_widget_class_bind_template_child (widget_class, PhSendSummary, variables_part);
  gtk_widget_class_bind_template_child (widget_class, PhSendSummary, ending_part);
  gtk_widget_class_bind_template_child (widget_class, PhSendSummary, ending_button);
  gtk_widget_class_bind_template_child (widget_class, PhSendSummary, check_part);
  gtk_widget_class_bind_template_child (widget_class, PhSendSummary, check_button);
  gtk_widget_class_bind_template_child (widget_class, PhSendSummary, pieces_part);
  gtk_widget_class_bind_template_child (widget_class, PhSendSummary, pieces_button);
  gtk_widget_class_bind_template_child (widget_class, PhSendSummary, length_button);
  gtk_widget_class_bind_template_child (widget_class, PhSendSummary, reason_label);
}

static void
ph_send_summary_init (PhSendSummary *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  ph_compat_keep_name (gtk_widget_get_first_child (self->escapes_part));
  ph_compat_keep_name (gtk_widget_get_first_child (self->variables_part));
  gtk_label_set_xalign (GTK_LABEL (gtk_button_get_child (self->length_button)), 0);
  gtk_label_set_max_width_chars (self->reason_label, FAULT_CHARS);
}

/**
 * ph_send_summary_set_message:
 * @message: shown from now on; set once
 */
void
ph_send_summary_set_message (PhSendSummary *summary, PhMessage *message)
{
  g_return_if_fail (PH_IS_SEND_SUMMARY (summary));

  g_set_object (&summary->message, message);
  g_signal_connect_object (message, "notify::text", G_CALLBACK (queue_update), summary, G_CONNECT_SWAPPED);
  g_signal_connect_object (ph_message_get_options (message), "notify", G_CALLBACK (queue_update), summary, G_CONNECT_SWAPPED);
  update_cb (summary);
}

/** ph_send_summary_set_preview: @preview shows the bytes of the message; set before the message. */
void
ph_send_summary_set_preview (PhSendSummary *summary, PhSendPreview *preview)
{
  g_return_if_fail (PH_IS_SEND_SUMMARY (summary));

  g_set_object (&summary->preview, preview);
}

/**
 * ph_send_summary_set_stream:
 * @stream: whether messages go to a stream: pieces are told of only then
 */
void
ph_send_summary_set_stream (PhSendSummary *summary, gboolean stream)
{
  g_return_if_fail (PH_IS_SEND_SUMMARY (summary));

  summary->stream = stream;
  show_pieces (summary);
}

/**
 * ph_send_summary_tell:
 * @reason: shown in place of the length; "" to show that again
 */
void
ph_send_summary_tell (PhSendSummary *summary, const char *reason, gboolean is_error)
{
  gboolean telling = *reason != '\0';

  g_return_if_fail (PH_IS_SEND_SUMMARY (summary));

  gtk_label_set_label (summary->reason_label, reason);
  gtk_widget_set_visible (GTK_WIDGET (summary->reason_label), telling);
  gtk_widget_set_visible (GTK_WIDGET (summary->length_button), !telling);
  gtk_widget_set_tooltip_text (GTK_WIDGET (summary->reason_label), telling ? reason : NULL);
  if (is_error)
    gtk_widget_add_css_class (GTK_WIDGET (summary->reason_label), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (summary->reason_label), "error");
}

gboolean
ph_send_summary_is_telling (PhSendSummary *summary)
{
  return gtk_widget_get_visible (GTK_WIDGET (summary->reason_label));
}
