/* ph-log-copy.c: copies the selection to the clipboard as text
 *
 * A selection may span millions of records. A text that takes longer is made between frames, a few milliseconds at a time.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-log-copy.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ph-hex.h"
#include "ph-format.h"
#include "ph-log-bytes.h"
#include "ph-log-private.h"

#define FIRST_STEP (20 * G_TIME_SPAN_MILLISECOND) /* one press of a key may take this long */
#define LATER_STEP (2 * G_TIME_SPAN_MILLISECOND)
#define PRIMARY_STEP (5 * G_TIME_SPAN_MILLISECOND)
#define HEX_PIECE 4096u /* bytes turned into hex before the time is checked again */

struct _PhLogCopy
{
  PhLogView *view; /* borrowed */
  PhLogCopyKind kind;
  PhLogPos next, end;
  PhCarry before;       /* bytes to copy before those of @next: the start of a character that is cut between records */
  gsize byte, byte_end; /* of the payloads of @next and @end */
  GString *text;
  gboolean broken; /* the text so far ends with a line break */
  gboolean full; /* it ends before the end of the selection */
  guint n_folded; /* lines copied that are folded away at @next */
  gboolean folded_broken, folded_ended; /* the last of them has a line break behind it; of its own */
  gboolean one_line; /* all is in one line */
  gboolean placed; /* the bytes of both ends are known */
  gboolean waits;  /* a record has to be read from the file first */
  guint source_id;
};

static void
copy_free (PhLogCopy *copy)
{
  g_clear_handle_id (&copy->source_id, g_source_remove);
  if (copy->text != NULL)
    g_string_free (copy->text, TRUE);
  g_free (copy);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhLogCopy, copy_free)

void
ph_log_copy_cancel (PhLogView *self)
{
  g_clear_pointer (&self->copy, copy_free);
}

/* What is selected; where nothing is, the record at the cursor, in the forms in which a part of it is none. */
static gboolean
get_range (PhLogView *self, PhLogCopyKind kind, PhLogPos *ret_start, PhLogPos *ret_end)
{
  if (ph_log_select_get (self, ret_start, ret_end))
    return TRUE;
  if (kind == PH_LOG_COPY_TEXT || !self->selection.has_cursor)
    return FALSE;
  *ret_start = *ret_end = self->selection.cursor;

  return TRUE;
}

static PhLogCopy *
copy_new (PhLogView *self, PhLogCopyKind kind)
{
  PhLogPos start, end;
  PhLogCopy *copy;

  if (self->source == NULL || !get_range (self, kind, &start, &end))
    return NULL;
  copy = g_new0 (PhLogCopy, 1);
  copy->view = self;
  copy->kind = kind;
  copy->placed = kind != PH_LOG_COPY_HEX;
  if (kind == PH_LOG_COPY_LINES)
    {
      start.line = start.index = 0;
      end.line = end.index = G_MAXUINT32;
    }
  copy->next = start;
  copy->end = end;
  copy->one_line = start.entry == end.entry && start.line == end.line;
  copy->text = g_string_new (NULL);

  return copy;
}

/* Finds the bytes of both ends. */
static void
place (PhLogCopy *copy)
{
  PhLogSource *source = copy->view->source;
  PhLogPos end = copy->end;
  PhLogBytes bytes;
  gboolean end_waits = ph_log_source_awaits (source, end.entry);

  copy->waits = ph_log_source_awaits (source, copy->next.entry) || end_waits;
  if (copy->waits)
    return;
  /* The record had no lines when it was selected up to its end. */
  ph_log_walk_clamp (source, &end);
  if (end.entry == copy->end.entry && end.line != copy->end.line)
    copy->end = (PhLogPos){ .entry = end.entry, .line = end.line, .index = G_MAXUINT32 };
  ph_log_bytes_select (source, &copy->next, &copy->end, &bytes);
  copy->before = bytes.before;
  copy->byte = bytes.from;
  copy->byte_end = bytes.to;
  /* Only the header of a record, or a place in it, stands for its bytes. */
  if (copy->next.entry == copy->end.entry && bytes.before.length == 0 && bytes.from >= bytes.to)
    {
      copy->byte = 0;
      copy->byte_end = G_MAXSIZE;
    }
  copy->placed = TRUE;
}

