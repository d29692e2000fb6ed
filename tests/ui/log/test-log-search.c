/* test-log-search.c: what is found is marked where it stands, gone to, and shown alone if asked
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "log-fixture.h"
#include "ph-session-capture.h"
#include "ph-spool.h"

#include <glib/gstdio.h>
#include <string.h>

static PhFinder *
look_for_as (LogFixture *fixture, PhSearchMode mode, const char *text)
{
  PhFinder *finder = fixture->view->finder != NULL ? g_object_ref (fixture->view->finder)
                                                   : ph_finder_new (fixture->session);
  PhSearchQuery query = { .mode = mode, .text = text, .charset = fixture->view->charset, .kinds = PH_SEARCH_ALL };

  ph_log_view_set_finder (fixture->view, finder);
  g_assert_true (ph_finder_set_query (finder, &query, NULL));
  while (ph_finder_is_running (finder))
    g_main_context_iteration (NULL, TRUE);

  return finder;
}

/* What is marked in a row, in brackets: "one [two] three". */
static char *
marked (LogFixture *fixture, guint row)
{
  PhLogLine *line = log_row_at (fixture, row)->line;
  const GArray *matches = ph_log_matches_get (fixture->view->source, line);
  GString *out = g_string_new (NULL);
  guint32 done = 0;

  for (guint i = 0; matches != NULL && i < matches->len; i++)
    {
      const PhSearchRange *range = &g_array_index (matches, PhSearchRange, i);

      g_string_append_len (out, line->text + done, range->start - done);
      g_string_append_c (out, '[');
      g_string_append_len (out, line->text + range->start, range->end - range->start);
      g_string_append_c (out, ']');
      done = range->end;
    }
  g_string_append (out, line->text + done);

  return g_string_free (out, FALSE);
}

static void
assert_marked (LogFixture *fixture, guint row, const char *expected)
{
  g_autofree char *text = NULL;

  log_show (fixture);
  text = marked (fixture, row);
  g_assert_cmpstr (text, ==, expected);
}

static void
test_finds_are_marked_in_text (LogFixture *fixture, gconstpointer data)
{
  g_autoptr (PhFinder) finder = NULL;

  log_put (fixture, PH_RECORD_IN, "one two\none\xE2\x80\xAEtwo twO\r\nend");
  log_show (fixture);
  finder = look_for_as (fixture, PH_SEARCH_TEXT, "two");
  assert_marked (fixture, 1, "one [two]\\n");
  assert_marked (fixture, 2, "one⟨U+202E⟩[two] [twO]\\r\\n");
  assert_marked (fixture, 3, "end");
  g_clear_object (&finder);
  finder = look_for_as (fixture, PH_SEARCH_HEX, "0A");
  assert_marked (fixture, 1, "one two[\\n]");
  g_clear_object (&finder);
  finder = look_for_as (fixture, PH_SEARCH_REGEX, "e.t");
  assert_marked (fixture, 1, "on[e t]wo\\n");
}

/* What is unfinished becomes a mark only with what comes behind it, and yet is no part of that. */
static void
test_finds_are_marked_without_the_bad_bytes_around_them (LogFixture *fixture, gconstpointer data)
{
  g_autoptr (PhFinder) finder = NULL;

  log_put (fixture, PH_RECORD_IN, "a\xE4" "b \xE4\xB8" "b\xE4");
  log_show (fixture);
  finder = look_for_as (fixture, PH_SEARCH_TEXT, "b");
  assert_marked (fixture, 1, "a⟨E4⟩[b] ⟨E4⟩⟨B8⟩[b]⟨E4⟩");
  g_clear_object (&finder);
  finder = look_for_as (fixture, PH_SEARCH_REGEX, "b$|b.$");
  assert_marked (fixture, 1, "a⟨E4⟩b ⟨E4⟩⟨B8⟩[b⟨E4⟩]");
  g_clear_object (&finder);
  finder = look_for_as (fixture, PH_SEARCH_HEX, "E4");
  assert_marked (fixture, 1, "a[⟨E4⟩]b [⟨E4⟩]⟨B8⟩b[⟨E4⟩]");
  g_object_set (fixture->view, "mode", PH_LOG_MODE_TABLE, "show-time", FALSE, NULL);
  g_clear_object (&finder);
  finder = look_for_as (fixture, PH_SEARCH_TEXT, "b");
  assert_marked (fixture, 0, "\t2\t← In\t127.0.0.1:4000\t8\ta⟨E4⟩[b] ⟨E4⟩⟨B8⟩[b]⟨E4⟩");
}

