/* ph-log-scroll.c: where the log is scrolled to, and the wheel, the touchpad and the scroll bars
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-log-scroll.h"

#include <math.h>

#include "ph-log-private.h"

#define DRIFT 1.5        /* the height of a record on average is kept while it is wrong by less than this factor */
#define NEGLIGIBLE 50    /* a scroll bar need not show a change by less than this part of its range, */
#define LONG 10          /* if the log is longer than this number of pages */
#define FRICTION 4.0     /* of a swipe that runs out, per second */
#define SLOWEST 20.0     /* pixels a second at which it stops */
#define SURFACE_UNIT 2.5 /* pixels that a unit of a touchpad scrolls */
#define ABOVE 3          /* a place that is jumped to is this part of the page below the upper edge */

/* ---- the value ---- */

double
ph_log_scroll_x (PhLogView *self)
{
  return floor (gtk_adjustment_get_value (self->scroll.horizontal));
}

/* Scrolls to the beginning, because other records are shown from now on. */
void
ph_log_scroll_reset (PhLogView *self)
{
  self->scroll.top = (PhLogPos){ .entry = PH_LOG_ENTRY_GONE };
  self->scroll.offset = self->scroll.record_height = 0;
}

/**
 * ph_log_scroll_set_top:
 * @offset: pixels of the line @top above the upper edge; negative if the line begins below the edge
 *
 * The caller has the rows made anew.
 */
void
ph_log_scroll_set_top (PhLogView *self, const PhLogPos *top, double offset)
{
  self->scroll.top = (PhLogPos){ .entry = top->entry, .line = top->line };
  self->scroll.offset = offset;
}

/* The average height of a record must be computed anew: the format, the zoom or the filter changed. */
void
ph_log_scroll_forget_average (PhLogView *self)
{
  self->scroll.record_height = 0;
}

/**
 * ph_log_scroll_set_follow:
 *
 * For the view itself: scrolling and selecting end following, arriving at the end begins it again.
 */
void
ph_log_scroll_set_follow (PhLogView *self, gboolean follow)
{
  if (self->scroll.follow == follow)
    return;
  ph_log_layout_ensure (self);
  self->scroll.follow = follow;
  self->scroll.left_tail = !follow;
  ph_log_layout_invalidate (self);
  g_object_notify (G_OBJECT (self), "follow");
}

/* For the user. When he has switched following off, it does not begin again on its own. */
void
ph_log_scroll_choose_follow (PhLogView *self, gboolean follow)
{
  ph_log_scroll_set_follow (self, follow);
  self->scroll.left_tail = FALSE;
}

/* ---- scrolling ---- */

/**
 * ph_log_scroll_by:
 * @dx: pixels to the right
 * @dy: pixels down
 *
 * Exact. Scrolling up ends following; arriving at the end begins it again.
 */
void
ph_log_scroll_by (PhLogView *self, double dx, double dy)
{
  if (self->source == NULL)
    return;
  if (dx != 0)
    gtk_adjustment_set_value (self->scroll.horizontal, gtk_adjustment_get_value (self->scroll.horizontal) + dx);
  if (dy == 0)
    return;

  ph_log_layout_ensure (self);
  if (dy < 0 ? self->layout.at_start : self->layout.at_end)
    return;
  ph_log_scroll_set_follow (self, FALSE);
  self->scroll.went_down = dy > 0;
  self->scroll.offset += dy;
  ph_log_layout_invalidate (self);
}

/* The same for a drag that selects: arriving at the end does not begin following. */
void
ph_log_scroll_drag (PhLogView *self, double dy)
{
  ph_log_scroll_by (self, 0, dy);
  self->scroll.went_down = FALSE;
}

/* Scrolls to where @value of the vertical adjustment points, by proportion. */
static void
jump (PhLogView *self, double value)
{
  double last = gtk_adjustment_get_upper (self->scroll.vertical) - gtk_adjustment_get_page_size (self->scroll.vertical);
  double record = value / MAX (self->scroll.record_height, 1);
  PhLogPos pos;
  guint n;

  self->scroll.went_down = value > self->scroll.value;
  self->scroll.offset = 0;
  if (value <= 0.5 && ph_log_walk_first (self->source, &self->scroll.top))
    return;
  if (value >= last - 0.5 && ph_log_walk_last (self->source, &self->scroll.top))
    return;

  pos = (PhLogPos){ .entry = ph_log_filter_nth (self->source, (guint64) record) };
  ph_log_walk_clamp (self->source, &pos);
  n = ph_log_source_n_lines (self->source, pos.entry);
  record = (record - floor (record)) * n;
  pos.line = MIN ((guint) record, MAX (n, 1) - 1);
  self->scroll.top = pos;
  self->scroll.offset = (record - floor (record)) * ph_log_layout_line_height (self, &pos);
}

