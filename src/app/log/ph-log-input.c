/* ph-log-input.c: handles pointer, keys and actions of the log
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-log-input.h"

#include <math.h>

#include "ph-log-private.h"

#define EDGE_SPEED 12.0 /* pixels a second, for each pixel that the pointer is beyond the edge */
#define EDGE_FASTEST 4000.0

/* The row whose text is at (@x, @y), and the byte of the text; NULL if there is none. */
static const PhLogRow *
row_at (PhLogView *self, double x, double y, int *ret_index)
{
  const PhLogRow *row = NULL;
  PangoLayout *layout;
  int trailing;

  if (self->source == NULL)
    return NULL;
  ph_log_layout_ensure (self);
  y -= self->metrics.head_height;
  for (guint i = 0; i < self->layout.rows->len && (row == NULL || row->y + row->height <= y); i++)
    row = ph_log_layout_get_row (self, i);
  if (row == NULL || y < row->y + row->pad || y >= row->y + row->height)
    return NULL;
  layout = ph_log_text_layout (self, row->line);
  x += gtk_adjustment_get_value (self->scroll.horizontal) - ph_log_text_x (self, row->line);

  return pango_layout_xy_to_index (layout, x * PANGO_SCALE, (y - row->y - row->pad) * PANGO_SCALE, ret_index, &trailing) ? row : NULL;
}

/* ---- lines that fold ---- */

/* Shows all of a record or folds it again, and puts the cursor where that is seen. */
static void
toggle_fold (PhLogView *self, guint64 entry, guint32 line)
{
  PhLogPos pos = { .entry = entry, .line = line };
  gboolean folded;

  ph_log_copy_end (self);
  ph_log_scroll_set_follow (self, FALSE);
  folded = ph_log_fold_toggle (self->source, entry);
  if (folded)
    pos.line = MAX (ph_log_source_n_lines (self->source, entry), 1) - 1;
  ph_log_select_place (self, &pos, FALSE);
  ph_log_scroll_forget_average (self);
  ph_log_layout_touch (self);
  if (folded)
    ph_log_scroll_show (self, &pos);
  ph_log_layout_renew (self);
}

/**
 * ph_log_input_click:
 * @x: in pixels of the view
 *
 * Does what the line at (@x, @y) is there for.
 *
 * Returns: %FALSE if it is not there to be clicked
 */
gboolean
ph_log_input_click (PhLogView *self, double x, double y)
{
  int index;
  const PhLogRow *row = row_at (self, x, y, &index);

  if (row == NULL || row->line->kind != PH_LOG_LINE_FOLD)
    return FALSE;
  toggle_fold (self, row->line->entry, row->line->line);

  return TRUE;
}

static gboolean
enter_key_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  PhLogView *self = PH_LOG_VIEW (widget);
  const PhLogPos *cursor = &self->selection.cursor;
  g_autoptr (PhLogLine) line = NULL;

  if (self->source != NULL && self->selection.has_cursor)
    line = ph_log_source_dup_line (self->source, cursor->entry, cursor->line);
  if (line == NULL || line->kind != PH_LOG_LINE_FOLD)
    return GDK_EVENT_PROPAGATE;
  toggle_fold (self, line->entry, line->line);

  return GDK_EVENT_STOP;
}

/* ---- the pointer over the log ---- */

static void
motion_cb (GtkEventControllerMotion *controller, double x, double y, PhLogView *self)
{
  int index;
  const PhLogRow *row = row_at (self, x, y, &index);
  gboolean link = row != NULL && row->line->kind == PH_LOG_LINE_FOLD;

  if (self->input.link == link)
    return;
  self->input.link = link;
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), link ? "pointer" : "text");
}

static gboolean
query_tooltip_cb (PhLogView *self, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  int index;
  const PhLogRow *row = keyboard ? NULL : row_at (self, x, y, &index);
  const PhLogFields *fields = row != NULL ? &row->line->fields : NULL;

  if (fields == NULL || fields->peer == NULL || (guint32) index < fields->peer_start || (guint32) index >= fields->peer_end)
    return FALSE;
  gtk_tooltip_set_text (tooltip, fields->peer);

  return TRUE;
}

/* ---- the pointer ---- */

/* The selection runs from the unit where the drag began to the unit under the pointer. */
static void
drag_to (PhLogView *self, double x, double y)
{
  PhLogPos pos, start, end;

  if (!ph_log_select_pick (self, x, y, &pos))
    return;
  ph_log_select_unit_at (self, &pos, self->input.drag_unit, &start, &end);
  if (ph_log_pos_compare (&start, &self->input.drag_start) < 0)
    ph_log_select_range (self, &self->input.drag_end, &start);
  else
    ph_log_select_range (self, &self->input.drag_start, &end);
}

