/* test-log-view.c: what the log shows, and that nothing a peer sends stalls or fools it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "log-fixture.h"
#include "ph-log-index.h"
#include "ph-session-capture.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <locale.h>
#include <math.h>
#include <string.h>

/* ---- what is shown ---- */

static void
test_an_empty_log_draws_nothing (LogFixture *fixture, gconstpointer data)
{
  g_assert_cmpuint (log_n_rows (fixture), ==, 0);
  g_assert_null (ph_log_view_dup_selection (fixture->view));
}

static void
test_table_mode_has_a_line_for_each_record (LogFixture *fixture, gconstpointer data)
{
  g_object_set (fixture->view, "mode", PH_LOG_MODE_TABLE, "time", "none", NULL);
  log_put (fixture, PH_RECORD_IN, "a\tb");
  log_put (fixture, PH_RECORD_OUT, "out");
  log_show (fixture);
  g_assert_cmpuint (log_n_rows (fixture), ==, 2);
  g_assert_true (g_str_has_prefix (log_row_at (fixture, 0)->line->text, "\t1\t← In\t127.0.0.1:4000\t3\ta"));
  g_assert_cmpstr (log_row_at (fixture, 1)->line->text, ==, "\t2\t→ Out\t127.0.0.1:4000\t3\tout");
}

/* How far right the tab before the last column takes what follows, in pixels. */
static int
last_column (LogFixture *fixture, guint row)
{
  PhLogLine *line = log_row_at (fixture, row)->line;
  PangoRectangle at;

  pango_layout_index_to_pos (ph_log_text_layout (fixture->view, line),
                             (int) (strrchr (line->text, '\t') + 1 - line->text), &at);

  return PANGO_PIXELS (at.x);
}

static void
test_table_mode_keeps_its_columns (LogFixture *fixture, gconstpointer language)
{
  g_autofree char *folder = g_test_build_filename (G_TEST_BUILT, "..", "po", NULL);

  setlocale (LC_MESSAGES, ""); /* the one before has left it at C */
  g_setenv ("LANGUAGE", language, TRUE);
  bindtextdomain (GETTEXT_PACKAGE, folder);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  if (strcmp (_("Event"), "Event") == 0)
    g_test_skip ("no other language is spoken in this locale");
  g_object_set (fixture->view, "mode", PH_LOG_MODE_TABLE, NULL);
  log_put (fixture, PH_RECORD_IN, "in");
  log_put (fixture, PH_RECORD_OUT, "out");
  log_put (fixture, PH_RECORD_ERROR, "error");
  log_put (fixture, PH_RECORD_NOTE, "event");
  log_put_bytes (fixture->store, PH_RECORD_NOTE, PH_PEER_NONE, "of nobody", 9);
  log_show (fixture);
  for (guint n = 0; n < 5; n++)
    g_assert_cmpint (last_column (fixture, n), ==, last_column (fixture, 0));
  g_unsetenv ("LANGUAGE");
  setlocale (LC_MESSAGES, "C");
  textdomain ("messages");
}

/* How wide a part of a row is drawn, in pixels. */
static double
width_between (LogFixture *fixture, guint row, const char *from, const char *to)
{
  PangoLayout *layout = ph_log_text_layout (fixture->view, log_row_at (fixture, row)->line);
  const char *text = log_row_at (fixture, row)->line->text;
  PangoRectangle start, end;

  pango_layout_index_to_pos (layout, (int) (strstr (text, from) - text), &start);
  pango_layout_index_to_pos (layout, (int) (strstr (text, to) - text), &end);

  return (end.x - start.x) / (double) PANGO_SCALE;
}

