/* test-log-select.c: scrolling, selecting and copying in the log
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "log-fixture.h"
#include "ph-log-index.h"

#include <string.h>

#include "../../hostile.h"
#include "../../shown.h"

/* ---- following and scrolling ---- */

static void
test_scrolling_up_ends_following_and_arriving_begins_it (LogFixture *fixture, gconstpointer data)
{
  PhLogPos top;

  log_put_many (fixture, 200);
  g_assert_true (fixture->view->scroll.follow);
  g_assert_false (gtk_widget_get_child_visible (fixture->view->floating.newest));

  ph_log_scroll_by (fixture->view, 0, -300);
  log_show (fixture);
  g_assert_false (fixture->view->scroll.follow);
  g_assert_true (gtk_widget_get_child_visible (fixture->view->floating.newest));

  top = fixture->view->scroll.top;
  log_put_many (fixture, 10);
  g_assert_cmpint (ph_log_pos_compare (&top, &fixture->view->scroll.top), ==, 0);

  ph_log_scroll_by (fixture->view, 0, 100000);
  log_show (fixture);
  g_assert_true (fixture->view->scroll.follow);
}

static void
test_auto_scroll_switched_off_stays_off (LogFixture *fixture, gconstpointer data)
{
  log_put_many (fixture, 100);
  g_object_set (fixture->view, "follow", FALSE, NULL);
  ph_log_scroll_by (fixture->view, 0, -300);
  log_show (fixture);
  ph_log_scroll_by (fixture->view, 0, 1000);
  log_show (fixture);
  g_assert_true (fixture->view->layout.at_end);
  g_assert_false (fixture->view->scroll.follow);
  ph_log_view_jump_to_newest (fixture->view);
  g_assert_true (fixture->view->scroll.follow);
}

static void
test_scrolling_is_exact_to_the_pixel (LogFixture *fixture, gconstpointer data)
{
  double y;

  log_put_many (fixture, 300);
  ph_log_scroll_by (fixture->view, 0, -2000);
  log_show (fixture);
  y = log_row_at (fixture, 3)->y;
  ph_log_scroll_by (fixture->view, 0, -7);
  log_show (fixture);
  ph_log_scroll_by (fixture->view, 0, 7);
  log_show (fixture);
  g_assert_cmpfloat_with_epsilon (log_row_at (fixture, 3)->y, y, 0.001);

  /* A small move of the scroll bar is as exact. */
  gtk_adjustment_set_value (fixture->view->scroll.vertical, gtk_adjustment_get_value (fixture->view->scroll.vertical) + 5);
  log_show (fixture);
  ph_log_scroll_by (fixture->view, 0, -5);
  log_show (fixture);
  g_assert_cmpfloat_with_epsilon (log_row_at (fixture, 3)->y, y, 0.001);
}

static void
test_a_change_of_mode_keeps_the_record_at_the_top (LogFixture *fixture, gconstpointer data)
{
  guint64 entry;

  log_put_many (fixture, 300);
  ph_log_scroll_by (fixture->view, 0, -3000);
  log_show (fixture);
  entry = fixture->view->scroll.top.entry;
  for (PhLogMode mode = PH_LOG_N_MODES; mode-- > PH_LOG_MODE_COMPACT;)
    {
      g_object_set (fixture->view, "mode", mode, NULL);
      log_show (fixture);
      g_assert_cmpuint (fixture->view->scroll.top.entry, ==, entry);
    }
}

static void
test_hidden_records_come_back (LogFixture *fixture, gconstpointer data)
{
  g_object_set (fixture->view, "time", "none", NULL);
  log_put (fixture, PH_RECORD_IN, "before");
  log_show (fixture);
  g_object_set (fixture->view, "hidden", TRUE, NULL);
  log_put (fixture, PH_RECORD_IN, "meanwhile");
  log_show (fixture);
  log_assert_shown (fixture, "← 127.0.0.1:4000  6 bytes\nbefore\nNew records are hidden and kept: 1 so far");
  g_object_set (fixture->view, "hidden", FALSE, NULL);
  log_show (fixture);
  log_assert_shown (fixture, "← 127.0.0.1:4000  6 bytes\nbefore\n← 127.0.0.1:4000  9 bytes\nmeanwhile");
}

