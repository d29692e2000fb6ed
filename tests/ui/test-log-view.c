/* test-log-view.c: the log view: what it shows, what one selects and copies, and that nothing a peer sends stalls it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-log-index.h"
#include "ph-log-private.h"

#include <string.h>

#define WIDTH 1000
#define HEIGHT 700

typedef struct
{
  PhSession *session;
  PhStore *store;
  GtkWidget *window;
  PhLogView *view;
} Fixture;

static void
put_bytes (PhStore *store, PhRecordKind kind, guint32 peer, const void *bytes, gsize length)
{
  PhRecord record = { .time = G_GINT64_CONSTANT (1562918765417123456), .length = length, .peer = peer, .kind = kind };

  ph_store_append (store, &record, bytes);
}

static void
put (Fixture *fixture, PhRecordKind kind, const char *text)
{
  put_bytes (fixture->store, kind, 1, text, strlen (text));
}

/* Turns the main loop until the view has seen all records and a frame with them is painted. */
static void
painted_cb (GdkFrameClock *clock, gboolean *painted)
{
  *painted = TRUE;
}

static void
show (Fixture *fixture)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (fixture->window);
  gboolean painted = FALSE;
  gulong handler;

  ph_store_notify (fixture->store);
  while (fixture->view->seen_end < ph_store_end (fixture->store))
    g_main_context_iteration (NULL, TRUE);
  handler = g_signal_connect (clock, "after-paint", G_CALLBACK (painted_cb), &painted);
  gtk_widget_queue_draw (GTK_WIDGET (fixture->view));
  while (!painted)
    g_main_context_iteration (NULL, TRUE);
  g_signal_handler_disconnect (clock, handler);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  fixture->session = ph_session_new ();
  fixture->store = ph_session_get_store (fixture->session);
  fixture->view = PH_LOG_VIEW (ph_log_view_new ());
  fixture->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), WIDTH, HEIGHT);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (fixture->view));
  gtk_window_set_child (GTK_WINDOW (fixture->window), scrolled);
  ph_log_view_set_session (fixture->view, fixture->session);
  gtk_window_present (GTK_WINDOW (fixture->window));
  while (gtk_widget_get_width (GTK_WIDGET (fixture->view)) == 0)
    g_main_context_iteration (NULL, TRUE);
  put (fixture, PH_RECORD_PEER, "127.0.0.1:4000");
  show (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_assert_finalize_object (fixture->session);
}

static char *
all_text (Fixture *fixture)
{
  ph_log_select_all (fixture->view);

  return ph_log_view_dup_selection (fixture->view);
}

static void
assert_shown (Fixture *fixture, const char *expected)
{
  g_autofree char *text = all_text (fixture);

  g_assert_cmpstr (text, ==, expected);
}

static guint
n_rows (Fixture *fixture)
{
  return fixture->view->rows->len;
}

static PhLogRow *
row_at (Fixture *fixture, guint n)
{
  return &g_array_index (fixture->view->rows, PhLogRow, n);
}

/* Leaves behind a closed session whose records are pieces of streams. */
static void
make_stream (Fixture *fixture)
{
  g_autoptr (PhEndpoint) endpoint = ph_endpoint_new ("tcp-server");

  ph_endpoint_set_local (endpoint, "127.0.0.1", 0);
  ph_session_open (fixture->session, endpoint);
  ph_session_close (fixture->session);
  while (ph_session_is_active (fixture->session))
    g_main_context_iteration (NULL, TRUE);
  ph_log_view_clear (fixture->view);
  put (fixture, PH_RECORD_PEER, "127.0.0.1:4000");
  g_object_set (fixture->view, "show-time", FALSE, NULL);
}

/* ---- what is shown ---- */

static void
test_an_empty_log_draws_nothing (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpuint (n_rows (fixture), ==, 0);
  g_assert_null (ph_log_view_dup_selection (fixture->view));
}

static void
test_log_mode_has_a_header_and_the_text (Fixture *fixture, gconstpointer data)
{
  g_object_set (fixture->view, "show-time", FALSE, NULL);
  put (fixture, PH_RECORD_IN, "one\r\ntwo\n\nfour");
  put (fixture, PH_RECORD_OUT, "x");
  put (fixture, PH_RECORD_IN, "");
  show (fixture);
  assert_shown (fixture, "← 127.0.0.1:4000  14 bytes\none\ntwo\n\nfour\n→ 127.0.0.1:4000  1 byte\nx\n"
                         "← 127.0.0.1:4000  0 bytes");
}

