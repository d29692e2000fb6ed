/* ph-rate-chart.c: rates over the last minute, ten minutes or the whole capture, with axes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-rate-chart.h"

#include "ph-number.h"
#include "ph-rate-axis.h"
#include "ph-rate-plot.h"
#include "ph-rate-words.h"
#include "ph-seconds.h"

#include <glib/gi18n.h>
#include <math.h>

#define WIDTH_MIN 420    /* pixels */
#define HEIGHT_MIN 180   /* pixels */
#define PAD 6            /* pixels between a label and the chart */
#define MARK_ROOM 110.0f /* pixels for one time on the axis */
#define MOST MAX (PH_RATES_RECENT, PH_RATES_WHOLE) /* buckets */
#define NOWHERE (-1)

struct _PhRateChart
{
  GtkWidget parent_instance;

  PhRatePlot plot;
  PhSeconds seconds;
  PhRateSpan span;
  gboolean packets;
  gboolean dirty; /* there was traffic since the last refresh */

  /* What is drawn. */
  PhRateBucket buckets[MOST];
  guint n;
  gint64 first, width;  /* s: beginning of the first bucket since 1970, and length of each */
  double top;           /* bytes or packets a second at the end of the axis */
  int cursor;           /* index of a bucket, or NOWHERE */
  graphene_rect_t area; /* of the bars, without labels */

  /* owned */
  PhSession *session;
  char *reading;
};

G_DEFINE_FINAL_TYPE (PhRateChart, ph_rate_chart, GTK_TYPE_WIDGET)

enum
{
  PROP_SPAN = 1,
  PROP_PACKETS,
  PROP_READING,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

GType
ph_rate_span_get_type (void)
{
  static const GEnumValue values[] = {
    { PH_RATE_SPAN_MINUTE, "PH_RATE_SPAN_MINUTE", "minute" },
    { PH_RATE_SPAN_TEN_MINUTES, "PH_RATE_SPAN_TEN_MINUTES", "ten-minutes" },
    { PH_RATE_SPAN_WHOLE, "PH_RATE_SPAN_WHOLE", "whole" },
    { 0, NULL, NULL },
  };
  static gsize type;

  if (g_once_init_enter (&type))
    g_once_init_leave (&type, g_enum_register_static ("PhRateSpan", values));

  return type;
}

/* ---- numbers ---- */

static void
load_recent (PhRateChart *self, PhRates *rates, guint n)
{
  /* The chart of a session that is closed ends with its last traffic instead of now. */
  gint64 end = ph_session_is_active (self->session) || ph_rates_is_empty (rates) ? ph_seconds_now ()
                                                                                 : ph_rates_newest (rates) + 1;

  self->n = n;
  self->width = 1;
  self->first = end - n;
  ph_rates_get_recent (rates, self->first, n, self->buckets);
}

static void
load (PhRateChart *self)
{
  PhRates *rates = ph_session_get_rates (self->session);

  if (self->span == PH_RATE_SPAN_WHOLE)
    self->n = ph_rates_get_whole (rates, self->buckets, &self->first, &self->width);
  if (self->span != PH_RATE_SPAN_WHOLE || self->n == 0)
    load_recent (self, rates, self->span == PH_RATE_SPAN_TEN_MINUTES ? PH_RATES_RECENT : 60);
  self->top = ph_rate_axis_top ((double) ph_rate_plot_highest (self->buckets, self->n, self->packets)
                                / (double) self->width);
  self->cursor = MIN (self->cursor, (int) self->n - 1);
}

static char *
dup_reading (PhRateChart *self)
{
  const PhRateBucket *bucket = &self->buckets[self->cursor != NOWHERE ? self->cursor : (int) self->n - 1];
  gint64 begin = self->first + (bucket - self->buckets) * self->width;
  gboolean date = self->width * (gint64) self->n > 86400;
  g_autofree char *from = ph_rate_axis_dup_time (begin, date);
  g_autofree char *to = ph_rate_axis_dup_time (begin + self->width, date);
  g_autofree char *words = ph_rate_words_dup (bucket, (double) self->width, bucket->lost);

  return self->width == 1 ? g_strdup_printf ("%s    %s", from, words) : g_strdup_printf ("%s–%s    %s", from, to, words);
}

static void
read_off (PhRateChart *self)
{
  g_autofree char *reading = dup_reading (self);

  if (g_strcmp0 (reading, self->reading) == 0)
    return;
  g_free (self->reading);
  self->reading = g_steal_pointer (&reading);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, self->reading, -1);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_READING]);
}

