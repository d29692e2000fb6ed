/* ph-log-columns.c: the columns of the table: their order, their widths, and which are shown
 *
 * A row is one text with tab stops, so a cell is never wider than its column: an address is shortened, and all else has room.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-log-columns.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "ph-format.h"
#include "ph-log-private.h"
#include "ph-log-row.h"

#define GAP 2.0           /* characters between two columns */
#define NUMBER_CHARS 7u   /* 999,999: more are rare, and then the column grows */
#define LENGTH_CHARS 9u   /* 1,048,575 */
#define ADDRESS_LEAST 9u  /* characters of an address, however narrow the view is */
#define PEER_LEAST 15u    /* characters of the column, so that the first peers do not move it */
#define WIDTH_MAX 2000    /* that a user can choose */
#define EDGE 5.0          /* pixels beside the end of a column where it can be dragged */

/* ---- names ---- */

static const char *const ids[] = {
  [PH_LOG_COLUMN_NUMBER] = "number", [PH_LOG_COLUMN_TIME] = "time",     [PH_LOG_COLUMN_DIRECTION] = "direction",
  [PH_LOG_COLUMN_PEER] = "peer",     [PH_LOG_COLUMN_LENGTH] = "length", [PH_LOG_COLUMN_DATA] = "data",
};

const char *
ph_log_column_id (PhLogColumn column)
{
  return ids[column];
}

/**
 * ph_log_column_name:
 *
 * Returns: its head, translated
 */
const char *
ph_log_column_name (PhLogColumn column)
{
  static const char *const names[] = {
    [PH_LOG_COLUMN_NUMBER] = N_("No."), [PH_LOG_COLUMN_TIME] = N_("Time"), [PH_LOG_COLUMN_DIRECTION] = N_("Direction"),
    [PH_LOG_COLUMN_PEER] = N_("Peer"),  [PH_LOG_COLUMN_LENGTH] = N_("Length"), [PH_LOG_COLUMN_DATA] = N_("Data"),
  };

  return _(names[column]);
}

gboolean
ph_log_columns_is_shown (PhLogView *self, PhLogColumn column)
{
  return !self->columns.hidden[column] && (column != PH_LOG_COLUMN_TIME || self->time != PH_TIME_NONE);
}

/* ---- widths ---- */

/* The font, the zoom or the language of the words changed. */
void
ph_log_columns_forget (PhLogView *self)
{
  g_clear_pointer (&self->columns.tabs, pango_tab_array_free);
  for (guint i = 0; i < PH_LOG_N_COLUMNS; i++)
    {
      g_clear_object (&self->columns.heads[i]);
      self->columns.least[i] = 0;
    }
}

static int
width_of (PhLogView *self, const char *text)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  int width;

  pango_layout_set_font_description (layout, self->metrics.font);
  pango_layout_get_pixel_size (layout, &width, NULL);

  return width;
}

/* The words for directions are longer in some languages. */
static int
direction_width (PhLogView *self)
{
  const PhLogStyle accents[] = { PH_LOG_STYLE_RECEIVED, PH_LOG_STYLE_SENT, PH_LOG_STYLE_ERROR, PH_LOG_STYLE_EVENT };
  int widest = 0;

  for (guint i = 0; i < G_N_ELEMENTS (accents); i++)
    {
      g_autofree char *words = ph_log_lines_dup_direction (accents[i]);

      widest = MAX (widest, width_of (self, words));
    }

  return widest;
}

static int
chars_width (PhLogView *self, gsize chars)
{
  return (int) ceil (chars * self->metrics.char_width);
}

/* What the content and the name of a column need; of an address as much as of a short one. */
static int
least_width (PhLogView *self, PhLogColumn column)
{
  int *least = &self->columns.least[column];
  g_autoptr (GString) time = g_string_new (NULL);

  if (*least == 0)
    {
      *least = width_of (self, ph_log_column_name (column));
      if (self->time == PH_TIME_OF_DAY)
        ph_format_time (time, 0, self->time_format);
      else
        ph_format_since_nothing (time, self->time_format);
      if (column == PH_LOG_COLUMN_TIME)
        *least = MAX (*least, chars_width (self, (gsize) g_utf8_strlen (time->str, -1)));
      if (column == PH_LOG_COLUMN_DIRECTION)
        *least = MAX (*least, direction_width (self));
      if (column == PH_LOG_COLUMN_LENGTH)
        *least = MAX (*least, chars_width (self, LENGTH_CHARS));
      if (column == PH_LOG_COLUMN_PEER)
        *least = MAX (*least, chars_width (self, ADDRESS_LEAST));
    }

  return column == PH_LOG_COLUMN_NUMBER ? MAX (*least, chars_width (self, self->columns.number_chars)) : *least;
}