static void
test_finds_are_marked_across_lines (LogFixture *fixture, gconstpointer data)
{
  g_autoptr (PhFinder) finder = NULL;

  log_put (fixture, PH_RECORD_IN, "one\ntwo");
  log_show (fixture);
  finder = look_for_as (fixture, PH_SEARCH_HEX, "65 0A 74");
  assert_marked (fixture, 1, "on[e]\\n");
  assert_marked (fixture, 2, "[t]wo");
}

static void
test_finds_are_marked_in_hex (LogFixture *fixture, gconstpointer data)
{
  g_autoptr (PhFinder) finder = NULL;

  log_put (fixture, PH_RECORD_IN, "0123456789abcdef.0\n");
  g_object_set (fixture->view, "mode", PH_LOG_MODE_HEX, NULL);
  log_show (fixture);
  finder = look_for_as (fixture, PH_SEARCH_TEXT, "789");
  assert_marked (fixture, 1, "000000  30 31 32 33 34 35 36 [37  38 39] 61 62 63 64 65 66  0123456[789]abcdef");
  g_clear_object (&finder);
  finder = look_for_as (fixture, PH_SEARCH_HEX, "66 2e");
  assert_marked (fixture, 1, "000000  30 31 32 33 34 35 36 37  38 39 61 62 63 64 65 [66]  0123456789abcde[f]");
  g_object_set (fixture->view, "mode", PH_LOG_MODE_LOG, "hex", TRUE, NULL);
  assert_marked (fixture, 1, "30 31 32 33 34 35 36 37 38 39 61 62 63 64 65 [66 2E] 30 0A");
}

static void
test_finds_are_marked_in_the_table (LogFixture *fixture, gconstpointer data)
{
  g_autoptr (PhFinder) finder = NULL;

  g_object_set (fixture->view, "mode", PH_LOG_MODE_TABLE, "show-time", FALSE, NULL);
  log_put (fixture, PH_RECORD_IN, "a\xE2\x80\xAEtwo");
  log_put (fixture, PH_RECORD_NOTE, "two words");
  log_show (fixture);
  finder = look_for_as (fixture, PH_SEARCH_TEXT, "two");
  assert_marked (fixture, 0, "\t2\t← In\t127.0.0.1:4000\t7\ta⟨U+202E⟩[two]");
  assert_marked (fixture, 1, "\t3\t• Event\t127.0.0.1:4000\t\t[two] words");
}

static void
test_finds_are_marked_in_other_encodings (LogFixture *fixture, gconstpointer data)
{
  g_autoptr (PhFinder) finder = NULL;

  g_object_set (fixture->view, "encoding", "gbk", NULL);
  log_put (fixture, PH_RECORD_IN, "\xC4\xE3\xBA\xC3\xFF\xC4\xE3!");
  log_show (fixture);
  finder = look_for_as (fixture, PH_SEARCH_TEXT, "你");
  assert_marked (fixture, 1, "[你]好⟨FF⟩[你]!");
  g_clear_object (&finder);
  finder = look_for_as (fixture, PH_SEARCH_REGEX, "你(?=!)");
  assert_marked (fixture, 1, "你好⟨FF⟩[你]!");
}