static void
stop_edge (PhLogView *self)
{
  if (self->input.drag_tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->input.drag_tick);
  self->input.drag_tick = 0;
}

/* Pixels of the pointer beyond the edge of the rows; negative above them. */
static double
beyond (PhLogView *self)
{
  double height = gtk_widget_get_height (GTK_WIDGET (self));

  if (self->input.drag_y < self->metrics.head_height)
    return self->input.drag_y - self->metrics.head_height;

  return MAX (self->input.drag_y - height, 0);
}

static gboolean
edge_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  PhLogView *self = PH_LOG_VIEW (widget);
  gint64 now = gdk_frame_clock_get_frame_time (clock);
  double seconds = CLAMP ((now - self->input.drag_time) / 1e6, 0, 0.1);

  self->input.drag_time = now;
  ph_log_scroll_drag (self, CLAMP (beyond (self) * EDGE_SPEED, -EDGE_FASTEST, EDGE_FASTEST) * seconds);
  drag_to (self, self->input.drag_x, self->input.drag_y);

  return G_SOURCE_CONTINUE;
}

static void
drag_update_cb (GtkGestureDrag *gesture, double dx, double dy, PhLogView *self)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (self));
  double x, y;

  if (self->source == NULL || self->input.drag_unit == PH_LOG_UNIT_NONE)
    return;
  gtk_gesture_drag_get_start_point (gesture, &x, &y);
  self->input.drag_x = x + dx;
  self->input.drag_y = y + dy;
  if (self->input.drag_unit == PH_LOG_UNIT_CHARACTER && hypot (dx, dy) < 3 && ph_log_pos_compare (&self->selection.anchor, &self->selection.cursor) == 0)
    return;
  drag_to (self, self->input.drag_x, self->input.drag_y);

  if (beyond (self) == 0)
    {
      stop_edge (self);
    }
  else if (self->input.drag_tick == 0 && clock != NULL)
    {
      self->input.drag_time = gdk_frame_clock_get_frame_time (clock);
      self->input.drag_tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), edge_cb, NULL, NULL);
    }
}

static void
drag_end_cb (GtkGestureDrag *gesture, double dx, double dy, PhLogView *self)
{
  stop_edge (self);
  self->input.drag_unit = PH_LOG_UNIT_NONE;
  ph_log_copy_primary (self);
}

static void
pressed_cb (GtkGestureClick *gesture, int n_press, double x, double y, PhLogView *self)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));
  PhLogPos pos;

  gtk_widget_grab_focus (GTK_WIDGET (self));
  ph_log_view_tell (self, NULL);
  ph_log_scroll_stop (self);
  if (self->source == NULL || !ph_log_select_pick (self, x, y, &pos))
    return;
  if ((state & GDK_SHIFT_MASK) == 0 && ph_log_input_click (self, x, y))
    return;
  ph_log_select_forget_goal (self);
  self->input.drag_unit = (PhLogUnit) ((n_press - 1) % 3 + 1);
  if ((state & GDK_SHIFT_MASK) != 0 && self->selection.has_cursor && n_press == 1)
    {
      self->input.drag_start = self->input.drag_end = self->selection.anchor;
      ph_log_select_place (self, &pos, TRUE);
      return;
    }
  ph_log_select_unit_at (self, &pos, self->input.drag_unit, &self->input.drag_start, &self->input.drag_end);
  ph_log_select_range (self, &self->input.drag_start, &self->input.drag_end);
}

/* ---- the actions ---- */

static void
copy_action_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PhLogCopyKind kind = g_str_equal (name, "log.copy-hex")     ? PH_LOG_COPY_HEX
                       : g_str_equal (name, "log.copy-lines") ? PH_LOG_COPY_LINES
                                                              : PH_LOG_COPY_TEXT;

  ph_log_copy_start (PH_LOG_VIEW (widget), kind);
}

static void
select_all_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ph_log_select_all (PH_LOG_VIEW (widget));
  ph_log_copy_primary (PH_LOG_VIEW (widget));
}

static void
clear_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  /* In a tab it can be undone. */
  if (!gtk_widget_activate_action (widget, "page.clear", NULL))
    ph_log_view_clear (PH_LOG_VIEW (widget));
}

static void
zoom_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PhLogView *self = PH_LOG_VIEW (widget);
  double zoom = g_str_equal (name, "log.zoom-in")    ? self->zoom * PH_LOG_ZOOM_STEP
                : g_str_equal (name, "log.zoom-out") ? self->zoom / PH_LOG_ZOOM_STEP
                                                     : 1;

  /* As many steps back as forth end at exactly the normal size. */
  ph_log_view_set_zoom (self, fabs (zoom - 1) < 0.01 ? 1 : zoom);
}