static void
test_clear_forgets_all_and_follows_again (LogFixture *fixture, gconstpointer data)
{
  log_put_many (fixture, 200);
  ph_log_select_all (fixture->view);
  g_assert_false (fixture->view->scroll.follow);
  gtk_widget_activate_action (GTK_WIDGET (fixture->view), "log.clear", NULL);
  log_show (fixture);
  g_assert_cmpuint (log_n_rows (fixture), ==, 0);
  g_assert_true (fixture->view->scroll.follow);
}

/* ---- selecting and copying ---- */

static void
test_a_cursor_behind_half_a_character_stays_in_its_line (LogFixture *fixture, gconstpointer data)
{
  static const GtkMovementStep steps[] = { GTK_MOVEMENT_VISUAL_POSITIONS, GTK_MOVEMENT_WORDS,
                                           GTK_MOVEMENT_DISPLAY_LINES };

  log_make_stream (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      log_put (fixture, PH_RECORD_IN, "ab\xE4\xBD");
      log_show (fixture);
      ph_log_select_move (fixture->view, GTK_MOVEMENT_BUFFER_ENDS, 1, FALSE);
      g_assert_cmpuint (fixture->view->selection.cursor.index, ==, strlen ("ab⟨E4⟩⟨BD⟩"));

      /* A key may be pressed before the view has seen what the worker has stored, or behind it. */
      log_put (fixture, PH_RECORD_IN, "\xA0.");
      if (i > 0)
        {
          log_show (fixture);
          g_assert_cmpuint (fixture->view->selection.cursor.index, ==, strlen ("ab"));
        }
      ph_log_select_move (fixture->view, steps[i], -1, FALSE);
      if (steps[i] == GTK_MOVEMENT_VISUAL_POSITIONS)
        g_assert_cmpuint (fixture->view->selection.cursor.index, ==, strlen ("a"));
      log_show (fixture);
    }
}

static void
test_the_keyboard_selects_across_records (LogFixture *fixture, gconstpointer data)
{
  g_autofree char *text = NULL;

  g_object_set (fixture->view, "time", "none", NULL);
  log_put (fixture, PH_RECORD_IN, "one two");
  log_put (fixture, PH_RECORD_IN, "three");
  log_show (fixture);
  ph_log_select_move (fixture->view, GTK_MOVEMENT_BUFFER_ENDS, -1, FALSE);
  ph_log_select_move (fixture->view, GTK_MOVEMENT_DISPLAY_LINES, 1, FALSE);
  ph_log_select_move (fixture->view, GTK_MOVEMENT_WORDS, 1, FALSE);
  ph_log_select_move (fixture->view, GTK_MOVEMENT_VISUAL_POSITIONS, 1, FALSE);
  ph_log_select_move (fixture->view, GTK_MOVEMENT_DISPLAY_LINES, 1, TRUE);
  ph_log_select_move (fixture->view, GTK_MOVEMENT_DISPLAY_LINES, 1, TRUE);
  ph_log_select_move (fixture->view, GTK_MOVEMENT_DISPLAY_LINE_ENDS, 1, TRUE);
  text = ph_log_view_dup_selection (fixture->view);
  g_assert_cmpstr (text, ==, "two\n← 127.0.0.1:4000  5 bytes\nthree");
  g_assert_false (fixture->view->scroll.follow);
}

static void
test_the_cursor_goes_down_over_the_edge_of_the_page (LogFixture *fixture, gconstpointer data)
{
  PhLogPos place;

  log_put_many (fixture, 200);
  ph_log_select_move (fixture->view, GTK_MOVEMENT_BUFFER_ENDS, -1, FALSE);
  log_show (fixture);
  ph_log_select_move (fixture->view, GTK_MOVEMENT_VISUAL_POSITIONS, 1, FALSE);
  for (guint i = 0; i < 3; i++)
    {
      place = fixture->view->selection.cursor;
      ph_log_select_move (fixture->view, GTK_MOVEMENT_PAGES, 1, FALSE);
      g_assert_cmpint (ph_log_pos_compare (&place, &fixture->view->selection.cursor), <, 0);
    }
  g_assert_nonnull (ph_log_layout_find (fixture->view, &fixture->view->selection.cursor));
}

