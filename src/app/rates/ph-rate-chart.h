/* ph-rate-chart.h: rates over the last minute, ten minutes or the whole capture, with axes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "ph-session.h"

G_BEGIN_DECLS

/** PhRateSpan: the time that the chart shows. */
typedef enum
{
  PH_RATE_SPAN_MINUTE,
  PH_RATE_SPAN_TEN_MINUTES,
  PH_RATE_SPAN_WHOLE,
} PhRateSpan;

#define PH_TYPE_RATE_SPAN (ph_rate_span_get_type ())
GType ph_rate_span_get_type (void);

#define PH_TYPE_RATE_CHART (ph_rate_chart_get_type ())
G_DECLARE_FINAL_TYPE (PhRateChart, ph_rate_chart, PH, RATE_CHART, GtkWidget)

/* Properties: "span" (PhRateSpan); "packets" (boolean: packets instead of bytes); "reading" (string, read-only: time and rates of the
 * bucket under the pointer or the cursor, otherwise of the newest one). */
void ph_rate_chart_set_session (PhRateChart *chart, PhSession *session);

G_END_DECLS
