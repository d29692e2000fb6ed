/* ph-log-float.c: floats over the log: the button to the newest record, which counts those that came, and short messages
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-log-float.h"

#include <glib/gi18n.h>

#include "ph-format.h"
#include "ph-log-private.h"

#define FLOATING_MARGIN 12 /* pixels */
#define TOLD_MS 15000u      /* that a message can be read */
#define PACE 100           /* ms between two numbers on the button: each has GTK lay out the window */

/* Whether the button “Jump to newest” is shown. */
static gboolean
wants_newest (PhLogView *self)
{
  return !self->scroll.follow && !self->layout.at_end;
}

/* Centred at the bottom, or at its right end. */
static void
place_floating (PhLogView *self, GtkWidget *child, gboolean shown, gboolean right)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self)), height = gtk_widget_get_height (GTK_WIDGET (self));
  GtkRequisition least, size;
  int x;

  gtk_widget_set_child_visible (child, shown);
  if (!shown)
    return;
  gtk_widget_get_preferred_size (child, &least, &size);
  size.width = MAX (MIN (size.width, width - 2 * FLOATING_MARGIN), least.width);
  x = right ? width - size.width - FLOATING_MARGIN : (width - size.width) / 2;
  gtk_widget_size_allocate (child, &(GtkAllocation){ MAX (x, 0), height - size.height - FLOATING_MARGIN, size.width,
                                                     size.height },
                            -1);
}

static void
told_cb (gpointer data)
{
  PhLogView *self = data;

  self->floating.told = 0;
  ph_log_view_tell (self, NULL);
}

/**
 * ph_log_view_tell:
 * @message: (nullable): one sentence; %NULL to remove the last one
 *
 * Shows the result of what the user did, over the text, until the next thing he does, and not for long.
 */
void
ph_log_view_tell (PhLogView *view, const char *message)
{
  g_return_if_fail (PH_IS_LOG_VIEW (view));

  if (message == NULL && *gtk_label_get_label (GTK_LABEL (view->floating.notice)) == '\0')
    return;
  gtk_label_set_label (GTK_LABEL (view->floating.notice), message != NULL ? message : "");
  g_clear_handle_id (&view->floating.told, g_source_remove);
  if (message != NULL)
    view->floating.told = g_timeout_add_once (TOLD_MS, told_cb, view);
  gtk_widget_queue_allocate (GTK_WIDGET (view));
}

/* ---- how many are new ---- */

static guint64
count_new (PhLogView *self)
{
  guint64 end = ph_log_source_get_end (self->source), from = MIN (self->floating.left, end);

  if (ph_log_filter_get (self->source) != NULL)
    return ph_log_filter_n_shown (self->source) - ph_log_filter_rank (self->source, from + 1);

  return ph_log_source_get_number (self->source, end + 1) - ph_log_source_get_number (self->source, from + 1);
}

/* Counts the records that came, where that will be told. Reads the store. */
void
ph_log_float_count (PhLogView *self)
{
  if (self->source != NULL && wants_newest (self))
    self->floating.came = count_new (self);
}

/* The label never becomes narrower while it is shown, so that the button stands still. */
static void
show_new (PhLogView *self, guint64 n)
{
  g_autofree char *number = ph_format_dup_grouped (n);
  g_autofree char *text = NULL;
  int chars = n > 0 ? gtk_label_get_width_chars (self->floating.label) : -1;

  /* Translators: how many records have come since */
  text = n == 0 ? g_strdup (_("Jump to newest"))
                : g_strdup_printf (ngettext ("Jump to newest (%s new)", "Jump to newest (%s new)", (gulong) MIN (n, G_MAXULONG)), number);
  gtk_label_set_width_chars (self->floating.label, MAX (chars, n > 0 ? (int) g_utf8_strlen (text, -1) : -1));
  gtk_label_set_label (self->floating.label, text);
  self->floating.n_new = n;
  self->floating.updated = g_get_monotonic_time ();
}

static void
count_later_cb (gpointer data)
{
  PhLogView *self = data;

  self->floating.later = 0;
  ph_log_float_update (self);
}

static void
update_new (PhLogView *self)
{
  gint64 passed = (g_get_monotonic_time () - self->floating.updated) / G_TIME_SPAN_MILLISECOND;
  guint64 n = self->floating.came;

  if (self->source == NULL || !wants_newest (self))
    {
      self->floating.left = self->source != NULL ? ph_log_source_get_end (self->source) : 0;
      g_clear_handle_id (&self->floating.later, g_source_remove);
      if (self->floating.n_new > 0)
        show_new (self, 0);
      return;
    }
  if (n == self->floating.n_new || self->floating.later != 0)
    return;
  if (passed >= PACE)
    show_new (self, n);
  else
    self->floating.later = g_timeout_add_once ((guint) CLAMP (PACE - passed, 0, PACE), count_later_cb, self);
}

/* Places the button anew if it comes or goes, and says on it how many records are new. */
void
ph_log_float_update (PhLogView *self)
{
  update_new (self);
  if (wants_newest (self) != gtk_widget_get_child_visible (self->floating.newest))
    gtk_widget_queue_allocate (GTK_WIDGET (self));
}

void
ph_log_float_allocate (PhLogView *self)
{
  place_floating (self, self->floating.newest, wants_newest (self), TRUE);
  place_floating (self, self->floating.notice, *gtk_label_get_label (GTK_LABEL (self->floating.notice)) != '\0', FALSE);
}

void
ph_log_float_snapshot (PhLogView *self, GtkSnapshot *snapshot)
{
  gtk_widget_snapshot_child (GTK_WIDGET (self), self->floating.newest, snapshot);
  gtk_widget_snapshot_child (GTK_WIDGET (self), self->floating.notice, snapshot);
}

void
ph_log_float_dispose (PhLogView *self)
{
  g_clear_handle_id (&self->floating.later, g_source_remove);
  g_clear_handle_id (&self->floating.told, g_source_remove);
  g_clear_pointer (&self->floating.newest, gtk_widget_unparent);
  g_clear_pointer (&self->floating.notice, gtk_widget_unparent);
}

void
ph_log_float_init (PhLogView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("go-bottom-symbolic"));
  self->floating.label = GTK_LABEL (gtk_label_new (_("Jump to newest")));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->floating.label));
  self->floating.newest = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (self->floating.newest), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->floating.newest), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Jump to newest"), -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->floating.newest), "log.jump-newest");
  gtk_widget_add_css_class (self->floating.newest, "newest");
  gtk_widget_set_cursor_from_name (self->floating.newest, "default");
  gtk_widget_set_parent (self->floating.newest, GTK_WIDGET (self));

  self->floating.notice = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_STATUS, "ellipsize",
                               PANGO_ELLIPSIZE_MIDDLE, NULL);
  gtk_widget_add_css_class (self->floating.notice, "told");
  gtk_widget_set_can_target (self->floating.notice, FALSE);
  gtk_widget_set_parent (self->floating.notice, GTK_WIDGET (self));
}