static void
test_columns_hold_times_and_hex_in_every_language (LogFixture *fixture, gconstpointer data)
{
  static const char *const languages[] = { "en", "ru", "zh-cn", "zh-tw", "ja", "ko" };
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (fixture->view));

  log_put (fixture, PH_RECORD_IN, "0123456789abcdef\1\2\3\4" "012345670123");
  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      g_test_message ("%s", languages[i]);
      pango_context_set_language (context, pango_language_from_string (languages[i]));
      g_object_set (fixture->view, "mode", PH_LOG_MODE_TABLE, NULL);
      log_show (fixture);
      g_assert_cmpfloat (width_between (fixture, 0, "\t← In", "← In"), >=, fixture->view->metrics.char_width);

      g_object_set (fixture->view, "mode", PH_LOG_MODE_BYTES, NULL);
      log_show (fixture);
      g_assert_cmpfloat (width_between (fixture, 1, "30 31", "0123456789abcdef") / 50, <=,
                         fixture->view->metrics.char_width);
      g_assert_cmpfloat (width_between (fixture, 2, "····0123", "01234567"), ==,
                         width_between (fixture, 2, "01234567", "4567"));
    }
}

static void
test_another_encoding_applies_to_what_is_there (LogFixture *fixture, gconstpointer data)
{
  g_object_set (fixture->view, "time", "none", NULL);
  log_put (fixture, PH_RECORD_IN, "\xC4\xE3\xBA\xC3");
  log_show (fixture);
  log_assert_shown (fixture, "← 127.0.0.1:4000  4 bytes\n⟨C4⟩⟨E3⟩⟨BA⟩⟨C3⟩");
  g_object_set (fixture->view, "encoding", "gbk", NULL);
  log_assert_shown (fixture, "← 127.0.0.1:4000  4 bytes\n你好");
  g_object_set (fixture->view, "encoding", "no such encoding", NULL);
  log_assert_shown (fixture, "← 127.0.0.1:4000  4 bytes\n你好");
}

static void
test_a_peer_cannot_forge_or_reorder_lines (LogFixture *fixture, gconstpointer data)
{
  g_autofree char *text = NULL;

  log_put (fixture, PH_RECORD_IN, "a\xE2\x80\xAE" "b\xE2\x80\xA8" "c<b>&\x1B[2J\r");
  log_show (fixture);
  text = log_all_text (fixture);
  g_assert_nonnull (strstr (text, "a⟨U+202E⟩b⟨U+2028⟩c<b>&"));
  g_assert_null (strchr (text, '\x1B'));
  g_assert_null (strchr (text, '\r'));
  for (guint i = 0; i < log_n_rows (fixture); i++)
    {
      PangoLayout *layout = ph_log_text_layout (fixture->view, log_row_at (fixture, i)->line);

      g_assert_cmpint (pango_layout_get_line_count (layout), ==, 1);
    }
}

/* ---- big and many ---- */

static void
test_a_line_of_half_a_mebibyte_is_laid_out_in_pieces (LogFixture *fixture, gconstpointer data)
{
  g_autofree char *big = g_malloc (PH_STORE_PAYLOAD_MAX);
  g_autofree char *text = NULL;

  memset (big, 'x', PH_STORE_PAYLOAD_MAX);
  log_put_bytes (fixture->store, PH_RECORD_IN, 1, big, PH_STORE_PAYLOAD_MAX);
  log_show (fixture);
  g_assert_cmpuint (log_n_rows (fixture), <, 60);
  for (guint i = 0; i < log_n_rows (fixture); i++)
    g_assert_cmpuint (log_row_at (fixture, i)->line->length, <=, PH_LOG_PIECE);
  text = log_all_text (fixture);
  g_assert_cmpuint (strlen (strchr (text, '\n') + 1), ==, PH_STORE_PAYLOAD_MAX);
}

static void
test_what_was_told_goes_after_a_while (LogFixture *fixture, gconstpointer data)
{
  GtkLabel *notice = GTK_LABEL (fixture->view->floating.notice);
  GSource *source;
  guint first;

  ph_log_view_tell (fixture->view, "Saved");
  log_paint (fixture);
  first = fixture->view->floating.told;
  ph_log_view_tell (fixture->view, "Saved"); /* its time begins anew */
  g_assert_cmpuint (fixture->view->floating.told, !=, first);
  g_assert_cmpstr (gtk_label_get_label (notice), ==, "Saved");
  source = g_main_context_find_source_by_id (NULL, fixture->view->floating.told);
  g_assert_nonnull (source);
  g_source_set_ready_time (source, 0); /* the time is over */
  while (*gtk_label_get_label (notice) != '\0')
    g_main_context_iteration (NULL, TRUE);
  log_paint (fixture);
  g_assert_false (gtk_widget_get_child_visible (GTK_WIDGET (notice)));
  g_assert_cmpuint (fixture->view->floating.told, ==, 0);
}

