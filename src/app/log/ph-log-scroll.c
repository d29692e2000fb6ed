/* ph-log-scroll.c: wheel, touchpad and scroll bars
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include <math.h>

#include "ph-log-private.h"

#define DRIFT 1.5        /* the average record may be off by this factor before the scroll bar is measured anew */
#define NEGLIGIBLE 50    /* the part of its range that a scroll bar need not tell */
#define LONG 10          /* pages from which on it may leave that out */
#define FRICTION 4.0     /* of a swipe that runs out, per second */
#define SLOWEST 20.0     /* pixels a second at which it stops */
#define SURFACE_UNIT 2.5   /* pixels that a touchpad's unit scrolls */
#define ZOOM_STEP 1.1

/**
 * ph_log_scroll_by:
 * @self: the view
 * @dx: pixels to the right
 * @dy: pixels down
 *
 * Scrolls exactly. Up ends following; arriving at the end begins it again.
 */
void
ph_log_scroll_by (PhLogView *self, double dx, double dy)
{
  if (self->source == NULL)
    return;
  if (dx != 0 && self->hadjustment != NULL)
    gtk_adjustment_set_value (self->hadjustment, gtk_adjustment_get_value (self->hadjustment) + dx);
  if (dy == 0)
    return;

  ph_log_layout_ensure (self);
  if (dy < 0 ? self->at_start : self->at_end)
    return;
  ph_log_view_set_follow (self, FALSE);
  self->went_down = dy > 0;
  self->top_offset += dy;
  ph_log_layout_invalidate (self);
}

/* Puts the upper edge where @value of the vertical adjustment points to, by proportion. */
static void
jump (PhLogView *self, double value)
{
  double last = gtk_adjustment_get_upper (self->vadjustment) - gtk_adjustment_get_page_size (self->vadjustment);
  double record = value / MAX (self->record_height, 1);
  PhLogPos pos;
  guint n;

  self->went_down = value > self->value;
  self->top_offset = 0;
  if (value <= 0.5 && ph_log_walk_first (self->source, &self->top))
    return;
  if (value >= last - 0.5 && ph_log_walk_last (self->source, &self->top))
    return;

  pos = (PhLogPos){ .entry = ph_log_filter_nth (self->source, (guint64) record) };
  ph_log_walk_clamp (self->source, &pos);
  n = ph_log_source_n_lines (self->source, pos.entry);
  record = (record - floor (record)) * n;
  pos.line = MIN ((guint) record, MAX (n, 1) - 1);
  self->top = pos;
  self->top_offset = (record - floor (record)) * ph_log_layout_line_height (self, &pos);
}

static void
vertical_cb (GtkAdjustment *adjustment, PhLogView *self)
{
  double value = gtk_adjustment_get_value (adjustment);
  double last = gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment);
  double by = value - self->value;

  if (self->configuring || self->source == NULL || by == 0)
    return;
  ph_log_scroll_stop (self);
  ph_log_layout_ensure (self);
  if (fabs (by) <= gtk_adjustment_get_page_size (adjustment) && value > 0.5 && value < last - 0.5)
    {
      ph_log_scroll_by (self, 0, by);
    }
  else
    {
      ph_log_view_set_follow (self, FALSE);
      jump (self, value);
    }
  self->keep_value = TRUE;
  self->value = value;
  ph_log_layout_invalidate (self);
}

