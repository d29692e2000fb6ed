/* ph-log-reformat.c: shows all records in another mode, encoding or form, and keeps the place
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include <string.h>

#include "ph-log-private.h"

#define ROW_MIN 8u
#define ROW_MAX 64u
#define HEX_MODE_CHARS 75 /* a row of Hex mode with 16 bytes */

/* Characters of a payload that fit into the width. */
static guint
fitting_chars (PhLogView *self)
{
  double before = self->mode == PH_LOG_MODE_COMPACT ? ph_log_grid_most (self) : 3 * self->metrics.char_width;
  double width = gtk_widget_get_width (GTK_WIDGET (self)) - 2 * PH_LOG_MARGIN - before;

  return MAX (width, 0) / self->metrics.char_width;
}

/* Bytes in a row of hex that fit into the width: 8, 12, or whole eights. In Bytes 16, or 8 if 16 do not fit. */
static guint
fitting_row (PhLogView *self)
{
  guint chars = fitting_chars (self), fitting = (chars + 1) / 3;

  if (self->mode == PH_LOG_MODE_BYTES)
    return chars >= HEX_MODE_CHARS ? 16 : 8;

  return CLAMP (fitting - fitting % (fitting < 16 ? 4 : 8), ROW_MIN, ROW_MAX);
}

/* Characters in a line of a payload as drawn, for folds: to the next ten, so that they do not change with each pixel. */
static guint
fitting_columns (PhLogView *self)
{
  return self->wrap ? MAX (fitting_chars (self) / 10 * 10, 10) : 0;
}

static void
move_line (PhLogView *self, PhLogPos *pos, gsize byte)
{
  if ((pos->line > 0 || byte > 0) && self->mode != PH_LOG_MODE_TABLE)
    pos->line = ph_log_source_line_at_byte (self->source, pos->entry, byte);
  else
    pos->line = 0;
  pos->index = 0;
}

/* Moves @pos to where @byte is shown in a row of hex. */
static void
move_in_hex (PhLogView *self, PhLogPos *pos, gsize byte)
{
  g_autoptr (PhLogLine) line = NULL;
  guint32 tail;

  if ((pos->line == 0 && byte == 0) || !ph_log_source_has_bytes (self->source, pos->entry))
    return;
  move_line (self, pos, byte);
  line = ph_log_source_dup_line (self->source, pos->entry, pos->line);
  tail = line != NULL ? line->tail : 0;
  for (pos->index = 0; pos->index < tail && ph_log_source_byte_at (self->source, pos) < byte; pos->index++)
    continue;
  while (pos->index < tail && line->text[pos->index] == ' ')
    pos->index++;
}

static void
set_format (PhLogView *self)
{
  PhLogFormat format = {
    .mode = self->mode,
    .form = self->form,
    .as_it_came = self->as_it_came,
    .charset = self->charset,
    .time = self->time,
    .time_format = self->time_format,
    .row = fitting_row (self),
    .line_chars = fitting_columns (self),
  };

  memcpy (format.columns, self->columns.order, sizeof format.columns);
  memcpy (format.hidden, self->columns.hidden, sizeof format.hidden);
  if (self->mode == PH_LOG_MODE_TABLE)
    format.peer_chars = ph_log_columns_peer_most (self);

  ph_log_copy_end (self);
  ph_log_source_set_format (self->source, &format);
  ph_log_rules_apply (self);
}

/**
 * ph_log_reformat:
 *
 * A mode, an encoding or the like changed: all records are shown anew, and what was at the top stays there. The selection
 * ends, because its text does.
 */
void
ph_log_reformat (PhLogView *self)
{
  PhLogPos top = self->scroll.top;
  gsize byte;

  ph_log_layout_measure (self);
  if (self->source != NULL)
    {
      byte = ph_log_source_byte_at (self->source, &top);
      set_format (self);
      move_line (self, &top, byte);
      ph_log_scroll_set_top (self, &top, 0);
      ph_log_scroll_forget_average (self);
      ph_log_select_none (self);
    }
  ph_log_layout_renew (self);
}

/**
 * ph_log_reformat_is_due:
 * @self: with a source
 *
 * Returns: whether the lines are not as the width, the font and the columns want them
 */
gboolean
ph_log_reformat_is_due (PhLogView *self)
{
  const PhLogFormat *format = ph_log_source_get_format (self->source);

  if (self->mode == PH_LOG_MODE_TABLE && format->peer_chars != ph_log_columns_peer_most (self))
    return TRUE;

  /* Any record may be shown as hex, if it was sent so. */
  return self->mode != PH_LOG_MODE_TABLE && (format->row != fitting_row (self) || format->line_chars != fitting_columns (self));
}

/**
 * ph_log_reformat_refit:
 *
 * The width, the font or the zoom changed: measures anew, and rows of hex may take more or fewer bytes. What is at the top
 * stays there, and what is selected stays selected.
 */
void
ph_log_reformat_refit (PhLogView *self)
{
  PhLogPos top = self->scroll.top, cursor = self->selection.cursor, anchor = self->selection.anchor;
  gsize top_byte, cursor_byte, anchor_byte;

  ph_log_layout_measure (self);
  if (self->source == NULL || !ph_log_reformat_is_due (self))
    return;
  top_byte = ph_log_source_byte_at (self->source, &top);
  cursor_byte = ph_log_source_byte_at (self->source, &cursor);
  anchor_byte = ph_log_source_byte_at (self->source, &anchor);
  set_format (self);
  ph_log_scroll_forget_average (self);
  if (self->mode == PH_LOG_MODE_TABLE)
    return;
  if (ph_log_source_has_bytes (self->source, top.entry))
    move_line (self, &top, top_byte);
  move_in_hex (self, &cursor, cursor_byte);
  move_in_hex (self, &anchor, anchor_byte);
  ph_log_scroll_set_top (self, &top, self->scroll.offset);
  ph_log_select_move_ends (self, &anchor, &cursor);
}
