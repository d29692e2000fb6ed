/* ph-log-head.c: the header of the table: its names, what the pointer does in it, its menu, and whole addresses in tooltips
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-log-head.h"

#include <glib/gi18n.h>
#include <math.h>

#include "ph-log-private.h"
#include "ph-log-row.h"

#define MOVE_LEAST 6.0 /* pixels of a drag before a column moves */
#define TEXT_Y 6.0     /* of the names */
#define LINE_ALPHA 0.35f

static double
text_x (PhLogView *self, double x)
{
  return x - PH_LOG_MARGIN + ph_log_scroll_x (self);
}

static gboolean
is_in_head (PhLogView *self, double y)
{
  return self->mode == PH_LOG_MODE_TABLE && self->source != NULL && self->columns.tabs != NULL && y < self->metrics.head_height;
}

/* ---- dragging ---- */

static void
drag_begin_cb (GtkGestureDrag *gesture, double x, double y, PhLogView *self)
{
  double at = text_x (self, x);

  self->head.drag = PH_LOG_HEAD_IDLE;
  if (!is_in_head (self, y))
    {
      gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_DENIED);
      return;
    }
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (ph_log_columns_edge_at (self, at, &self->head.column))
    self->head.drag = PH_LOG_HEAD_RESIZES;
  else if (ph_log_columns_at (self, at, &self->head.column) && self->head.column != PH_LOG_COLUMN_DATA)
    self->head.drag = PH_LOG_HEAD_MOVES;
  self->head.target = self->head.column;
  self->head.width = self->columns.width[self->head.column];
}

static void
drag_update_cb (GtkGestureDrag *gesture, double dx, double dy, PhLogView *self)
{
  double x, y;

  gtk_gesture_drag_get_start_point (gesture, &x, &y);
  if (self->head.drag == PH_LOG_HEAD_RESIZES && dx != 0)
    ph_log_columns_set_width (self, self->head.column, MAX (self->head.width + (int) dx, 1));
  if (self->head.drag == PH_LOG_HEAD_MOVES && fabs (dx) >= MOVE_LEAST)
    ph_log_columns_at (self, text_x (self, x + dx), &self->head.target);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
drag_end_cb (GtkGestureDrag *gesture, double dx, double dy, PhLogView *self)
{
  if (self->head.drag == PH_LOG_HEAD_MOVES && self->head.target != self->head.column)
    ph_log_columns_move (self, self->head.column, self->head.target);
  self->head.drag = PH_LOG_HEAD_IDLE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
cancel_cb (GtkGesture *gesture, GdkEventSequence *sequence, PhLogView *self)
{
  self->head.drag = PH_LOG_HEAD_IDLE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
motion_cb (GtkEventControllerMotion *controller, double x, double y, PhLogView *self)
{
  gboolean head = is_in_head (self, y);
  PhLogColumn column;
  const char *name = !head ? "text" : ph_log_columns_edge_at (self, text_x (self, x), &column) ? "col-resize" : "default";

  if (self->head.drag == PH_LOG_HEAD_IDLE)
    gtk_widget_set_cursor_from_name (GTK_WIDGET (self), name);
}

/* ---- the menu ---- */

/**
 * ph_log_head_make_menu:
 *
 * Returns: (transfer full): a check for each column but the data, and the way back
 */
GMenuModel *
ph_log_head_make_menu (void)
{
  GMenu *menu = g_menu_new (), *section = g_menu_new ();

  for (guint i = 0; i < PH_LOG_COLUMN_DATA; i++)
    {
      g_autofree char *action = g_strconcat ("columns.", ph_log_column_id (i), NULL);

      g_menu_append (section, ph_log_column_name (i), action);
    }
  g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
  g_object_unref (section);
  section = g_menu_new ();
  g_menu_append (section, _("Reset columns"), "columns.reset");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
  g_object_unref (section);

  return G_MENU_MODEL (menu);
}

/* A double click at the edge of a column gives it the width of its content. */
static void
pressed_cb (GtkGestureClick *gesture, int n_press, double x, double y, PhLogView *self)
{
  PhLogColumn column;

  if (n_press == 2 && is_in_head (self, y) && ph_log_columns_edge_at (self, text_x (self, x), &column))
    ph_log_columns_set_width (self, column, 0);
}

static void
update_actions (PhLogView *self)
{
  for (guint i = 0; i < PH_LOG_COLUMN_DATA; i++)
    {
      GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->head.actions), ph_log_column_id (i));

      g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_boolean (!self->columns.hidden[i]));
    }
}

static void
show_cb (GSimpleAction *action, GVariant *state, gpointer data)
{
  for (guint i = 0; i < PH_LOG_COLUMN_DATA; i++)
    if (g_str_equal (ph_log_column_id (i), g_action_get_name (G_ACTION (action))))
      ph_log_columns_show (data, i, g_variant_get_boolean (state));
}

static void
reset_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ph_log_columns_reset (data);
}