static void
refresh (PhRateChart *self)
{
  if (self->session == NULL)
    return;
  load (self);
  read_off (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static gboolean
look_cb (gpointer data)
{
  PhRateChart *self = data;
  gboolean dirty = self->dirty;

  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return FALSE;
  self->dirty = FALSE;
  refresh (self);

  return dirty
         || (self->span != PH_RATE_SPAN_WHOLE && ph_session_is_active (self->session)
             && !ph_rate_buckets_are_empty (self->buckets, self->n));
}

static void
advanced_cb (PhRateChart *self)
{
  self->dirty = TRUE;
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    ph_seconds_begin (&self->seconds);
}

/* ---- the cursor ---- */

static void
set_cursor (PhRateChart *self, int cursor)
{
  if (self->cursor == cursor)
    return;
  self->cursor = cursor;
  read_off (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
motion_cb (PhRateChart *self, double x, double y)
{
  double share = (x - (double) self->area.origin.x) / MAX (1, (double) self->area.size.width);

  if (self->session != NULL)
    set_cursor (self, share < 0 || share >= 1 ? NOWHERE : (int) (share * self->n));
}

static void
leave_cb (PhRateChart *self)
{
  if (self->session != NULL)
    set_cursor (self, NOWHERE);
}

/* Arrow keys, Home and End. Parameter: by how many buckets. */
static gboolean
move_cursor_cb (GtkWidget *widget, GVariant *by, gpointer unused)
{
  PhRateChart *self = PH_RATE_CHART (widget);
  int last = (int) self->n - 1;
  int at = self->cursor != NOWHERE ? self->cursor : last;

  if (self->session == NULL)
    return FALSE;
  set_cursor (self, CLAMP (at + g_variant_get_int32 (by), 0, last));

  return TRUE;
}

/* ---- drawing ---- */

static PangoLayout *
make_label (PhRateChart *self, const char *text)
{
  return gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
}

static char *
dup_value (PhRateChart *self, double value)
{
  return self->packets ? ph_number_packet_rate (value) : ph_number_byte_rate (value);
}

static void
draw_label (PhRateChart *self, GtkSnapshot *snapshot, PangoLayout *layout, PhRatePlotInk ink, float x, float y)
{
  GdkRGBA color;

  ph_rate_plot_get_color (&self->plot, ink, &color);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (roundf (x), roundf (y)));
  gtk_snapshot_append_layout (snapshot, layout, &color);
  gtk_snapshot_restore (snapshot);
}

static void
draw_line (PhRateChart *self, GtkSnapshot *snapshot, PhRatePlotInk ink, float x, float y, float width, float height)
{
  GdkRGBA color;

  ph_rate_plot_get_color (&self->plot, ink, &color);
  gtk_snapshot_append_color (snapshot, &color, &GRAPHENE_RECT_INIT (roundf (x), roundf (y), width, height));
}

/* The area of the bars is what the labels leave: numbers at the left, times below. */
static void
place_area (PhRateChart *self)
{
  g_autofree char *value = dup_value (self, self->top / 2);
  g_autofree char *highest = dup_value (self, self->top);
  g_autoptr (PangoLayout) one = make_label (self, value);
  g_autoptr (PangoLayout) other = make_label (self, highest);
  int width, widest, height;

  pango_layout_get_pixel_size (one, &width, &height);
  pango_layout_get_pixel_size (other, &widest, NULL);
  widest = MAX (width, widest) + PAD;
  self->area = GRAPHENE_RECT_INIT (widest, height / 2, gtk_widget_get_width (GTK_WIDGET (self)) - widest,
                                   gtk_widget_get_height (GTK_WIDGET (self)) - height / 2 - height - PAD);
}

/* Draws lines and numbers at the edges, in the middle and halfway between. */
static void
draw_values (PhRateChart *self, GtkSnapshot *snapshot)
{
  for (int i = -2; i <= 2; i++)
    {
      g_autofree char *text = dup_value (self, self->top * abs (i) / 2);
      g_autoptr (PangoLayout) layout = make_label (self, text);
      float y = self->area.origin.y + (self->area.size.height - 1) * (float) (2 - i) / 4;
      int width, height;

      pango_layout_get_pixel_size (layout, &width, &height);
      draw_line (self, snapshot, PH_RATE_PLOT_GRID, self->area.origin.x, y, self->area.size.width, 1);
      draw_label (self, snapshot, layout, PH_RATE_PLOT_AXIS, self->area.origin.x - PAD - (float) width,
                  y - (float) height / 2);
    }
}

static void
draw_times (PhRateChart *self, GtkSnapshot *snapshot)
{
  gint64 length = self->width * (gint64) self->n, end = self->first + length;
  gint64 step = ph_rate_axis_step (length, MAX (1, (guint) (self->area.size.width / MARK_ROOM)));

  for (gint64 at = ph_rate_axis_first (self->first, step); at <= end; at += step)
    {
      g_autofree char *text = ph_rate_axis_dup_time (at, length > 86400);
      g_autoptr (PangoLayout) layout = make_label (self, text);
      float x = (float) ((double) (at - self->first) / (double) length) * (self->area.size.width - 1);
      int width;

      pango_layout_get_pixel_size (layout, &width, NULL);
      draw_line (self, snapshot, PH_RATE_PLOT_GRID, self->area.origin.x + x, self->area.origin.y, 1,
                 self->area.size.height);
      draw_label (self, snapshot, layout, PH_RATE_PLOT_AXIS,
                  self->area.origin.x + CLAMP (x - (float) width / 2, 0, self->area.size.width - (float) width),
                  self->area.origin.y + self->area.size.height + PAD);
    }
}

/* Names both halves: colour alone would not tell which is which. */
static void
draw_names (PhRateChart *self, GtkSnapshot *snapshot)
{
  g_autoptr (PangoLayout) received = make_label (self, _("Received"));
  g_autoptr (PangoLayout) sent = make_label (self, _("Sent"));
  int height;

  pango_layout_get_pixel_size (sent, NULL, &height);
  draw_label (self, snapshot, received, PH_RATE_PLOT_RECEIVED, self->area.origin.x + PAD, self->area.origin.y + PAD);
  draw_label (self, snapshot, sent, PH_RATE_PLOT_SENT, self->area.origin.x + PAD,
              self->area.origin.y + self->area.size.height - PAD - (float) height);
}

static void
ph_rate_chart_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  PhRateChart *self = PH_RATE_CHART (widget);

  if (self->session == NULL)
    return;
  place_area (self);
  draw_values (self, snapshot);
  draw_times (self, snapshot);
  ph_rate_plot_draw (&self->plot, snapshot, &self->area, self->buckets, self->n, self->packets,
                     self->top * (double) self->width);
  draw_names (self, snapshot);
  if (self->cursor != NOWHERE)
    draw_line (self, snapshot, PH_RATE_PLOT_AXIS,
               self->area.origin.x + ((float) self->cursor + 0.5f) * self->area.size.width / (float) self->n,
               self->area.origin.y, 1, self->area.size.height);
}

/* ---- the widget ---- */

static void
ph_rate_chart_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                       int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? WIDTH_MIN : HEIGHT_MIN;
  *minimum_baseline = *natural_baseline = -1;
}

static void
ph_rate_chart_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (ph_rate_chart_parent_class)->map (widget);
  if (PH_RATE_CHART (widget)->session != NULL)
    ph_seconds_begin (&PH_RATE_CHART (widget)->seconds);
}