/* A row that is copied as a whole has a whole address. */
static void
append_whole (PhLogCopy *copy, const PhLogLine *line)
{
  g_autofree char *whole = ph_log_source_dup_whole (copy->view->source, line->entry);

  g_string_append (copy->text, whole != NULL ? whole : line->text + line->lead);
}

/* Appends a part of the text of a line: the whole peer where it is shown shortened, and blanks where tabs only align. */
static void
append_part (PhLogCopy *copy, const PhLogLine *line, guint32 from, guint32 to)
{
  const char *blank = line->kind == PH_LOG_LINE_FIELDS ? "  " : " ";
  guint32 aligned = line->kind == PH_LOG_LINE_ROW ? 0 : ph_log_line_aligned (line);

  while (from < to)
    {
      guint32 next = from < aligned ? from + (guint32) strcspn (line->text + from, "\t") : to;

      next = MIN (next, to);
      if (line->fields.peer != NULL && from == line->fields.peer_start && next == line->fields.peer_end)
        g_string_append (copy->text, line->fields.peer);
      else
        g_string_append_len (copy->text, line->text + from, next - from);
      if (next < to && next < aligned)
        g_string_append (copy->text, blank);
      from = next < to && next < aligned ? next + 1 : next;
    }
}

/* Appends the bytes that are folded away, a line each time. FALSE behind the last one. */
static gboolean
step_folded (PhLogCopy *copy)
{
  g_autoptr (PhLogLine) line = ph_log_fold_dup_line (copy->view->source, copy->next.entry, copy->n_folded);

  if (line == NULL)
    return FALSE;
  if (copy->n_folded++ > 0 && copy->folded_broken)
    g_string_append_c (copy->text, '\n');
  append_part (copy, line, line->lead, line->tail);
  copy->folded_broken = !line->joined;
  copy->folded_ended = line->tail < line->length;

  return TRUE;
}

/* Whether the line is copied with others: the words to fold, and in Stream those of events, are not part of the text. */
static gboolean
is_left_out (PhLogCopy *copy, const PhLogLine *line)
{
  return !copy->one_line && (line->kind == PH_LOG_LINE_FOLD || (line->kind == PH_LOG_LINE_EVENT && copy->view->mode == PH_LOG_MODE_STREAM));
}

/* Whether a line break is between the line that was copied and the next one, which was not. */
static gboolean
is_broken_before (PhLogCopy *copy)
{
  g_autoptr (PhLogLine) next = NULL;

  if (copy->view->mode != PH_LOG_MODE_STREAM)
    return TRUE;
  next = ph_log_source_dup_line (copy->view->source, copy->next.entry, copy->next.line);

  return next == NULL || !next->continues;
}

