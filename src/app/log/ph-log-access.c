/* ph-log-access.c: the lines on screen as one text, for screen readers (GTK 4.14 and newer)
 *
 * The text is made when a screen reader asks for it, and kept until the rows are made anew. A change is announced only if the
 * text was asked for since the last announcement. So nothing is spent without a screen reader, and in a flood one hears as
 * much as it can read.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include <string.h>

#include "ph-log-private.h"

struct _PhLogAccess
{
  GString *text;    /* as returned last */
  GArray *starts;   /* of guint: the character at which each row begins */
  guint n_chars;    /* of the text */
  gboolean stale;   /* the rows were made anew since */
  gboolean asked;   /* the text was asked for since the last announcement */
  gboolean telling; /* an announcement is being made, for which GTK asks for the text */

  /* as announced last */
  gboolean has_cursor;
  PhLogPos cursor, anchor;
};

static PhLogAccess *
access_of (PhLogView *self)
{
  if (self->access == NULL)
    {
      self->access = g_new0 (PhLogAccess, 1);
      self->access->text = g_string_new (NULL);
      self->access->starts = g_array_new (FALSE, FALSE, sizeof (guint));
      self->access->stale = TRUE;
    }
  return self->access;
}

/* ---- the text ---- */

static void
append_line (GString *text, const PhLogLine *line)
{
  gsize at = text->len, end;

  g_string_append_len (text, line->text + line->lead, line->tail - line->lead);
  /* Tabs that only align columns become blanks, as in a copy. */
  end = MIN (at + MAX (ph_log_line_aligned (line), line->lead) - line->lead, text->len);
  for (; at < end; at++)
    if (text->str[at] == '\t')
      text->str[at] = ' ';
}

static void
make_text (PhLogView *self, GString *text, GArray *starts)
{
  guint chars = 0;

  for (guint i = 0; i < self->layout.rows->len; i++)
    {
      gsize at = text->len;

      g_array_append_val (starts, chars);
      append_line (text, ph_log_layout_get_row (self, i)->line);
      if (i + 1 < self->layout.rows->len && !ph_log_layout_get_row (self, i)->line->joined)
        g_string_append_c (text, '\n');
      chars += g_utf8_strlen (text->str + at, text->len - at);
    }
}

static PhLogAccess *
refresh (PhLogView *self)
{
  PhLogAccess *access = access_of (self);

  if (access->telling)
    return access;
  access->asked = TRUE;
  if (self->allocated_width > 0)
    ph_log_layout_ensure (self);
  if (!access->stale)
    return access;
  g_string_truncate (access->text, 0);
  g_array_set_size (access->starts, 0);
  make_text (self, access->text, access->starts);
  access->n_chars = g_utf8_strlen (access->text->str, access->text->len);
  access->stale = FALSE;

  return access;
}

static GBytes *
dup_part (PhLogAccess *access, guint start, guint end)
{
  const char *from, *to;

  end = MIN (end, access->n_chars);
  start = MIN (start, end);
  from = g_utf8_offset_to_pointer (access->text->str, start);
  to = g_utf8_offset_to_pointer (from, end - start);

  return g_bytes_new (from, to - from);
}

/* ---- from places to characters and back ---- */

/* The character at @pos. Places above the rows are at the first character, places below them behind the last one. */
static guint
offset_of (PhLogView *self, PhLogAccess *access, const PhLogPos *pos)
{
  for (guint i = 0; i < access->starts->len && i < self->layout.rows->len; i++)
    {
      const PhLogLine *line = ph_log_layout_get_row (self, i)->line;
      PhLogPos first = ph_log_run_pos (line, line->lead), last = ph_log_run_pos (line, line->tail);
      guint start = g_array_index (access->starts, guint, i);

      if (ph_log_pos_compare (pos, &first) <= 0)
        return start;
      if (ph_log_pos_compare (pos, &last) <= 0)
        return start + g_utf8_strlen (line->text + line->lead, MIN (ph_log_run_index (line, pos), line->tail) - line->lead);
    }
  return access->n_chars;
}

