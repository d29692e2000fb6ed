/* ph-log-select.c: the cursor and the selection, across lines and records
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-log-select.h"

#include "ph-log-private.h"

#define LAST (G_MAXUINT32 - 1) /* the last line of a record that is not there yet, or the last byte of that */

/**
 * ph_log_select_get:
 * Returns: %FALSE if nothing is selected
 */
gboolean
ph_log_select_get (PhLogView *self, PhLogPos *ret_start, PhLogPos *ret_end)
{
  int order = self->selection.has_cursor ? ph_log_pos_compare (&self->selection.anchor, &self->selection.cursor) : 0;

  if (order == 0)
    return FALSE;
  *ret_start = order < 0 ? self->selection.anchor : self->selection.cursor;
  *ret_end = order < 0 ? self->selection.cursor : self->selection.anchor;

  return TRUE;
}

/**
 * ph_log_view_get_selected:
 * @ret_first: (out): the first record that is selected, or partly selected
 * @ret_end: (out): one after the last of them
 *
 * Returns: %FALSE if no record is
 */
gboolean
ph_log_view_get_selected (PhLogView *self, guint64 *ret_first, guint64 *ret_end)
{
  PhLogPos start, end;
  guint64 first, behind;

  g_return_val_if_fail (PH_IS_LOG_VIEW (self), FALSE);

  if (self->source == NULL || !ph_log_select_get (self, &start, &end))
    return FALSE;
  /* Entry n is record n - 1. A notice at either end is no record, and one before whose first character the selection ends is not
   * selected. */
  first = MAX (start.entry, 1) - 1;
  behind = end.line == 0 && end.index == 0 ? MAX (end.entry, 1) - 1 : end.entry;
  behind = MIN (behind, ph_log_source_get_end (self->source));
  if (first >= behind)
    return FALSE;
  *ret_first = first;
  *ret_end = behind;

  return TRUE;
}

/* Where nothing is selected, the record at the cursor is copied as hex or whole. */
static void
update_actions (PhLogView *self)
{
  PhLogPos start, end;
  gboolean some = ph_log_select_get (self, &start, &end);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "log.copy", some);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "log.copy-hex", self->selection.has_cursor);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "log.copy-lines", self->selection.has_cursor);
}

/**
 * ph_log_select_range:
 *
 * Selects from @anchor to @cursor. That ends following, so that the selection stays in sight.
 */
