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
  PhFinder *finder = fixture->view->search.finder != NULL ? g_object_ref (fixture->view->search.finder)
                                                   : ph_finder_new (fixture->session);
  PhSearchQuery query = { .mode = mode, .text = text, .charset = fixture->view->charset, .kinds = PH_SEARCH_ALL };

  ph_log_view_set_finder (fixture->view, finder);
  g_assert_true (ph_finder_set_query (finder, &query, NULL));
  while (ph_finder_is_running (finder))
    g_main_context_iteration (NULL, TRUE);

  return finder;
}

static void
test_a_filter_shows_nothing_else (LogFixture *fixture, gconstpointer data)
{
  g_autoptr (PhFinder) finder = NULL;

  g_object_set (fixture->view, "time", "none", NULL);
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
  g_assert_true (view->layout.at_end);
  gtk_adjustment_set_value (view->scroll.vertical, gtk_adjustment_get_upper (view->scroll.vertical) / 2);
  log_show (fixture);
  entry = view->scroll.top.entry;
  g_assert_cmpint (ABS ((gint64) ph_log_filter_rank (view->source, entry) - 1000), <, 30);
  g_assert_cmpuint ((entry - 2) % 10, ==, 0); /* entry 2 is “message 0” */
  ph_log_view_set_filter (view, FALSE);
  log_show (fixture);
  g_assert_cmpuint (view->scroll.top.entry, ==, entry);
}

static void
test_a_filter_whose_finder_goes_shows_all_again (LogFixture *fixture, gconstpointer data)
{
  PhFinder *finder;

  g_object_set (fixture->view, "time", "none", NULL);
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

  g_object_set (fixture->view, "time", "none", NULL);
  for (guint i = 0; i < 200000; i++)
    log_put (fixture, PH_RECORD_IN, "yes");
  log_put (fixture, PH_RECORD_IN, "no");
  log_show (fixture);
  finder = look_for_as (fixture, PH_SEARCH_TEXT, "yes");
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autofree char *all = NULL, *text = NULL;

      g_object_set (fixture->view, "mode", PH_LOG_MODE_COMFORTABLE, NULL);
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
      g_assert_true (g_str_has_prefix (gtk_label_get_label (GTK_LABEL (fixture->view->floating.notice)), "Only the first "));
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
  g_assert_false (view->scroll.follow);
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
test_the_end_of_a_search_moves_nothing (LogFixture *fixture, gconstpointer data)
{
  g_autoptr (PhFinder) finder = NULL;
  PhLogView *view = fixture->view;
  PhLogPos top;

  log_put_many (fixture, 5000);
  log_show (fixture);
  finder = look_for_as (fixture, PH_SEARCH_REGEX, "0$");
  ph_log_view_find (view, FALSE);
  ph_log_view_find (view, FALSE);
  ph_log_view_find (view, TRUE);
  log_show (fixture);
  top = view->scroll.top;
  g_assert_cmpuint (top.entry, !=, view->selection.cursor.entry);
  ph_finder_set_query (finder, NULL, NULL);
  log_show (fixture);
  g_assert_cmpuint (view->scroll.top.entry, ==, top.entry);
  g_assert_cmpuint (view->scroll.top.line, ==, top.line);
}

static void
test_a_jump_shows_the_record_and_stops_following (LogFixture *fixture, gconstpointer data)
{
  PhLogView *view = fixture->view;

  log_put_many (fixture, 5000);
  ph_log_view_go_to (view, 2500);
  log_show (fixture);
  g_assert_false (view->scroll.follow);
  g_assert_cmpuint (view->selection.cursor.entry, ==, 2501);
  g_assert_nonnull (ph_log_layout_find (view, &(PhLogPos) { 2501, 0, 0 }));
  ph_log_view_go_to (view, G_MAXUINT64 - 10);
  log_show (fixture);
  g_assert_cmpuint (view->selection.cursor.entry, ==, 5001);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    void (*run) (LogFixture *, gconstpointer);
  } tests[] = {
    { "a_filter_shows_nothing_else", test_a_filter_shows_nothing_else },
    { "a_filter_scrolls_over_what_it_shows_and_leaves_one_where_one_was",
      test_a_filter_scrolls_over_what_it_shows_and_leaves_one_where_one_was },
    { "a_filter_whose_finder_goes_shows_all_again", test_a_filter_whose_finder_goes_shows_all_again },
    { "a_copy_does_not_go_on_with_what_is_shown_instead", test_a_copy_does_not_go_on_with_what_is_shown_instead },
    { "next_and_previous_go_round", test_next_and_previous_go_round },
    { "the_end_of_a_search_moves_nothing", test_the_end_of_a_search_moves_nothing },
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
