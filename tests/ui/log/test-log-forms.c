/* test-log-forms.c: how Compact and Stream look, and that long payloads are folded
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include <string.h>

#include "log-fixture.h"

static void
set_mode (LogFixture *fixture, PhLogMode mode)
{
  g_object_set (fixture->view, "mode", mode, NULL);
  log_show (fixture);
}

/* Where a byte of a row is drawn, in pixels. */
static int
place_of (LogFixture *fixture, guint row, guint32 index)
{
  PhLogLine *line = log_row_at (fixture, row)->line;
  double y;

  return (int) (ph_log_text_x (fixture->view, line) + ph_log_text_place (fixture->view, line, index, &y));
}

/* ---- Compact ---- */

static void
test_a_record_takes_a_row_of_about_twenty_pixels (LogFixture *fixture, gconstpointer data)
{
  set_mode (fixture, PH_LOG_MODE_COMPACT);
  log_put_many (fixture, 200);
  g_assert_cmpfloat (log_row_at (fixture, 5)->height, ==, fixture->view->metrics.row_height);
  g_assert_cmpfloat (fixture->view->metrics.row_height, >=, 18);
  g_assert_cmpfloat (fixture->view->metrics.row_height, <=, 22);
  g_assert_cmpuint (log_n_rows (fixture), >, 28);
}

static void
test_fields_stand_in_columns (LogFixture *fixture, gconstpointer data)
{
  g_autofree char *long_one = g_strnfill (1200, 'x');
  PhLogLine *first, *second;

  set_mode (fixture, PH_LOG_MODE_COMPACT);
  log_put (fixture, PH_RECORD_IN, "short");
  log_put (fixture, PH_RECORD_OUT, long_one);
  log_put (fixture, PH_RECORD_OUT, "two\nlines\twith tabs");
  log_show (fixture);
  first = log_row_at (fixture, 0)->line;
  second = log_row_at (fixture, 1)->line;
  g_assert_cmpint (place_of (fixture, 0, first->fields.peer_start), ==, place_of (fixture, 1, second->fields.peer_start));
  g_assert_cmpint (place_of (fixture, 0, first->body), ==, place_of (fixture, 1, second->body));
  g_assert_cmpint (place_of (fixture, 0, first->body - 1), ==, place_of (fixture, 1, second->body - 1)); /* lengths end alike */
  g_assert_cmpint (place_of (fixture, 0, first->body), ==, place_of (fixture, log_n_rows (fixture) - 1, 0));
  /* A long payload goes on under its beginning. */
  g_assert_cmpfloat (log_row_at (fixture, 1)->height, >, 2 * fixture->view->metrics.row_height);
  g_assert_cmpint (pango_layout_get_indent (ph_log_text_layout (fixture->view, second)), ==,
                   -(int) fixture->view->grid.text_x * PANGO_SCALE);
}

static void
test_columns_grow_and_never_shrink (LogFixture *fixture, gconstpointer data)
{
  g_autofree char *big = g_strnfill (100000, 'x');
  double before, after;

  set_mode (fixture, PH_LOG_MODE_COMPACT);
  log_put (fixture, PH_RECORD_IN, "a");
  log_show (fixture);
  before = fixture->view->grid.text_x;
  log_put (fixture, PH_RECORD_IN, big);
  log_show (fixture);
  after = fixture->view->grid.text_x;
  g_assert_cmpfloat (after, >, before);
  log_put_many (fixture, 100);
  g_assert_cmpfloat (fixture->view->grid.text_x, ==, after);
}

static void
test_what_repeats_the_line_above_is_dim (LogFixture *fixture, gconstpointer data)
{
  PhLogLine *line;

  set_mode (fixture, PH_LOG_MODE_COMPACT);
  log_put (fixture, PH_RECORD_IN, "one");
  log_put (fixture, PH_RECORD_IN, "two");
  log_put_bytes (fixture->store, PH_RECORD_IN, 2, "three", 5);
  log_show (fixture);
  line = log_row_at (fixture, 0)->line;
  g_assert_cmpint (line->repeats, ==, 0);
  line = log_row_at (fixture, 1)->line;
  g_assert_cmpint (line->repeats, ==, PH_LOG_REPEATS_TIME | PH_LOG_REPEATS_PEER);
  g_assert_cmpint (log_row_at (fixture, 2)->line->repeats, ==, PH_LOG_REPEATS_TIME);
}