static void
jump_newest_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ph_log_view_jump_to_newest (PH_LOG_VIEW (widget));
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "log.copy", NULL, copy_action_cb);
  gtk_widget_class_install_action (widget_class, "log.copy-hex", NULL, copy_action_cb);
  gtk_widget_class_install_action (widget_class, "log.copy-lines", NULL, copy_action_cb);
  gtk_widget_class_install_action (widget_class, "log.select-all", NULL, select_all_cb);
  gtk_widget_class_install_action (widget_class, "log.clear", NULL, clear_cb);
  gtk_widget_class_install_action (widget_class, "log.zoom-in", NULL, zoom_cb);
  gtk_widget_class_install_action (widget_class, "log.zoom-out", NULL, zoom_cb);
  gtk_widget_class_install_action (widget_class, "log.zoom-reset", NULL, zoom_cb);
  gtk_widget_class_install_action (widget_class, "log.jump-newest", NULL, jump_newest_cb);
}

/* ---- the context menu ---- */

/* A press outside of the selection moves the cursor first, as in a text editor. */
static void
secondary_cb (GtkGestureClick *gesture, int n_press, double x, double y, PhLogView *self)
{
  PhLogPos pos = { .entry = PH_LOG_ENTRY_NONE }, start, end;

  gtk_widget_grab_focus (GTK_WIDGET (self));
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  if (y < self->metrics.head_height)
    {
      ph_log_menu_pop_up_head (self, x, y);
      return;
    }
  if (self->source != NULL && ph_log_select_pick (self, x, y, &pos)
      && !(ph_log_select_get (self, &start, &end) && ph_log_pos_compare (&pos, &start) >= 0
           && ph_log_pos_compare (&pos, &end) <= 0))
    ph_log_select_place (self, &pos, FALSE);
  ph_log_menu_pop_up (self, pos.entry, x, y);
}

static gboolean
menu_key_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  PhLogView *self = PH_LOG_VIEW (widget);
  double y = gtk_widget_get_height (widget) / 2.0;
  const PhLogRow *row = self->selection.has_cursor ? ph_log_layout_find (self, &self->selection.cursor) : NULL;

  if (row != NULL)
    y = row->y + row->height + self->metrics.head_height;
  ph_log_menu_pop_up (self, self->selection.has_cursor ? self->selection.cursor.entry : PH_LOG_ENTRY_NONE,
                      gtk_widget_get_width (widget) / 3.0, CLAMP (y, 0, gtk_widget_get_height (widget)));

  return GDK_EVENT_STOP;
}

/* ---- the keyboard ---- */

static gboolean
move_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  PhLogView *self = PH_LOG_VIEW (widget);
  GtkMovementStep step;
  gboolean extend;
  int count;

  g_variant_get (args, "(iib)", &step, &count, &extend);
  ph_log_view_tell (self, NULL);
  ph_log_scroll_stop (self);
  ph_log_select_move (self, step, count, extend);
  if (extend)
    ph_log_copy_primary (self);

  return GDK_EVENT_STOP;
}

static gboolean
unselect_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  PhLogView *self = PH_LOG_VIEW (widget);
  PhLogPos start, end;

  if (!ph_log_select_get (self, &start, &end))
    return GDK_EVENT_PROPAGATE;
  ph_log_select_none (self);

  return GDK_EVENT_STOP;
}

static void
bind_move (GtkWidgetClass *widget_class, guint key, guint keypad, GdkModifierType modifiers, GtkMovementStep step,
           int count)
{
  const guint keys[] = { key, keypad };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      gtk_widget_class_add_binding (widget_class, keys[i], modifiers, move_cb, "(iib)", step, count, FALSE);
      gtk_widget_class_add_binding (widget_class, keys[i], modifiers | GDK_SHIFT_MASK, move_cb, "(iib)", step, count,
                                    TRUE);
    }
}

static void
bind_action (GtkWidgetClass *widget_class, guint key, GdkModifierType modifiers, const char *action)
{
  gtk_widget_class_add_binding_action (widget_class, key, modifiers, action, NULL);
}