static int
chosen_width (PhLogView *self, PhLogColumn column)
{
  return (int) (self->columns.chosen[column] * self->zoom);
}

/* Two thirds of the view: the data always has the rest. */
static double
room (PhLogView *self)
{
  return (gtk_widget_get_width (GTK_WIDGET (self)) - 2.0 * PH_LOG_MARGIN) * 2 / 3;
}

/* Pixels of all columns that are shown but the address and the data, with the gaps behind them. */
static double
others_width (PhLogView *self, gboolean chosen)
{
  double sum = 0;

  for (guint i = 0; i < PH_LOG_N_COLUMNS; i++)
    if (i != PH_LOG_COLUMN_PEER && i != PH_LOG_COLUMN_DATA && ph_log_columns_is_shown (self, i))
      sum += MAX (least_width (self, i), chosen ? chosen_width (self, i) : 0) + GAP * self->metrics.char_width;

  return sum;
}

/* Whether there is room for the widths that the user has chosen. */
static gboolean
is_wide (PhLogView *self)
{
  return others_width (self, TRUE) + least_width (self, PH_LOG_COLUMN_PEER) + GAP * self->metrics.char_width <= room (self);
}

static guint
longest_number (PhLogView *self)
{
  g_autofree char *number = ph_format_dup_grouped (ph_log_source_get_end (self->source));

  return MAX (NUMBER_CHARS, (guint) strlen (number));
}

/**
 * ph_log_columns_peer_most:
 * @self: in Table mode, with a source
 *
 * Returns: how many characters of an address rows have: as many as usual or as the user has chosen, but a third of the width is left
 *   to the data
 */
guint
ph_log_columns_peer_most (PhLogView *self)
{
  double left;
  int chosen = chosen_width (self, PH_LOG_COLUMN_PEER);
  guint most = chosen > 0 ? (guint) (chosen / self->metrics.char_width) : PH_LOG_ADDRESS_CHARS;

  self->columns.number_chars = longest_number (self);
  left = room (self) - others_width (self, is_wide (self)) - GAP * self->metrics.char_width;
  if (left < most * self->metrics.char_width)
    most = (guint) MAX (left / self->metrics.char_width, 0);

  return MAX (most, ADDRESS_LEAST);
}

/* Characters of the longest peer in the rows on screen. */
static guint
longest_peer (PhLogView *self)
{
  guint longest = MAX (self->columns.peer_chars, PEER_LEAST), before = 0;

  for (guint i = 0; self->columns.order[i] != PH_LOG_COLUMN_PEER; i++)
    if (ph_log_columns_is_shown (self, self->columns.order[i]))
      before++;
  for (guint i = 0; i < self->layout.rows->len; i++)
    {
      const PhLogLine *line = ph_log_layout_get_row (self, i)->line;
      const char *field = line->text + line->lead;

      if (line->kind != PH_LOG_LINE_ROW)
        continue;
      for (guint n = before; n > 0 && field != NULL; n--)
        {
          field = strchr (field, '\t');
          field = field != NULL ? field + 1 : NULL;
        }
      if (field != NULL)
        longest = MAX (longest, (guint) g_utf8_strlen (field, strcspn (field, "\t")));
    }

  return MIN (longest, ph_log_source_get_format (self->source)->peer_chars);
}

static int
column_width (PhLogView *self, PhLogColumn column, guint peer)
{
  int least = least_width (self, column), chosen = chosen_width (self, column);

  if (column == PH_LOG_COLUMN_PEER)
    return MAX (least, chosen > 0 ? MIN (chosen, chars_width (self, ph_log_source_get_format (self->source)->peer_chars))
                                  : chars_width (self, peer));

  return is_wide (self) ? MAX (least, chosen) : least;
}

static void
place (PhLogView *self)
{
  int gap = (int) (GAP * self->metrics.char_width), x = 0;

  for (guint i = 0; i < PH_LOG_N_COLUMNS; i++)
    {
      PhLogColumn column = self->columns.order[i];

      if (!ph_log_columns_is_shown (self, column))
        continue;
      self->columns.start[column] = x;
      self->columns.width[column] = column_width (self, column, self->columns.peer_chars);
      x += self->columns.width[column] + gap;
    }
}