/* ---- folds ---- */

static void
put_lines (LogFixture *fixture, guint n)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "line %u\n", i);
  log_put (fixture, PH_RECORD_IN, text->str);
  log_show (fixture);
}

static void
test_a_click_shows_all_of_a_payload_and_folds_it_again (LogFixture *fixture, gconstpointer data)
{
  const PhLogRow *row;

  set_mode (fixture, PH_LOG_MODE_COMPACT);
  put_lines (fixture, 60);
  g_assert_cmpuint (log_n_rows (fixture), ==, 21);
  row = log_row_at (fixture, 20);
  g_assert_cmpstr (row->line->text, ==, "Show all 470 bytes");
  g_assert_false (ph_log_input_click (fixture->view, 900, row->y + 4)); /* beside the words */
  g_assert_true (ph_log_input_click (fixture->view, ph_log_text_x (fixture->view, row->line) + 9, row->y + 4));
  log_show (fixture);
  g_assert_cmpuint (ph_log_source_n_lines (fixture->view->source, 2), ==, 61);
  g_assert_false (fixture->view->scroll.follow);
  g_assert_cmpuint (log_row_at (fixture, 0)->line->line, ==, 0); /* what was at the top still is */

  ph_log_select_move (fixture->view, GTK_MOVEMENT_BUFFER_ENDS, 1, FALSE);
  log_show (fixture);
  row = log_row_at (fixture, log_n_rows (fixture) - 1);
  g_assert_cmpstr (row->line->text, ==, "Show less");
  g_assert_true (ph_log_input_click (fixture->view, ph_log_text_x (fixture->view, row->line) + 9, row->y + 4));
  log_show (fixture);
  g_assert_cmpuint (log_n_rows (fixture), ==, 21);
}

static void
test_what_is_folded_away_is_copied (LogFixture *fixture, gconstpointer data)
{
  const PhLogMode modes[] = { PH_LOG_MODE_COMPACT, PH_LOG_MODE_COMFORTABLE };

  put_lines (fixture, 50);
  log_put (fixture, PH_RECORD_IN, "after");
  for (guint i = 0; i < G_N_ELEMENTS (modes); i++)
    {
      g_autofree char *text = NULL;
      g_auto (GStrv) all = NULL;

      set_mode (fixture, modes[i]);
      text = log_all_text (fixture);
      all = g_strsplit (text, "\n", -1);
      g_assert_cmpuint (g_strv_length (all), ==, modes[i] == PH_LOG_MODE_COMPACT ? 51 : 53);
      g_assert_null (strstr (text, "Show"));
      g_assert_nonnull (strstr (text, "\nline 49\n"));
    }
}

/* ---- copies ---- */

static void
test_a_copy_of_compact_has_blanks_and_whole_addresses (LogFixture *fixture, gconstpointer data)
{
  g_object_set (fixture->view, "time", "none", NULL);
  set_mode (fixture, PH_LOG_MODE_COMPACT);
  log_put (fixture, PH_RECORD_IN, "a\tb");
  log_show (fixture);
  log_assert_shown (fixture, "←  127.0.0.1:4000  3  a\tb");
}

static void
test_a_copy_of_stream_is_the_text_alone (LogFixture *fixture, gconstpointer data)
{
  log_make_stream (fixture);
  set_mode (fixture, PH_LOG_MODE_STREAM);
  log_put (fixture, PH_RECORD_IN, "hel");
  log_put (fixture, PH_RECORD_IN, "lo\nwor");
  log_put (fixture, PH_RECORD_IN, "ld");
  log_put (fixture, PH_RECORD_NOTE, "");
  log_put (fixture, PH_RECORD_OUT, "sent");
  log_show (fixture);
  log_assert_shown (fixture, "hello\nworld\nsent");
}

/* ---- Stream ---- */