static void
vertical_cb (GtkAdjustment *adjustment, PhLogView *self)
{
  double value = gtk_adjustment_get_value (adjustment);
  double last = gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment);
  double by = value - self->scroll.value;

  if (self->scroll.configuring || self->source == NULL || by == 0)
    return;
  ph_log_scroll_stop (self);
  ph_log_layout_ensure (self);
  if (fabs (by) <= gtk_adjustment_get_page_size (adjustment) && value > 0.5 && value < last - 0.5)
    {
      ph_log_scroll_by (self, 0, by);
    }
  else
    {
      ph_log_scroll_set_follow (self, FALSE);
      jump (self, value);
    }
  self->scroll.keep_value = TRUE;
  self->scroll.value = value;
  ph_log_layout_invalidate (self);
}

static void
horizontal_cb (GtkAdjustment *adjustment, PhLogView *self)
{
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* @adjustment: (nullable): %NULL for one of the view's own. */
void
ph_log_scroll_set_adjustment (PhLogView *self, GtkOrientation orientation, GtkAdjustment *adjustment)
{
  gboolean vertical = orientation == GTK_ORIENTATION_VERTICAL;
  GtkAdjustment **place = vertical ? &self->scroll.vertical : &self->scroll.horizontal;
  GCallback cb = vertical ? G_CALLBACK (vertical_cb) : G_CALLBACK (horizontal_cb);

  if (adjustment == NULL)
    adjustment = gtk_adjustment_new (0, 0, 0, 0, 0, 0);
  if (*place == adjustment)
    return;
  if (*place != NULL)
    g_signal_handlers_disconnect_by_func (*place, cb, self);
  g_set_object (place, g_object_ref_sink (adjustment));
  g_object_unref (adjustment);
  g_signal_connect_object (adjustment, "value-changed", cb, self, 0);
  ph_log_layout_invalidate (self);
}

void
ph_log_scroll_set_policy (PhLogView *self, GtkOrientation orientation, GtkScrollablePolicy policy)
{
  if (orientation == GTK_ORIENTATION_VERTICAL)
    self->scroll.vertical_policy = policy;
  else
    self->scroll.horizontal_policy = policy;
}

/* ---- the scroll bars ---- */

/* The height of a record, averaged over those on screen that are there. It is kept while it is about right, so that the scroll bar
 * does not jitter. */
static void
average_records (PhLogView *self)
{
  guint64 last = PH_LOG_ENTRY_NONE;
  double pixels = 0;
  guint n = 0;

  for (guint i = 0; i < self->layout.rows->len; i++)
    {
      const PhLogRow *row = ph_log_layout_get_row (self, i);

      if (row->line->waits)
        continue;
      if (row->line->entry == last)
        {
          pixels += row->height - self->metrics.row_height;
          continue;
        }
      last = row->line->entry;
      pixels += row->height + (ph_log_source_n_lines (self->source, last) - 1.0) * self->metrics.row_height;
      n++;
    }
  if (n == 0)
    return;
  pixels = MAX (pixels / n, 1);
  if (self->scroll.record_height < pixels / DRIFT || self->scroll.record_height > pixels * DRIFT)
    {
      self->scroll.record_height = pixels;
      self->scroll.keep_value = FALSE;
    }
}

/* Records before the upper edge, with a fraction. */
static double
records_above (PhLogView *self)
{
  guint n = MAX (ph_log_source_n_lines (self->source, self->scroll.top.entry), 1);
  double height = MAX (ph_log_layout_line_height (self, &self->scroll.top), 1);
  double part = (self->scroll.top.line + MIN (self->scroll.offset / height, 1)) / n;

  if (self->scroll.top.entry == PH_LOG_ENTRY_GONE)
    return 0;
  if (self->scroll.top.entry == PH_LOG_ENTRY_HIDDEN)
    return ph_log_filter_n_shown (self->source);

  return ph_log_filter_rank (self->source, self->scroll.top.entry) + part;
}

static double
current_value (PhLogView *self, double last)
{
  double value = self->scroll.keep_value ? self->scroll.value : records_above (self) * self->scroll.record_height;

  if (self->layout.at_end)
    return last;
  if (self->layout.at_start)
    return 0;

  return CLAMP (value, MIN (1, last), MAX (last - 1, 0));
}

static double
computed_upper (PhLogView *self)
{
  double page = ph_log_layout_page (self);

  if (self->source == NULL || (self->layout.at_start && self->layout.at_end))
    return page;

  return MAX (ph_log_filter_n_shown (self->source) * self->scroll.record_height, page + self->metrics.row_height);
}

/**
 * ph_log_scroll_measure:
 * @self: the view, its rows just made
 *
 * Computes the value of the vertical adjustment, for ph_log_scroll_configure(). Reads the store.
 */
void
ph_log_scroll_measure (PhLogView *self)
{
  double page = ph_log_layout_page (self);

  if (self->source == NULL || (self->layout.at_start && self->layout.at_end))
    {
      self->scroll.value = 0;
    }
  else
    {
      average_records (self);
      self->scroll.value = gtk_adjustment_get_value (self->scroll.vertical);
      self->scroll.value = current_value (self, computed_upper (self) - page);
    }
  self->scroll.keep_value = FALSE;
}

/* While a long log is followed, new records hardly move the scroll bar. To move it would have GTK lay out the whole window,
 * for which it asks the display about its monitors and waits. */
static gboolean
is_negligible (GtkAdjustment *adjustment, double value, double upper, double page)
{
  double old = gtk_adjustment_get_upper (adjustment);
  gboolean was_end = gtk_adjustment_get_value (adjustment) >= old - page;

  return was_end && value >= upper - page && gtk_adjustment_get_page_size (adjustment) == page && upper >= old
         && upper - old < old / NEGLIGIBLE && old > LONG * page;
}

static void
configure (GtkAdjustment *adjustment, double value, double upper, double step, double page)
{
  if (!is_negligible (adjustment, value, upper, page))
    gtk_adjustment_configure (adjustment, value, 0, upper, step, page * 0.9, page);
}

/**
 * ph_log_scroll_configure:
 * @self: the view, after ph_log_scroll_measure()
 *
 * Sets the adjustments, and begins following again where the user has scrolled down to the end.
 */
void
ph_log_scroll_configure (PhLogView *self)
{
  double width = gtk_widget_get_width (GTK_WIDGET (self)), content = MAX (self->layout.content_width, width);
  double x = CLAMP (gtk_adjustment_get_value (self->scroll.horizontal), 0, content - width);

  self->scroll.configuring = TRUE;
  configure (self->scroll.vertical, self->scroll.value, computed_upper (self), self->metrics.row_height,
             ph_log_layout_page (self));
  configure (self->scroll.horizontal, x, content, 4 * self->metrics.char_width, width);
  self->scroll.configuring = FALSE;
  self->scroll.value = gtk_adjustment_get_value (self->scroll.vertical);

  if (self->scroll.went_down && self->scroll.left_tail && self->layout.at_end && self->layout.rows->len > 0)
    ph_log_scroll_set_follow (self, TRUE);
  self->scroll.went_down = FALSE;
}

/* ---- scrolling to a place ---- */

/* Makes the rows with the line @pos at @y, and returns the row of that line; NULL if the line is gone. */
static const PhLogRow *
put_at (PhLogView *self, const PhLogPos *pos, double y)
{
  ph_log_scroll_set_top (self, pos, -y);
  ph_log_layout_touch (self);
  ph_log_layout_ensure (self);

  return ph_log_layout_find (self, pos);
}

/**
 * ph_log_scroll_to:
 *
 * Scrolls as little as needed to have the line of @pos on screen.
 */
void
ph_log_scroll_to (PhLogView *self, const PhLogPos *pos)
{
  g_autoptr (PhLogLine) line = ph_log_run_dup (self->source, pos);
  double y, top, bottom, page = ph_log_layout_page (self);
  const PhLogRow *row;

  if (line == NULL)
    return;
  ph_log_layout_ensure (self);
  row = ph_log_layout_find (self, pos);
  if (row == NULL)
    {
      ph_log_scroll_set_follow (self, FALSE);
      top = ph_log_pos_compare (pos, &self->scroll.top) < 0 ? 0 : page - ph_log_layout_line_height (self, pos);
      row = put_at (self, pos, top);
      ph_log_layout_invalidate (self);
      if (row == NULL)
        return;
    }

  ph_log_text_place (self, line, ph_log_run_index (line, pos), &y);
  top = row->y + row->pad + y;
  bottom = top + self->metrics.row_height;
  if (top < 0)
    ph_log_scroll_by (self, 0, y == 0 ? row->y : top);
  else if (bottom > page)
    ph_log_scroll_by (self, 0, bottom - page);
  self->scroll.went_down = FALSE;
}

/**
 * ph_log_scroll_show:
 *
 * Stops following, and brings @pos into sight with some of the lines above it; to the side too, where lines do not wrap.
 */
void
ph_log_scroll_show (PhLogView *self, const PhLogPos *pos)
{
  double page = ph_log_layout_page (self), x, y;
  const PhLogRow *row;

  ph_log_scroll_set_follow (self, FALSE);
  ph_log_scroll_stop (self);
  ph_log_layout_ensure (self);
  row = ph_log_layout_find (self, pos);
  if (row == NULL || row->y < 0 || row->y + row->height > page)
    row = put_at (self, pos, floor (page / ABOVE));
  self->scroll.went_down = FALSE;
  ph_log_layout_invalidate (self);
  if (row == NULL)
    return;
  x = ph_log_text_x (self, row->line) + ph_log_text_place (self, row->line, ph_log_run_index (row->line, pos), &y);
  gtk_adjustment_clamp_page (self->scroll.horizontal, MAX (x - 4 * self->metrics.char_width, 0),
                             x + 24 * self->metrics.char_width);
}

/* ---- the wheel, the touchpad, and a swipe that runs out ---- */

void
ph_log_scroll_stop (PhLogView *self)
{
  if (self->scroll.kinetic_tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->scroll.kinetic_tick);
  self->scroll.kinetic_tick = 0;
}

static gboolean
kinetic_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  PhLogView *self = PH_LOG_VIEW (widget);
  gint64 now = gdk_frame_clock_get_frame_time (clock);
  double seconds = CLAMP ((now - self->scroll.kinetic_time) / 1e6, 0, 0.1);
  double keep = exp (-FRICTION * seconds);

  self->scroll.kinetic_time = now;
  ph_log_scroll_by (self, self->scroll.velocity_x * seconds, self->scroll.velocity_y * seconds);
  self->scroll.velocity_x *= keep;
  self->scroll.velocity_y *= keep;
  if (hypot (self->scroll.velocity_x, self->scroll.velocity_y) > SLOWEST)
    return G_SOURCE_CONTINUE;
  self->scroll.kinetic_tick = 0;

  return G_SOURCE_REMOVE;
}

