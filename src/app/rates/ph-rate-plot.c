/* ph-rate-plot.c: draws rates as bars: received upwards, sent downwards, a line through both where datagrams were lost
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-rate-plot.h"

#include "ph-compat.h"

#include <math.h>

#define HEAD 3 /* pixels: height of the small triangle on top of the line of a loss */

static void
fill (GtkSnapshot *snapshot, const GdkRGBA *color, float x, float y, float width, float height)
{
  if (height > 0)
    gtk_snapshot_append_color (snapshot, color, &GRAPHENE_RECT_INIT (x, y, width, height));
}

/**
 * ph_rate_plot_init:
 * @plot: (out caller-allocates): cleared with ph_rate_plot_clear()
 * @parent: the widget that draws it; gets a hidden child for each colour
 */
void
ph_rate_plot_init (PhRatePlot *plot, GtkWidget *parent)
{
  static const char *const names[PH_RATE_PLOT_N_INKS] = {
    [PH_RATE_PLOT_RECEIVED] = "received", [PH_RATE_PLOT_SENT] = "sent", [PH_RATE_PLOT_LOST] = "lost",
    [PH_RATE_PLOT_AXIS] = "axis",         [PH_RATE_PLOT_GRID] = "grid",
  };

  for (guint i = 0; i < PH_RATE_PLOT_N_INKS; i++)
    {
      plot->nodes[i] = g_object_new (GTK_TYPE_SEPARATOR, "css-name", names[i], "visible", FALSE, "accessible-role",
                                     GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
      gtk_widget_set_parent (plot->nodes[i], parent);
    }
}

/**
 * ph_rate_plot_clear:
 * @plot: may be clear already
 *
 * Called when the parent is disposed.
 */
void
ph_rate_plot_clear (PhRatePlot *plot)
{
  for (guint i = 0; i < PH_RATE_PLOT_N_INKS; i++)
    g_clear_pointer (&plot->nodes[i], gtk_widget_unparent);
}

/**
 * ph_rate_plot_get_color:
 * @ret_color: (out): the colour that the style sheet has for @ink
 */
void
ph_rate_plot_get_color (PhRatePlot *plot, PhRatePlotInk ink, GdkRGBA *ret_color)
{
  ph_compat_get_color (plot->nodes[ink], ret_color);
}

static guint64
amount (const PhRateBucket *bucket, PhRateSide side, gboolean packets)
{
  return packets ? bucket->packets[side] : bucket->bytes[side];
}

/**
 * ph_rate_plot_highest:
 * @buckets: (array length=n)
 * @packets: whether to count packets instead of bytes
 *
 * Returns: the largest number of one bucket and direction
 */
guint64
ph_rate_plot_highest (const PhRateBucket *buckets, guint n, gboolean packets)
{
  guint64 highest = 0;

  for (guint i = 0; i < n; i++)
    for (guint side = 0; side < PH_RATE_SIDES; side++)
      highest = MAX (highest, amount (&buckets[i], side, packets));

  return highest;
}

/* A value that is not 0 gets at least one pixel. */
static float
bar_height (guint64 value, double highest, float room)
{
  return value == 0 || highest <= 0 ? 0 : MAX (1, roundf ((float) ((double) value / highest) * room));
}

static void
draw_loss (PhRatePlot *plot, GtkSnapshot *snapshot, const graphene_rect_t *area, float x, float width)
{
  GdkRGBA color;
  float middle = floorf (x + width / 2);

  ph_rate_plot_get_color (plot, PH_RATE_PLOT_LOST, &color);
  for (int row = 0; row < HEAD; row++)
    fill (snapshot, &color, middle - (HEAD - 1 - row), area->origin.y + row, 2 * (HEAD - 1 - row) + 1, 1);
  fill (snapshot, &color, middle, area->origin.y + HEAD, 1, area->size.height - HEAD);
}

/**
 * ph_rate_plot_draw:
 * @area: part of the widget, in pixels
 * @buckets: (array length=n): from the oldest, at the left, to the newest
 * @packets: whether to draw packets instead of bytes
 * @highest: the value whose bar reaches from the middle to the edge
 */
void
ph_rate_plot_draw (PhRatePlot *plot, GtkSnapshot *snapshot, const graphene_rect_t *area, const PhRateBucket *buckets,
                   guint n, gboolean packets, double highest)
{
  const float half = floorf ((area->size.height - 1) / 2), middle = area->origin.y + half;
  GdkRGBA axis, received, sent;

  ph_rate_plot_get_color (plot, PH_RATE_PLOT_AXIS, &axis);
  ph_rate_plot_get_color (plot, PH_RATE_PLOT_RECEIVED, &received);
  ph_rate_plot_get_color (plot, PH_RATE_PLOT_SENT, &sent);
  fill (snapshot, &axis, area->origin.x, middle, area->size.width, 1);
  for (guint i = 0; i < n; i++)
    {
      float x = floorf ((float) i * area->size.width / (float) n);
      float width = MAX (1, floorf ((float) (i + 1) * area->size.width / (float) n) - x);
      float up = bar_height (amount (&buckets[i], PH_RATE_RX, packets), highest, half);
      float down = bar_height (amount (&buckets[i], PH_RATE_TX, packets), highest, half);

      x += area->origin.x;
      fill (snapshot, &received, x, middle - up, width, up);
      fill (snapshot, &sent, x, middle + 1, width, down);
      if (buckets[i].lost > 0)
        draw_loss (plot, snapshot, area, x, width);
    }
}