void
ph_log_select_range (PhLogView *self, const PhLogPos *anchor, const PhLogPos *cursor)
{
  self->selection.anchor = *anchor;
  self->selection.cursor = *cursor;
  self->selection.has_cursor = TRUE;
  if (ph_log_pos_compare (anchor, cursor) != 0)
    ph_log_scroll_set_follow (self, FALSE);
  update_actions (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* The same text is at other places now. */
void
ph_log_select_move_ends (PhLogView *self, const PhLogPos *anchor, const PhLogPos *cursor)
{
  self->selection.anchor = *anchor;
  self->selection.cursor = *cursor;
}

/* Moves the cursor to @pos. @extend: whether the anchor stays where it is. */
void
ph_log_select_place (PhLogView *self, const PhLogPos *pos, gboolean extend)
{
  PhLogPos anchor = extend && self->selection.has_cursor ? self->selection.anchor : *pos;

  ph_log_select_range (self, &anchor, pos);
}

/* The keys up and down aim at the place of the cursor again. */
void
ph_log_select_forget_goal (PhLogView *self)
{
  self->selection.goal_x = -1;
}

void
ph_log_select_init (PhLogView *self)
{
  ph_log_select_none (self);
}

void
ph_log_select_none (PhLogView *self)
{
  self->selection.has_cursor = FALSE;
  ph_log_select_forget_goal (self);
  update_actions (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* Moves @pos to the end of its line, before the line break. */
static void
to_line_end (PhLogView *self, PhLogPos *pos)
{
  g_autoptr (PhLogLine) line = ph_log_source_dup_line (self->source, pos->entry, pos->line);

  pos->index = line != NULL ? line->tail : 0;
}

/* Moves @pos behind the line break. */
static void
to_line_behind (PhLogView *self, PhLogPos *pos)
{
  g_autoptr (PhLogLine) line = ph_log_source_dup_line (self->source, pos->entry, pos->line);

  pos->index = line != NULL ? line->length : 0;
}

static void
to_line_start (PhLogView *self, PhLogPos *pos)
{
  g_autoptr (PhLogLine) line = ph_log_source_dup_line (self->source, pos->entry, pos->line);

  pos->index = line != NULL ? line->lead : 0;
}

/* Finds the end of the log. If the last record is not there yet, it is the end of its last line, whichever that will be. */
static gboolean
find_log_end (PhLogView *self, PhLogPos *ret_pos)
{
  if (!ph_log_walk_last (self->source, ret_pos))
    return FALSE;
  if (ph_log_source_awaits (self->source, ret_pos->entry))
    ret_pos->line = ret_pos->index = LAST;
  else
    to_line_behind (self, ret_pos);

  return TRUE;
}

void
ph_log_select_all (PhLogView *self)
{
  PhLogPos first, last;

  if (self->source == NULL || !ph_log_walk_first (self->source, &first) || !find_log_end (self, &last))
    return;
  to_line_start (self, &first);
  ph_log_select_range (self, &first, &last);
}

/* The line of @pos, which is moved into the text: the mark for half a character goes when the rest of it arrives. */
static PhLogLine *
dup_line_at (PhLogView *self, PhLogPos *pos)
{
  PhLogLine *line = ph_log_source_dup_line (self->source, pos->entry, pos->line);

  if (line != NULL)
    pos->index = ph_log_line_clamp (line, pos->index);

  return line;
}

/* Moves @pos to a line that exists. FALSE if its record is gone. */
static gboolean
clamp_pos (PhLogView *self, PhLogPos *pos)
{
  g_autoptr (PhLogLine) line = NULL;
  PhLogPos before = *pos;

  if (ph_log_source_awaits (self->source, pos->entry))
    return TRUE;
  line = dup_line_at (self, pos);
  if (line != NULL)
    return TRUE;
  ph_log_walk_clamp (self->source, pos);
  if (before.index == LAST && before.entry == pos->entry)
    to_line_behind (self, pos);
  else
    to_line_start (self, pos);

  return before.entry == pos->entry;
}

void
ph_log_select_clamp (PhLogView *self)
{
  gboolean cursor, anchor;

  if (!self->selection.has_cursor || self->source == NULL)
    return;
  cursor = clamp_pos (self, &self->selection.cursor);
  anchor = clamp_pos (self, &self->selection.anchor);
  if ((!cursor && !anchor) || self->selection.cursor.entry == PH_LOG_ENTRY_NONE)
    ph_log_select_none (self);
}

/* ---- from pixels to places ---- */

/**
 * ph_log_select_pick:
 * @x: pixels from the left edge of the widget; may lie outside
 * @y: pixels from its top; may lie outside
 * @ret_pos: (out): the nearest place in the text
 *
 * Returns: %FALSE if there is no text
 */
gboolean
ph_log_select_pick (PhLogView *self, double x, double y, PhLogPos *ret_pos)
{
  const PhLogRow *row = NULL;
  PangoLayout *layout;
  const char *at;
  int index, trailing;

  ph_log_layout_ensure (self);
  if (self->layout.rows->len == 0)
    return FALSE;
  y -= self->metrics.head_height;
  for (guint i = 0; i < self->layout.rows->len && (row == NULL || row->y + row->height <= y); i++)
    row = ph_log_layout_get_row (self, i);

  layout = ph_log_text_layout (self, row->line);
  x += gtk_adjustment_get_value (self->scroll.horizontal) - ph_log_text_x (self, row->line);
  pango_layout_xy_to_index (layout, x * PANGO_SCALE, (y - row->y - row->pad) * PANGO_SCALE, &index, &trailing);
  at = row->line->text + index;
  while (trailing-- > 0 && at < row->line->text + row->line->length)
    at = g_utf8_next_char (at);

  *ret_pos = ph_log_run_pos (row->line, ph_log_line_clamp (row->line, at - row->line->text));

  return TRUE;
}

/* ---- words and lines ---- */

static void
word_at (PhLogView *self, PhLogLine *line, guint32 index, PhLogPos *start, PhLogPos *end)
{
  int n;
  const PangoLogAttr *attrs = pango_layout_get_log_attrs_readonly (ph_log_text_layout (self, line), &n);
  int first = g_utf8_pointer_to_offset (line->text, line->text + MIN (index, line->tail)), last;

  guint32 from, to;

  first = CLAMP (first, 0, MAX (n - 2, 0));
  last = first + 1;
  while (first > 0 && !attrs[first].is_word_start && !attrs[first].is_word_end)
    first--;
  while (last < n - 1 && !attrs[last].is_word_start && !attrs[last].is_word_end)
    last++;
  from = g_utf8_offset_to_pointer (line->text, first) - line->text;
  to = last < n ? g_utf8_offset_to_pointer (line->text, last) - line->text : (glong) line->length;
  *start = ph_log_run_pos (line, CLAMP (from, line->lead, line->tail));
  *end = ph_log_run_pos (line, CLAMP (to, line->lead, line->tail));
}

static gboolean
is_joined (PhLogView *self, const PhLogPos *pos)
{
  g_autoptr (PhLogLine) line = ph_log_run_dup (self->source, pos);

  return line != NULL && line->joined;
}

/* A long line is several pieces, which are selected together. From the fields of a record, they are selected too. */
static void
line_at (PhLogView *self, PhLogLine *line, guint32 index, PhLogPos *start, PhLogPos *end)
{
  PhLogPos before = *start;
  g_autoptr (PhLogLine) last = NULL;

  while (ph_log_run_previous (self->source, &before) && is_joined (self, &before))
    *start = before;
  while (is_joined (self, end) && ph_log_run_next (self->source, end))
    continue;
  if (start->entry == line->entry && start->line == line->line)
    *start = ph_log_run_pos (line, line->kind == PH_LOG_LINE_FIELDS && index >= line->body ? line->body : line->lead);
  else
    to_line_start (self, start);
  last = ph_log_run_dup (self->source, end);
  if (last != NULL)
    *end = ph_log_run_pos (last, last->tail);
}

/**
 * ph_log_select_unit_at:
 * @ret_start: (out): where the unit around @pos begins
 * @ret_end: (out): where it ends
 */
void
ph_log_select_unit_at (PhLogView *self, const PhLogPos *pos, PhLogUnit unit, PhLogPos *ret_start, PhLogPos *ret_end)
{
  g_autoptr (PhLogLine) line = ph_log_run_dup (self->source, pos);

  *ret_start = *ret_end = *pos;
  if (line == NULL || unit < PH_LOG_UNIT_WORD)
    return;
  if (unit == PH_LOG_UNIT_WORD)
    word_at (self, line, ph_log_run_index (line, pos), ret_start, ret_end);
  else
    line_at (self, line, ph_log_run_index (line, pos), ret_start, ret_end);
}

/* ---- the keyboard ---- */

/* Whether the line of @pos is drawn in one line with @line. */
static gboolean
is_together (PhLogView *self, const PhLogLine *line, const PhLogPos *pos)
{
  g_autoptr (PhLogLine) drawn = ph_log_run_dup (self->source, pos);

  return drawn != NULL && drawn->parts != NULL
         && ph_log_run_has (drawn, &(PhLogPos) { .entry = line->entry, .line = line->line });
}

static gboolean
step_character (PhLogView *self, PhLogPos *pos, int by)
{
  g_autoptr (PhLogLine) line = dup_line_at (self, pos);
  const PangoLogAttr *attrs;
  glong at;
  int n;

  if (line == NULL)
    return FALSE;
  if (by < 0 && pos->index > line->tail)
    {
      pos->index = line->tail;
      return TRUE;
    }
  if (by > 0 ? pos->index >= line->tail : pos->index <= line->lead)
    {
      if (!(by > 0 ? ph_log_walk_next (self->source, pos) : ph_log_walk_previous (self->source, pos)))
        {
          pos->index = by > 0 ? line->length : line->lead; /* the last line break has no line behind it */
          return FALSE;
        }
      if (by > 0)
        to_line_start (self, pos);
      else
        to_line_end (self, pos);
      /* Where one goes on in the line of the other, both places are the same. */
      return line->length > 0 && is_together (self, line, pos) ? step_character (self, pos, by) : TRUE;
    }

  attrs = pango_layout_get_log_attrs_readonly (ph_log_text_layout (self, line), &n);
  at = g_utf8_pointer_to_offset (line->text, line->text + pos->index);
  do
    at += by;
  while (at > 0 && at < n - 1 && !attrs[at].is_cursor_position);
  pos->index = CLAMP (g_utf8_offset_to_pointer (line->text, at) - line->text, line->lead, line->tail);

  return TRUE;
}

static gboolean
at_word_edge (PhLogView *self, const PhLogPos *pos, int by)
{
  g_autoptr (PhLogLine) line = ph_log_source_dup_line (self->source, pos->entry, pos->line);
  const PangoLogAttr *attrs;
  glong at;
  int n;

  if (line == NULL || pos->index <= line->lead || pos->index >= line->tail)
    return TRUE;
  attrs = pango_layout_get_log_attrs_readonly (ph_log_text_layout (self, line), &n);
  at = g_utf8_pointer_to_offset (line->text, line->text + pos->index);

  return by > 0 ? attrs[at].is_word_end : attrs[at].is_word_start;
}

static gboolean
step_word (PhLogView *self, PhLogPos *pos, int by)
{
  if (!step_character (self, pos, by))
    return FALSE;
  while (!at_word_edge (self, pos, by) && step_character (self, pos, by))
    continue;

  return TRUE;
}

/* Up or down by one line as drawn. A wrapped line is several of them. */
static gboolean
step_display_line (PhLogView *self, PhLogPos *pos, int by)
{
  g_autoptr (PhLogLine) line = dup_line_at (self, pos);
  g_autoptr (PhLogLine) drawn = line != NULL ? ph_log_run_dup (self->source, pos) : NULL;
  g_autoptr (PhLogLine) target = NULL;
  int row, x, index, trailing;

  if (drawn == NULL)
    return FALSE;
  pango_layout_index_to_line_x (ph_log_text_layout (self, drawn), ph_log_run_index (drawn, pos), FALSE, &row, &x);
  if (self->selection.goal_x < 0)
    self->selection.goal_x = x / (double) PANGO_SCALE + ph_log_text_x (self, drawn);
  row += by;
  if (row < 0 || row >= pango_layout_get_line_count (ph_log_text_layout (self, drawn)))
    {
      if (!(by > 0 ? ph_log_run_next (self->source, pos) : ph_log_run_previous (self->source, pos)))
        return FALSE;
      target = ph_log_run_dup (self->source, pos);
      if (target == NULL)
        return FALSE;
      row = by > 0 ? 0 : pango_layout_get_line_count (ph_log_text_layout (self, target)) - 1;
    }
  else
    {
      target = ph_log_line_ref (drawn);
    }

  x = MAX ((self->selection.goal_x - ph_log_text_x (self, target)) * PANGO_SCALE, 0);
  pango_layout_line_x_to_index (pango_layout_get_line_readonly (ph_log_text_layout (self, target), row), x, &index,
                                &trailing);
  while (trailing-- > 0 && (guint32) index < target->length)
    index = g_utf8_next_char (target->text + index) - target->text;
  *pos = ph_log_run_pos (target, ph_log_line_clamp (target, (guint32) index));

  return TRUE;
}

static gboolean
step_page (PhLogView *self, PhLogPos *pos, int by)
{
  guint rows = MAX (ph_log_layout_page (self) / self->metrics.row_height - 1, 1);
  gboolean moved = FALSE;

  while (rows-- > 0 && step_display_line (self, pos, by))
    moved = TRUE;

  return moved;
}

static gboolean
step_end (PhLogView *self, PhLogPos *pos, int by)
{
  if (by > 0)
    return find_log_end (self, pos);
  if (!ph_log_walk_first (self->source, pos))
    return FALSE;
  to_line_start (self, pos);

  return TRUE;
}

static gboolean
step_line_end (PhLogView *self, PhLogPos *pos, int by)
{
  if (by > 0)
    to_line_end (self, pos);
  else
    to_line_start (self, pos);

  return TRUE;
}

/* A cursor that leaves the last line must not scroll out of sight when records arrive. */
static void
leave_tail (PhLogView *self, const PhLogPos *pos)
{
  PhLogPos last;

  if (ph_log_walk_last (self->source, &last) && (last.entry != pos->entry || last.line != pos->line))
    ph_log_scroll_set_follow (self, FALSE);
}

/* Without a cursor, the keys begin at the newest line while following, or else at the top of the page. */
static gboolean
begin_cursor (PhLogView *self)
{
  const PhLogRow *row;

  if (self->selection.has_cursor)
    return TRUE;
  ph_log_layout_ensure (self);
  if (self->layout.rows->len == 0)
    return FALSE;
  row = ph_log_layout_get_row (self, self->scroll.follow ? self->layout.rows->len - 1 : 0);
  self->selection.cursor = ph_log_run_pos (row->line, row->line->kind == PH_LOG_LINE_FIELDS ? row->line->body : row->line->lead);
  self->selection.anchor = self->selection.cursor;
  self->selection.has_cursor = TRUE;

  return TRUE;
}

/**
 * ph_log_select_move:
 * @count: 1 or -1
 * @extend: whether to select
 *
 * Moves the cursor and brings it into sight.
 *
 * Returns: %FALSE if there is nothing to move in
 */
gboolean
ph_log_select_move (PhLogView *self, GtkMovementStep step, int count, gboolean extend)
{
  static gboolean (*const steps[]) (PhLogView *, PhLogPos *, int) = {
    [GTK_MOVEMENT_VISUAL_POSITIONS] = step_character,
    [GTK_MOVEMENT_WORDS] = step_word,
    [GTK_MOVEMENT_DISPLAY_LINES] = step_display_line,
    [GTK_MOVEMENT_DISPLAY_LINE_ENDS] = step_line_end,
    [GTK_MOVEMENT_PAGES] = step_page,
    [GTK_MOVEMENT_BUFFER_ENDS] = step_end,
  };
  PhLogPos pos, start, end;

  if (self->source == NULL || !begin_cursor (self) || (guint) step >= G_N_ELEMENTS (steps) || steps[step] == NULL)
    return FALSE;
  if (step != GTK_MOVEMENT_DISPLAY_LINES && step != GTK_MOVEMENT_PAGES)
    ph_log_select_forget_goal (self);

  pos = self->selection.cursor;
  if (!extend && step == GTK_MOVEMENT_VISUAL_POSITIONS && ph_log_select_get (self, &start, &end))
    pos = count < 0 ? start : end;
  else
    steps[step](self, &pos, count);
  ph_log_select_place (self, &pos, extend);
  if (step == GTK_MOVEMENT_BUFFER_ENDS && count > 0 && !extend)
    {
      ph_log_scroll_set_follow (self, TRUE);
    }
  else
    {
      leave_tail (self, &pos);
      ph_log_scroll_to (self, &pos);
    }
  ph_log_layout_invalidate (self);

  return TRUE;
}