/* Appends one line, and goes to the next. FALSE at the end. */
static gboolean
step_text (PhLogCopy *copy)
{
  PhLogSource *source = copy->view->source;
  g_autoptr (PhLogLine) line = ph_log_source_dup_line (source, copy->next.entry, copy->next.line);
  gboolean last = copy->next.entry == copy->end.entry && copy->next.line == copy->end.line;
  gboolean broken = FALSE; /* the line break is selected */

  copy->waits = line != NULL && line->waits;
  if (copy->waits)
    return TRUE;
  if (line != NULL && line->kind == PH_LOG_LINE_FOLD && !copy->one_line && (!last || copy->end.index > 0) && step_folded (copy))
    return TRUE;
  if (copy->n_folded > 0)
    broken = !last || copy->folded_ended;
  copy->n_folded = 0;
  if (line != NULL && !is_left_out (copy, line))
    {
      guint32 from = ph_log_line_clamp (line, copy->next.index);
      guint32 to = last ? ph_log_line_clamp (line, copy->end.index) : line->length;

      if (line->cut && from == line->lead && to == line->length)
        append_whole (copy, line);
      else
        append_part (copy, line, from, MIN (to, line->tail));
      broken = !line->joined && from <= line->tail && (!last || to > line->tail);
    }
  if (last && broken)
    g_string_append_c (copy->text, '\n');
  if (last || ph_log_pos_compare (&copy->next, &copy->end) >= 0)
    return FALSE;
  if (!ph_log_walk_next (source, &copy->next) || ph_log_pos_compare (&copy->next, &copy->end) > 0)
    return FALSE;
  if (broken && is_broken_before (copy))
    g_string_append_c (copy->text, '\n');

  return TRUE;
}

static gboolean
next_record (PhLogCopy *copy)
{
  PhLogPos pos = { .entry = copy->next.entry, .line = G_MAXUINT32 - 1 };

  copy->byte = 0;
  if (!ph_log_walk_next (copy->view->source, &pos) || pos.entry > copy->end.entry)
    return FALSE;
  copy->next = pos;

  return TRUE;
}

/* Appends some bytes of a record, or goes to the next record. One line for each record. FALSE at the end. */
static gboolean
step_hex (PhLogCopy *copy)
{
  PhStore *store = ph_session_get_store (copy->view->session);
  const PhRecord *record = NULL;
  const guint8 *payload;
  gsize end = 0, length;

  ph_log_source_begin_read (copy->view->source);
  if (copy->next.entry != PH_LOG_ENTRY_GONE && copy->next.entry != PH_LOG_ENTRY_HIDDEN)
    {
      record = ph_store_get (store, copy->next.entry - 1, &payload);
      copy->waits = record == NULL && ph_store_awaits (store, copy->next.entry - 1);
    }
  if (record != NULL && ph_record_is_data (record))
    {
      end = copy->next.entry == copy->end.entry ? MIN (copy->byte_end, record->length) : record->length;
      length = MIN (end - MIN (copy->byte, end), HEX_PIECE);
      if (length > 0 && copy->text->len > 0)
        g_string_append_c (copy->text, copy->byte > 0 && !copy->broken ? ' ' : '\n');
      if (length > 0 && copy->before.length > 0)
        {
          ph_hex_append (copy->text, copy->before.bytes, copy->before.length);
          g_string_append_c (copy->text, ' ');
          copy->before.length = 0;
        }
      ph_hex_append (copy->text, payload + copy->byte, length);
      copy->broken = FALSE;
      copy->byte += length;
    }
  ph_log_source_end_read (copy->view->source);

  if (copy->byte < end || copy->waits)
    return TRUE;
  copy->broken = TRUE;

  return next_record (copy);
}

static gboolean
step (PhLogCopy *copy)
{
  copy->waits = FALSE;
  if (!copy->placed)
    {
      place (copy);
      return TRUE;
    }

  return copy->kind == PH_LOG_COPY_HEX ? step_hex (copy) : step_text (copy);
}

/* Works for @budget µs, or without a limit if it is 0. TRUE if the text is complete; FALSE also where a record has to be read. */
static gboolean
work (PhLogCopy *copy, gint64 budget)
{
  gint64 deadline = g_get_monotonic_time () + budget;
  gboolean more = TRUE;

  while (more)
    {
      more = step (copy);
      if (copy->text->len > PH_LOG_COPY_LIMIT)
        {
          copy->full = TRUE;
          return TRUE;
        }
      if (copy->waits)
        return FALSE;
      if (more && budget > 0 && g_get_monotonic_time () >= deadline)
        return FALSE;
    }
  return TRUE;
}