static void
test_copies_are_text_bytes_and_whole_records (LogFixture *fixture, gconstpointer data)
{
  g_autofree char *hex = NULL, *lines = NULL, *text = NULL;
  PhLogPos from = { 2, 1, 0 }, to = { 2, 1, 0 };

  g_object_set (fixture->view, "time", "none", "encoding", "gbk", NULL);
  log_put (fixture, PH_RECORD_IN, "a\xC4\xE3\xBA\xC3z");
  log_show (fixture);
  from.index = strlen ("a");
  to.index = strlen ("a你");
  ph_log_select_range (fixture->view, &from, &to);
  text = ph_log_copy_dup (fixture->view, PH_LOG_COPY_TEXT);
  hex = ph_log_copy_dup (fixture->view, PH_LOG_COPY_HEX);
  lines = ph_log_copy_dup (fixture->view, PH_LOG_COPY_LINES);
  g_assert_cmpstr (text, ==, "你");
  g_assert_cmpstr (hex, ==, "C4 E3");
  g_assert_cmpstr (lines, ==, "← 127.0.0.1:4000  6 bytes\na你好z");
}

static void
test_no_copy_and_no_description_has_a_character_that_acts (LogFixture *fixture, gconstpointer data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (hostile); i++)
    for (PhRecordKind kind = PH_RECORD_IN; kind <= PH_RECORD_REPEAT; kind++)
      log_put (fixture, kind, hostile[i].bytes);
  for (guint i = 0; i < PH_LOG_N_MODES * 2; i++)
    {
      g_autofree char *described = NULL;

      g_object_set (fixture->view, "mode", i / 2, "form", i % 2 == 1 ? "hex" : "text", NULL);
      log_show (fixture);
      ph_log_select_all (fixture->view);
      described = ph_log_describe_dup (fixture->view);
      g_assert_true (shown_is_safe (described, strlen (described), ""));
      for (PhLogCopyKind kind = PH_LOG_COPY_TEXT; kind <= PH_LOG_COPY_LINES; kind++)
        {
          g_autofree char *copy = ph_log_copy_dup (fixture->view, kind);

          g_assert_true (shown_is_safe (copy, strlen (copy), "\n\t"));
        }
    }
}

/* The line break that ends a text is selected with it, in every mode. */
static void
test_all_bytes_are_copied_in_every_mode (LogFixture *fixture, gconstpointer data)
{
  log_put (fixture, PH_RECORD_IN, "AT+OK\r\n");
  log_put (fixture, PH_RECORD_OUT, "");
  log_put (fixture, PH_RECORD_IN, "\xE4\xBD\xFF\r");
  log_put (fixture, PH_RECORD_IN, "a\n\n");
  log_show (fixture);
  for (guint i = 0; i < 2 * PH_LOG_N_MODES; i++)
    {
      g_autofree char *hex = NULL;

      g_object_set (fixture->view, "mode", i % PH_LOG_N_MODES, "form", i >= PH_LOG_N_MODES ? "hex" : "text",
                    "time", i % 2 == 0 ? "time-of-day" : "none", NULL);
      log_show (fixture);
      ph_log_select_all (fixture->view);
      hex = ph_log_copy_dup (fixture->view, PH_LOG_COPY_HEX);
      g_assert_cmpstr (hex, ==, "41 54 2B 4F 4B 0D 0A\nE4 BD FF 0D\n61 0A 0A");
    }
}

static void
test_the_last_line_break_can_be_selected (LogFixture *fixture, gconstpointer data)
{
  g_autofree char *line = NULL, *all = NULL, *rest = NULL, *ended = NULL, *picked = NULL;
  const PhLogRow *row;
  PhLogPos from = { 2, 1, 0 }, pos;

  g_object_set (fixture->view, "time", "none", NULL);
  log_put (fixture, PH_RECORD_IN, "OK\r\n");
  log_show (fixture);
  ph_log_select_range (fixture->view, &from, &from);
  ph_log_select_move (fixture->view, GTK_MOVEMENT_DISPLAY_LINE_ENDS, 1, TRUE);
  line = ph_log_copy_dup (fixture->view, PH_LOG_COPY_HEX);
  g_assert_cmpstr (line, ==, "4F 4B");
  ph_log_select_move (fixture->view, GTK_MOVEMENT_VISUAL_POSITIONS, 1, TRUE);
  all = ph_log_copy_dup (fixture->view, PH_LOG_COPY_HEX);
  g_assert_cmpstr (all, ==, "4F 4B 0D 0A");
  ended = ph_log_copy_dup (fixture->view, PH_LOG_COPY_TEXT);
  g_assert_cmpstr (ended, ==, "OK\n");
  ph_log_select_move (fixture->view, GTK_MOVEMENT_VISUAL_POSITIONS, -1, TRUE);
  rest = ph_log_copy_dup (fixture->view, PH_LOG_COPY_TEXT);
  g_assert_cmpstr (rest, ==, "OK");

  /* With the mouse it is taken as a whole. */
  row = log_row_at (fixture, 1);
  g_assert_true (ph_log_select_pick (fixture->view, 900, row->y + 4, &pos));
  ph_log_select_range (fixture->view, &from, &pos);
  picked = ph_log_copy_dup (fixture->view, PH_LOG_COPY_HEX);
  g_assert_cmpstr (picked, ==, "4F 4B 0D 0A");
}

