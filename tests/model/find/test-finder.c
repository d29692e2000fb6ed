/* test-finder.c: a finder searches old and new records, and drops the matches of an earlier query at once
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-finder.h"
#include "ph-peers.h"
#include "ph-session-capture.h"
#include "ph-spool.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

typedef struct
{
  PhSession *session;
  PhStore *store;
  PhFinder *finder;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->session = ph_session_new ();
  fixture->store = ph_session_get_store (fixture->session);
  fixture->finder = ph_finder_new (fixture->session);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->finder);
  g_assert_finalize_object (fixture->session);
}

static void
put (Fixture *fixture, const char *text)
{
  PhRecord record = { .time = 1, .length = (guint32) strlen (text), .peer = 1, .kind = PH_RECORD_IN };

  ph_store_append (fixture->store, &record, text);
}

/* Adds messages "message 0" and so on, with “needle” in each whose number is a multiple of @every. */
static void
put_many (Fixture *fixture, guint n, guint every)
{
  for (guint i = 0; i < n; i++)
    {
      char text[64];

      g_snprintf (text, sizeof text, "message %u%s", i, i % every == 0 ? " needle" : "");
      put (fixture, text);
    }
  ph_store_notify (fixture->store);
}

static PhSearchQuery
query_of (const char *text)
{
  return (PhSearchQuery) { .text = text, .charset = ph_charset_find ("utf-8"), .kinds = PH_SEARCH_ALL };
}

static void
look_for (Fixture *fixture, const char *text)
{
  PhSearchQuery query = query_of (text);
  g_autoptr (GError) error = NULL;

  g_assert_true (ph_finder_set_query (fixture->finder, &query, &error));
  g_assert_no_error (error);
}

/* Runs the main loop until the finder has searched all records. */
static void
settle (Fixture *fixture)
{
  while (ph_session_get_end (fixture->session) < ph_store_end (fixture->store)
         || ph_finder_is_running (fixture->finder))
    g_main_context_iteration (NULL, TRUE);
}

static guint64
count (Fixture *fixture)
{
  return ph_matches_count (ph_finder_get_matches (fixture->finder));
}

static void
test_what_is_there_is_found (Fixture *fixture, gconstpointer data)
{
  const PhMatches *matches = ph_finder_get_matches (fixture->finder);
  guint64 seq;

  put_many (fixture, 100000, 1000);
  look_for (fixture, "needle");
  settle (fixture);
  g_assert_cmpuint (count (fixture), ==, 100);
  g_assert_true (ph_matches_next (matches, 1, &seq));
  g_assert_cmpuint (seq, ==, 1000);
  g_assert_true (ph_matches_previous (matches, 99000, &seq));
  g_assert_cmpuint (seq, ==, 98000);
  g_assert_true (ph_matches_nth (matches, 17, &seq));
  g_assert_cmpuint (seq, ==, 17000);
  g_assert_cmpuint (ph_matches_rank (matches, 17000), ==, 17);
}

/* There are more peers than the list shows. After the log was cleared, only the first one sends. */
static void
test_a_peer_is_found_though_the_record_that_named_it_is_gone (Fixture *fixture, gconstpointer data)
{
  PhSearchQuery query = query_of ("");

  for (guint32 i = 1; i <= 2 * PH_PEERS_NEWEST_SHOWN; i++)
    {
      g_autofree char *address = g_strdup_printf ("10.0.0.1:%u", i);
      PhRecord record = { .length = (guint32) strlen (address), .peer = i, .kind = PH_RECORD_PEER };

      ph_store_append (fixture->store, &record, address);
    }
  ph_store_notify (fixture->store);
  settle (fixture);
  ph_session_clear (fixture->session);
  put_many (fixture, 10, 1);
  query.peer = "10.0.0.1:1";
  g_assert_true (ph_finder_set_query (fixture->finder, &query, NULL));
  settle (fixture);
  g_assert_cmpuint (count (fixture), ==, 10);
}