static void
test_table_mode_has_a_line_for_each_record (Fixture *fixture, gconstpointer data)
{
  g_object_set (fixture->view, "mode", PH_LOG_MODE_TABLE, "show-time", FALSE, NULL);
  put (fixture, PH_RECORD_IN, "a\tb");
  put (fixture, PH_RECORD_OUT, "out");
  show (fixture);
  g_assert_cmpuint (n_rows (fixture), ==, 2);
  g_assert_true (g_str_has_prefix (row_at (fixture, 0)->line->text, "\t2\t← In\t127.0.0.1:4000\t3\ta"));
  g_assert_cmpstr (row_at (fixture, 1)->line->text, ==, "\t3\t→ Out\t127.0.0.1:4000\t3\tout");
}

static void
test_hex_mode_has_offset_bytes_and_characters (Fixture *fixture, gconstpointer data)
{
  g_object_set (fixture->view, "mode", PH_LOG_MODE_HEX, NULL);
  put (fixture, PH_RECORD_IN, "0123456789abcdef\n");
  show (fixture);
  g_assert_cmpuint (n_rows (fixture), ==, 3);
  g_assert_cmpstr (row_at (fixture, 1)->line->text, ==,
                   "000000  30 31 32 33 34 35 36 37  38 39 61 62 63 64 65 66  0123456789abcdef");
  g_assert_true (g_str_has_prefix (row_at (fixture, 2)->line->text, "000010  0A "));
  g_assert_true (g_str_has_suffix (row_at (fixture, 2)->line->text, "  ·"));
}

static void
test_payloads_are_shown_as_hex_on_request (Fixture *fixture, gconstpointer data)
{
  g_object_set (fixture->view, "show-time", FALSE, "hex", TRUE, NULL);
  put (fixture, PH_RECORD_IN, "U\n");
  show (fixture);
  assert_shown (fixture, "← 127.0.0.1:4000  2 bytes\n55 0A");
}

static void
test_another_encoding_applies_to_what_is_there (Fixture *fixture, gconstpointer data)
{
  g_object_set (fixture->view, "show-time", FALSE, NULL);
  put (fixture, PH_RECORD_IN, "\xC4\xE3\xBA\xC3");
  show (fixture);
  assert_shown (fixture, "← 127.0.0.1:4000  4 bytes\n⟨C4⟩⟨E3⟩⟨BA⟩⟨C3⟩");
  g_object_set (fixture->view, "encoding", "gbk", NULL);
  assert_shown (fixture, "← 127.0.0.1:4000  4 bytes\n你好");
  g_object_set (fixture->view, "encoding", "no such encoding", NULL);
  assert_shown (fixture, "← 127.0.0.1:4000  4 bytes\n你好");
}

static void
test_a_peer_cannot_forge_or_reorder_lines (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = NULL;

  put (fixture, PH_RECORD_IN, "a\xE2\x80\xAE" "b\xE2\x80\xA8" "c<b>&\x1B[2J\r");
  show (fixture);
  text = all_text (fixture);
  g_assert_nonnull (strstr (text, "a⟨U+202E⟩b⟨U+2028⟩c<b>&"));
  g_assert_null (strchr (text, '\x1B'));
  g_assert_null (strchr (text, '\r'));
  for (guint i = 0; i < n_rows (fixture); i++)
    g_assert_cmpint (pango_layout_get_line_count (ph_log_text_layout (fixture->view, row_at (fixture, i)->line)), ==, 1);
}

/* ---- characters cut across records ---- */

static void
test_a_cut_character_waits_for_its_other_half (Fixture *fixture, gconstpointer data)
{
  make_stream (fixture);
  put (fixture, PH_RECORD_IN, "a\xE4\xBD");
  show (fixture);
  assert_shown (fixture, "← 127.0.0.1:4000  3 bytes\na⟨E4⟩⟨BD⟩");
  put (fixture, PH_RECORD_OUT, "-");
  put (fixture, PH_RECORD_IN, "\xA0" "b");
  show (fixture);
  assert_shown (fixture, "← 127.0.0.1:4000  3 bytes\na\n→ 127.0.0.1:4000  1 byte\n-\n← 127.0.0.1:4000  2 bytes\n你b");
}