static void
test_a_filter_shows_nothing_else (LogFixture *fixture, gconstpointer data)
{
  g_autoptr (PhFinder) finder = NULL;

  g_object_set (fixture->view, "show-time", FALSE, NULL);
  log_put (fixture, PH_RECORD_IN, "yes 1");
  log_put (fixture, PH_RECORD_OUT, "no");
  log_put (fixture, PH_RECORD_OUT, "yes 2");
  log_show (fixture);
  finder = look_for_as (fixture, PH_SEARCH_TEXT, "yes");
  ph_log_view_set_filter (fixture->view, TRUE);
  log_show (fixture);
  log_assert_shown (fixture, "← 127.0.0.1:4000  5 bytes\nyes 1\n→ 127.0.0.1:4000  5 bytes\nyes 2");
  ph_finder_set_query (finder, NULL, NULL);
  log_show (fixture);
  log_assert_shown (fixture, "← 127.0.0.1:4000  5 bytes\nyes 1\n→ 127.0.0.1:4000  2 bytes\nno\n"
                             "→ 127.0.0.1:4000  5 bytes\nyes 2");
}

static void
test_a_filter_scrolls_over_what_it_shows_and_leaves_one_where_one_was (LogFixture *fixture, gconstpointer data)
{
  g_autoptr (PhFinder) finder = NULL;
  PhLogView *view = fixture->view;
  guint64 entry;

  log_put_many (fixture, 20000);
  finder = look_for_as (fixture, PH_SEARCH_REGEX, "0$");
  ph_log_view_set_filter (view, TRUE);
  log_show (fixture);
  g_assert_cmpuint (ph_log_filter_n_shown (view->source), ==, 2000);
  g_assert_true (view->at_end);
  gtk_adjustment_set_value (view->vadjustment, gtk_adjustment_get_upper (view->vadjustment) / 2);
  log_show (fixture);
  entry = view->top.entry;
  g_assert_cmpint (ABS ((gint64) ph_log_filter_rank (view->source, entry) - 1000), <, 30);
  g_assert_cmpuint ((entry - 2) % 10, ==, 0); /* entry 2 is “message 0” */
  ph_log_view_set_filter (view, FALSE);
  log_show (fixture);
  g_assert_cmpuint (view->top.entry, ==, entry);
}

static void
test_a_filter_whose_finder_goes_shows_all_again (LogFixture *fixture, gconstpointer data)
{
  PhFinder *finder;

  g_object_set (fixture->view, "show-time", FALSE, NULL);
  log_put (fixture, PH_RECORD_IN, "yes");
  log_put (fixture, PH_RECORD_IN, "no");
  log_show (fixture);
  finder = look_for_as (fixture, PH_SEARCH_TEXT, "yes");
  ph_log_view_set_filter (fixture->view, TRUE);
  ph_log_layout_invalidate (fixture->view); /* as what arrives does */
  g_object_unref (finder);
  ph_log_view_set_finder (fixture->view, NULL);
  log_show (fixture);
  log_assert_shown (fixture, "← 127.0.0.1:4000  3 bytes\nyes\n← 127.0.0.1:4000  2 bytes\nno");
}

static void
set_mode (LogFixture *fixture, PhFinder *finder)
{
  g_object_set (fixture->view, "mode", PH_LOG_MODE_TABLE, NULL);
}

static void
set_filter (LogFixture *fixture, PhFinder *finder)
{
  ph_log_view_set_filter (fixture->view, TRUE);
}

static void
set_query (LogFixture *fixture, PhFinder *finder)
{
  ph_finder_set_query (finder, NULL, NULL);
}

static void
read_cb (GObject *clipboard, GAsyncResult *result, gpointer text)
{
  *(char **) text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (clipboard), result, NULL);
}

