/* ph-rate-graph.h: a small graph of one minute of traffic, for the status bar
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "ph-rates.h"

G_BEGIN_DECLS

#define PH_RATE_GRAPH_SECONDS 60u

#define PH_TYPE_RATE_GRAPH (ph_rate_graph_get_type ())
G_DECLARE_FINAL_TYPE (PhRateGraph, ph_rate_graph, PH, RATE_GRAPH, GtkWidget)

void ph_rate_graph_set_buckets (PhRateGraph *graph, const PhRateBucket *buckets);

G_END_DECLS