static void
test_a_cut_character_in_every_encoding (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *charset, *bytes;
    gsize length;
    const char *text;
  } rows[] = {
    { "gbk", "\xC4\xE3\xBA\xC3", 4, "你好" },
    { "utf-16le", "\x60\x4F\x7D\x59\x3D\xD8\x00\xDE", 8, "你好😀" },
    { "utf-16be", "\x4F\x60\x59\x7D", 4, "你好" },
    { "shift-jis", "\x93\xFA\x96\x7B", 4, "日本" },
  };

  make_stream (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = NULL;

      ph_log_view_clear (fixture->view);
      g_object_set (fixture->view, "encoding", rows[i].charset, NULL);
      for (gsize n = 0; n < rows[i].length; n++)
        put_bytes (fixture->store, PH_RECORD_IN, 1, rows[i].bytes + n, 1);
      show (fixture);
      text = all_text (fixture);
      g_assert_null (strstr (text, "⟨"));
      for (const char *p = rows[i].text; *p != '\0'; p = g_utf8_next_char (p))
        g_assert_nonnull (g_utf8_strchr (text, -1, g_utf8_get_char (p)));
    }
}

static void
test_a_new_connection_owes_nothing_to_the_old (Fixture *fixture, gconstpointer data)
{
  make_stream (fixture);
  put (fixture, PH_RECORD_IN, "\xE4\xBD");
  put (fixture, PH_RECORD_CLOSED, "");
  put (fixture, PH_RECORD_IN, "\xA0");
  show (fixture);
  g_object_set (fixture->view, "mode", PH_LOG_MODE_TABLE, NULL);
  show (fixture);
  g_assert_true (g_str_has_suffix (row_at (fixture, 0)->line->text, "⟨E4⟩⟨BD⟩"));
  g_assert_true (g_str_has_suffix (row_at (fixture, 2)->line->text, "⟨A0⟩"));
}

static void
test_datagrams_stand_alone (Fixture *fixture, gconstpointer data)
{
  g_object_set (fixture->view, "show-time", FALSE, NULL);
  put (fixture, PH_RECORD_IN, "\xE4\xBD");
  put (fixture, PH_RECORD_IN, "\xA0");
  show (fixture);
  assert_shown (fixture, "← 127.0.0.1:4000  2 bytes\n⟨E4⟩⟨BD⟩\n← 127.0.0.1:4000  1 byte\n⟨A0⟩");
}

/* ---- big and many ---- */

static void
test_a_line_of_half_a_mebibyte_is_laid_out_in_pieces (Fixture *fixture, gconstpointer data)
{
  g_autofree char *big = g_malloc (PH_STORE_PAYLOAD_MAX);
  g_autofree char *text = NULL;

  memset (big, 'x', PH_STORE_PAYLOAD_MAX);
  put_bytes (fixture->store, PH_RECORD_IN, 1, big, PH_STORE_PAYLOAD_MAX);
  show (fixture);
  g_assert_cmpuint (n_rows (fixture), <, 60);
  for (guint i = 0; i < n_rows (fixture); i++)
    g_assert_cmpuint (row_at (fixture, i)->line->length, <=, PH_LOG_PIECE);
  text = all_text (fixture);
  g_assert_cmpuint (strlen (strchr (text, '\n') + 1), ==, PH_STORE_PAYLOAD_MAX);
}

static void
test_long_lines_are_cut_between_characters (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) han = g_string_new (NULL);
  g_autofree char *text = NULL;

  for (guint i = 0; i < 5000; i++)
    g_string_append (han, i % 2 == 0 ? "\xC4\xE3" : "\xBA\xC3");
  g_object_set (fixture->view, "encoding", "gbk", NULL);
  put_bytes (fixture->store, PH_RECORD_IN, 1, "x", 1);
  put_bytes (fixture->store, PH_RECORD_IN, 1, han->str, han->len);
  show (fixture);
  text = all_text (fixture);
  g_assert_null (strstr (text, "⟨"));
  g_assert_cmpint (g_utf8_strlen (strrchr (text, '\n') + 1, -1), ==, 5000);
}