static void
count_cb (guint *times)
{
  ++*times;
}

static void
test_what_comes_is_found_and_told_once_a_frame (Fixture *fixture, gconstpointer data)
{
  guint times = 0;

  look_for (fixture, "needle");
  g_signal_connect_swapped (fixture->finder, "changed", G_CALLBACK (count_cb), &times);
  for (guint i = 1; i <= 5; i++)
    {
      put_many (fixture, 10000, 10);
      settle (fixture);
      g_assert_cmpuint (count (fixture), ==, 1000 * i);
    }
  g_assert_cmpuint (times, >, 0);
  g_assert_cmpuint (times, <=, 500);
}

static void
test_another_query_forgets_the_one_before_at_once (Fixture *fixture, gconstpointer data)
{
  put_many (fixture, 200000, 2);
  look_for (fixture, "needle");
  while (count (fixture) == 0)
    g_main_context_iteration (NULL, TRUE);
  look_for (fixture, "message 7");
  g_assert_cmpuint (count (fixture), ==, 0);
  settle (fixture);
  g_assert_cmpuint (count (fixture), ==, 1 + 10 + 100 + 1000 + 10000);
  ph_finder_set_query (fixture->finder, NULL, NULL);
  g_assert_false (ph_finder_is_active (fixture->finder));
  g_assert_cmpuint (count (fixture), ==, 0);
  put_many (fixture, 10, 1);
  settle (fixture);
  g_assert_cmpuint (count (fixture), ==, 0);
}

/* The query is changed letter by letter, faster than the search is done. */
static void
test_many_queries_one_after_the_other_end_with_the_last (Fixture *fixture, gconstpointer data)
{
  static const char word[] = "message 99999 never sent";

  put_many (fixture, 100000, 2);
  for (guint round = 0; round < 20; round++)
    for (gsize length = 1; length < sizeof word; length++)
      {
        g_autofree char *text = g_strndup (word, length);

        look_for (fixture, text);
        g_main_context_iteration (NULL, FALSE);
      }
  settle (fixture);
  g_assert_cmpuint (count (fixture), ==, 0);
  look_for (fixture, "message 99999");
  settle (fixture);
  g_assert_cmpuint (count (fixture), ==, 1);
}

static void
test_a_query_that_cannot_be_leaves_nothing (Fixture *fixture, gconstpointer data)
{
  PhSearchQuery query = query_of ("(");
  g_autoptr (GError) error = NULL;

  put_many (fixture, 100, 1);
  look_for (fixture, "needle");
  settle (fixture);
  query.mode = PH_SEARCH_REGEX;
  g_assert_false (ph_finder_set_query (fixture->finder, &query, &error));
  g_assert_nonnull (error);
  g_assert_false (ph_finder_is_active (fixture->finder));
  g_assert_cmpuint (count (fixture), ==, 0);
}

/* It is not taken for a match, and the others are found. */
static void
test_a_record_that_an_expression_is_too_slow_for_is_told (Fixture *fixture, gconstpointer data)
{
  PhSearchQuery query = query_of ("(?:a|aa)+$|needle");
  g_autofree char *text = g_strnfill (60000, 'a');
  guint64 first = 0;

  text[59999] = '!';
  put_many (fixture, 10, 5);
  put (fixture, text);
  put (fixture, text);
  put_many (fixture, 10, 5);
  query.mode = PH_SEARCH_REGEX;
  g_assert_true (ph_finder_set_query (fixture->finder, &query, NULL));
  settle (fixture);
  g_assert_cmpuint (ph_finder_get_unknown (fixture->finder, &first), ==, 2);
  g_assert_cmpuint (first, ==, 10);
  g_assert_cmpuint (count (fixture), ==, 4);
  look_for (fixture, "needle");
  settle (fixture);
  g_assert_cmpuint (ph_finder_get_unknown (fixture->finder, &first), ==, 0);
}