/* How many pixels are drawn on behind the text of a row, where its last line ends. */
static guint
ink_behind (LogFixture *fixture, guint n)
{
  PangoLayout *layout = ph_log_text_layout (fixture->view, log_row_at (fixture, n)->line);
  int lines = pango_layout_get_line_count (layout), width = 100, height = (int) fixture->view->metrics.row_height;
  GskRenderer *renderer = gtk_native_get_renderer (gtk_widget_get_native (GTK_WIDGET (fixture->view)));
  g_autofree guint32 *pixels = g_new0 (guint32, width * height);
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  PangoRectangle text;
  guint ink = 0;
  PhLogRow *row;
  double x;

  pango_layout_line_get_pixel_extents (pango_layout_get_line_readonly (layout, lines - 1), NULL, &text);
  gtk_adjustment_set_value (fixture->view->scroll.horizontal, text.width - 500);
  log_show (fixture);
  ph_log_draw (fixture->view, snapshot);
  node = gtk_snapshot_to_node (snapshot);
  row = log_row_at (fixture, n);
  x = ph_log_text_x (fixture->view, row->line) + text.width + 1;
  x -= floor (gtk_adjustment_get_value (fixture->view->scroll.horizontal));
  texture = gsk_renderer_render_texture (
    renderer, node, &GRAPHENE_RECT_INIT (x, row->y + row->pad + (lines - 1) * height, width, height));
  gdk_texture_download (texture, (guchar *) pixels, width * sizeof *pixels);
  for (int i = 0; i < width * height; i++)
    ink += pixels[i] != 0;

  return ink;
}

static void
test_a_mark_tells_a_line_that_goes_on_from_one_that_ends (LogFixture *fixture, gconstpointer data)
{
  g_autofree char *big = g_strnfill (PH_LOG_PIECE + 200, 'x');
  g_autofree char *sent = g_strconcat (big, "\nend", NULL);

  for (guint i = 0; i < 4; i++)
    {
      ph_log_view_clear (fixture->view);
      log_put (fixture, PH_RECORD_IN, sent);
      g_object_set (fixture->view, "wrap", i % 2 == 0, "zoom", i < 2 ? 1.0 : 0.5, "time", "none", NULL);
      log_show (fixture);
      g_assert_cmpuint (log_n_rows (fixture), ==, 4);
      g_assert_cmpuint (ink_behind (fixture, 1), >, 10);
      g_assert_cmpuint (ink_behind (fixture, 2), ==, 0);
      g_assert_cmpuint (ink_behind (fixture, 3), ==, 0);
      g_assert_cmpuint (log_row_at (fixture, 1)->line->length, ==, PH_LOG_PIECE);
    }
}

/* However full the last row is. */
static void
test_the_mark_stands_behind_the_text_and_within_the_view (LogFixture *fixture, gconstpointer data)
{
  double width = gtk_widget_get_width (GTK_WIDGET (fixture->view));

  for (guint i = 0; i < 300; i++)
    {
      g_autofree char *big = g_strnfill (PH_LOG_PIECE + 1, i % 2 == 0 ? 'x' : ' ');

      for (guint n = 0; n < i; n++)
        memcpy (big + 2 * n, "é", 2);
      log_put (fixture, PH_RECORD_IN, big);
    }
  log_show (fixture);
  for (guint i = 0; i < 300; i++)
    {
      g_autoptr (PhLogLine) line = ph_log_source_dup_line (fixture->view->source, i + 2, 1);
      graphene_rect_t at = ph_log_text_turn (fixture->view, line);
      double x, y;

      g_assert_true (line->joined);
      g_assert_cmpfloat (ph_log_text_x (fixture->view, line) + at.origin.x + at.size.width, <, width);
      x = ph_log_text_place (fixture->view, line, line->length, &y);
      g_assert_true (at.origin.y >= y && at.origin.y + at.size.height <= y + fixture->view->metrics.row_height);
      g_assert_true (i % 2 == 1 || at.origin.x > x);
    }
}