static void
test_a_million_records_cost_what_a_page_does (Fixture *fixture, gconstpointer data)
{
  ph_store_set_limit (fixture->store, (guint64) 256 * PH_STORE_CHUNK);
  for (guint i = 0; i < 1000000; i++)
    {
      put_bytes (fixture->store, PH_RECORD_IN, 1, "tiny", 4);
      if (i % 100000 == 0)
        show (fixture);
    }
  show (fixture);
  g_assert_cmpuint (row_at (fixture, n_rows (fixture) - 1)->line->entry, ==, ph_store_end (fixture->store));
  g_assert_cmpuint (n_rows (fixture), <, 100);

  /* The scroll bar's middle is the middle record. */
  gtk_adjustment_set_value (fixture->view->vadjustment, gtk_adjustment_get_upper (fixture->view->vadjustment) / 2);
  show (fixture);
  g_assert_cmpuint (fixture->view->top.entry, >, 490000);
  g_assert_cmpuint (fixture->view->top.entry, <, 510000);
  g_assert_false (fixture->view->follow);
}

static void
test_what_the_limit_takes_is_told_and_not_shown (Fixture *fixture, gconstpointer data)
{
  g_autofree char *big = g_malloc0 (PH_STORE_PAYLOAD_MAX);
  PhLogPos start, end;

  memset (big, '.', PH_STORE_PAYLOAD_MAX);
  ph_store_set_limit (fixture->store, PH_STORE_LIMIT_MIN);
  g_object_set (fixture->view, "mode", PH_LOG_MODE_TABLE, NULL);
  put (fixture, PH_RECORD_IN, "first");
  put (fixture, PH_RECORD_IN, "second");
  show (fixture);
  ph_log_select_all (fixture->view);
  for (guint i = 0; i < 100; i++)
    {
      put_bytes (fixture->store, PH_RECORD_IN, 1, big, PH_STORE_PAYLOAD_MAX);
      show (fixture);
    }
  g_assert_cmpuint (ph_store_dropped (fixture->store), >, 0);
  g_assert_false (ph_log_select_get (fixture->view, &start, &end));
  g_assert_true (row_at (fixture, 0)->line->kind == PH_LOG_LINE_NOTICE);
  g_assert_nonnull (strstr (row_at (fixture, 0)->line->text, "older records are gone"));
}

/* ---- following and scrolling ---- */

static void
put_many (Fixture *fixture, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *text = g_strdup_printf ("message %u", i);

      put (fixture, PH_RECORD_IN, text);
    }
  show (fixture);
}

static void
test_scrolling_up_ends_following_and_arriving_begins_it (Fixture *fixture, gconstpointer data)
{
  PhLogPos top;

  put_many (fixture, 200);
  g_assert_true (fixture->view->follow);
  g_assert_false (gtk_widget_get_child_visible (fixture->view->newest));

  ph_log_scroll_by (fixture->view, 0, -300);
  show (fixture);
  g_assert_false (fixture->view->follow);
  g_assert_true (gtk_widget_get_child_visible (fixture->view->newest));

  top = fixture->view->top;
  put_many (fixture, 10);
  g_assert_cmpint (ph_log_pos_compare (&top, &fixture->view->top), ==, 0);

  ph_log_scroll_by (fixture->view, 0, 100000);
  show (fixture);
  g_assert_true (fixture->view->follow);
}

static void
test_auto_scroll_switched_off_stays_off (Fixture *fixture, gconstpointer data)
{
  put_many (fixture, 100);
  g_object_set (fixture->view, "follow", FALSE, NULL);
  ph_log_scroll_by (fixture->view, 0, -300);
  show (fixture);
  ph_log_scroll_by (fixture->view, 0, 1000);
  show (fixture);
  g_assert_true (fixture->view->at_end);
  g_assert_false (fixture->view->follow);
  ph_log_view_jump_to_newest (fixture->view);
  g_assert_true (fixture->view->follow);
}