/* The row that holds a character, and the byte of its line; NULL if there is no text. */
static const PhLogRow *
row_of (PhLogView *self, PhLogAccess *access, guint offset, guint *ret_start, guint32 *ret_index)
{
  const PhLogRow *row = NULL;
  const PhLogLine *line;

  for (guint i = 0; i < access->starts->len && i < self->layout.rows->len; i++)
    if (row == NULL || g_array_index (access->starts, guint, i) <= offset)
      {
        row = ph_log_layout_get_row (self, i);
        *ret_start = g_array_index (access->starts, guint, i);
      }
  if (row == NULL)
    return NULL;
  line = row->line;
  offset = MIN (offset - *ret_start, (guint) g_utf8_strlen (line->text + line->lead, line->tail - line->lead));
  *ret_index = g_utf8_offset_to_pointer (line->text + line->lead, offset) - line->text;

  return row;
}

/* A part of a line's text as a range of characters; @start is where the line begins. */
static GtkAccessibleTextRange
range_of (const PhLogLine *line, guint start, guint32 from, guint32 to)
{
  from = CLAMP (from, line->lead, line->tail);
  to = CLAMP (to, from, line->tail);

  return (GtkAccessibleTextRange){ start + g_utf8_strlen (line->text + line->lead, from - line->lead),
                                   g_utf8_strlen (line->text + from, to - from) };
}

/* ---- the interface: contents ---- */

static GBytes *
get_contents (GtkAccessibleText *text, unsigned int start, unsigned int end)
{
  return dup_part (refresh (PH_LOG_VIEW (text)), start, end);
}

/* From the beginning of a word to the beginning of the next. */
static GtkAccessibleTextRange
word_around (PhLogView *self, PhLogLine *line, guint start, guint32 index)
{
  int n;
  const PangoLogAttr *attrs = pango_layout_get_log_attrs_readonly (ph_log_text_layout (self, line), &n);
  glong first = g_utf8_pointer_to_offset (line->text, line->text + index), last = first + 1;

  while (first > 0 && !attrs[first].is_word_start)
    first--;
  while (last < n - 1 && !attrs[last].is_word_start)
    last++;

  return range_of (line, start, g_utf8_offset_to_pointer (line->text, first) - line->text,
                   g_utf8_offset_to_pointer (line->text, MIN (last, n - 1)) - line->text);
}

/* A line as drawn. A wrapped line is several of them. */
static GtkAccessibleTextRange
line_around (PhLogView *self, PhLogLine *line, guint start, guint32 index)
{
  PangoLayout *layout = ph_log_text_layout (self, line);
  PangoLayoutLine *drawn;
  int n, x;

  pango_layout_index_to_line_x (layout, index, FALSE, &n, &x);
  drawn = pango_layout_get_line_readonly (layout, n);

  return range_of (line, start, drawn->start_index, drawn->start_index + drawn->length);
}

static GBytes *
get_contents_at (GtkAccessibleText *text, unsigned int offset, GtkAccessibleTextGranularity granularity,
                 unsigned int *start, unsigned int *end)
{
  PhLogView *self = PH_LOG_VIEW (text);
  PhLogAccess *access = refresh (self);
  GtkAccessibleTextRange range = { MIN (offset, access->n_chars), 1 };
  guint32 index;
  guint row_start;
  const PhLogRow *row = row_of (self, access, offset, &row_start, &index);

  if (row != NULL && granularity == GTK_ACCESSIBLE_TEXT_GRANULARITY_WORD)
    range = word_around (self, row->line, row_start, index);
  else if (row != NULL && granularity == GTK_ACCESSIBLE_TEXT_GRANULARITY_LINE)
    range = line_around (self, row->line, row_start, index);
  else if (row != NULL && granularity != GTK_ACCESSIBLE_TEXT_GRANULARITY_CHARACTER)
    range = range_of (row->line, row_start, row->line->lead, row->line->tail);
  *start = range.start;
  *end = MIN (range.start + range.length, access->n_chars);
  /* The line break belongs to the line. */
  if (granularity > GTK_ACCESSIBLE_TEXT_GRANULARITY_WORD
      && *g_utf8_offset_to_pointer (access->text->str, *end) == '\n')
    (*end)++;

  return dup_part (access, *start, *end);
}

