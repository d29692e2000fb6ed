/* test-forms.c: Compact and Stream, long payloads that are folded, and line ends between reads
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include <string.h>

#include "lines-fixture.h"
#include "ph-log-bytes.h"
#include "ph-log-compact.h"
#include "ph-log-filter.h"
#include "ph-log-fold.h"
#include "ph-log-index.h"
#include "ph-log-matches.h"
#include "ph-log-run.h"
#include "ph-log-stream.h"
#include "ph-log-walk.h"

static void
set_mode (Lines *lines, PhLogMode mode)
{
  lines->format.mode = mode;
  lines_apply (lines);
}

/* ---- Compact ---- */

static void
test_compact_has_one_line_for_a_record_that_fits (Lines *lines, gconstpointer data)
{
  set_mode (lines, PH_LOG_MODE_COMPACT);
  lines_put (lines, PH_RECORD_IN, "hello");
  lines_put (lines, PH_RECORD_OUT, "one\ntwo\tthree\n");
  lines_put (lines, PH_RECORD_NOTE, "what happened");
  lines_put (lines, PH_RECORD_IN, "");
  lines_assert (lines, "←\t127.0.0.1:4000\t5\thello\n→\t127.0.0.1:4000\t14\tone\ntwo\tthree\n•\tnote\n"
                       "←\t127.0.0.1:4000\t0\t");
  lines->format.form = PH_FORM_HEX;
  lines->format.row = 8;
  lines_apply (lines);
  lines_assert (lines, "←\t127.0.0.1:4000\t5\t68 65 6C 6C 6F\n→\t127.0.0.1:4000\t14\t6F 6E 65 0A 74 77 6F 09\n74 68 72 65 65 0A\n"
                       "•\tnote\n←\t127.0.0.1:4000\t0\t");
}

static void
test_the_fields_of_compact_are_where_they_say (Lines *lines, gconstpointer data)
{
  g_autoptr (PhLogLine) line = NULL;
  g_autofree char *peer = NULL;

  lines->format.time = PH_TIME_OF_DAY;
  set_mode (lines, PH_LOG_MODE_COMPACT);
  lines_put (lines, PH_RECORD_IN, "a\tb");
  line = lines_dup_last (lines, 0);
  peer = g_strndup (line->text + line->fields.peer_start, line->fields.peer_end - line->fields.peer_start);
  g_assert_cmpstr (peer, ==, "127.0.0.1:4000");
  g_assert_cmpint (line->text[line->fields.time_end], ==, '\t');
  g_assert_cmpstr (line->text + line->body, ==, "a\tb");
  g_assert_null (line->fields.peer);
}

static void
test_an_address_is_shortened_in_its_middle (Lines *lines, gconstpointer data)
{
  static const char *const rows[][2] = {
    { "127.0.0.1:4000", "127.0.0.1:4000" },
    { "255.255.255.255:65535", "255.255.255.255:65535" },
    { "[2001:db8:85a3:8d3:1319:8a2e:370:7348]:443", "[2001:db8:…0:7348]:443" },
    { "所有的连接都在这里一共有五个", "所有的连接…一共有五个" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *shown = ph_log_compact_shorten (rows[i][0], PH_LOG_PEER_CELLS);

      g_assert_cmpstr (shown, ==, rows[i][1]);
      g_assert_cmpuint (ph_log_compact_cells (shown, strlen (shown)), <=, PH_LOG_PEER_CELLS);
    }
}

/* ---- folds ---- */

static void
put_lines (Lines *lines, guint n)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "line %u\n", i);
  lines_put (lines, PH_RECORD_IN, text->str);
}

static void
assert_last (Lines *lines, guint n, const char *expected)
{
  g_autoptr (PhLogLine) line = lines_dup_last (lines, n);

  g_assert_cmpstr (line->text, ==, expected);
}