static void
horizontal_cb (GtkAdjustment *adjustment, PhLogView *self)
{
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
ph_log_scroll_set_adjustment (PhLogView *self, GtkAdjustment **place, GtkAdjustment *adjustment)
{
  GCallback cb = place == &self->vadjustment ? G_CALLBACK (vertical_cb) : G_CALLBACK (horizontal_cb);

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

/* Pixels of a record, averaged over those on screen; kept while it is about right, so that the bar does not dance. */
static void
average_records (PhLogView *self)
{
  guint64 last = PH_LOG_ENTRY_NONE;
  double pixels = 0;
  guint n = 0;

  for (guint i = 0; i < self->rows->len; i++)
    {
      const PhLogRow *row = &g_array_index (self->rows, PhLogRow, i);

      if (row->line->entry == last)
        {
          pixels += row->height - self->row_height;
          continue;
        }
      last = row->line->entry;
      pixels += row->height + (ph_log_source_n_lines (self->source, last) - 1.0) * self->row_height;
      n++;
    }
  if (n == 0)
    return;
  pixels = MAX (pixels / n, 1);
  if (self->record_height < pixels / DRIFT || self->record_height > pixels * DRIFT)
    {
      self->record_height = pixels;
      self->keep_value = FALSE;
    }
}

/* Records before the upper edge, with a fraction. */
static double
records_above (PhLogView *self)
{
  guint n = MAX (ph_log_source_n_lines (self->source, self->top.entry), 1);
  double height = MAX (ph_log_layout_line_height (self, &self->top), 1);
  double part = (self->top.line + MIN (self->top_offset / height, 1)) / n;

  if (self->top.entry == PH_LOG_ENTRY_GONE)
    return 0;
  if (self->top.entry == PH_LOG_ENTRY_HIDDEN)
    return ph_log_filter_n_shown (self->source);

  return ph_log_filter_rank (self->source, self->top.entry) + part;
}

static double
current_value (PhLogView *self, double last)
{
  double value = self->keep_value ? self->value : records_above (self) * self->record_height;

  if (self->at_end)
    return last;
  if (self->at_start)
    return 0;

  return CLAMP (value, MIN (1, last), MAX (last - 1, 0));
}

/* At the end of a long log, new records hardly move the bar; to move it would lay out the whole window, for which GTK asks
 * the display about its monitors and waits. */
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
  if (adjustment != NULL && !is_negligible (adjustment, value, upper, page))
    gtk_adjustment_configure (adjustment, value, 0, upper, step, page * 0.9, page);
}

/**
 * ph_log_scroll_configure:
 * @self: the view, its rows just made
 *
 * Tells the scroll bars; see the invariants in ph-log-private.h for what their numbers mean.
 */
void
ph_log_scroll_configure (PhLogView *self)
{
  double width = gtk_widget_get_width (GTK_WIDGET (self)), page = ph_log_layout_page (self);
  double upper = page, x = self->hadjustment != NULL ? gtk_adjustment_get_value (self->hadjustment) : 0;
  double content = MAX (self->content_width, width);

  self->configuring = TRUE;
  self->value = 0;
  if (self->source != NULL && !(self->at_start && self->at_end))
    {
      guint64 n = ph_log_filter_n_shown (self->source);

      average_records (self);
      upper = MAX (n * self->record_height, page + self->row_height);
      self->value = self->vadjustment != NULL ? gtk_adjustment_get_value (self->vadjustment) : 0;
      self->value = current_value (self, upper - page);
    }
  self->keep_value = FALSE;
  configure (self->vadjustment, self->value, upper, self->row_height, page);
  configure (self->hadjustment, CLAMP (x, 0, content - width), content, 4 * self->char_width, width);
  self->configuring = FALSE;
  self->value = self->vadjustment != NULL ? gtk_adjustment_get_value (self->vadjustment) : 0;

  if (self->went_down && self->left_tail && self->at_end && self->rows->len > 0)
    ph_log_view_set_follow (self, TRUE);
  self->went_down = FALSE;
}

/**
 * ph_log_scroll_to:
 * @self: the view
 * @pos: a place
 *
 * Scrolls as little as needed to have the line of @pos on screen.
 */
void
ph_log_scroll_to (PhLogView *self, const PhLogPos *pos)
{
  g_autoptr (PhLogLine) line = ph_log_source_dup_line (self->source, pos->entry, pos->line);
  const PhLogRow *row;
  double y, top, bottom, page = ph_log_layout_page (self);

  if (line == NULL)
    return;
  ph_log_layout_ensure (self);
  row = ph_log_layout_find (self, pos);
  if (row == NULL)
    {
      ph_log_view_set_follow (self, FALSE);
      top = ph_log_pos_compare (pos, &self->top) < 0 ? 0 : page - ph_log_layout_line_height (self, pos);
      self->top = *pos;
      self->top.index = 0;
      self->top_offset = -top;
      self->dirty = TRUE;
      ph_log_layout_ensure (self);
      row = ph_log_layout_find (self, pos);
      ph_log_layout_invalidate (self);
      if (row == NULL)
        return;
    }

  ph_log_text_place (self, line, pos->index, &y);
  top = row->y + row->pad + y;
  bottom = top + self->row_height;
  if (top < 0)
    ph_log_scroll_by (self, 0, y == 0 ? row->y : top);
  else if (bottom > page)
    ph_log_scroll_by (self, 0, bottom - page);
  self->went_down = FALSE;
}

/* ---- the wheel, the touchpad, and a swipe that runs out ---- */

void
ph_log_scroll_stop (PhLogView *self)
{
  if (self->kinetic_tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->kinetic_tick);
  self->kinetic_tick = 0;
}

static gboolean
kinetic_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  PhLogView *self = PH_LOG_VIEW (widget);
  gint64 now = gdk_frame_clock_get_frame_time (clock);
  double seconds = CLAMP ((now - self->tick_time) / 1e6, 0, 0.1);
  double keep = exp (-FRICTION * seconds);

  self->tick_time = now;
  ph_log_scroll_by (self, self->velocity_x * seconds, self->velocity_y * seconds);
  self->velocity_x *= keep;
  self->velocity_y *= keep;
  if (hypot (self->velocity_x, self->velocity_y) > SLOWEST)
    return G_SOURCE_CONTINUE;
  self->kinetic_tick = 0;

  return G_SOURCE_REMOVE;
}

static void
decelerate_cb (GtkEventControllerScroll *controller, double velocity_x, double velocity_y, PhLogView *self)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (self));

  ph_log_scroll_stop (self);
  if (clock == NULL || hypot (velocity_x, velocity_y) < SLOWEST)
    return;
  self->velocity_x = velocity_x;
  self->velocity_y = velocity_y;
  self->tick_time = gdk_frame_clock_get_frame_time (clock);
  self->kinetic_tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), kinetic_cb, NULL, NULL);
}

/* Pixels for a wheel's notch or a touchpad's unit: as much as GtkScrolledWindow takes. */
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
      ph_log_view_set_zoom (self, self->zoom * pow (ZOOM_STEP, -CLAMP (dy, -2, 2)));
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

  g_signal_connect (controller, "scroll", G_CALLBACK (scroll_cb), self);
  g_signal_connect (controller, "decelerate", G_CALLBACK (decelerate_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}
