/* ph-log-line.c: one line of the log: its text, and the styles of the parts of its text
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-log-line.h"

#include "ph-marks.h"

PhLogLine *
ph_log_line_new (PhLogLineKind kind, PhLogStyle accent)
{
  PhLogLine *line = g_rc_box_new0 (PhLogLine);

  line->spans = g_array_new (FALSE, FALSE, sizeof (PhLogSpan));
  line->kind = kind;
  line->accent = accent;
  line->final = TRUE;

  return line;
}

PhLogLine *
ph_log_line_ref (PhLogLine *line)
{
  return g_rc_box_acquire (line);
}

static void
line_clear (gpointer data)
{
  PhLogLine *line = data;

  g_free (line->text);
  g_free (line->fields.peer);
  g_clear_pointer (&line->fields.rest, ph_log_line_unref);
  g_array_unref (line->spans);
  g_clear_pointer (&line->parts, g_array_unref);
  g_clear_pointer (&line->matches, g_array_unref);
  g_clear_pointer (&line->highlights, g_array_unref);
}

void
ph_log_line_unref (PhLogLine *line)
{
  g_rc_box_release_full (line, line_clear);
}

/**
 * ph_log_line_add_span:
 *
 * Gives a part of the text so far a style.
 */
void
ph_log_line_add_span (PhLogLine *line, gsize start, gsize end, PhLogStyle style)
{
  PhLogSpan span = { start, end, style };
  PhLogSpan *last = line->spans->len > 0 ? &g_array_index (line->spans, PhLogSpan, line->spans->len - 1) : NULL;

  if (end <= start || style == PH_LOG_STYLE_PLAIN)
    return;
  /* A thousand marks in a row are one span: each span costs the layout a run of its own. */
  if (last != NULL && last->end == start && last->style == style)
    last->end = end;
  else
    g_array_append_val (line->spans, span);
}

/* The same, where other spans keep their style. */
void
ph_log_line_add_span_below (PhLogLine *line, gsize start, gsize end, PhLogStyle style)
{
  PhLogSpan span = { start, end, style };

  if (end > start)
    g_array_prepend_val (line->spans, span);
}

void
ph_log_line_append_styled (PhLogLine *line, GString *out, const char *text, PhLogStyle style)
{
  gsize start = out->len;

  g_string_append (out, text);
  ph_log_line_add_span (line, start, out->len, style);
}

static gboolean
has_combining (const char *text, gsize length)
{
  const char *end = text + length;

  for (const char *p = text; p < end; p = g_utf8_next_char (p))
    {
      /* The first combining character is U+0300. Its first byte is 0xCC. */
      if ((guchar) *p >= 0xCC && g_unichar_ismark (g_utf8_get_char (p)))
        return TRUE;
    }
  return FALSE;
}

/**
 * ph_log_line_append_shown:
 * @out: the text of @line so far
 * @text: decoded text of a peer, @length bytes
 * @keep: (nullable): control characters that are not replaced by marks
 *
 * Appends the text, with marks in place of what cannot be shown.
 *
 * Returns: whether the text ends in a bad byte
 */
gboolean
ph_log_line_append_shown (PhLogLine *line, GString *out, const char *text, gsize length, const char *keep)
{
  g_autoptr (GArray) marks = g_array_new (FALSE, FALSE, sizeof (PhMark));
  gboolean bad = FALSE;
  gsize start = out->len, end;

  ph_marks_show (text, length, keep, out, marks);
  for (guint i = 0; i < marks->len; i++)
    {
      const PhMark *mark = &g_array_index (marks, PhMark, i);

      end = mark->start + mark->length;
      ph_log_line_add_span (line, mark->start, end, mark->bad ? PH_LOG_STYLE_BAD : PH_LOG_STYLE_MARK);
      bad = mark->bad && end == out->len;
    }
  line->clip = line->clip || has_combining (out->str + start, out->len - start);

  return bad;
}

/**
 * ph_log_line_take_text:
 * @out: (transfer full): the whole text
 *
 * All of it can be selected, unless the caller changes the line's lead or tail afterwards.
 */
void
ph_log_line_take_text (PhLogLine *line, GString *out)
{
  line->length = line->tail = out->len;
  line->text = g_string_free (out, FALSE);
}

/* Tabs before this byte of the text are not the peer's: they align fields. */
guint32
ph_log_line_aligned (const PhLogLine *line)
{
  if (line->kind == PH_LOG_LINE_PAYLOAD)
    return 0;

  return line->kind == PH_LOG_LINE_FIELDS ? line->body : line->length;
}

/**
 * ph_log_line_clamp:
 * @index: any number
 *
 * Returns: the nearest byte of the line's text at which a selection may begin or end
 */
guint32
ph_log_line_clamp (const PhLogLine *line, guint32 index)
{
  if (index <= line->tail)
    return MAX (index, line->lead);

  return index - line->tail >= (line->length - line->tail + 1) / 2 ? line->length : line->tail;
}