static void
test_a_long_payload_is_folded_after_twenty_lines (Lines *lines, gconstpointer data)
{
  static const PhLogMode modes[] = { PH_LOG_MODE_COMPACT, PH_LOG_MODE_COMFORTABLE };

  put_lines (lines, 100);
  for (guint i = 0; i < G_N_ELEMENTS (modes); i++)
    {
      guint before = modes[i] == PH_LOG_MODE_COMFORTABLE ? 1 : 0;
      guint64 entry = ph_store_end (lines->store);

      set_mode (lines, modes[i]);
      assert_last (lines, 0, "Show all 790 bytes");
      assert_last (lines, 1, "line 19⟨LF⟩");
      g_assert_cmpuint (ph_log_source_n_lines (lines->source, entry), ==, before + 20 + 1);
      g_assert_cmpuint (ph_log_source_line_at_byte (lines->source, entry, 780), ==, before + 20);
      g_assert_false (ph_log_fold_toggle (lines->source, entry));
      assert_last (lines, 0, "Show less");
      assert_last (lines, 1, "line 99⟨LF⟩");
      g_assert_cmpuint (ph_log_source_n_lines (lines->source, entry), ==, before + 100 + 1);
      g_assert_true (ph_log_fold_toggle (lines->source, entry));
      assert_last (lines, 1, "line 19⟨LF⟩");
    }
  put_lines (lines, 20);
  assert_last (lines, 0, "line 19⟨LF⟩");
}

static void
test_rows_of_bytes_and_long_lines_are_folded_too (Lines *lines, gconstpointer data)
{
  g_autofree char *big = g_strnfill (65507, 'x');
  g_autoptr (PhLogLine) line = NULL;

  set_mode (lines, PH_LOG_MODE_COMPACT);
  lines->format.line_chars = 80;
  lines_apply (lines);
  lines_put (lines, PH_RECORD_IN, big);
  g_assert_cmpuint (ph_log_source_n_lines (lines->source, ph_store_end (lines->store)), ==, 0); /* not advanced */
  assert_last (lines, 0, "Show all 65,507 bytes");
  g_assert_cmpuint (ph_log_source_n_lines (lines->source, ph_store_end (lines->store)), ==, 2);
  line = ph_log_fold_dup_line (lines->source, ph_store_end (lines->store), 0);
  g_assert_cmpuint (line->length, ==, PH_LOG_PIECE);
  lines->format.form = PH_FORM_HEX;
  lines_apply (lines);
  g_assert_cmpuint (ph_log_source_n_lines (lines->source, ph_store_end (lines->store)), ==, 21);
}

static void
test_only_so_many_records_are_unfolded_at_a_time (Lines *lines, gconstpointer data)
{
  set_mode (lines, PH_LOG_MODE_COMPACT);
  for (guint i = 0; i <= PH_LOG_FOLD_MAX; i++)
    put_lines (lines, 21);
  ph_log_source_advance (lines->source, ph_store_end (lines->store));
  for (guint i = 0; i <= PH_LOG_FOLD_MAX; i++)
    g_assert_false (ph_log_fold_toggle (lines->source, 2 + i));
  g_assert_cmpuint (ph_log_source_n_lines (lines->source, 2), ==, 21);
  g_assert_cmpuint (ph_log_source_n_lines (lines->source, 3), ==, 22);
}

/* What is folded away is selected with the words in its place. */
static void
test_the_line_to_fold_stands_for_the_bytes_behind (Lines *lines, gconstpointer data)
{
  PhLogBytes bytes;
  guint64 entry;

  set_mode (lines, PH_LOG_MODE_COMPACT);
  put_lines (lines, 100);
  ph_log_source_advance (lines->source, ph_store_end (lines->store));
  entry = ph_store_end (lines->store);
  ph_log_bytes_select (lines->source, &(PhLogPos) { entry, 0, 0 }, &(PhLogPos) { entry, 20, 5 }, &bytes);
  g_assert_cmpuint (bytes.to, ==, 790);
  ph_log_bytes_select (lines->source, &(PhLogPos) { entry, 0, 0 }, &(PhLogPos) { entry, 20, 0 }, &bytes);
  g_assert_cmpuint (bytes.to, ==, 150);
  ph_log_bytes_select (lines->source, &(PhLogPos) { entry, 20, 0 }, &(PhLogPos) { entry, 20, 5 }, &bytes);
  g_assert_cmpuint (bytes.from, ==, 150);
}

