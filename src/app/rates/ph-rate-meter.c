/* ph-rate-meter.c: the graph of the last minute in the status bar, with the rate beside it; a click opens the rate window
 *
 * It can do without any width. If there is too little, first the text and then the graph is hidden. It is created with the second frame, to keep the start short. It is updated once a second while the minute that it
 * shows has traffic, and not at all otherwise, so that an idle window wakes nobody.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-rate-meter.h"

#include "ph-rate-graph.h"
#include "ph-rate-words.h"
#include "ph-seconds.h"

#include <glib/gi18n.h>

#define GAP 8    /* pixels between the graph and the text */
#define CHARS 19 /* room for “999 MB/s · 999,999/s”, so that nothing moves while the numbers do */

struct _PhRateMeter
{
  GtkWidget parent_instance;

  PhSeconds seconds;

  /* children, NULL until the second frame */
  GtkWidget *button;
  GtkWidget *graph;
  GtkWidget *label;

  /* owned */
  PhSession *session;
  char *words;
};

G_DEFINE_FINAL_TYPE (PhRateMeter, ph_rate_meter, GTK_TYPE_WIDGET)

/* ---- numbers ---- */

static void
show (PhRateMeter *self, const PhRateBucket *minute)
{
  const PhRateBucket *newest = &minute[PH_RATE_GRAPH_SECONDS - 1];
  g_autofree char *rate = ph_rate_words_dup_short (newest);
  g_autofree char *words = NULL;
  guint64 lost = 0;

  for (guint i = 0; i < PH_RATE_GRAPH_SECONDS; i++)
    lost += minute[i].lost;
  words = ph_rate_words_dup (newest, 1, lost);
  ph_rate_graph_set_buckets (PH_RATE_GRAPH (self->graph), minute);
  gtk_label_set_label (GTK_LABEL (self->label), rate);
  if (g_strcmp0 (words, self->words) == 0)
    return;
  g_free (self->words);
  self->words = g_steal_pointer (&words);
  gtk_widget_set_tooltip_text (self->button, self->words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, self->words, -1);
}

/* The last bucket is the present second. It is not shown yet, but if it has traffic there will be something to show. */
static gboolean
look_cb (gpointer data)
{
  PhRateMeter *self = data;
  PhRateBucket buckets[PH_RATE_GRAPH_SECONDS + 1];

  if (self->button == NULL || self->session == NULL || !gtk_widget_get_mapped (self->button))
    return FALSE;
  ph_rates_get_recent (ph_session_get_rates (self->session), ph_seconds_now () - PH_RATE_GRAPH_SECONDS,
                       G_N_ELEMENTS (buckets), buckets);
  show (self, buckets);

  return !ph_rate_buckets_are_empty (buckets, G_N_ELEMENTS (buckets));
}

static void
begin (PhRateMeter *self)
{
  ph_seconds_begin (&self->seconds);
}

static void
stop (PhRateMeter *self)
{
  ph_seconds_stop (&self->seconds);
}

/* ---- children ---- */

static void
make_button (PhRateMeter *self)
{
  self->graph = g_object_new (PH_TYPE_RATE_GRAPH, NULL);
  self->button = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (self->button), self->graph);
  gtk_widget_add_css_class (self->button, "flat");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), "page.rates");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Rates"), -1);
  g_signal_connect_object (self->button, "map", G_CALLBACK (begin), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (self->button, "unmap", G_CALLBACK (stop), self, G_CONNECT_SWAPPED);
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
}

static void
make_label (PhRateMeter *self)
{
  const PhRateBucket none = { .lost = 0 };
  g_autofree char *rate = ph_rate_words_dup_short (&none);

  self->label = gtk_label_new (rate);
  gtk_label_set_width_chars (GTK_LABEL (self->label), CHARS);
  gtk_label_set_xalign (GTK_LABEL (self->label), 0);
  gtk_widget_add_css_class (self->label, "numeric");
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));
}

static gboolean
second_frame_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer unused)
{
  PhRateMeter *self = PH_RATE_METER (widget);

  if (gdk_frame_clock_get_frame_counter (clock) < 1)
    return G_SOURCE_CONTINUE;
  make_label (self);
  make_button (self);

  return G_SOURCE_REMOVE;
}

/* ---- the widget ---- */

static int
natural_width (GtkWidget *child)
{
  int natural;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);

  return natural;
}

static void
ph_rate_meter_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                       int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = 0;
  *minimum_baseline = *natural_baseline = -1;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      PhRateMeter *self = PH_RATE_METER (widget);

      if (self->button != NULL)
        *natural = natural_width (self->button) + GAP + natural_width (self->label);
      return;
    }
  for (GtkWidget *at = gtk_widget_get_first_child (widget); at != NULL; at = gtk_widget_get_next_sibling (at))
    {
      int least, most;

      gtk_widget_measure (at, GTK_ORIENTATION_VERTICAL, -1, &least, &most, NULL, NULL);
      *minimum = MAX (*minimum, least);
      *natural = MAX (*natural, most);
    }
}

static void
place (GtkWidget *child, gboolean shown, int x, int width, int height)
{
  gtk_widget_set_child_visible (child, shown);
  if (shown)
    gtk_widget_size_allocate (child, &(GtkAllocation){ x, 0, width, height }, -1);
}

/* Both stand at the beginning of the room. */
static void
ph_rate_meter_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  PhRateMeter *self = PH_RATE_METER (widget);
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int graph, words, used;

  if (self->button == NULL)
    return;
  graph = natural_width (self->button);
  words = natural_width (self->label);
  used = width >= graph + GAP + words ? graph + GAP + words : graph;
  place (self->button, width >= graph, mirrored ? width - graph : 0, graph, height);
  place (self->label, used > graph, mirrored ? width - used : used - words, words, height);
}

static void
ph_rate_meter_dispose (GObject *object)
{
  PhRateMeter *self = PH_RATE_METER (object);

  stop (self);
  g_clear_pointer (&self->button, gtk_widget_unparent);
  g_clear_pointer (&self->label, gtk_widget_unparent);
  g_clear_pointer (&self->words, g_free);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (ph_rate_meter_parent_class)->dispose (object);
}

static void
ph_rate_meter_class_init (PhRateMeterClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ph_rate_meter_dispose;
  widget_class->measure = ph_rate_meter_measure;
  widget_class->size_allocate = ph_rate_meter_size_allocate;

  gtk_widget_class_set_css_name (widget_class, "ratemeter");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
ph_rate_meter_init (PhRateMeter *self)
{
  self->seconds = (PhSeconds) { .look = look_cb, .data = self };
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_add_tick_callback (GTK_WIDGET (self), second_frame_cb, NULL, NULL);
}

/**
 * ph_rate_meter_set_session:
 * @session: may be set once; a reference is kept
 */
void
ph_rate_meter_set_session (PhRateMeter *meter, PhSession *session)
{
  g_return_if_fail (PH_IS_RATE_METER (meter));

  g_set_object (&meter->session, session);
  g_signal_connect_object (session, "advanced", G_CALLBACK (begin), meter, G_CONNECT_SWAPPED);
}