/* A million places at each of which it takes long: it would be at work for hours. */
static void
test_a_slow_expression_is_stopped_within_a_long_record (Fixture *fixture, gconstpointer data)
{
  PhSearchQuery query = query_of ("\\w+@\\w+");
  g_autofree char *text = g_strnfill (512 * 1024 - 1, 'a');
  guint64 first;

  for (guint i = 0; i < 64; i++)
    put (fixture, text);
  ph_store_notify (fixture->store);
  query.mode = PH_SEARCH_REGEX;
  while (ph_session_get_end (fixture->session) < ph_store_end (fixture->store))
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (ph_finder_set_query (fixture->finder, &query, NULL));
  while (ph_finder_get_unknown (fixture->finder, &first) == 0) /* it has given up a record, and is in the next */
    g_main_context_iteration (NULL, TRUE);
  look_for (fixture, "needle");
  settle (fixture);
  g_assert_cmpuint (count (fixture), ==, 0);
}

static void
test_what_is_gone_is_no_match_any_more (Fixture *fixture, gconstpointer data)
{
  guint64 seq;

  put_many (fixture, 1000, 1);
  look_for (fixture, "needle");
  settle (fixture);
  g_assert_cmpuint (count (fixture), ==, 1000);
  ph_session_clear (fixture->session);
  g_assert_cmpuint (count (fixture), ==, 0);
  put_many (fixture, 10, 5);
  settle (fixture);
  g_assert_cmpuint (count (fixture), ==, 2);
  g_assert_true (ph_matches_next (ph_finder_get_matches (fixture->finder), 0, &seq));
  g_assert_cmpuint (seq, ==, 1000);
}

/* ---- files that are damaged ---- */

/* A file with @n messages, every tenth with a needle. */
static char *
dup_file (const char *path, guint n, gsize *ret_length)
{
  g_autoptr (PhStore) store = ph_store_new (PH_STORE_LIMIT_MIN, NULL, NULL);
  g_autoptr (GError) error = NULL;
  PhSpool *spool = ph_spool_new (store, path, &error);
  char *bytes = NULL;

  g_assert_no_error (error);
  put_many (&(Fixture){ .store = store }, n, 10);
  ph_spool_free (spool);
  g_assert_true (g_file_get_contents (path, &bytes, ret_length, NULL));

  return bytes;
}

/* Replaces the session by one that shows a file, and searches it for needles. */
static void
look_into (Fixture *fixture, const char *path, const char *bytes, gsize length)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, bytes, (gssize) length, NULL));
  tear_down (fixture, NULL);
  fixture->store = ph_store_new_from_file (path, &error);
  g_assert_no_error (error);
  fixture->session = ph_session_new_from_store (fixture->store, path);
  fixture->finder = ph_finder_new (fixture->session);
  look_for (fixture, "needle");
  settle (fixture);
}