static void
test_a_cut_character_is_copied_whole (LogFixture *fixture, gconstpointer data)
{
  PhLogPos from = { 3, 1, 0 }, to = { 3, 1, strlen ("你") };
  g_autofree char *hex = NULL;

  log_make_stream (fixture);
  log_put (fixture, PH_RECORD_IN, "a\xE4\xBD");
  log_put (fixture, PH_RECORD_IN, "\xA0z");
  log_show (fixture);
  ph_log_select_range (fixture->view, &from, &to);
  hex = ph_log_copy_dup (fixture->view, PH_LOG_COPY_HEX);
  g_assert_cmpstr (hex, ==, "E4 BD A0");
}

static void
test_bytes_selected_in_hex_mode_are_those_copied (LogFixture *fixture, gconstpointer data)
{
  PhLogPos from = { 2, 1, strlen ("000000  30 ") }, to = { 2, 2, strlen ("000010  67 ") };
  g_autofree char *hex = NULL;

  g_object_set (fixture->view, "mode", PH_LOG_MODE_BYTES, NULL);
  log_put (fixture, PH_RECORD_IN, "0123456789abcdefgh");
  log_show (fixture);
  ph_log_select_range (fixture->view, &from, &to);
  hex = ph_log_copy_dup (fixture->view, PH_LOG_COPY_HEX);
  g_assert_cmpstr (hex, ==, "31 32 33 34 35 36 37 38 39 61 62 63 64 65 66 67");
}

static void
read_cb (GObject *clipboard, GAsyncResult *result, gpointer data)
{
  *(char **) data = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (clipboard), result, NULL);
}

static void
test_copy_reaches_the_clipboard (LogFixture *fixture, gconstpointer data)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (fixture->view));
  g_autofree char *text = NULL;

  g_object_set (fixture->view, "time", "none", "form", "hex", NULL);
  log_put (fixture, PH_RECORD_IN, "AB");
  log_show (fixture);
  ph_log_select_all (fixture->view);
  gtk_widget_activate_action (GTK_WIDGET (fixture->view), "log.copy-hex", NULL);
  gdk_clipboard_read_text_async (clipboard, NULL, read_cb, &text);
  while (text == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (text, ==, "41 42");
}