static void
test_a_copy_does_not_go_on_with_what_is_shown_instead (LogFixture *fixture, gconstpointer data)
{
  static void (*const changes[]) (LogFixture *, PhFinder *) = { set_mode, set_filter, set_query };
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (fixture->view));
  g_autoptr (PhFinder) finder = NULL;

  g_object_set (fixture->view, "show-time", FALSE, NULL);
  for (guint i = 0; i < 200000; i++)
    log_put (fixture, PH_RECORD_IN, "yes");
  log_put (fixture, PH_RECORD_IN, "no");
  log_show (fixture);
  finder = look_for_as (fixture, PH_SEARCH_TEXT, "yes");
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autofree char *all = NULL, *text = NULL;

      g_object_set (fixture->view, "mode", PH_LOG_MODE_LOG, NULL);
      all = log_all_text (fixture);
      gtk_widget_activate_action (GTK_WIDGET (fixture->view), "log.copy", NULL);
      g_assert_nonnull (fixture->view->copy);
      changes[i](fixture, finder);
      while (fixture->view->copy != NULL)
        g_main_context_iteration (NULL, TRUE);
      gdk_clipboard_read_text_async (clipboard, NULL, read_cb, &text);
      while (text == NULL)
        g_main_context_iteration (NULL, TRUE);
      g_assert_true (g_str_has_prefix (all, text));
      g_assert_cmpuint (strlen (text), <, strlen (all));
      g_assert_true (g_str_has_prefix (gtk_label_get_label (GTK_LABEL (fixture->view->notice)), "Only the first "));
    }
}

static void
test_next_and_previous_go_round (LogFixture *fixture, gconstpointer data)
{
  g_autoptr (PhFinder) finder = NULL;
  PhLogView *view = fixture->view;
  guint64 seq;

  log_put_many (fixture, 5000);
  finder = look_for_as (fixture, PH_SEARCH_REGEX, "^message (7|4000)$");
  g_assert_false (ph_log_view_get_found (view, &seq));
  ph_log_view_find (view, FALSE); /* from the end, which is followed */
  g_assert_true (ph_log_view_get_found (view, &seq));
  g_assert_cmpuint (seq, ==, 4001);
  g_assert_false (view->follow);
  log_show (fixture);
  g_assert_nonnull (ph_log_layout_find (view, &(PhLogPos) { 4002, 1, 0 }));
  ph_log_view_find (view, TRUE);
  g_assert_true (ph_log_view_get_found (view, &seq));
  g_assert_cmpuint (seq, ==, 8);
  ph_log_view_find (view, TRUE);
  ph_log_view_find (view, TRUE);
  ph_log_view_find (view, FALSE);
  g_assert_true (ph_log_view_get_found (view, &seq));
  g_assert_cmpuint (seq, ==, 4001);
}

static void
test_a_jump_shows_the_record_and_stops_following (LogFixture *fixture, gconstpointer data)
{
  PhLogView *view = fixture->view;

  log_put_many (fixture, 5000);
  ph_log_view_go_to (view, 2500);
  log_show (fixture);
  g_assert_false (view->follow);
  g_assert_cmpuint (view->cursor.entry, ==, 2501);
  g_assert_nonnull (ph_log_layout_find (view, &(PhLogPos) { 2501, 0, 0 }));
  ph_log_view_go_to (view, G_MAXUINT64 - 10);
  log_show (fixture);
  g_assert_cmpuint (view->cursor.entry, ==, 5001);
}

/* @length: of the first record; those behind it are enough to have it read again. */
static char *
write_capture (const char *folder, const char *name, gsize length)
{
  char *path = g_build_filename (folder, name, NULL);
  g_autofree char *bytes = g_strnfill (PH_STORE_PAYLOAD_MAX, 'y');
  PhStore *store = ph_store_new (PH_STORE_LIMIT_MIN, NULL, NULL);
  PhSpool *spool = ph_spool_new (store, path, NULL);

  ph_store_set_full (store, PH_STORE_PAUSE);
  log_put_bytes (store, PH_RECORD_IN, 1, bytes, length);
  for (guint i = 0; i < 3 * PH_STORE_BACK_MAX; i++)
    {
      log_put_bytes (store, PH_RECORD_IN, 1, bytes, PH_STORE_PAYLOAD_MAX);
      ph_store_notify (store);
    }
  ph_spool_free (spool);
  ph_store_free (store);

  return path;
}

