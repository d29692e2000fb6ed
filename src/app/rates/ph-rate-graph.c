/* ph-rate-graph.c: a small graph of one minute of traffic, for the status bar
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-rate-graph.h"

#include "ph-rate-plot.h"

#include <string.h>

#define COLUMN 2  /* pixels for one second */
#define HEIGHT 19 /* pixels; odd, so that both halves beside the axis are equal */

struct _PhRateGraph
{
  GtkWidget parent_instance;

  PhRatePlot plot;
  PhRateBucket buckets[PH_RATE_GRAPH_SECONDS];
};

G_DEFINE_FINAL_TYPE (PhRateGraph, ph_rate_graph, GTK_TYPE_WIDGET)

static void
ph_rate_graph_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                       int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? COLUMN * (int) PH_RATE_GRAPH_SECONDS : HEIGHT;
  *minimum_baseline = *natural_baseline = -1;
}

static void
ph_rate_graph_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  PhRateGraph *self = PH_RATE_GRAPH (widget);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  guint64 highest = ph_rate_plot_highest (self->buckets, PH_RATE_GRAPH_SECONDS, FALSE);

  ph_rate_plot_draw (&self->plot, snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height), self->buckets,
                     PH_RATE_GRAPH_SECONDS, FALSE, (double) highest);
}

static void
ph_rate_graph_dispose (GObject *object)
{
  ph_rate_plot_clear (&PH_RATE_GRAPH (object)->plot);

  G_OBJECT_CLASS (ph_rate_graph_parent_class)->dispose (object);
}

static void
ph_rate_graph_class_init (PhRateGraphClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ph_rate_graph_dispose;
  widget_class->measure = ph_rate_graph_measure;
  widget_class->snapshot = ph_rate_graph_snapshot;

  gtk_widget_class_set_css_name (widget_class, "rategraph");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
ph_rate_graph_init (PhRateGraph *self)
{
  ph_rate_plot_init (&self->plot, GTK_WIDGET (self));
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
}

/**
 * ph_rate_graph_set_buckets:
 * @buckets: (array fixed-size=60): one for each second, oldest first
 *
 * Redraws only if the numbers have changed.
 */
void
ph_rate_graph_set_buckets (PhRateGraph *graph, const PhRateBucket *buckets)
{
  g_return_if_fail (PH_IS_RATE_GRAPH (graph));

  if (memcmp (graph->buckets, buckets, sizeof graph->buckets) == 0)
    return;
  memcpy (graph->buckets, buckets, sizeof graph->buckets);
  gtk_widget_queue_draw (GTK_WIDGET (graph));
}