static void
test_a_million_records_cost_what_a_page_does (LogFixture *fixture, gconstpointer data)
{
  ph_store_set_limit (fixture->store, (guint64) 256 * PH_STORE_CHUNK);
  for (guint i = 0; i < 1000000; i++)
    {
      log_put_bytes (fixture->store, PH_RECORD_IN, 1, "tiny", 4);
      if (i % 100000 == 0)
        log_show (fixture);
    }
  log_show (fixture);
  g_assert_cmpuint (log_row_at (fixture, log_n_rows (fixture) - 1)->line->entry, ==, ph_store_end (fixture->store));
  g_assert_cmpuint (log_n_rows (fixture), <, 100);

  gtk_adjustment_set_value (fixture->view->scroll.vertical, gtk_adjustment_get_upper (fixture->view->scroll.vertical) / 2);
  log_show (fixture);
  g_assert_cmpuint (fixture->view->scroll.top.entry, >, 490000);
  g_assert_cmpuint (fixture->view->scroll.top.entry, <, 510000);
  g_assert_false (fixture->view->scroll.follow);
}

static void
test_what_the_limit_takes_is_told_and_not_shown (LogFixture *fixture, gconstpointer data)
{
  g_autofree char *big = g_malloc0 (PH_STORE_PAYLOAD_MAX);
  PhLogPos start, end;

  memset (big, '.', PH_STORE_PAYLOAD_MAX);
  ph_store_set_limit (fixture->store, PH_STORE_LIMIT_MIN);
  g_object_set (fixture->view, "mode", PH_LOG_MODE_TABLE, NULL);
  log_put (fixture, PH_RECORD_IN, "first");
  log_put (fixture, PH_RECORD_IN, "second");
  log_show (fixture);
  ph_log_select_all (fixture->view);
  for (guint i = 0; i < 100; i++)
    {
      log_put_bytes (fixture->store, PH_RECORD_IN, 1, big, PH_STORE_PAYLOAD_MAX);
      log_show (fixture);
    }
  g_assert_cmpuint (ph_store_dropped (fixture->store), >, 0);
  g_assert_false (ph_log_select_get (fixture->view, &start, &end));
  g_assert_true (log_row_at (fixture, 0)->line->kind == PH_LOG_LINE_NOTICE);
  g_assert_nonnull (strstr (log_row_at (fixture, 0)->line->text, "older records are gone"));
}

/* ---- what is in a file ---- */

static void
assert_shows (LogFixture *fixture, guint number)
{
  g_autofree char *words = g_strdup_printf ("message %u.", number);
  gboolean shown = FALSE;

  for (guint i = 0; i < log_n_rows (fixture); i++)
    shown = shown || strstr (log_row_at (fixture, i)->line->text, words) != NULL;
  if (!shown)
    g_error ("“%s” is not on screen", words);
}

/* Half a mebibyte in pieces, that leaves memory soon. */
static void
put_some (LogFixture *fixture, guint *n)
{
  char text[1024];

  for (guint last = *n + 512; *n < last; (*n)++)
    {
      memset (text, '.', sizeof text);
      text[g_snprintf (text, sizeof text, "message %u.", *n)] = '.';
      log_put_bytes (fixture->store, PH_RECORD_IN, 1, text, sizeof text);
    }
  ph_spool_flush (ph_session_get_spool (fixture->session));
  log_show (fixture);
}