static void
finish (PhLogView *self)
{
  g_autoptr (PhLogCopy) copy = g_steal_pointer (&self->copy);
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (self));
  g_autofree char *size = ph_format_dup_size (copy->text->len);
  g_autofree char *last = ph_format_dup_grouped (ph_log_source_get_number (self->source, copy->next.entry));
  g_autofree char *message = NULL;

  copy->source_id = 0;
  if (copy->text->len > 0)
    gdk_clipboard_set_text (clipboard, copy->text->str);
  else
    message = g_strdup (_("Nothing of this has bytes to copy."));
  if (copy->full)
    message = g_strdup_printf (_("Only the first %s of the selection were copied, up to record %s."), size, last);
  ph_log_view_tell (self, message);
}

/**
 * ph_log_copy_end:
 *
 * Must be called before other lines are shown. A copy that is being made ends here: its text so far is put on the clipboard,
 * and the user is told that it is not all.
 */
void
ph_log_copy_end (PhLogView *self)
{
  if (self->copy == NULL)
    return;
  g_clear_handle_id (&self->copy->source_id, g_source_remove);
  self->copy->full = TRUE;
  finish (self);
}

static gboolean
later_cb (gpointer data)
{
  PhLogView *self = data;

  if (!work (self->copy, LATER_STEP))
    {
      if (!self->copy->waits)
        return G_SOURCE_CONTINUE;
      self->copy->source_id = 0; /* until ph_log_copy_go_on() */
      return G_SOURCE_REMOVE;
    }
  finish (self);

  return G_SOURCE_REMOVE;
}

/**
 * ph_log_copy_start:
 * Puts the selection on the clipboard, at once or when the text is complete. At most %PH_LOG_COPY_LIMIT bytes; the user is told
 * if that is not all.
 */
void
ph_log_copy_start (PhLogView *self, PhLogCopyKind kind)
{
  ph_log_copy_cancel (self);
  self->copy = copy_new (self, kind);
  if (self->copy == NULL)
    return;
  if (work (self->copy, FIRST_STEP))
    {
      finish (self);
      return;
    }
  ph_log_view_tell (self, _("Copying…"));
  self->copy->source_id = g_idle_add (later_cb, self);
}

/* Records may have been read for which a copy waits. */
void
ph_log_copy_go_on (PhLogView *self)
{
  if (self->copy != NULL && self->copy->source_id == 0)
    self->copy->source_id = g_idle_add (later_cb, self);
}

/**
 * ph_log_copy_primary:
 *
 * Puts the selection on the primary clipboard, for a middle click, if the text is made in a few milliseconds.
 */
void
ph_log_copy_primary (PhLogView *self)
{
  g_autoptr (PhLogCopy) copy = copy_new (self, PH_LOG_COPY_TEXT);

  if (copy != NULL && work (copy, PRIMARY_STEP))
    gdk_clipboard_set_text (gtk_widget_get_primary_clipboard (GTK_WIDGET (self)), copy->text->str);
}

/**
 * ph_log_copy_dup:
 * Not limited in time.
 *
 * Returns: (transfer full) (nullable): up to %PH_LOG_COPY_LIMIT bytes; %NULL if nothing is selected, or a record has to be read from
 *   the file first
 */
char *
ph_log_copy_dup (PhLogView *self, PhLogCopyKind kind)
{
  g_autoptr (PhLogCopy) copy = copy_new (self, kind);

  if (copy == NULL || !work (copy, 0))
    return NULL;

  return g_string_free (g_steal_pointer (&copy->text), FALSE);
}

/**
 * ph_log_view_dup_selection:
 *
 * Returns: (transfer full) (nullable): the selected text, up to 64 MiB; %NULL if nothing is selected
 */
char *
ph_log_view_dup_selection (PhLogView *self)
{
  g_return_val_if_fail (PH_IS_LOG_VIEW (self), NULL);

  return ph_log_copy_dup (self, PH_LOG_COPY_TEXT);
}