static void
test_scrolling_is_exact_to_the_pixel (Fixture *fixture, gconstpointer data)
{
  double y;

  put_many (fixture, 300);
  ph_log_scroll_by (fixture->view, 0, -2000);
  show (fixture);
  y = row_at (fixture, 3)->y;
  ph_log_scroll_by (fixture->view, 0, -7);
  show (fixture);
  ph_log_scroll_by (fixture->view, 0, 7);
  show (fixture);
  g_assert_cmpfloat_with_epsilon (row_at (fixture, 3)->y, y, 0.001);

  /* A small move of the scroll bar is as exact. */
  gtk_adjustment_set_value (fixture->view->vadjustment, gtk_adjustment_get_value (fixture->view->vadjustment) + 5);
  show (fixture);
  ph_log_scroll_by (fixture->view, 0, -5);
  show (fixture);
  g_assert_cmpfloat_with_epsilon (row_at (fixture, 3)->y, y, 0.001);
}

static void
test_a_change_of_mode_keeps_the_record_at_the_top (Fixture *fixture, gconstpointer data)
{
  guint64 entry;

  put_many (fixture, 300);
  ph_log_scroll_by (fixture->view, 0, -3000);
  show (fixture);
  entry = fixture->view->top.entry;
  for (PhLogMode mode = PH_LOG_MODE_HEX; mode > PH_LOG_MODE_LOG; mode--)
    {
      g_object_set (fixture->view, "mode", mode, NULL);
      show (fixture);
      g_assert_cmpuint (fixture->view->top.entry, ==, entry);
    }
}

static void
test_hidden_records_come_back (Fixture *fixture, gconstpointer data)
{
  g_object_set (fixture->view, "show-time", FALSE, NULL);
  put (fixture, PH_RECORD_IN, "before");
  show (fixture);
  g_object_set (fixture->view, "hidden", TRUE, NULL);
  put (fixture, PH_RECORD_IN, "meanwhile");
  show (fixture);
  assert_shown (fixture, "← 127.0.0.1:4000  6 bytes\nbefore\nNew records are hidden and kept: 1 so far");
  g_object_set (fixture->view, "hidden", FALSE, NULL);
  show (fixture);
  assert_shown (fixture, "← 127.0.0.1:4000  6 bytes\nbefore\n← 127.0.0.1:4000  9 bytes\nmeanwhile");
}

static void
test_clear_forgets_all_and_follows_again (Fixture *fixture, gconstpointer data)
{
  put_many (fixture, 200);
  ph_log_select_all (fixture->view);
  g_assert_false (fixture->view->follow);
  gtk_widget_activate_action (GTK_WIDGET (fixture->view), "log.clear", NULL);
  show (fixture);
  g_assert_cmpuint (n_rows (fixture), ==, 0);
  g_assert_true (fixture->view->follow);
}

/* ---- selecting and copying ---- */

static void
test_the_keyboard_selects_across_records (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = NULL;

  g_object_set (fixture->view, "show-time", FALSE, NULL);
  put (fixture, PH_RECORD_IN, "one two");
  put (fixture, PH_RECORD_IN, "three");
  show (fixture);
  ph_log_select_move (fixture->view, GTK_MOVEMENT_BUFFER_ENDS, -1, FALSE);
  ph_log_select_move (fixture->view, GTK_MOVEMENT_DISPLAY_LINES, 1, FALSE);
  ph_log_select_move (fixture->view, GTK_MOVEMENT_WORDS, 1, FALSE);
  ph_log_select_move (fixture->view, GTK_MOVEMENT_VISUAL_POSITIONS, 1, FALSE);
  ph_log_select_move (fixture->view, GTK_MOVEMENT_DISPLAY_LINES, 1, TRUE);
  ph_log_select_move (fixture->view, GTK_MOVEMENT_DISPLAY_LINES, 1, TRUE);
  ph_log_select_move (fixture->view, GTK_MOVEMENT_DISPLAY_LINE_ENDS, 1, TRUE);
  text = ph_log_view_dup_selection (fixture->view);
  g_assert_cmpstr (text, ==, "two\n← 127.0.0.1:4000  5 bytes\nthree");
  g_assert_false (fixture->view->follow);
}