static void
test_chunks_leave_and_return_while_they_are_looked_at (LogFixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_dir_make_tmp ("porthole-view-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "a.porthole", NULL);
  guint n = 0;

  ph_store_set_limit (fixture->store, PH_STORE_LIMIT_MIN);
  g_assert_true (ph_session_capture_to (fixture->session, path, NULL));
  g_object_set (fixture->view, "mode", PH_LOG_MODE_TABLE, NULL);
  put_some (fixture, &n);
  ph_log_view_go_to (fixture->view, 1 + 100);
  for (guint i = 0; i < 60; i++)
    {
      put_some (fixture, &n);
      assert_shows (fixture, 100);
      if (i % 7 == 0)
        g_object_set (fixture->view, "time", i % 2 == 0 ? "time-of-day" : "none", NULL); /* all is read again */
    }
  g_assert_cmpuint (ph_store_size (fixture->store), <=, PH_STORE_LIMIT_MIN + PH_STORE_CHUNK);
  for (guint at = 0; at < n; at = at * 2 + 77)
    {
      ph_log_view_go_to (fixture->view, 1 + at);
      log_show (fixture);
      assert_shows (fixture, at);
    }
  ph_log_view_jump_to_newest (fixture->view);
  put_some (fixture, &n);
  assert_shows (fixture, n - 1);
  g_assert_cmpuint (ph_store_dropped (fixture->store), ==, 0);
  g_remove (path);
  g_rmdir (folder);
}

/* Puts a capture of pieces of a stream, and then of datagrams, in the place of what is shown. */
static void
show_capture (LogFixture *fixture)
{
  g_autofree char *folder = g_dir_make_tmp ("porthole-view-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "a.porthole", NULL);
  PhStore *store = ph_store_new (PH_STORE_LIMIT_MIN, NULL, NULL);
  PhSpool *spool = ph_spool_new (store, path, NULL);

  for (guint i = 0; i < 2; i++)
    {
      const guint16 flags = i == 0 ? PH_RECORD_STREAM : 0;

      ph_store_append (store, &(PhRecord) { .kind = PH_RECORD_IN, .peer = 1, .length = 3, .flags = flags }, "a\xE4\xBD");
      ph_store_append (store, &(PhRecord) { .kind = PH_RECORD_IN, .peer = 1, .length = 2, .flags = flags }, "\xA0.");
    }
  ph_spool_free (spool);
  ph_store_free (store);

  store = ph_store_new_from_file (path, NULL);
  g_remove (path);
  g_rmdir (folder);
  ph_log_view_set_session (fixture->view, NULL);
  g_object_unref (fixture->session);
  fixture->session = ph_session_new_from_store (store, path);
  fixture->store = store;
  ph_log_view_set_session (fixture->view, fixture->session);
  g_object_set (fixture->view, "time", "none", NULL);
  while (ph_session_get_end (fixture->session) < ph_store_end (store))
    g_main_context_iteration (NULL, TRUE);
}

static void
test_a_capture_is_shown_as_it_was_when_it_was_written (LogFixture *fixture, gconstpointer data)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  show_capture (fixture);
  text = log_all_text (fixture);
  lines = g_strsplit (text, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 8);
  g_assert_cmpstr (lines[1], ==, "a");
  g_assert_cmpstr (lines[3], ==, "你.");
  g_assert_cmpstr (lines[5], ==, "a⟨E4⟩⟨BD⟩");
  g_assert_cmpstr (lines[7], ==, "⟨A0⟩.");
}

/* ---- the worst ---- */

static void
test_garbage_in_every_mode_encoding_and_width (LogFixture *fixture, gconstpointer data)
{
  guint n_charsets;
  const PhCharset *charsets = ph_charsets (&n_charsets);
  g_autoptr (GRand) random = g_rand_new_with_seed (4711);
  guint8 bytes[3000];

  log_make_stream (fixture);
  for (guint i = 0; i < 40; i++)
    {
      gsize length = g_rand_int_range (random, 0, sizeof bytes);

      for (gsize n = 0; n < length; n++)
        bytes[n] = g_rand_int_range (random, 0, 256);
      log_put_bytes (fixture->store, i % 3 == 0 ? PH_RECORD_OUT : PH_RECORD_IN, i % 4, bytes, length);
    }
  for (guint i = 0; i < n_charsets * PH_LOG_N_MODES; i++)
    {
      g_autofree char *text = NULL;

      g_object_set (fixture->view, "encoding", charsets[i / PH_LOG_N_MODES].id, "mode", i % PH_LOG_N_MODES, "wrap", i % 2, "zoom", 0.5 + i % 4,
                    "form", i % 5 == 0 ? "hex" : "text", NULL);
      log_show (fixture);
      for (guint n = 0; n < 30; n++)
        ph_log_select_move (fixture->view, n % 2 == 0 ? GTK_MOVEMENT_PAGES : GTK_MOVEMENT_WORDS, -1, n % 3 == 0);
      ph_log_scroll_by (fixture->view, 50, -2000.5);
      log_show (fixture);
      text = log_all_text (fixture);
      g_assert_true (g_utf8_validate (text, -1, NULL));
    }
}

#define ADD(name) g_test_add ("/log-view/" #name, LogFixture, NULL, log_set_up, test_##name, log_tear_down)

/* Warnings of GTK are fatal here: it has one for each widget that it draws without having laid it out. */
static void
test_scrolling_while_the_window_is_laid_out_for_something_else_leaves_the_view_laid_out (LogFixture *fixture, gconstpointer data)
{
  GtkWidget *scrolled = gtk_window_get_child (GTK_WINDOW (fixture->window)), *box, *inner, *label;

  log_put_many (fixture, 5000);
  log_show (fixture);
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  inner = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  label = gtk_label_new ("1 of 10");
  g_object_ref (scrolled);
  gtk_window_set_child (GTK_WINDOW (fixture->window), NULL);
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_widget_set_vexpand (inner, TRUE);
  gtk_box_append (GTK_BOX (inner), scrolled);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), inner);
  gtk_window_set_child (GTK_WINDOW (fixture->window), box);
  g_object_unref (scrolled);
  log_paint (fixture);
  for (guint i = 0; i < 10; i++)
    {
      gtk_label_set_label (GTK_LABEL (label), i % 2 == 0 ? "2 of 10" : "3 of 10");
      gtk_widget_queue_allocate (box);
      ph_log_view_go_to (fixture->view, 1000 + 300 * i);
      log_paint (fixture);
      ph_log_scroll_by (fixture->view, 0, -50);
      log_paint (fixture);
    }
}