static void
overwrite (const char *path, const char *with)
{
  g_autofree char *bytes = NULL;
  FILE *file = g_fopen (path, "r+b");
  gsize size;

  g_assert_true (g_file_get_contents (with, &bytes, &size, NULL));
  g_assert_cmpuint (fwrite (bytes, 1, size, file), ==, size);
  fclose (file);
}

static void
test_finds_stay_in_their_line_where_a_file_is_overwritten (LogFixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_dir_make_tmp ("porthole-find-XXXXXX", NULL);
  g_autofree char *path = write_capture (folder, "a.porthole", 20), *other = write_capture (folder, "b.porthole", 32);
  g_autoptr (PhFinder) finder = NULL;
  g_autoptr (PhLogLine) old = NULL, now = NULL;
  PhLogSource *source;
  const GArray *matches;

  ph_log_view_set_session (fixture->view, NULL);
  g_object_unref (fixture->session);
  fixture->store = ph_store_new_from_file (path, NULL);
  fixture->session = ph_session_new_from_store (fixture->store, path);
  ph_log_view_set_session (fixture->view, fixture->session);
  g_object_set (fixture->view, "mode", PH_LOG_MODE_HEX, NULL);
  source = fixture->view->source;
  while (ph_log_source_get_end (source) < ph_store_end (fixture->store))
    g_main_context_iteration (NULL, TRUE);
  old = ph_log_source_dup_line (source, 1, 2);
  g_assert_true (g_str_has_suffix (old->text, "  yyyy"));

  overwrite (path, other);
  for (guint64 entry = 2; entry <= ph_store_end (fixture->store); entry++)
    ph_log_line_unref (ph_log_source_dup_line (source, entry, 1));
  finder = look_for_as (fixture, PH_SEARCH_TEXT, "y");
  matches = ph_log_matches_get (source, old);
  for (guint i = 0; i < matches->len; i++)
    g_assert_cmpuint (g_array_index (matches, PhSearchRange, i).end, <=, old->length);
  now = ph_log_source_dup_line (source, 1, 2);
  g_assert_true (g_str_has_suffix (now->text, "  yyyyyyyyyyyyyyyy"));
  g_remove (path);
  g_remove (other);
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    void (*run) (LogFixture *, gconstpointer);
  } tests[] = {
    { "finds_are_marked_in_text", test_finds_are_marked_in_text },
    { "finds_are_marked_without_the_bad_bytes_around_them", test_finds_are_marked_without_the_bad_bytes_around_them },
    { "finds_are_marked_across_lines", test_finds_are_marked_across_lines },
    { "finds_are_marked_in_hex", test_finds_are_marked_in_hex },
    { "finds_are_marked_in_the_table", test_finds_are_marked_in_the_table },
    { "finds_are_marked_in_other_encodings", test_finds_are_marked_in_other_encodings },
    { "a_filter_shows_nothing_else", test_a_filter_shows_nothing_else },
    { "a_filter_scrolls_over_what_it_shows_and_leaves_one_where_one_was",
      test_a_filter_scrolls_over_what_it_shows_and_leaves_one_where_one_was },
    { "a_filter_whose_finder_goes_shows_all_again", test_a_filter_whose_finder_goes_shows_all_again },
    { "a_copy_does_not_go_on_with_what_is_shown_instead", test_a_copy_does_not_go_on_with_what_is_shown_instead },
    { "finds_stay_in_their_line_where_a_file_is_overwritten",
      test_finds_stay_in_their_line_where_a_file_is_overwritten },
    { "next_and_previous_go_round", test_next_and_previous_go_round },
    { "a_jump_shows_the_record_and_stops_following", test_a_jump_shows_the_record_and_stops_following },
  };

  g_test_init (&argc, &argv, NULL);
  gtk_init ();
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strconcat ("/log-search/", tests[i].name, NULL);

      g_test_add (path, LogFixture, NULL, log_set_up, tests[i].run, log_tear_down);
    }

  return g_test_run ();
}