static void
test_reads_of_one_line_are_one_row (LogFixture *fixture, gconstpointer data)
{
  PhLogPos pos;
  const PhLogRow *row;
  double x;

  log_make_stream (fixture);
  set_mode (fixture, PH_LOG_MODE_STREAM);
  log_put (fixture, PH_RECORD_IN, "hel");
  log_put (fixture, PH_RECORD_IN, "lo wor");
  log_put (fixture, PH_RECORD_IN, "ld\nnext");
  log_show (fixture);
  g_assert_cmpuint (log_n_rows (fixture), ==, 2);
  row = log_row_at (fixture, 0);
  g_assert_true (g_str_has_prefix (row->line->text, "hello world"));
  x = ph_log_text_x (fixture->view, row->line);
  g_assert_true (ph_log_select_pick (fixture->view, x + 4.2 * fixture->view->metrics.char_width, row->y + 4, &pos));
  g_assert_cmpuint (pos.entry, ==, 3);
  g_assert_cmpuint (pos.index, ==, 1);
}

static void
test_words_and_keys_go_over_reads (LogFixture *fixture, gconstpointer data)
{
  PhLogPos start, end;
  g_autofree char *text = NULL;

  log_make_stream (fixture);
  set_mode (fixture, PH_LOG_MODE_STREAM);
  log_put (fixture, PH_RECORD_IN, "hel");
  log_put (fixture, PH_RECORD_IN, "lo wor");
  log_show (fixture);
  ph_log_select_unit_at (fixture->view, &(PhLogPos) { 3, 0, 1 }, PH_LOG_UNIT_WORD, &start, &end);
  ph_log_select_range (fixture->view, &start, &end);
  text = ph_log_view_dup_selection (fixture->view);
  g_assert_cmpstr (text, ==, "hello");

  ph_log_select_move (fixture->view, GTK_MOVEMENT_BUFFER_ENDS, -1, FALSE);
  for (guint i = 0; i < 4; i++)
    ph_log_select_move (fixture->view, GTK_MOVEMENT_VISUAL_POSITIONS, 1, FALSE);
  g_assert_cmpuint (fixture->view->selection.cursor.entry, ==, 3);
  g_assert_cmpuint (fixture->view->selection.cursor.index, ==, 1);
  for (guint i = 0; i < 2; i++)
    ph_log_select_move (fixture->view, GTK_MOVEMENT_VISUAL_POSITIONS, -1, FALSE);
  g_assert_cmpuint (fixture->view->selection.cursor.entry, ==, 2);
  g_assert_cmpuint (fixture->view->selection.cursor.index, ==, 2);
}

/* ---- from one form to another ---- */

static void
test_a_change_of_form_keeps_the_place_in_a_long_record (LogFixture *fixture, gconstpointer data)
{
  const PhLogMode modes[] = { PH_LOG_MODE_COMPACT, PH_LOG_MODE_BYTES, PH_LOG_MODE_STREAM, PH_LOG_MODE_COMFORTABLE };
  gsize byte = 0;

  set_mode (fixture, PH_LOG_MODE_STREAM);
  put_lines (fixture, 60);
  log_put_many (fixture, 200);
  ph_log_view_go_to (fixture->view, 1);
  log_show (fixture);
  ph_log_scroll_by (fixture->view, 0, 8 * fixture->view->metrics.row_height);
  log_show (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (modes); i++)
    {
      PhLogPos top = fixture->view->scroll.top;

      byte = ph_log_source_byte_at (fixture->view->source, &top);
      set_mode (fixture, modes[i]);
      top = fixture->view->scroll.top;
      g_assert_cmpuint (top.entry, ==, 2);
      g_assert_cmpuint (ph_log_source_byte_at (fixture->view->source, &top), <=, byte);
      g_assert_cmpuint (ph_log_source_byte_at (fixture->view->source, &top) + 16, >, byte);
    }
}

#define ADD(name) g_test_add ("/log-forms/" #name, LogFixture, NULL, log_set_up, test_##name, log_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  gtk_init ();
  ADD (a_record_takes_a_row_of_about_twenty_pixels);
  ADD (fields_stand_in_columns);
  ADD (columns_grow_and_never_shrink);
  ADD (what_repeats_the_line_above_is_dim);
  ADD (a_click_shows_all_of_a_payload_and_folds_it_again);
  ADD (what_is_folded_away_is_copied);
  ADD (a_copy_of_compact_has_blanks_and_whole_addresses);
  ADD (a_copy_of_stream_is_the_text_alone);
  ADD (reads_of_one_line_are_one_row);
  ADD (words_and_keys_go_over_reads);
  ADD (a_change_of_form_keeps_the_place_in_a_long_record);

  return g_test_run ();
}
