/* ph-rate-plot.h: draws rates as bars: received upwards, sent downwards, a line through both where datagrams were lost
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "ph-rates.h"

G_BEGIN_DECLS

/** PhRatePlotInk: the colours. Each is a CSS node, so that the style sheets define it. */
typedef enum
{
  PH_RATE_PLOT_RECEIVED,
  PH_RATE_PLOT_SENT,
  PH_RATE_PLOT_LOST,
  PH_RATE_PLOT_AXIS,
  PH_RATE_PLOT_GRID,
  PH_RATE_PLOT_N_INKS,
} PhRatePlotInk;

/** PhRatePlot: the CSS nodes: hidden children of the widget that draws, owned by it. */
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