static PangoTabArray *
make_tabs (PhLogView *self)
{
  PangoTabArray *tabs = pango_tab_array_new (0, TRUE);
  gboolean first = TRUE;

  for (guint i = 0; i < PH_LOG_N_COLUMNS; i++)
    {
      PhLogColumn column = self->columns.order[i];
      gboolean right = ph_log_row_is_right (column);
      int at = self->columns.start[column] + (right ? self->columns.width[column] : 0);

      if (!ph_log_columns_is_shown (self, column))
        continue;
      if (!first || right) /* what begins at the edge needs no tab */
        {
          int n = pango_tab_array_get_size (tabs);

          pango_tab_array_resize (tabs, n + 1);
          pango_tab_array_set_tab (tabs, n, right ? PANGO_TAB_RIGHT : PANGO_TAB_LEFT, at);
        }
      first = FALSE;
    }

  return tabs;
}

/**
 * ph_log_columns_fit:
 * @self: the view, in Table mode, its rows just made
 *
 * Makes the columns wide enough for the rows on screen. Columns grow and do not shrink, so that they stand still while
 * records arrive.
 */
void
ph_log_columns_fit (PhLogView *self)
{
  guint peer = longest_peer (self), number = longest_number (self);

  if (self->columns.tabs != NULL && peer == self->columns.peer_chars && number == self->columns.number_chars)
    return;
  self->columns.peer_chars = peer;
  self->columns.number_chars = number;
  place (self);
  g_clear_pointer (&self->columns.tabs, pango_tab_array_free);
  self->columns.tabs = make_tabs (self);
  ph_log_text_forget (self);
}

PangoTabArray *
ph_log_columns_get_tabs (PhLogView *self)
{
  return self->columns.tabs;
}

/**
 * ph_log_columns_get_head:
 *
 * Returns: (transfer none): the name of the column, laid out
 */
PangoLayout *
ph_log_columns_get_head (PhLogView *self, PhLogColumn column)
{
  PangoLayout **head = &self->columns.heads[column];

  if (*head == NULL)
    {
      *head = gtk_widget_create_pango_layout (GTK_WIDGET (self), ph_log_column_name (column));
      pango_layout_set_font_description (*head, self->metrics.font);
    }

  return *head;
}

/* ---- places ---- */

static double
end_of (PhLogView *self, PhLogColumn column)
{
  return self->columns.start[column] + self->columns.width[column] + GAP / 2 * self->metrics.char_width;
}

/**
 * ph_log_columns_at:
 * @x: in pixels of the text of a row
 * @ret_column: (out): the column there
 */
gboolean
ph_log_columns_at (PhLogView *self, double x, PhLogColumn *ret_column)
{
  for (guint i = 0; i < PH_LOG_N_COLUMNS; i++)
    {
      PhLogColumn column = self->columns.order[i];

      if (ph_log_columns_is_shown (self, column) && (x < end_of (self, column) || column == PH_LOG_COLUMN_DATA))
        {
          *ret_column = column;
          return TRUE;
        }
    }

  return FALSE;
}

/**
 * ph_log_columns_edge_at:
 * @x: in pixels of the text of a row
 * @ret_column: (out): the column that ends there
 */
gboolean
ph_log_columns_edge_at (PhLogView *self, double x, PhLogColumn *ret_column)
{
  for (guint i = 0; i < PH_LOG_COLUMN_DATA; i++)
    {
      PhLogColumn column = self->columns.order[i];

      if (ph_log_columns_is_shown (self, column) && fabs (x - end_of (self, column)) <= EDGE)
        {
          *ret_column = column;
          return TRUE;
        }
    }

  return FALSE;
}

/* ---- what the user chooses ---- */

static void
changed (PhLogView *self, gboolean text)
{
  g_clear_pointer (&self->columns.tabs, pango_tab_array_free);
  if (text)
    ph_log_reformat (self);
  else
    ph_log_reformat_refit (self);
  ph_log_layout_invalidate (self);
  g_object_notify (G_OBJECT (self), "columns");
}

/**
 * ph_log_columns_set_width:
 * @width: in pixels; 0 for what the content needs. No more than leaves the data its third of the view
 */
