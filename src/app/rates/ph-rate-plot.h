/* ph-rate-plot.h: how rates are drawn, small and large: received grows up, sent grows down, a loss is a line through both
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "ph-rates.h"

G_BEGIN_DECLS

/** PhRatePlotInk: the colours, each the colour of a node of the style sheet. */
typedef enum
{
  PH_RATE_PLOT_RECEIVED,
  PH_RATE_PLOT_SENT,
  PH_RATE_PLOT_LOST,
  PH_RATE_PLOT_AXIS,
  PH_RATE_PLOT_GRID,
  PH_RATE_PLOT_N_INKS,
} PhRatePlotInk;

/** PhRatePlot: the nodes, children of the widget that draws. */
typedef struct
{
  GtkWidget *nodes[PH_RATE_PLOT_N_INKS];
} PhRatePlot;

void ph_rate_plot_init (PhRatePlot *plot, GtkWidget *parent);
void ph_rate_plot_clear (PhRatePlot *plot);
void ph_rate_plot_get_color (PhRatePlot *plot, PhRatePlotInk ink, GdkRGBA *ret_color);
guint64 ph_rate_plot_highest (const PhRateBucket *buckets, guint n, gboolean packets);
void ph_rate_plot_draw (PhRatePlot *plot, GtkSnapshot *snapshot, const graphene_rect_t *area,
                        const PhRateBucket *buckets, guint n, gboolean packets, double highest);

G_END_DECLS