/* ---- the interface: cursor and selection ---- */

/* Without a cursor: behind the newest record while following, or else at the first row. */
static unsigned int
get_caret_position (GtkAccessibleText *text)
{
  PhLogView *self = PH_LOG_VIEW (text);
  PhLogAccess *access = refresh (self);

  if (self->selection.has_cursor)
    return offset_of (self, access, &self->selection.cursor);

  return self->scroll.follow ? access->n_chars : 0;
}

static gboolean
get_selection (GtkAccessibleText *text, gsize *n_ranges, GtkAccessibleTextRange **ranges)
{
  PhLogView *self = PH_LOG_VIEW (text);
  PhLogAccess *access = refresh (self);
  PhLogPos start, end;
  guint from, to;

  *n_ranges = 0;
  if (!ph_log_select_get (self, &start, &end))
    return FALSE;
  from = offset_of (self, access, &start);
  to = offset_of (self, access, &end);
  if (from == to)
    return FALSE;
  *n_ranges = 1;
  *ranges = g_new (GtkAccessibleTextRange, 1);
  (*ranges)[0] = (GtkAccessibleTextRange){ from, to - from };

  return TRUE;
}

/* ---- the interface: looks ---- */

static void
set_attributes (GStrvBuilder *from, char ***ret_strv)
{
  *ret_strv = g_strv_builder_end (from);
}

/* The span that a byte is in, or the plain text between two. */
static PhLogSpan
span_around (const PhLogLine *line, guint32 index)
{
  PhLogSpan around = { line->lead, line->tail, PH_LOG_STYLE_PLAIN };

  for (guint i = 0; i < line->spans->len; i++)
    {
      const PhLogSpan *span = &g_array_index (line->spans, PhLogSpan, i);

      if (span->start <= index && index < span->end)
        return *span;
      if (span->end <= index)
        around.start = MAX (around.start, span->end);
      else
        around.end = MIN (around.end, span->start);
    }
  return around;
}

static gboolean
get_attributes (GtkAccessibleText *text, unsigned int offset, gsize *n_ranges, GtkAccessibleTextRange **ranges,
                char ***names, char ***values)
{
  PhLogView *self = PH_LOG_VIEW (text);
  PhLogAccess *access = refresh (self);
  g_autoptr (GStrvBuilder) name = g_strv_builder_new (), value = g_strv_builder_new ();
  guint32 index;
  guint start;
  const PhLogRow *row = row_of (self, access, offset, &start, &index);

  *n_ranges = 0;
  if (row != NULL)
    {
      PhLogSpan span = span_around (row->line, index);
      g_autofree char *words = NULL;
      GdkRGBA color;

      ph_log_style_get_color (self, span.style, &color);
      words = g_strdup_printf ("%d,%d,%d", (int) (color.red * 255), (int) (color.green * 255),
                               (int) (color.blue * 255));
      g_strv_builder_add (name, GTK_ACCESSIBLE_ATTRIBUTE_FOREGROUND);
      g_strv_builder_add (value, words);
      *n_ranges = 1;
      *ranges = g_new (GtkAccessibleTextRange, 1);
      (*ranges)[0] = range_of (row->line, start, span.start, span.end);
    }
  /* GTK reads both lists even if there are no ranges. */
  set_attributes (name, names);
  set_attributes (value, values);

  return *n_ranges > 0;
}

static void
get_default_attributes (GtkAccessibleText *text, char ***names, char ***values)
{
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (text));
  const PangoFontDescription *font = pango_context_get_font_description (context);
  g_autoptr (GStrvBuilder) name = g_strv_builder_new (), value = g_strv_builder_new ();

  g_strv_builder_add (name, GTK_ACCESSIBLE_ATTRIBUTE_FAMILY);
  g_strv_builder_add (value, pango_font_description_get_family (font));
  set_attributes (name, names);
  set_attributes (value, values);
}

#if GTK_CHECK_VERSION(4, 16, 0)

/* ---- the interface: places on screen ---- */

