/* test-matches.c: what a search finds is marked where it stands in a line, in all modes and encodings
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "lines-fixture.h"
#include "ph-log-matches.h"
#include "ph-session-capture.h"
#include "ph-spool.h"

static PhFinder *
look_for_as (Lines *lines, PhSearchMode mode, const char *text)
{
  PhFinder *finder = ph_finder_new (lines->session);
  PhSearchQuery query = { .mode = mode, .text = text, .charset = lines->format.charset, .kinds = PH_SEARCH_ALL };

  g_assert_true (ph_finder_set_query (finder, &query, NULL));
  while (ph_session_get_end (lines->session) < ph_store_end (lines->store) || ph_finder_is_running (finder))
    g_main_context_iteration (NULL, TRUE);
  ph_log_matches_set_finder (lines->source, finder);

  return finder;
}

/* Line @n with the matches in brackets: "one [two] three". */
static const GArray *
update (Lines *lines, PhLogLine *line)
{
  while (!ph_log_matches_update (lines->source, line, g_get_monotonic_time () + G_TIME_SPAN_SECOND))
    continue;

  return line->matches;
}

static char *
marked (Lines *lines, guint n)
{
  g_autoptr (PhLogLine) line = lines_dup (lines, n);
  const GArray *matches = update (lines, line);
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
assert_marked (Lines *lines, guint n, const char *expected)
{
  g_autofree char *text = marked (lines, n);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_matches_are_marked_in_text (Lines *lines, gconstpointer data)
{
  g_autoptr (PhFinder) finder = NULL;

  lines_put (lines, PH_RECORD_IN, "one two\none\xE2\x80\xAEtwo twO\r\nend");
  finder = look_for_as (lines, PH_SEARCH_TEXT, "two");
  assert_marked (lines, 1, "one [two]⟨LF⟩");
  assert_marked (lines, 2, "one⟨U+202E⟩[two] [twO]⟨CR⟩⟨LF⟩");
  assert_marked (lines, 3, "end");
  g_clear_object (&finder);
  finder = look_for_as (lines, PH_SEARCH_HEX, "0A");
  assert_marked (lines, 1, "one two[⟨LF⟩]");
  g_clear_object (&finder);
  finder = look_for_as (lines, PH_SEARCH_REGEX, "e.t");
  assert_marked (lines, 1, "on[e t]wo⟨LF⟩");
}

/* What is unfinished becomes a mark only with what comes behind it, and yet is no part of that. */
static void
test_matches_are_marked_without_the_bad_bytes_around_them (Lines *lines, gconstpointer data)
{
  g_autoptr (PhFinder) finder = NULL;

  lines_put (lines, PH_RECORD_IN, "a\xE4" "b \xE4\xB8" "b\xE4");
  finder = look_for_as (lines, PH_SEARCH_TEXT, "b");
  assert_marked (lines, 1, "a⟨E4⟩[b] ⟨E4⟩⟨B8⟩[b]⟨E4⟩");
  g_clear_object (&finder);
  finder = look_for_as (lines, PH_SEARCH_REGEX, "b$|b.$");
  assert_marked (lines, 1, "a⟨E4⟩b ⟨E4⟩⟨B8⟩[b⟨E4⟩]");
  g_clear_object (&finder);
  finder = look_for_as (lines, PH_SEARCH_HEX, "E4");
  assert_marked (lines, 1, "a[⟨E4⟩]b [⟨E4⟩]⟨B8⟩b[⟨E4⟩]");
  lines->format.mode = PH_LOG_MODE_TABLE;
  lines_apply (lines);
  g_clear_object (&finder);
  finder = look_for_as (lines, PH_SEARCH_TEXT, "b");
  assert_marked (lines, 0, "\t1\t← In\t127.0.0.1:4000\t8\ta⟨E4⟩[b] ⟨E4⟩⟨B8⟩[b]⟨E4⟩");
}

static void
test_matches_are_marked_across_lines (Lines *lines, gconstpointer data)
{
  g_autoptr (PhFinder) finder = NULL;

  lines_put (lines, PH_RECORD_IN, "one\ntwo");
  finder = look_for_as (lines, PH_SEARCH_HEX, "65 0A 74");
  assert_marked (lines, 1, "on[e]⟨LF⟩");
  assert_marked (lines, 2, "[t]wo");
}

static void
test_matches_are_marked_in_hex (Lines *lines, gconstpointer data)
{
  g_autoptr (PhFinder) finder = NULL;

  lines_put (lines, PH_RECORD_IN, "0123456789abcdef.0\n");
  lines->format.mode = PH_LOG_MODE_BYTES;
  lines_apply (lines);
  finder = look_for_as (lines, PH_SEARCH_TEXT, "789");
  assert_marked (lines, 1, "000000  30 31 32 33 34 35 36 [37  38 39] 61 62 63 64 65 66  0123456[789]abcdef");
  g_clear_object (&finder);
  finder = look_for_as (lines, PH_SEARCH_HEX, "66 2e");
  assert_marked (lines, 1, "000000  30 31 32 33 34 35 36 37  38 39 61 62 63 64 65 [66]  0123456789abcde[f]");
  lines->format.mode = PH_LOG_MODE_COMFORTABLE;
  lines->format.form = PH_FORM_HEX;
  lines->format.row = 32;
  lines_apply (lines);
  assert_marked (lines, 1, "30 31 32 33 34 35 36 37 38 39 61 62 63 64 65 [66 2E] 30 0A");
}

static void
test_matches_are_marked_in_the_table (Lines *lines, gconstpointer data)
{
  g_autoptr (PhFinder) finder = NULL;

  lines->format.mode = PH_LOG_MODE_TABLE;
  lines_apply (lines);
  lines_put (lines, PH_RECORD_IN, "a\xE2\x80\xAEtwo");
  lines_put (lines, PH_RECORD_JOINED, "two words");
  finder = look_for_as (lines, PH_SEARCH_TEXT, "two");
  assert_marked (lines, 0, "\t1\t← In\t127.0.0.1:4000\t7\ta⟨U+202E⟩[two]");
  assert_marked (lines, 1, "\t2\t• Event\t127.0.0.1:4000\t\t[two] words connected");
}

static void
test_matches_are_marked_in_other_encodings (Lines *lines, gconstpointer data)
{
  g_autoptr (PhFinder) finder = NULL;

  lines->format.charset = ph_charset_find ("gbk");
  lines_apply (lines);
  lines_put (lines, PH_RECORD_IN, "\xC4\xE3\xBA\xC3\xFF\xC4\xE3!");
  finder = look_for_as (lines, PH_SEARCH_TEXT, "你");
  assert_marked (lines, 1, "[你]好⟨FF⟩[你]!");
  g_clear_object (&finder);
  finder = look_for_as (lines, PH_SEARCH_REGEX, "你(?=!)");
  assert_marked (lines, 1, "你好⟨FF⟩[你]!");
}

static void
test_the_first_match_of_a_record_is_a_place (Lines *lines, gconstpointer data)
{
  g_autoptr (PhFinder) finder = NULL;
  PhLogPos pos;

  lines_put (lines, PH_RECORD_IN, "one\ntwo three\n");
  finder = look_for_as (lines, PH_SEARCH_TEXT, "three");
  ph_log_source_advance (lines->source, ph_store_end (lines->store));
  g_assert_true (ph_log_matches_first (lines->source, 2, &pos));
  g_assert_cmpuint (pos.line, ==, 2);
  g_assert_cmpuint (pos.index, ==, 4);
  g_assert_false (ph_log_matches_first (lines->source, 3, &pos));
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
  lines_put_bytes (store, PH_RECORD_IN, 1, bytes, length);
  for (guint i = 0; i < 3 * PH_STORE_BACK_MAX; i++)
    {
      lines_put_bytes (store, PH_RECORD_IN, 1, bytes, PH_STORE_PAYLOAD_MAX);
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
test_matches_stay_in_their_line_where_a_file_is_overwritten (Lines *lines, gconstpointer data)
{
  g_autofree char *folder = g_dir_make_tmp ("porthole-lines-XXXXXX", NULL);
  g_autofree char *path = write_capture (folder, "a.porthole", 20), *other = write_capture (folder, "b.porthole", 32);
  g_autoptr (PhFinder) finder = NULL;
  g_autoptr (PhLogLine) old = NULL, now = NULL;
  const GArray *matches;

  g_clear_pointer (&lines->source, ph_log_source_free);
  g_clear_object (&lines->session);
  lines->session = ph_session_new_from_store (ph_store_new_from_file (path, NULL), path);
  lines->format.mode = PH_LOG_MODE_BYTES;
  lines_show (lines, ph_session_get_store (lines->session));
  old = lines_dup (lines, 2);
  g_assert_true (g_str_has_suffix (old->text, "  yyyy"));

  overwrite (path, other);
  for (guint64 entry = 2; entry <= ph_store_end (lines->store); entry++)
    {
      lines_wait (lines, entry);
      ph_log_line_unref (ph_log_source_dup_line (lines->source, entry, 1));
    }
  finder = look_for_as (lines, PH_SEARCH_TEXT, "y");
  lines_wait (lines, old->entry);
  matches = update (lines, old);
  for (guint i = 0; i < matches->len; i++)
    g_assert_cmpuint (g_array_index (matches, PhSearchRange, i).end, <=, old->length);
  now = lines_dup (lines, 2);
  g_assert_true (g_str_has_suffix (now->text, "  yyyyyyyyyyyyyyyy"));
  g_remove (path);
  g_remove (other);
  g_rmdir (folder);
}

/* ---- what it costs ---- */

/* The work for a line does not depend on the length of its record, nor on what is before it. */
static void
test_only_the_piece_of_a_record_that_is_on_screen_is_searched (Lines *lines, gconstpointer data)
{
  g_autofree char *text = g_strnfill (600 * 1024, 'a');
  g_autoptr (PhFinder) finder = NULL;
  g_autoptr (PhLogLine) line = NULL;
  guint64 before, seq;

  lines->format.mode = PH_LOG_MODE_STREAM;
  lines_apply (lines);
  memcpy (text + 600 * 1024 - 7, "word 1!", 7);
  lines_put (lines, PH_RECORD_IN, text);
  finder = look_for_as (lines, PH_SEARCH_REGEX, "[b-z]+ \\d");
  line = lines_dup_last (lines, 0);
  before = ph_search_get_tries (ph_finder_get_search (finder));
  g_assert_cmpuint (update (lines, line)->len, ==, 1);
  g_assert_cmpuint (ph_search_get_tries (ph_finder_get_search (finder)) - before, <, 40);
  g_assert_false (ph_log_matches_take_slow (lines->source, &seq));
}

/* No call takes long, what was found is marked, and it is told that this is not all. */
static void
test_a_slow_expression_holds_up_no_frame (Lines *lines, gconstpointer data)
{
  static const char *const slow[] = { "a(?=.*b)", "a(?=.*b)|(a+)+$", "a(?=.*b).*?(?:a|aa)+$|a", "\\b.*?\\b.*?b|a", "(a*)\\1b" };
  g_autofree char *text = g_strnfill (60 * 1024, 'a');
  gint64 longest = 0;

  text[60 * 1024 - 1] = 'b';
  lines_put (lines, PH_RECORD_IN, text);
  for (guint i = 0; i < G_N_ELEMENTS (slow); i++)
    {
      g_autoptr (PhFinder) finder = look_for_as (lines, PH_SEARCH_REGEX, slow[i]);

      g_assert_nonnull (finder);
      for (guint n = 0; n < 12; n++)
        {
          g_autoptr (PhLogLine) line = n % 2 == 0 ? lines_dup (lines, n + 1) : lines_dup_last (lines, n);
          gboolean done = FALSE;

          while (!done)
            {
              gint64 begin = lines_get_cpu ();

              done = ph_log_matches_update (lines->source, line, g_get_monotonic_time () + 2000);
              longest = MAX (longest, lines_get_cpu () - begin);
            }
        }
    }
  g_test_message ("the longest took %" G_GINT64_FORMAT " µs", longest);
  g_assert_cmpint (longest, <, 100 * G_TIME_SPAN_MILLISECOND);
}

static void
test_a_record_that_is_too_slow_is_told_once (Lines *lines, gconstpointer data)
{
  g_autofree char *text = g_strnfill (60 * 1024, 'a');
  g_autoptr (PhFinder) finder = NULL;
  g_autoptr (PhLogLine) first = NULL, last = NULL;
  guint64 seq = 0;

  text[60 * 1024 - 1] = 'b';
  lines_put (lines, PH_RECORD_IN, text);
  finder = look_for_as (lines, PH_SEARCH_REGEX, "^a|(?:a|aa)+c");
  first = lines_dup (lines, 1);
  last = lines_dup_last (lines, 0);
  g_assert_cmpuint (update (lines, first)->len, ==, 1);
  g_assert_true (ph_log_matches_take_slow (lines->source, &seq));
  g_assert_cmpuint (seq, ==, 1);
  update (lines, last);
  g_assert_false (ph_log_matches_take_slow (lines->source, &seq));
}

#define ADD(name) g_test_add ("/log/matches/" #name, Lines, NULL, lines_set_up, test_##name, lines_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD (matches_are_marked_in_text);
  ADD (matches_are_marked_without_the_bad_bytes_around_them);
  ADD (matches_are_marked_across_lines);
  ADD (matches_are_marked_in_hex);
  ADD (matches_are_marked_in_the_table);
  ADD (matches_are_marked_in_other_encodings);
  ADD (the_first_match_of_a_record_is_a_place);
  ADD (matches_stay_in_their_line_where_a_file_is_overwritten);
  ADD (only_the_piece_of_a_record_that_is_on_screen_is_searched);
  ADD (a_slow_expression_holds_up_no_frame);
  ADD (a_record_that_is_too_slow_is_told_once);

  return g_test_run ();
}