static void
decelerate_cb (GtkEventControllerScroll *controller, double velocity_x, double velocity_y, PhLogView *self)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (self));

  ph_log_scroll_stop (self);
  if (clock == NULL || hypot (velocity_x, velocity_y) < SLOWEST)
    return;
  self->scroll.velocity_x = velocity_x;
  self->scroll.velocity_y = velocity_y;
  self->scroll.kinetic_time = gdk_frame_clock_get_frame_time (clock);
  self->scroll.kinetic_tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), kinetic_cb, NULL, NULL);
}

/* Pixels for a notch of the wheel or a unit of the touchpad: as in GtkScrolledWindow. */
static double
scroll_step (PhLogView *self, GtkEventControllerScroll *controller)
{
  if (gtk_event_controller_scroll_get_unit (controller) == GDK_SCROLL_UNIT_SURFACE)
    return SURFACE_UNIT;

  return pow (ph_log_layout_page (self), 2.0 / 3.0);
}

static gboolean
scroll_cb (GtkEventControllerScroll *controller, double dx, double dy, PhLogView *self)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (controller));
  double step = scroll_step (self, controller);

  ph_log_scroll_stop (self);
  if ((state & GDK_CONTROL_MASK) != 0)
    {
      ph_log_view_set_zoom (self, self->zoom * pow (PH_LOG_ZOOM_STEP, -CLAMP (dy, -2, 2)));
      return GDK_EVENT_STOP;
    }
  if ((state & GDK_SHIFT_MASK) != 0 && dx == 0)
    ph_log_scroll_by (self, dy * step, 0);
  else
    ph_log_scroll_by (self, dx * step, dy * step);

  return GDK_EVENT_STOP;
}

void
ph_log_scroll_init (PhLogView *self)
{
  const GtkEventControllerScrollFlags flags =
    GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES | GTK_EVENT_CONTROLLER_SCROLL_KINETIC;
  GtkEventController *controller = gtk_event_controller_scroll_new (flags);

  self->scroll.follow = TRUE;
  ph_log_scroll_set_adjustment (self, GTK_ORIENTATION_HORIZONTAL, NULL);
  ph_log_scroll_set_adjustment (self, GTK_ORIENTATION_VERTICAL, NULL);
  g_signal_connect (controller, "scroll", G_CALLBACK (scroll_cb), self);
  g_signal_connect (controller, "decelerate", G_CALLBACK (decelerate_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

void
ph_log_scroll_dispose (PhLogView *self)
{
  g_clear_object (&self->scroll.horizontal);
  g_clear_object (&self->scroll.vertical);
}