static void
add_drawn_line (PhLogView *self, PangoLayoutLine *line, double x, double y, int from, int to, graphene_rect_t *all)
{
  g_autofree int *ranges = NULL;
  int n_ranges;

  if (to < line->start_index || from > line->start_index + line->length)
    return;
  pango_layout_line_get_x_ranges (line, MAX (from, line->start_index), MIN (to, line->start_index + line->length),
                                  &ranges, &n_ranges);
  for (int i = 0; i < n_ranges; i++)
    {
      graphene_rect_t part = GRAPHENE_RECT_INIT (x + PANGO_PIXELS (ranges[2 * i]), y,
                                                 PANGO_PIXELS (ranges[2 * i + 1] - ranges[2 * i]), self->metrics.row_height);

      if (all->size.height > 0)
        graphene_rect_union (all, &part, all);
      else
        *all = part;
    }
}

static void
add_row (PhLogView *self, const PhLogRow *row, int from, int to, graphene_rect_t *all)
{
  PangoLayout *layout = ph_log_text_layout (self, row->line);
  double x = ph_log_text_x (self, row->line) - gtk_adjustment_get_value (self->scroll.horizontal);
  double y = self->metrics.head_height + row->y + row->pad;

  for (int n = 0; n < pango_layout_get_line_count (layout); n++, y += self->metrics.row_height)
    add_drawn_line (self, pango_layout_get_line_readonly (layout, n), x, y, from, to, all);
}

/* The place of a cursor before a character, for line breaks and the end of the text, which have no extent. */
static gboolean
get_cursor_place (PhLogView *self, PhLogAccess *access, guint offset, graphene_rect_t *ret_place)
{
  guint32 index;
  guint start;
  const PhLogRow *row = row_of (self, access, offset, &start, &index);
  double x, y;

  if (row == NULL)
    return FALSE;
  x = ph_log_text_place (self, row->line, index, &y);
  x += ph_log_text_x (self, row->line) - gtk_adjustment_get_value (self->scroll.horizontal);
  *ret_place = GRAPHENE_RECT_INIT (x, self->metrics.head_height + row->y + row->pad + y, 0, self->metrics.row_height);

  return TRUE;
}

static gboolean
get_extents (GtkAccessibleText *text, unsigned int start, unsigned int end, graphene_rect_t *extents)
{
  PhLogView *self = PH_LOG_VIEW (text);
  PhLogAccess *access = refresh (self);
  graphene_rect_t all = GRAPHENE_RECT_INIT (0, 0, 0, 0);

  /* GTK 4.24 leaves out the last character of a range, so a range of one character arrives empty. */
  if (start == end && start < access->n_chars)
    end++;
  for (guint i = 0; i < access->starts->len && i < self->layout.rows->len; i++)
    {
      const PhLogRow *row = ph_log_layout_get_row (self, i);
      const PhLogLine *line = row->line;
      guint first = g_array_index (access->starts, guint, i);
      guint length = g_utf8_strlen (line->text + line->lead, line->tail - line->lead);
      guint from = CLAMP (start, first, first + length), to = CLAMP (end, first, first + length);

      if (from < to)
        add_row (self, row, g_utf8_offset_to_pointer (line->text + line->lead, from - first) - line->text,
                 g_utf8_offset_to_pointer (line->text + line->lead, to - first) - line->text, &all);
    }
  *extents = all;

  return all.size.height > 0 || get_cursor_place (self, access, start, extents);
}

static gboolean
get_offset (GtkAccessibleText *text, const graphene_point_t *point, unsigned int *offset)
{
  PhLogView *self = PH_LOG_VIEW (text);
  PhLogAccess *access = refresh (self);
  PhLogPos pos;

  if (self->source == NULL || !ph_log_select_pick (self, point->x, point->y, &pos))
    return FALSE;
  *offset = offset_of (self, access, &pos);

  return TRUE;
}

#endif

/* ---- announcements ---- */

/* Whether the new text begins with the old one without some of its first lines, as it does while following. @ret_gone: (out):
 * bytes of these lines. */
static gboolean
find_scrolled (const GString *old, const GString *now, gsize *ret_gone)
{
  const char *at = old->str;

  while (at != NULL && *at != '\0')
    {
      gsize left = old->str + old->len - at;

      if (left <= now->len && memcmp (at, now->str, left) == 0)
        {
          *ret_gone = at - old->str;
          return TRUE;
        }
      at = strchr (at, '\n');
      at = at != NULL ? at + 1 : NULL;
    }
  return FALSE;
}