static void
ph_rate_chart_unmap (GtkWidget *widget)
{
  ph_seconds_stop (&PH_RATE_CHART (widget)->seconds);
  GTK_WIDGET_CLASS (ph_rate_chart_parent_class)->unmap (widget);
}

static void
ph_rate_chart_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  PhRateChart *self = PH_RATE_CHART (object);

  switch (id)
    {
    case PROP_SPAN:
      g_value_set_enum (value, self->span);
      break;
    case PROP_PACKETS:
      g_value_set_boolean (value, self->packets);
      break;
    case PROP_READING:
      g_value_set_string (value, self->reading);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
ph_rate_chart_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  PhRateChart *self = PH_RATE_CHART (object);

  switch (id)
    {
    case PROP_SPAN:
      if (self->span == (PhRateSpan) g_value_get_enum (value))
        return;
      self->span = g_value_get_enum (value);
      self->cursor = NOWHERE;
      break;
    case PROP_PACKETS:
      if (self->packets == g_value_get_boolean (value))
        return;
      self->packets = g_value_get_boolean (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      return;
    }
  refresh (self);
  ph_seconds_stop (&self->seconds);
  if (self->session != NULL)
    ph_seconds_begin (&self->seconds);
  g_object_notify_by_pspec (object, pspec);
}

static void
ph_rate_chart_dispose (GObject *object)
{
  PhRateChart *self = PH_RATE_CHART (object);

  ph_seconds_stop (&self->seconds);
  ph_rate_plot_clear (&self->plot);
  g_clear_pointer (&self->reading, g_free);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (ph_rate_chart_parent_class)->dispose (object);
}

static void
add_keys (GtkWidgetClass *widget_class)
{
  static const struct
  {
    guint keys[2];
    int by;
  } moves[] = {
    { { GDK_KEY_Left, GDK_KEY_KP_Left }, -1 },
    { { GDK_KEY_Right, GDK_KEY_KP_Right }, 1 },
    { { GDK_KEY_Home, GDK_KEY_KP_Home }, -(int) MOST },
    { { GDK_KEY_End, GDK_KEY_KP_End }, (int) MOST },
  };

  for (guint i = 0; i < G_N_ELEMENTS (moves); i++)
    for (guint k = 0; k < 2; k++)
      gtk_widget_class_add_binding (widget_class, moves[i].keys[k], 0, move_cursor_cb, "i", moves[i].by);
}

static void
ph_rate_chart_class_init (PhRateChartClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = ph_rate_chart_dispose;
  object_class->get_property = ph_rate_chart_get_property;
  object_class->set_property = ph_rate_chart_set_property;
  widget_class->measure = ph_rate_chart_measure;
  widget_class->snapshot = ph_rate_chart_snapshot;
  widget_class->map = ph_rate_chart_map;
  widget_class->unmap = ph_rate_chart_unmap;

  props[PROP_SPAN] = g_param_spec_enum ("span", NULL, NULL, PH_TYPE_RATE_SPAN, PH_RATE_SPAN_MINUTE, flags);
  props[PROP_PACKETS] = g_param_spec_boolean ("packets", NULL, NULL, FALSE, flags);
  props[PROP_READING] = g_param_spec_string ("reading", NULL, NULL, NULL,
                                             G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  gtk_widget_class_set_css_name (widget_class, "ratechart");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  add_keys (widget_class);
}

static void
ph_rate_chart_init (PhRateChart *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();

  self->cursor = NOWHERE;
  self->seconds = (PhSeconds) { .look = look_cb, .data = self };
  ph_rate_plot_init (&self->plot, GTK_WIDGET (self));
  g_signal_connect_object (motion, "enter", G_CALLBACK (motion_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (motion, "motion", G_CALLBACK (motion_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (motion, "leave", G_CALLBACK (leave_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
}

/**
 * ph_rate_chart_set_session:
 * @session: may be set once; a reference is kept
 */
void
ph_rate_chart_set_session (PhRateChart *chart, PhSession *session)
{
  g_return_if_fail (PH_IS_RATE_CHART (chart));

  g_set_object (&chart->session, session);
  g_signal_connect_object (session, "advanced", G_CALLBACK (advanced_cb), chart, G_CONNECT_SWAPPED);
  refresh (chart);
}