static void
test_a_match_that_is_folded_away_is_unfolded (Lines *lines, gconstpointer data)
{
  g_autoptr (PhFinder) finder = ph_finder_new (lines->session);
  PhSearchQuery query = { .text = "line 77", .charset = ph_charset_find ("utf-8"), .kinds = PH_SEARCH_ALL };
  g_autoptr (PhLogLine) line = NULL;
  PhLogPos pos;

  set_mode (lines, PH_LOG_MODE_COMPACT);
  put_lines (lines, 100);
  ph_log_source_advance (lines->source, ph_store_end (lines->store));
  while (ph_session_get_end (lines->session) < ph_store_end (lines->store))
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (ph_finder_set_query (finder, &query, NULL));
  while (ph_finder_is_running (finder))
    g_main_context_iteration (NULL, TRUE);
  ph_log_matches_set_finder (lines->source, finder);
  g_assert_true (ph_log_matches_first (lines->source, ph_store_end (lines->store), &pos));
  line = ph_log_source_dup_line (lines->source, pos.entry, pos.line);
  g_assert_cmpstr (line->text, ==, "line 77⟨LF⟩");
  ph_log_matches_set_finder (lines->source, NULL);
}

/* ---- Stream ---- */

static void
test_stream_has_the_payload_alone (Lines *lines, gconstpointer data)
{
  set_mode (lines, PH_LOG_MODE_STREAM);
  lines_put (lines, PH_RECORD_IN, "hello");
  lines_put (lines, PH_RECORD_OUT, "one\ntwo");
  lines_put (lines, PH_RECORD_NOTE, "what happened");
  lines_put (lines, PH_RECORD_IN, "packets stay apart");
  lines_assert (lines, "hello\none\ntwo\nnote\npackets stay apart");
}

static void
test_a_read_goes_on_in_the_line_of_the_read_before (Lines *lines, gconstpointer data)
{
  set_mode (lines, PH_LOG_MODE_STREAM);
  lines_make_stream ();
  lines_put (lines, PH_RECORD_IN, "hel");
  lines_put (lines, PH_RECORD_IN, "lo\nwor");
  lines_put (lines, PH_RECORD_IN, "l");
  lines_put (lines, PH_RECORD_IN, "d\n");
  lines_put (lines, PH_RECORD_IN, "next");
  lines_put (lines, PH_RECORD_OUT, "sent");
  lines_put (lines, PH_RECORD_IN, "again");
  lines_put_bytes (lines->store, PH_RECORD_IN, 2, "other", 5);
  lines_assert (lines, "hello\nworld\nnext\nsent\nagain\nother");
}

static void
test_a_character_cut_between_reads_is_whole_in_stream (Lines *lines, gconstpointer data)
{
  set_mode (lines, PH_LOG_MODE_STREAM);
  lines_make_stream ();
  lines_put (lines, PH_RECORD_IN, "a\xE4\xBD");
  lines_put (lines, PH_RECORD_IN, "\xA0z");
  lines_assert (lines, "a你z");
}

static void
test_a_filter_takes_reads_of_one_line_apart (Lines *lines, gconstpointer data)
{
  g_autoptr (PhFinder) finder = ph_finder_new (lines->session);
  PhSearchQuery query = { .text = "a", .charset = ph_charset_find ("utf-8"), .kinds = PH_SEARCH_ALL };

  set_mode (lines, PH_LOG_MODE_STREAM);
  lines_make_stream ();
  lines_put (lines, PH_RECORD_IN, "a1");
  lines_put (lines, PH_RECORD_IN, "b");
  lines_put (lines, PH_RECORD_IN, "a2");
  lines_put (lines, PH_RECORD_IN, "a3");
  lines_assert (lines, "a1ba2a3");
  while (ph_session_get_end (lines->session) < ph_store_end (lines->store))
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (ph_finder_set_query (finder, &query, NULL));
  while (ph_finder_is_running (finder))
    g_main_context_iteration (NULL, TRUE);
  ph_log_filter_set (lines->source, ph_finder_get_matches (finder));
  lines_assert (lines, "a1\na2a3");
  ph_log_filter_set (lines->source, NULL);
  lines_assert (lines, "a1ba2a3");
}