static void
test_copies_are_text_bytes_and_whole_records (Fixture *fixture, gconstpointer data)
{
  g_autofree char *hex = NULL, *lines = NULL, *text = NULL;
  PhLogPos from = { 2, 1, 0 }, to = { 2, 1, 0 };

  g_object_set (fixture->view, "show-time", FALSE, "encoding", "gbk", NULL);
  put (fixture, PH_RECORD_IN, "a\xC4\xE3\xBA\xC3z");
  show (fixture);
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
test_bytes_selected_in_hex_mode_are_those_copied (Fixture *fixture, gconstpointer data)
{
  PhLogPos from = { 2, 1, strlen ("000000  30 ") }, to = { 2, 2, strlen ("000010  67 ") };
  g_autofree char *hex = NULL;

  g_object_set (fixture->view, "mode", PH_LOG_MODE_HEX, NULL);
  put (fixture, PH_RECORD_IN, "0123456789abcdefgh");
  show (fixture);
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
test_copy_reaches_the_clipboard (Fixture *fixture, gconstpointer data)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (fixture->view));
  g_autofree char *text = NULL;

  g_object_set (fixture->view, "show-time", FALSE, "hex", TRUE, NULL);
  put (fixture, PH_RECORD_IN, "AB");
  show (fixture);
  ph_log_select_all (fixture->view);
  gtk_widget_activate_action (GTK_WIDGET (fixture->view), "log.copy-hex", NULL);
  gdk_clipboard_read_text_async (clipboard, NULL, read_cb, &text);
  while (text == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (text, ==, "41 42");
}

static void
test_a_copy_ends_at_the_limit_and_says_so (Fixture *fixture, gconstpointer data)
{
  g_autofree char *big = g_malloc (PH_STORE_PAYLOAD_MAX);
  g_autofree char *text = NULL;

  memset (big, 'y', PH_STORE_PAYLOAD_MAX);
  ph_store_set_limit (fixture->store, (guint64) 256 * PH_STORE_CHUNK);
  for (gsize n = 0; n < PH_LOG_COPY_LIMIT / PH_STORE_PAYLOAD_MAX + 2; n++)
    put_bytes (fixture->store, PH_RECORD_IN, 1, big, PH_STORE_PAYLOAD_MAX);
  show (fixture);
  ph_log_select_all (fixture->view);
  gtk_widget_activate_action (GTK_WIDGET (fixture->view), "log.copy", NULL);
  while (fixture->view->copy != NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (g_str_has_prefix (gtk_label_get_label (GTK_LABEL (fixture->view->notice)), "Only the first 64"));
  text = ph_log_view_dup_selection (fixture->view);
  g_assert_cmpuint (strlen (text), <=, PH_LOG_COPY_LIMIT + PH_LOG_PIECE);
}

static void
test_words_and_lines_are_picked_where_one_points (Fixture *fixture, gconstpointer data)
{
  PhLogPos pos, start, end;
  const PhLogRow *row;

  put (fixture, PH_RECORD_IN, "alpha beta gamma");
  show (fixture);
  row = row_at (fixture, 1);
  g_assert_true (ph_log_select_pick (fixture->view,
                                     ph_log_text_x (fixture->view, row->line) + 7.5 * fixture->view->char_width,
                                     row->y + 4, &pos));
  ph_log_select_unit_at (fixture->view, &pos, 2, &start, &end);
  g_assert_cmpuint (start.index, ==, 6);
  g_assert_cmpuint (end.index, ==, 10);
  ph_log_select_unit_at (fixture->view, &pos, 3, &start, &end);
  g_assert_cmpuint (start.index, ==, 0);
  g_assert_cmpuint (end.index, ==, 16);
}

static void
test_zoom_stays_in_its_range (Fixture *fixture, gconstpointer data)
{
  double height = fixture->view->row_height;

  put_many (fixture, 20);
  for (guint i = 0; i < 40; i++)
    gtk_widget_activate_action (GTK_WIDGET (fixture->view), "log.zoom-in", NULL);
  g_assert_cmpfloat (fixture->view->zoom, ==, PH_LOG_ZOOM_MAX);
  g_assert_cmpfloat (fixture->view->row_height, >, 3 * height);
  gtk_widget_activate_action (GTK_WIDGET (fixture->view), "log.zoom-reset", NULL);
  show (fixture);
  g_assert_cmpfloat (fixture->view->row_height, ==, height);
}

static void
test_the_description_tells_the_newest_record (Fixture *fixture, gconstpointer data)
{
  put (fixture, PH_RECORD_IN, "hello");
  show (fixture);
  g_assert_cmpstr (fixture->view->description, ==, "Received from 127.0.0.1:4000, 5 bytes: hello");
  put (fixture, PH_RECORD_OUT, "hi\n");
  show (fixture);
  g_assert_cmpstr (fixture->view->description, ==, "Sent to 127.0.0.1:4000, 3 bytes: hi␊");
  ph_log_select_move (fixture->view, GTK_MOVEMENT_BUFFER_ENDS, -1, FALSE);
  show (fixture);
  g_assert_cmpstr (fixture->view->description, ==, "Received from 127.0.0.1:4000, 5 bytes: hello");
}

/* ---- the worst ---- */

static void
test_garbage_in_every_mode_encoding_and_width (Fixture *fixture, gconstpointer data)
{
  guint n_charsets;
  const PhCharset *charsets = ph_charsets (&n_charsets);
  g_autoptr (GRand) random = g_rand_new_with_seed (4711);
  guint8 bytes[3000];

  make_stream (fixture);
  for (guint i = 0; i < 40; i++)
    {
      gsize length = g_rand_int_range (random, 0, sizeof bytes);

      for (gsize n = 0; n < length; n++)
        bytes[n] = g_rand_int_range (random, 0, 256);
      put_bytes (fixture->store, i % 3 == 0 ? PH_RECORD_OUT : PH_RECORD_IN, i % 4, bytes, length);
    }
  for (guint i = 0; i < n_charsets * 3; i++)
    {
      g_autofree char *text = NULL;

      g_object_set (fixture->view, "encoding", charsets[i / 3].id, "mode", i % 3, "wrap", i % 2, "zoom", 0.5 + i % 4,
                    "hex", i % 5 == 0, NULL);
      show (fixture);
      for (guint n = 0; n < 30; n++)
        ph_log_select_move (fixture->view, n % 2 == 0 ? GTK_MOVEMENT_PAGES : GTK_MOVEMENT_WORDS, -1, n % 3 == 0);
      ph_log_scroll_by (fixture->view, 50, -2000.5);
      show (fixture);
      text = all_text (fixture);
      g_assert_true (g_utf8_validate (text, -1, NULL));
    }
}

#define ADD(name) g_test_add ("/log-view/" #name, Fixture, NULL, set_up, test_##name, tear_down)

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv);
  ADD (an_empty_log_draws_nothing);
  ADD (log_mode_has_a_header_and_the_text);
  ADD (table_mode_has_a_line_for_each_record);
  ADD (hex_mode_has_offset_bytes_and_characters);
  ADD (payloads_are_shown_as_hex_on_request);
  ADD (another_encoding_applies_to_what_is_there);
  ADD (a_peer_cannot_forge_or_reorder_lines);
  ADD (a_cut_character_waits_for_its_other_half);
  ADD (a_cut_character_in_every_encoding);
  ADD (a_new_connection_owes_nothing_to_the_old);
  ADD (datagrams_stand_alone);
  ADD (a_line_of_half_a_mebibyte_is_laid_out_in_pieces);
  ADD (long_lines_are_cut_between_characters);
  ADD (a_million_records_cost_what_a_page_does);
  ADD (what_the_limit_takes_is_told_and_not_shown);
  ADD (scrolling_up_ends_following_and_arriving_begins_it);
  ADD (auto_scroll_switched_off_stays_off);
  ADD (scrolling_is_exact_to_the_pixel);
  ADD (a_change_of_mode_keeps_the_record_at_the_top);
  ADD (hidden_records_come_back);
  ADD (clear_forgets_all_and_follows_again);
  ADD (the_keyboard_selects_across_records);
  ADD (copies_are_text_bytes_and_whole_records);
  ADD (bytes_selected_in_hex_mode_are_those_copied);
  ADD (copy_reaches_the_clipboard);
  ADD (a_copy_ends_at_the_limit_and_says_so);
  ADD (words_and_lines_are_picked_where_one_points);
  ADD (zoom_stays_in_its_range);
  ADD (the_description_tells_the_newest_record);
  ADD (garbage_in_every_mode_encoding_and_width);

  return g_test_run ();
}