/* Records grow down from the end of a chunk, so a chunk that is cut off misses its oldest records. */
static void
test_what_is_left_of_a_file_that_is_cut_off_is_searched (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_dir_make_tmp ("porthole-finder-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "a.porthole", NULL), *bytes = NULL;
  gsize length;

  bytes = dup_file (path, 1000, &length);
  look_into (fixture, path, bytes, PH_CHUNK_SIZE - 95 * sizeof (PhRecord));
  g_assert_cmpuint (ph_session_get_missing (fixture->session), ==, 95);
  g_assert_cmpuint (count (fixture), ==, 90);
  g_remove (path);
  g_rmdir (folder);
}

/* Where two chunks claim the same numbers, the later one is shown. */
static void
test_what_is_shown_is_what_is_searched (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_dir_make_tmp ("porthole-finder-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "a.porthole", NULL), *bytes = NULL;
  gsize length;

  bytes = dup_file (path, 40000, &length);
  g_assert_cmpuint (length, ==, 2 * PH_CHUNK_SIZE);
  ((PhChunk *) (gpointer) (bytes + PH_CHUNK_SIZE))->first_seq -= 1003;
  look_into (fixture, path, bytes, length);
  ph_store_begin_read (fixture->store);
  for (guint64 seq = 0; seq < ph_store_end (fixture->store); seq++)
    {
      const guint8 *payload;
      const PhRecord *record = ph_store_fetch (fixture->store, seq, &payload);
      gboolean there = g_strstr_len ((const char *) payload, (gssize) record->length, "needle") != NULL;

      g_assert_cmpint (ph_matches_contains (ph_finder_get_matches (fixture->finder), seq), ==, there);
    }
  ph_store_end_read (fixture->store);
  g_remove (path);
  g_rmdir (folder);
}

/* ---- while a worker writes ---- */

#define FLOOD 300000u

static void
put_numbered (Fixture *fixture, guint i)
{
  char text[32];

  g_snprintf (text, sizeof text, "%s %u", i % 3 == 0 ? "needle" : "hay", i);
  put (fixture, text);
}

static gpointer
write_flood (gpointer data)
{
  Fixture *fixture = data;

  for (guint i = 0; i < FLOOD; i++)
    {
      put_numbered (fixture, i);
      if (i % 64 == 0)
        ph_store_notify (fixture->store);
    }
  ph_store_notify (fixture->store);

  return NULL;
}

static gpointer
write_and_quit (gpointer data)
{
  write_flood (((gpointer *) data)[0]);
  g_main_loop_quit (((gpointer *) data)[1]);

  return NULL;
}

static void
test_a_flood_is_searched_while_it_is_written (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  gpointer both[] = { fixture, loop };
  GThread *writer;

  look_for (fixture, "needle");
  writer = g_thread_new ("writer", write_and_quit, both);
  g_main_loop_run (loop);
  g_thread_join (writer);
  settle (fixture);
  g_assert_cmpuint (count (fixture), ==, FLOOD / 3);
}

static void
test_two_finders_and_a_limit_agree (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (PhFinder) other = ph_finder_new (fixture->session);
  PhSearchQuery query = query_of ("^needle");
  gpointer both[] = { fixture, loop };
  guint64 expected = 0;
  GThread *writer;
  guint n = FLOOD;

  query.mode = PH_SEARCH_REGEX;
  ph_store_set_limit (fixture->store, PH_STORE_LIMIT_MIN);
  look_for (fixture, "needle");
  g_assert_true (ph_finder_set_query (other, &query, NULL));
  writer = g_thread_new ("writer", write_and_quit, both);
  g_main_loop_run (loop);
  g_thread_join (writer);
  settle (fixture);
  /* While a reader looks, the writer puts off dropping chunks. Now no reader looks. */
  while (ph_store_first (fixture->store) == 0)
    put_numbered (fixture, n++);
  ph_store_notify (fixture->store);
  settle (fixture);
  while (ph_finder_is_running (other))
    g_main_context_iteration (NULL, TRUE);
  for (guint64 seq = ph_store_first (fixture->store); seq < n; seq++)
    expected += seq % 3 == 0;
  g_assert_cmpuint (ph_matches_count (ph_finder_get_matches (other)), ==, expected);
  g_assert_cmpuint (count (fixture), ==, expected);
}

static void
test_a_finder_goes_away_while_it_searches (Fixture *fixture, gconstpointer data)
{
  put_many (fixture, 200000, 2);
  for (guint i = 0; i < 20; i++)
    {
      PhFinder *finder = ph_finder_new (fixture->session);
      PhSearchQuery query = query_of ("(n.*)+x$");

      query.mode = PH_SEARCH_REGEX;
      g_assert_true (ph_finder_set_query (finder, &query, NULL));
      if (i % 2 == 0)
        g_main_context_iteration (NULL, FALSE);
      g_assert_finalize_object (finder);
    }
}

/* ---- a file ---- */

/* Half of the last chunk is cut off. Its newest records come first in the file, so they are left. */
static void
test_what_is_left_of_a_file_that_was_cut_since_is_found (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_dir_make_tmp ("porthole-finder-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "cut.porthole", NULL);
  PhSpool *spool = ph_spool_new (fixture->store, path, NULL);
  g_autoptr (PhSession) session = NULL;
  g_autoptr (PhFinder) finder = NULL;
  PhSearchQuery query = query_of ("needle");
  guint64 expected = 0, end;
  FILE *file;

  put_many (fixture, 50000, 1);
  end = ph_store_end (fixture->store);
  ph_spool_flush (spool);
  ph_spool_free (spool);
  session = ph_session_new_from_store (ph_store_new_from_file (path, NULL), path);
  finder = ph_finder_new (session);
  file = g_fopen (path, "r+b");
  if (file == NULL)
    g_test_skip ("this system keeps what is being read from being cut off");
  else
    {
      g_assert_cmpint (ftruncate (fileno (file), 2 * PH_CHUNK_SIZE - 1000), ==, 0);
      fclose (file);
    }
  while (!ph_session_is_folded (session))
    g_main_context_iteration (NULL, TRUE);

  g_assert_true (ph_finder_set_query (finder, &query, NULL));
  while (ph_finder_is_running (finder))
    g_main_context_iteration (NULL, TRUE);
  ph_store_begin_read (ph_session_get_store (session));
  for (guint64 seq = 0; seq < end; seq++)
    expected += ph_store_fetch (ph_session_get_store (session), seq, NULL) != NULL;
  ph_store_end_read (ph_session_get_store (session));
  g_assert_cmpuint (ph_matches_count (ph_finder_get_matches (finder)), ==, expected);
  g_clear_object (&finder);
  g_clear_object (&session);
  g_remove (path);
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    void (*run) (Fixture *, gconstpointer);
  } tests[] = {
    { "what_is_there_is_found", test_what_is_there_is_found },
    { "what_comes_is_found_and_told_once_a_frame", test_what_comes_is_found_and_told_once_a_frame },
    { "another_query_forgets_the_one_before_at_once", test_another_query_forgets_the_one_before_at_once },
    { "many_queries_one_after_the_other_end_with_the_last", test_many_queries_one_after_the_other_end_with_the_last },
    { "a_query_that_cannot_be_leaves_nothing", test_a_query_that_cannot_be_leaves_nothing },
    { "a_record_that_an_expression_is_too_slow_for_is_told", test_a_record_that_an_expression_is_too_slow_for_is_told },
    { "a_slow_expression_is_stopped_within_a_long_record", test_a_slow_expression_is_stopped_within_a_long_record },
    { "what_is_gone_is_no_match_any_more", test_what_is_gone_is_no_match_any_more },
    { "a_peer_is_found_though_the_record_that_named_it_is_gone",
      test_a_peer_is_found_though_the_record_that_named_it_is_gone },
    { "what_is_left_of_a_file_that_is_cut_off_is_searched", test_what_is_left_of_a_file_that_is_cut_off_is_searched },
    { "what_is_shown_is_what_is_searched", test_what_is_shown_is_what_is_searched },
    { "a_flood_is_searched_while_it_is_written", test_a_flood_is_searched_while_it_is_written },
    { "two_finders_and_a_limit_agree", test_two_finders_and_a_limit_agree },
    { "a_finder_goes_away_while_it_searches", test_a_finder_goes_away_while_it_searches },
    { "what_is_left_of_a_file_that_was_cut_since_is_found", test_what_is_left_of_a_file_that_was_cut_since_is_found },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strconcat ("/finder/", tests[i].name, NULL);

      g_test_add (path, Fixture, NULL, set_up, tests[i].run, tear_down);
    }

  return g_test_run ();
}