/* How many lines there are as drawn, from the end to the beginning, and the longest of them. */
static guint
count_drawn (Lines *lines, guint *ret_longest)
{
  PhLogPos pos;
  guint n = 0;

  *ret_longest = 0;
  ph_log_source_advance (lines->source, ph_store_end (lines->store));
  g_assert_true (ph_log_walk_last (lines->source, &pos));
  ph_log_run_to_start (lines->source, &pos);
  do
    {
      g_autoptr (PhLogLine) drawn = ph_log_run_dup (lines->source, &pos);

      g_assert_cmpuint (drawn->entry, ==, pos.entry);
      *ret_longest = MAX (*ret_longest, drawn->length);
      n++;
    }
  while (ph_log_run_previous (lines->source, &pos));

  return n;
}

static guint
count_forward (Lines *lines)
{
  PhLogPos pos;
  guint n = 1;

  g_assert_true (ph_log_walk_first (lines->source, &pos));
  while (ph_log_run_next (lines->source, &pos))
    n++;

  return n;
}

/* Wherever one begins to look, the lines are the same. */
static void
test_a_line_without_end_is_cut (Lines *lines, gconstpointer data)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (3);
  guint longest, n;

  set_mode (lines, PH_LOG_MODE_STREAM);
  lines_make_stream ();
  for (guint i = 0; i < 3000; i++)
    {
      g_autofree char *bytes = g_strnfill (i < 1000 ? 1 : g_rand_int_range (random, 1, 400), 'x');

      if (i > 2000 && g_rand_int_range (random, 0, 40) == 0)
        bytes[strlen (bytes) - 1] = '\n';
      lines_put (lines, PH_RECORD_IN, bytes);
    }
  n = count_drawn (lines, &longest);
  g_assert_cmpuint (longest, <=, PH_LOG_PIECE + 2);
  g_assert_cmpuint (n, >, 1000 / (2 * PH_LOG_STREAM_RECORDS));
  lines_apply (lines);
  g_assert_cmpuint (count_forward (lines), ==, n);
  lines_apply (lines);
  for (guint64 entry = ph_store_end (lines->store); entry > ph_store_end (lines->store) - 300; entry -= 7)
    {
      PhLogPos pos = { .entry = entry }, place;
      g_autoptr (PhLogLine) drawn = ph_log_run_dup (lines->source, &pos);

      g_assert_true (ph_log_run_has (drawn, &pos));
      place = ph_log_run_pos (drawn, ph_log_run_index (drawn, &pos));
      g_assert_cmpint (ph_log_pos_compare (&place, &pos), ==, 0);
    }
}

static void
test_a_drawn_line_is_the_same_until_one_of_its_lines_changes (Lines *lines, gconstpointer data)
{
  g_autoptr (PhLogLine) first = NULL, again = NULL, longer = NULL;
  PhLogPos pos;

  set_mode (lines, PH_LOG_MODE_STREAM);
  lines_make_stream ();
  lines_put (lines, PH_RECORD_IN, "a");
  lines_put (lines, PH_RECORD_IN, "b");
  ph_log_source_advance (lines->source, ph_store_end (lines->store));
  g_assert_true (ph_log_walk_last (lines->source, &pos));
  first = ph_log_run_dup (lines->source, &pos);
  again = ph_log_run_dup (lines->source, &pos);
  g_assert_true (first == again);
  g_assert_cmpstr (first->text, ==, "ab");
  lines_put (lines, PH_RECORD_IN, "c\n");
  ph_log_source_advance (lines->source, ph_store_end (lines->store));
  longer = ph_log_run_dup (lines->source, &pos);
  g_assert_cmpstr (longer->text, ==, "abc⟨LF⟩");
  g_assert_cmpuint (longer->tail, ==, 3);
}