/* Text that goes must be announced while it is still there, text that comes when it is there. FALSE if nothing changed. */
static gboolean
tell_change (PhLogView *self, PhLogAccess *access)
{
  GtkAccessibleText *text = GTK_ACCESSIBLE_TEXT (self);
  g_autoptr (GString) now = g_string_new (NULL);
  gsize gone = access->text->len;
  guint before = access->n_chars, kept;

  g_array_set_size (access->starts, 0);
  make_text (self, now, access->starts);
  find_scrolled (access->text, now, &gone);
  kept = g_utf8_strlen (access->text->str + gone, access->text->len - gone);
  if (gone > 0)
    gtk_accessible_text_update_contents (text, GTK_ACCESSIBLE_TEXT_CONTENT_CHANGE_REMOVE, 0, before - kept);
  g_string_assign (access->text, now->str);
  access->n_chars = g_utf8_strlen (now->str, now->len);
  access->stale = FALSE;
  if (access->n_chars > kept)
    gtk_accessible_text_update_contents (text, GTK_ACCESSIBLE_TEXT_CONTENT_CHANGE_INSERT, kept, access->n_chars);

  return kept < before || kept < access->n_chars;
}

static gboolean
has_moved (PhLogView *self, PhLogAccess *access)
{
  if (self->selection.has_cursor != access->has_cursor)
    return TRUE;

  return self->selection.has_cursor
         && (ph_log_pos_compare (&self->selection.cursor, &access->cursor) != 0
             || ph_log_pos_compare (&self->selection.anchor, &access->anchor) != 0);
}

/**
 * ph_log_access_changed:
 * @self: the view, whose rows were made anew
 */
void
ph_log_access_changed (PhLogView *self)
{
  if (self->access != NULL)
    self->access->stale = TRUE;
}

/**
 * ph_log_access_tell:
 * @self: the view, its rows valid
 *
 * Called in each frame. Announces a move of the cursor, and a change of the text if it was asked for.
 */
void
ph_log_access_tell (PhLogView *self)
{
  PhLogAccess *access = self->access != NULL || self->selection.has_cursor ? access_of (self) : NULL;
  gboolean moved;

  if (access == NULL)
    return;
  moved = has_moved (self, access);
  if (access->stale && access->asked)
    {
      access->telling = TRUE;
      access->asked = !tell_change (self, access);
      access->telling = FALSE;
    }
  if (!moved)
    return;
  access->has_cursor = self->selection.has_cursor;
  access->cursor = self->selection.cursor;
  access->anchor = self->selection.anchor;
  gtk_accessible_text_update_caret_position (GTK_ACCESSIBLE_TEXT (self));
  gtk_accessible_text_update_selection_bound (GTK_ACCESSIBLE_TEXT (self));
}

void
ph_log_access_free (PhLogView *self)
{
  PhLogAccess *access = g_steal_pointer (&self->access);

  if (access == NULL)
    return;
  g_string_free (access->text, TRUE);
  g_array_unref (access->starts);
  g_free (access);
}

/* ---- the interface ---- */

static void
text_init (GtkAccessibleTextInterface *iface)
{
  iface->get_contents = get_contents;
  iface->get_contents_at = get_contents_at;
  iface->get_caret_position = get_caret_position;
  iface->get_selection = get_selection;
  iface->get_attributes = get_attributes;
  iface->get_default_attributes = get_default_attributes;
#if GTK_CHECK_VERSION(4, 16, 0)
  iface->get_extents = get_extents;
  iface->get_offset = get_offset;
#endif
}

/**
 * ph_log_access_add_interface:
 * @type: of the log view, while it is registered
 */
void
ph_log_access_add_interface (GType type)
{
  const GInterfaceInfo info = { .interface_init = (GInterfaceInitFunc) (void (*) (void)) text_init };

  g_type_add_interface_static (type, GTK_TYPE_ACCESSIBLE_TEXT, &info);
}