void
ph_log_input_class_init (GtkWidgetClass *widget_class)
{
  const GdkModifierType control = GDK_CONTROL_MASK, both = GDK_CONTROL_MASK | GDK_SHIFT_MASK;
  const guint enter[] = { GDK_KEY_Return, GDK_KEY_KP_Enter, GDK_KEY_ISO_Enter };

  install_actions (widget_class);
  for (guint i = 0; i < G_N_ELEMENTS (enter); i++)
    gtk_widget_class_add_binding (widget_class, enter[i], 0, enter_key_cb, NULL);
  bind_move (widget_class, GDK_KEY_Left, GDK_KEY_KP_Left, 0, GTK_MOVEMENT_VISUAL_POSITIONS, -1);
  bind_move (widget_class, GDK_KEY_Right, GDK_KEY_KP_Right, 0, GTK_MOVEMENT_VISUAL_POSITIONS, 1);
  bind_move (widget_class, GDK_KEY_Left, GDK_KEY_KP_Left, control, GTK_MOVEMENT_WORDS, -1);
  bind_move (widget_class, GDK_KEY_Right, GDK_KEY_KP_Right, control, GTK_MOVEMENT_WORDS, 1);
  bind_move (widget_class, GDK_KEY_Up, GDK_KEY_KP_Up, 0, GTK_MOVEMENT_DISPLAY_LINES, -1);
  bind_move (widget_class, GDK_KEY_Down, GDK_KEY_KP_Down, 0, GTK_MOVEMENT_DISPLAY_LINES, 1);
  bind_move (widget_class, GDK_KEY_Page_Up, GDK_KEY_KP_Page_Up, 0, GTK_MOVEMENT_PAGES, -1);
  bind_move (widget_class, GDK_KEY_Page_Down, GDK_KEY_KP_Page_Down, 0, GTK_MOVEMENT_PAGES, 1);
  bind_move (widget_class, GDK_KEY_Home, GDK_KEY_KP_Home, 0, GTK_MOVEMENT_DISPLAY_LINE_ENDS, -1);
  bind_move (widget_class, GDK_KEY_End, GDK_KEY_KP_End, 0, GTK_MOVEMENT_DISPLAY_LINE_ENDS, 1);
  bind_move (widget_class, GDK_KEY_Home, GDK_KEY_KP_Home, control, GTK_MOVEMENT_BUFFER_ENDS, -1);
  bind_move (widget_class, GDK_KEY_End, GDK_KEY_KP_End, control, GTK_MOVEMENT_BUFFER_ENDS, 1);

  bind_action (widget_class, GDK_KEY_c, control, "log.copy");
  bind_action (widget_class, GDK_KEY_Insert, control, "log.copy");
  bind_action (widget_class, GDK_KEY_h, both, "log.copy-hex");
  bind_action (widget_class, GDK_KEY_c, both, "log.copy-lines");
  bind_action (widget_class, GDK_KEY_a, control, "log.select-all");
  bind_action (widget_class, GDK_KEY_k, both, "log.highlight");
  bind_action (widget_class, GDK_KEY_plus, control, "log.zoom-in");
  bind_action (widget_class, GDK_KEY_equal, control, "log.zoom-in");
  bind_action (widget_class, GDK_KEY_KP_Add, control, "log.zoom-in");
  bind_action (widget_class, GDK_KEY_minus, control, "log.zoom-out");
  bind_action (widget_class, GDK_KEY_KP_Subtract, control, "log.zoom-out");
  bind_action (widget_class, GDK_KEY_0, control, "log.zoom-reset");
  bind_action (widget_class, GDK_KEY_KP_0, control, "log.zoom-reset");

  gtk_widget_class_add_binding (widget_class, GDK_KEY_Menu, 0, menu_key_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, menu_key_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, unselect_cb, NULL);
}

static void
focus_cb (GtkEventControllerFocus *controller, GtkWidget *widget)
{
  gtk_widget_queue_draw (widget);
}

void
ph_log_input_init (PhLogView *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkGesture *click = gtk_gesture_click_new (), *drag = gtk_gesture_drag_new (), *secondary = gtk_gesture_click_new ();
  GtkEventController *focus = gtk_event_controller_focus_new (), *motion = gtk_event_controller_motion_new ();

  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (click));
  g_signal_connect (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect (drag, "drag-end", G_CALLBACK (drag_end_cb), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (drag));
  gtk_gesture_group (click, drag);

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (secondary), GDK_BUTTON_SECONDARY);
  g_signal_connect (secondary, "pressed", G_CALLBACK (secondary_cb), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (secondary));

  g_signal_connect (focus, "enter", G_CALLBACK (focus_cb), self);
  g_signal_connect (focus, "leave", G_CALLBACK (focus_cb), self);
  gtk_widget_add_controller (widget, focus);

  g_signal_connect (motion, "motion", G_CALLBACK (motion_cb), self);
  gtk_widget_add_controller (widget, motion);
  gtk_widget_set_has_tooltip (widget, TRUE);
  g_signal_connect (self, "query-tooltip", G_CALLBACK (query_tooltip_cb), NULL);
}

/* Ends a drag. */
void
ph_log_input_stop (PhLogView *self)
{
  stop_edge (self);
  self->input.drag_unit = PH_LOG_UNIT_NONE;
}
