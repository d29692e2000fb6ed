/* ph-save-bar.c: shows the job that saves a file, and cancels it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-save-bar.h"

#include <glib/gi18n.h>

#include "ph-marks.h"

#define TICK 200 /* ms between two updates; a job that is shorter is not shown */

struct _PhSaveBar
{
  GtkBox parent_instance;

  /* template */
  GtkLabel *name_label;
  GtkProgressBar *progress_bar;

  /* borrowed */
  PhSaveJob *job; /* nullable; it holds a reference to the bar */

  guint tick;
};

G_DEFINE_FINAL_TYPE (PhSaveBar, ph_save_bar, GTK_TYPE_BOX)

enum
{
  FAILED, /* with a message for the user */
  SAVED,  /* likewise */
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static gboolean
tick_cb (gpointer data)
{
  PhSaveBar *self = data;

  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  gtk_progress_bar_set_fraction (self->progress_bar, ph_save_job_get_progress (self->job));

  return G_SOURCE_CONTINUE;
}

static void
saved_cb (GFile *to, const GError *error, gpointer data)
{
  g_autoptr (PhSaveBar) self = data;
  g_autofree char *name = g_file_get_basename (to);
  g_autofree char *shown = ph_marks_dup_filename (name);
  /* Translators: the name of a file follows */
  g_autofree char *words = g_strdup_printf (_("Saved as %s"), shown);
  g_autofree char *remark = error == NULL ? ph_save_job_dup_remark (self->job) : NULL;
  g_autofree char *all = remark != NULL ? g_strconcat (words, ". ", remark, NULL) : g_steal_pointer (&words);

  self->job = NULL;
  g_clear_handle_id (&self->tick, g_source_remove);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  if (error == NULL)
    g_signal_emit (self, signals[SAVED], 0, all);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_signal_emit (self, signals[FAILED], 0, error->message);
}

/* The bar shows one job at a time. */
static void
refuse_second (PhSaveBar *self, const PhSaveContent *kind, GFile *to)
{
  g_autofree char *name = g_file_get_parse_name (to), *place = ph_marks_dup (name, -1, PH_MARKS_LINE_MAX);
  g_autofree char *words = kind->dup_failure (place, gtk_label_get_label (self->name_label));

  g_signal_emit (self, signals[FAILED], 0, words);
}

static void
ph_save_bar_dispose (GObject *object)
{
  PhSaveBar *self = PH_SAVE_BAR (object);

  ph_save_bar_cancel (self);
  g_clear_handle_id (&self->tick, g_source_remove);

  G_OBJECT_CLASS (ph_save_bar_parent_class)->dispose (object);
}

/* The window or tab is closed. The bar itself lives until the job has ended. */
static void
ph_save_bar_unroot (GtkWidget *widget)
{
  ph_save_bar_cancel (PH_SAVE_BAR (widget));

  GTK_WIDGET_CLASS (ph_save_bar_parent_class)->unroot (widget);
}

static void
ph_save_bar_class_init (PhSaveBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ph_save_bar_dispose;
  widget_class->unroot = ph_save_bar_unroot;
  signals[FAILED] = g_signal_new ("failed", PH_TYPE_SAVE_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                  G_TYPE_STRING);
  signals[SAVED] = g_signal_new ("saved", PH_TYPE_SAVE_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                 G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/porthole/Porthole/save-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, PhSaveBar, name_label);
  gtk_widget_class_bind_template_child (widget_class, PhSaveBar, progress_bar);
  gtk_widget_class_bind_template_callback (widget_class, ph_save_bar_cancel);
}

static void
ph_save_bar_init (PhSaveBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * ph_save_bar_start:
 * @kind, @content, @source: as for ph_save_job_start()
 *
 * Saves a file as @to. The bar emits "saved" or "failed" when that has ended, and nothing if it was cancelled. It is visible
 * meanwhile. If it already saves something, it emits "failed" at once.
 */
void
ph_save_bar_start (PhSaveBar *bar, const PhSaveContent *kind, gpointer content, const char *source, GFile *to)
{
  g_autofree char *name = g_file_get_basename (to);
  g_autofree char *shown = ph_marks_dup_filename (name);
  /* Translators: the name of a file follows */
  g_autofree char *words = g_strdup_printf (_("Saving %s"), shown);

  g_return_if_fail (PH_IS_SAVE_BAR (bar));

  if (bar->job != NULL)
    {
      refuse_second (bar, kind, to);
      kind->free (content);
      return;
    }
  gtk_label_set_label (bar->name_label, words);
  gtk_progress_bar_set_fraction (bar->progress_bar, 0);
  bar->job = ph_save_job_start (kind, content, source, to, saved_cb, g_object_ref (bar));
  bar->tick = g_timeout_add (TICK, tick_cb, bar);
}

/**
 * ph_save_bar_cancel:
 *
 * Cancels the job, if there is one.
 */
void
ph_save_bar_cancel (PhSaveBar *bar)
{
  g_return_if_fail (PH_IS_SAVE_BAR (bar));

  if (bar->job != NULL)
    ph_save_job_cancel (bar->job);
}