static void
add_actions (PhLogView *self)
{
  const GActionEntry reset = { .name = "reset", .activate = reset_cb };

  self->head.actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->head.actions), &reset, 1, self);
  for (guint i = 0; i < PH_LOG_COLUMN_DATA; i++)
    {
      const GActionEntry entry = { .name = ph_log_column_id (i), .state = "true", .change_state = show_cb };

      g_action_map_add_action_entries (G_ACTION_MAP (self->head.actions), &entry, 1, self);
    }
  gtk_widget_insert_action_group (GTK_WIDGET (self), "columns", G_ACTION_GROUP (self->head.actions));
  g_signal_connect (self, "notify::columns", G_CALLBACK (update_actions), NULL);
}

/* ---- tooltips ---- */

/* The whole address where a row has only its ends. */
static gboolean
tooltip_cb (GtkWidget *widget, int x, int y, gboolean keyboard, GtkTooltip *tooltip, gpointer data)
{
  PhLogView *self = PH_LOG_VIEW (widget);
  PhLogColumn column;

  if (self->mode != PH_LOG_MODE_TABLE || self->source == NULL || keyboard
      || !ph_log_columns_at (self, text_x (self, x), &column) || column != PH_LOG_COLUMN_PEER)
    return FALSE;
  for (guint i = 0; i < self->layout.rows->len; i++)
    {
      const PhLogRow *row = ph_log_layout_get_row (self, i);
      double top = row->y + self->metrics.head_height;

      if (y >= top && y < top + row->height && y >= self->metrics.head_height && row->line->cut)
        {
          g_autofree char *peer = ph_log_source_dup_peer (self->source, row->line->entry);

          gtk_tooltip_set_text (tooltip, peer);
          return peer != NULL;
        }
    }

  return FALSE;
}

/* ---- drawing ---- */

static void
draw_line (GtkSnapshot *snapshot, const GdkRGBA *color, double x, double y, double width, double height)
{
  gtk_snapshot_append_color (snapshot, color, &GRAPHENE_RECT_INIT (x, y, width, height));
}

static void
draw_name (PhLogView *self, GtkSnapshot *snapshot, PhLogColumn column, double x, const GdkRGBA *color)
{
  PangoLayout *layout = ph_log_columns_get_head (self, column);
  int width;

  pango_layout_get_pixel_size (layout, &width, NULL);
  x += self->columns.start[column];
  if (ph_log_row_is_right (column))
    x += self->columns.width[column] - width;
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) x, (float) TEXT_Y));
  gtk_snapshot_append_layout (snapshot, layout, color);
  gtk_snapshot_restore (snapshot);
}

/* Where the column comes to stand that is dragged. */
static void
draw_target (PhLogView *self, GtkSnapshot *snapshot, double x)
{
  PhLogColumn target = self->head.target;
  gboolean behind = self->columns.start[target] > self->columns.start[self->head.column] && target != PH_LOG_COLUMN_DATA;
  double at = self->columns.start[target] + (behind ? self->columns.width[target] : 0);
  GdkRGBA color;

  if (self->head.drag != PH_LOG_HEAD_MOVES || target == self->head.column)
    return;
  ph_log_style_get_color (self, PH_LOG_STYLE_RECEIVED, &color);
  draw_line (snapshot, &color, x + at + (behind ? 1 : -1) * round (self->metrics.char_width) - 1, 2, 2,
             self->metrics.head_height - 4);
}

/**
 * ph_log_head_draw:
 * @scrolled: pixels that the rows are scrolled to the right
 */
void
ph_log_head_draw (PhLogView *self, GtkSnapshot *snapshot, double scrolled)
{
  double x = PH_LOG_MARGIN - scrolled, height = self->metrics.head_height;
  GdkRGBA color, faint;

  if (height <= 0 || self->columns.tabs == NULL || self->layout.rows->len == 0)
    return;
  ph_log_style_get_color (self, PH_LOG_STYLE_DIM, &color);
  faint = color;
  faint.alpha *= LINE_ALPHA;
  for (guint i = 0; i < PH_LOG_N_COLUMNS; i++)
    {
      PhLogColumn column = self->columns.order[i];

      if (!ph_log_columns_is_shown (self, column))
        continue;
      draw_name (self, snapshot, column, x, &color);
      if (column != PH_LOG_COLUMN_DATA)
        draw_line (snapshot, &faint, round (x + self->columns.start[column] + self->columns.width[column] + self->metrics.char_width),
                   TEXT_Y, 1, height - 2 * TEXT_Y);
    }
  draw_line (snapshot, &faint, 0, height - 2, gtk_widget_get_width (GTK_WIDGET (self)), 1);
  draw_target (self, snapshot, x);
}

/* ---- construction ---- */

void
ph_log_head_init (PhLogView *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkGesture *drag = gtk_gesture_drag_new (), *click = gtk_gesture_click_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();

  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (drag), GTK_PHASE_CAPTURE);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect (drag, "drag-end", G_CALLBACK (drag_end_cb), self);
  g_signal_connect (drag, "cancel", G_CALLBACK (cancel_cb), self);
  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), self);
  g_signal_connect (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect (widget, "query-tooltip", G_CALLBACK (tooltip_cb), NULL);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (drag));
  gtk_widget_add_controller (widget, motion);
  gtk_gesture_group (click, drag);
  gtk_widget_set_has_tooltip (widget, TRUE);
  add_actions (self);
}

void
ph_log_head_dispose (PhLogView *self)
{
  g_clear_object (&self->head.actions);
}