void
ph_log_columns_set_width (PhLogView *self, PhLogColumn column, int width)
{
  int least = least_width (self, column), chosen = 0;
  double rest = room (self) - others_width (self, TRUE) - GAP * self->metrics.char_width;

  rest += column == PH_LOG_COLUMN_PEER ? 0 : MAX (least, chosen_width (self, column)) - self->columns.width[PH_LOG_COLUMN_PEER];
  if (width > 0)
    chosen = (int) CLAMP (MAX (MIN (width, rest), least) / self->zoom, 1, WIDTH_MAX);
  if (self->columns.chosen[column] == chosen)
    return;
  self->columns.chosen[column] = chosen;
  changed (self, FALSE);
}

/**
 * ph_log_columns_move:
 * @to: the column whose place it takes; in place of the data, it becomes the one before that
 */
void
ph_log_columns_move (PhLogView *self, PhLogColumn column, PhLogColumn to)
{
  guint8 *order = self->columns.order;
  guint from = 0, at = 0;

  while (order[from] != column)
    from++;
  while (order[at] != to)
    at++;
  at = MIN (at, PH_LOG_COLUMN_DATA - 1u);
  if (column == PH_LOG_COLUMN_DATA || from == at)
    return;
  if (from < at)
    memmove (order + from, order + from + 1, at - from);
  else
    memmove (order + at + 1, order + at, from - at);
  self->columns.order[at] = (guint8) column;
  changed (self, TRUE);
}

void
ph_log_columns_show (PhLogView *self, PhLogColumn column, gboolean show)
{
  if (column == PH_LOG_COLUMN_DATA || self->columns.hidden[column] == !show)
    return;
  self->columns.hidden[column] = !show;
  changed (self, TRUE);
}

static void
set_usual (PhLogView *self)
{
  for (guint i = 0; i < PH_LOG_N_COLUMNS; i++)
    {
      self->columns.order[i] = (guint8) i;
      self->columns.hidden[i] = FALSE;
      self->columns.chosen[i] = 0;
    }
}

/**
 * ph_log_columns_reset:
 *
 * Shows all columns in their usual order and width.
 */
void
ph_log_columns_reset (PhLogView *self)
{
  set_usual (self);
  self->columns.peer_chars = 0;
  changed (self, TRUE);
}

/**
 * ph_log_columns_dup_setting:
 *
 * Returns: (transfer floating): a(sib): id, width or 0, whether it is shown, in their order
 */
GVariant *
ph_log_columns_dup_setting (PhLogView *self)
{
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(sib)"));

  for (guint i = 0; i < PH_LOG_N_COLUMNS; i++)
    {
      PhLogColumn column = self->columns.order[i];

      g_variant_builder_add (&builder, "(sib)", ids[column], self->columns.chosen[column], !self->columns.hidden[column]);
    }

  return g_variant_builder_end (&builder);
}

static gboolean
find_column (const char *id, PhLogColumn *ret_column)
{
  for (guint i = 0; i < PH_LOG_N_COLUMNS; i++)
    if (g_str_equal (ids[i], id))
      {
        *ret_column = i;
        return TRUE;
      }

  return FALSE;
}

/**
 * ph_log_columns_set_setting:
 * @setting: (nullable): as of ph_log_columns_dup_setting(). What makes no sense in it is ignored; columns that it does not name come
 *   behind those that it does
 */
void
ph_log_columns_set_setting (PhLogView *self, GVariant *setting)
{
  gboolean named[PH_LOG_N_COLUMNS] = { FALSE };
  guint n = 0;
  GVariantIter iter;
  const char *id;
  int width;
  gboolean shown;

  set_usual (self);
  if (setting != NULL && g_variant_is_of_type (setting, G_VARIANT_TYPE ("a(sib)")))
    {
      g_variant_iter_init (&iter, setting);
      while (g_variant_iter_next (&iter, "(&sib)", &id, &width, &shown))
        {
          PhLogColumn column;

          if (!find_column (id, &column) || column == PH_LOG_COLUMN_DATA || named[column])
            continue;
          named[column] = TRUE;
          self->columns.order[n++] = (guint8) column;
          self->columns.hidden[column] = !shown;
          self->columns.chosen[column] = CLAMP (width, 0, WIDTH_MAX);
        }
    }
  for (guint i = 0; i < PH_LOG_N_COLUMNS; i++)
    if (!named[i])
      self->columns.order[n++] = (guint8) i;
  changed (self, TRUE);
}

void
ph_log_columns_init (PhLogView *self)
{
  set_usual (self);
}

void
ph_log_columns_finalize (PhLogView *self)
{
  ph_log_columns_forget (self);
}