int
main (int argc, char *argv[])
{
  const char *const languages[] = { "de", "es", "fr", "ja", "ko", "ru", "zh_CN", "zh_TW" };

  g_test_init (&argc, &argv, NULL);
  gtk_init ();
  ADD (an_empty_log_draws_nothing);
  ADD (table_mode_has_a_line_for_each_record);
  ADD (columns_hold_times_and_hex_in_every_language);
  ADD (another_encoding_applies_to_what_is_there);
  ADD (a_peer_cannot_forge_or_reorder_lines);
  ADD (a_line_of_half_a_mebibyte_is_laid_out_in_pieces);
  ADD (what_was_told_goes_after_a_while);
  ADD (a_mark_tells_a_line_that_goes_on_from_one_that_ends);
  ADD (the_mark_stands_behind_the_text_and_within_the_view);
  ADD (scrolling_while_the_window_is_laid_out_for_something_else_leaves_the_view_laid_out);
  ADD (a_million_records_cost_what_a_page_does);
  ADD (what_the_limit_takes_is_told_and_not_shown);
  ADD (chunks_leave_and_return_while_they_are_looked_at);
  ADD (a_capture_is_shown_as_it_was_when_it_was_written);
  ADD (garbage_in_every_mode_encoding_and_width);
  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      g_autofree char *path = g_strconcat ("/log-view/table_mode_keeps_its_columns/", languages[i], NULL);

      g_test_add (path, LogFixture, languages[i], log_set_up, test_table_mode_keeps_its_columns, log_tear_down);
    }

  return g_test_run ();
}
