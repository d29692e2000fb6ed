/* ph-commands-bar.c: below the quick commands: runs those that are marked, and tells how far that is
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-commands-bar.h"

#include "ph-compat.h"
#include "ph-fit-label.h"
#include "ph-format.h"
#include "ph-number-field.h"

#include <glib/gi18n.h>

#define PAUSE 100 /* ms from one progress to the next */

struct _PhCommandsBar
{
  GtkBox parent_instance;

  guint timer;
  gboolean behind; /* something has changed since the progress was shown */

  /* template */
  GtkWidget *marked_row;
  GtkLabel *marked_label;
  PhNumberField *rounds_field;
  GtkWidget *running_row;
  PhFitLabel *progress_label;

  /* owned */
  PhCommandsShown *shown;
  PhSession *session;
};

G_DEFINE_FINAL_TYPE (PhCommandsBar, ph_commands_bar, GTK_TYPE_BOX)

/* ---- progress ---- */

/* “Round 2 of 10 · 3 of 5”; without end there is no “of 10”. */
static char *
dup_sequence_words (const PhRepeat *at)
{
  guint64 steps = MAX (at->steps, 1), done = MIN (at->sent + at->waiting, at->times > 0 ? at->times : G_MAXUINT64);
  guint64 round = done > 0 ? (done - 1) / steps : 0;
  g_autofree char *step = ph_format_dup_grouped (done - round * steps), *all = ph_format_dup_grouped (at->steps);
  g_autofree char *now = ph_format_dup_grouped (round + 1), *rounds = ph_format_dup_grouped (at->times / steps);

  if (at->times == 0)
    /* Translators: rounds of a sequence without end; then how many of its messages were sent in this round */
    return g_strdup_printf (_("Round %s · %s of %s"), now, step, all);

  /* Translators: rounds of a sequence, and how many of its messages were sent in this round */
  return g_strdup_printf (_("Round %s of %s · %s of %s"), now, rounds, step, all);
}

static char *
dup_words (PhCommandsBar *self)
{
  guint listed = ph_session_get_listed (self->session);
  g_autofree char *number = ph_format_dup_grouped (listed);

  if (ph_session_is_in_sequence (self->session))
    return dup_sequence_words (&ph_session_get_facts (self->session)->sequence);

  return g_strdup_printf (ngettext ("%s repeats", "%s repeat", listed), number);
}

static void
show_progress (PhCommandsBar *self)
{
  g_autofree char *words = dup_words (self);

  self->behind = FALSE;
  ph_fit_label_set_text (self->progress_label, words);
}

static gboolean
pause_cb (gpointer data)
{
  PhCommandsBar *self = data;

  self->timer = 0;
  if (self->behind && gtk_widget_get_mapped (self->running_row))
    show_progress (self);

  return G_SOURCE_REMOVE;
}

/* At most ten times a second, and only while it can be seen. */
static void
advanced_cb (PhCommandsBar *self)
{
  self->behind = TRUE;
  if (self->timer != 0 || !gtk_widget_get_mapped (self->running_row))
    return;
  show_progress (self);
  self->timer = g_timeout_add (PAUSE, pause_cb, self);
}

/* ---- what there is to run ---- */

static void
update (PhCommandsBar *self)
{
  guint marked = ph_commands_shown_get_marked (self->shown);
  gboolean runs = ph_session_is_in_sequence (self->session) || ph_session_get_listed (self->session) > 0;
  gboolean moves = gtk_widget_get_focus_child (GTK_WIDGET (self)) != NULL && runs != gtk_widget_get_visible (self->running_row);
  g_autofree char *number = ph_format_dup_grouped (marked);
  g_autofree char *words = g_strdup_printf (ngettext ("%s marked", "%s marked", marked), number);

  gtk_label_set_label (self->marked_label, words);
  gtk_widget_set_visible (self->marked_row, marked > 0 && !runs);
  gtk_widget_set_visible (self->running_row, runs);
  gtk_widget_set_visible (GTK_WIDGET (self), marked > 0 || runs);
  if (runs)
    show_progress (self);
  if (moves) /* from the button that was pressed to the one in its place */
    gtk_widget_child_focus (runs ? self->running_row : self->marked_row, GTK_DIR_TAB_FORWARD);
}

static void
run_cb (PhCommandsBar *self)
{
  if (ph_number_field_commit (self->rounds_field))
    gtk_widget_activate_action (GTK_WIDGET (self), "page.run-commands", "t", (guint64) ph_number_field_get_value (self->rounds_field));
}

/* ---- the object ---- */

static void
ph_commands_bar_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (ph_commands_bar_parent_class)->map (widget);
  show_progress (PH_COMMANDS_BAR (widget));
}

static void
ph_commands_bar_dispose (GObject *object)
{
  PhCommandsBar *self = PH_COMMANDS_BAR (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->shown);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (ph_commands_bar_parent_class)->dispose (object);
}

static void
ph_commands_bar_class_init (PhCommandsBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ph_commands_bar_dispose;
  widget_class->map = ph_commands_bar_map;

  g_type_ensure (PH_TYPE_FIT_LABEL);
  g_type_ensure (PH_TYPE_NUMBER_FIELD);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/porthole/Porthole/commands-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, PhCommandsBar, marked_row);
  gtk_widget_class_bind_template_child (widget_class, PhCommandsBar, marked_label);
  gtk_widget_class_bind_template_child (widget_class, PhCommandsBar, rounds_field);
  gtk_widget_class_bind_template_child (widget_class, PhCommandsBar, running_row);
  gtk_widget_class_bind_template_child (widget_class, PhCommandsBar, progress_label);
  gtk_widget_class_bind_template_callback (widget_class, run_cb);
}

static void
ph_commands_bar_init (PhCommandsBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  ph_compat_keep_names (GTK_WIDGET (self));
}

/**
 * ph_commands_bar_follow:
 * @shown: knows how many are marked
 * @session: in which they run
 *
 * To be called once. The bar is hidden while nothing is marked and nothing runs.
 */
void
ph_commands_bar_follow (PhCommandsBar *bar, PhCommandsShown *shown, PhSession *session)
{
  g_return_if_fail (PH_IS_COMMANDS_BAR (bar) && bar->shown == NULL);

  bar->shown = g_object_ref (shown);
  bar->session = g_object_ref (session);
  g_signal_connect_object (shown, "counted", G_CALLBACK (update), bar, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::in-sequence", G_CALLBACK (update), bar, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::listed", G_CALLBACK (update), bar, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "advanced", G_CALLBACK (advanced_cb), bar, G_CONNECT_SWAPPED);
  update (bar);
}