static void
test_a_copy_ends_at_the_limit_and_says_so (LogFixture *fixture, gconstpointer data)
{
  g_autofree char *big = g_malloc (PH_STORE_PAYLOAD_MAX);
  g_autofree char *text = NULL;

  memset (big, 'y', PH_STORE_PAYLOAD_MAX);
  ph_store_set_limit (fixture->store, (guint64) 256 * PH_STORE_CHUNK);
  for (gsize n = 0; n < PH_LOG_COPY_LIMIT / PH_STORE_PAYLOAD_MAX + 2; n++)
    log_put_bytes (fixture->store, PH_RECORD_IN, 1, big, PH_STORE_PAYLOAD_MAX);
  log_show (fixture);
  ph_log_select_all (fixture->view);
  gtk_widget_activate_action (GTK_WIDGET (fixture->view), "log.copy", NULL);
  while (fixture->view->copy != NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (g_str_has_prefix (gtk_label_get_label (GTK_LABEL (fixture->view->floating.notice)), "Only the first 64"));
  text = ph_log_view_dup_selection (fixture->view);
  g_assert_cmpuint (strlen (text), <=, PH_LOG_COPY_LIMIT + PH_LOG_PIECE);
}

static void
test_a_notice_is_never_wider_than_the_view (LogFixture *fixture, gconstpointer data)
{
  g_autofree char *name = g_strnfill (255, 'n');

  log_put (fixture, PH_RECORD_IN, "text");
  log_show (fixture);
  ph_log_view_tell (fixture->view, name);
  while (gtk_widget_get_width (fixture->view->floating.notice) == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (gtk_widget_get_width (fixture->view->floating.notice), <, gtk_widget_get_width (GTK_WIDGET (fixture->view)));
}

static void
test_words_and_lines_are_picked_where_one_points (LogFixture *fixture, gconstpointer data)
{
  PhLogPos pos, start, end;
  const PhLogRow *row;

  log_put (fixture, PH_RECORD_IN, "alpha beta gamma");
  log_show (fixture);
  row = log_row_at (fixture, 1);
  g_assert_true (ph_log_select_pick (fixture->view,
                                     ph_log_text_x (fixture->view, row->line) + 7.5 * fixture->view->metrics.char_width,
                                     row->y + 4, &pos));
  ph_log_select_unit_at (fixture->view, &pos, 2, &start, &end);
  g_assert_cmpuint (start.index, ==, 6);
  g_assert_cmpuint (end.index, ==, 10);
  ph_log_select_unit_at (fixture->view, &pos, 3, &start, &end);
  g_assert_cmpuint (start.index, ==, 0);
  g_assert_cmpuint (end.index, ==, 16);
}

static void
test_zoom_stays_in_its_range (LogFixture *fixture, gconstpointer data)
{
  double height = fixture->view->metrics.row_height;

  log_put_many (fixture, 20);
  for (guint i = 0; i < 40; i++)
    gtk_widget_activate_action (GTK_WIDGET (fixture->view), "log.zoom-in", NULL);
  g_assert_cmpfloat (fixture->view->zoom, ==, PH_LOG_ZOOM_MAX);
  g_assert_cmpfloat (fixture->view->metrics.row_height, >, 3 * height);
  gtk_widget_activate_action (GTK_WIDGET (fixture->view), "log.zoom-reset", NULL);
  log_show (fixture);
  g_assert_cmpfloat (fixture->view->metrics.row_height, ==, height);
}

static void
test_the_description_tells_the_newest_record (LogFixture *fixture, gconstpointer data)
{
  log_put (fixture, PH_RECORD_IN, "hello");
  log_show (fixture);
  g_assert_cmpstr (fixture->view->description, ==, "Received from 127.0.0.1:4000, 5 bytes: hello");
  log_put (fixture, PH_RECORD_OUT, "hi\n");
  log_show (fixture);
  g_assert_cmpstr (fixture->view->description, ==, "Sent to 127.0.0.1:4000, 3 bytes: hi⟨LF⟩");
  ph_log_select_move (fixture->view, GTK_MOVEMENT_BUFFER_ENDS, -1, FALSE);
  log_show (fixture);
  g_assert_cmpstr (fixture->view->description, ==, "Received from 127.0.0.1:4000, 5 bytes: hello");
}

#define ADD(name) g_test_add ("/log-select/" #name, LogFixture, NULL, log_set_up, test_##name, log_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  gtk_init ();
  ADD (scrolling_up_ends_following_and_arriving_begins_it);
  ADD (auto_scroll_switched_off_stays_off);
  ADD (scrolling_is_exact_to_the_pixel);
  ADD (a_change_of_mode_keeps_the_record_at_the_top);
  ADD (hidden_records_come_back);
  ADD (clear_forgets_all_and_follows_again);
  ADD (a_cursor_behind_half_a_character_stays_in_its_line);
  ADD (the_keyboard_selects_across_records);
  ADD (the_cursor_goes_down_over_the_edge_of_the_page);
  ADD (copies_are_text_bytes_and_whole_records);
  ADD (no_copy_and_no_description_has_a_character_that_acts);
  ADD (all_bytes_are_copied_in_every_mode);
  ADD (the_last_line_break_can_be_selected);
  ADD (a_cut_character_is_copied_whole);
  ADD (bytes_selected_in_hex_mode_are_those_copied);
  ADD (copy_reaches_the_clipboard);
  ADD (a_copy_ends_at_the_limit_and_says_so);
  ADD (a_notice_is_never_wider_than_the_view);
  ADD (words_and_lines_are_picked_where_one_points);
  ADD (zoom_stays_in_its_range);
  ADD (the_description_tells_the_newest_record);

  return g_test_run ();
}