/* ---- line ends between reads ---- */

static void
test_cr_and_lf_in_two_reads_are_one_line_end (Lines *lines, gconstpointer data)
{
  lines_make_stream ();
  lines_put (lines, PH_RECORD_IN, "one\r");
  lines_put (lines, PH_RECORD_OUT, "between");
  lines_put (lines, PH_RECORD_IN, "\ntwo\n");
  set_mode (lines, PH_LOG_MODE_COMPACT);
  lines_assert (lines, "←\t127.0.0.1:4000\t4\tone⟨CR⟩\n→\t127.0.0.1:4000\t7\tbetween\n←\t127.0.0.1:4000\t5\t⟨LF⟩two");
  set_mode (lines, PH_LOG_MODE_STREAM);
  lines_assert (lines, "one⟨CR⟩\nbetween\n⟨LF⟩two");
  set_mode (lines, PH_LOG_MODE_COMFORTABLE);
  lines_assert (lines, "←\t127.0.0.1:4000  4 bytes\none⟨CR⟩\n→\t127.0.0.1:4000  7 bytes\nbetween\n"
                       "←\t127.0.0.1:4000  5 bytes\n⟨LF⟩two");
}

static void
test_a_line_feed_that_follows_goes_on_in_stream (Lines *lines, gconstpointer data)
{
  lines_make_stream ();
  lines_put (lines, PH_RECORD_IN, "one\r");
  lines_put (lines, PH_RECORD_IN, "\ntwo");
  set_mode (lines, PH_LOG_MODE_STREAM);
  lines_assert (lines, "one⟨CR⟩\ntwo");
}

/* After a line feed alone, in another flow, or in a packet. */
static void
test_a_line_feed_of_its_own_ends_a_line (Lines *lines, gconstpointer data)
{
  set_mode (lines, PH_LOG_MODE_COMPACT);
  lines_put (lines, PH_RECORD_IN, "one\r");
  lines_put (lines, PH_RECORD_IN, "\ntwo");
  lines_assert (lines, "←\t127.0.0.1:4000\t4\tone⟨CR⟩\n←\t127.0.0.1:4000\t4\t\ntwo");
  lines_make_stream ();
  lines_put (lines, PH_RECORD_IN, "one\r");
  lines_put (lines, PH_RECORD_OUT, "\ntwo");
  g_assert_cmpuint (ph_log_source_n_lines (lines->source, ph_store_end (lines->store)), ==, 0);
  ph_log_source_advance (lines->source, ph_store_end (lines->store));
  g_assert_cmpuint (ph_log_source_n_lines (lines->source, ph_store_end (lines->store)), ==, 2);
}

#define ADD(name) g_test_add ("/log-forms/" #name, Lines, NULL, lines_set_up, test_##name, lines_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD (compact_has_one_line_for_a_record_that_fits);
  ADD (the_fields_of_compact_are_where_they_say);
  ADD (an_address_is_shortened_in_its_middle);
  ADD (a_long_payload_is_folded_after_twenty_lines);
  ADD (rows_of_bytes_and_long_lines_are_folded_too);
  ADD (only_so_many_records_are_unfolded_at_a_time);
  ADD (the_line_to_fold_stands_for_the_bytes_behind);
  ADD (a_match_that_is_folded_away_is_unfolded);
  ADD (stream_has_the_payload_alone);
  ADD (a_read_goes_on_in_the_line_of_the_read_before);
  ADD (a_character_cut_between_reads_is_whole_in_stream);
  ADD (a_filter_takes_reads_of_one_line_apart);
  ADD (a_line_without_end_is_cut);
  ADD (a_drawn_line_is_the_same_until_one_of_its_lines_changes);
  ADD (cr_and_lf_in_two_reads_are_one_line_end);
  ADD (a_line_feed_that_follows_goes_on_in_stream);
  ADD (a_line_feed_of_its_own_ends_a_line);

  return g_test_run ();
}
