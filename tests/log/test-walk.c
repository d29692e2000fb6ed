/* test-walk.c: from line to line of the log, over what is silent, filtered out, hidden, missing or gone
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include <string.h>

#include "lines-fixture.h"
#include "ph-log-filter.h"
#include "ph-log-walk.h"
#include "ph-log-words.h"

/* The places of all lines, "entry.line", forwards. */
static char *
walk (Lines *lines)
{
  GString *out = g_string_new (NULL);
  PhLogPos pos;

  ph_log_source_advance (lines->source, ph_store_end (lines->store));
  for (gboolean more = ph_log_walk_first (lines->source, &pos); more; more = ph_log_walk_next (lines->source, &pos))
    {
      if (pos.entry == PH_LOG_ENTRY_HIDDEN)
        g_string_append (out, " hidden");
      else
        g_string_append_printf (out, " %" G_GUINT64_FORMAT ".%u", pos.entry, pos.line);
    }

  return g_string_free (out, FALSE);
}

static char *
walk_back (Lines *lines)
{
  g_autoptr (GPtrArray) places = g_ptr_array_new_with_free_func (g_free);
  GString *out = g_string_new (NULL);
  PhLogPos pos;

  for (gboolean more = ph_log_walk_last (lines->source, &pos); more; more = ph_log_walk_previous (lines->source, &pos))
    g_ptr_array_add (places, pos.entry == PH_LOG_ENTRY_HIDDEN
                               ? g_strdup (" hidden")
                               : g_strdup_printf (" %" G_GUINT64_FORMAT ".%u", pos.entry, pos.line));
  for (guint i = places->len; i > 0; i--)
    g_string_append (out, g_ptr_array_index (places, i - 1));

  return g_string_free (out, FALSE);
}

static void
assert_walk (Lines *lines, const char *expected)
{
  g_autofree char *forwards = walk (lines), *backwards = walk_back (lines);

  g_assert_cmpstr (forwards, ==, expected);
  g_assert_cmpstr (backwards, ==, expected);
}

static void
test_silent_records_have_no_lines (Lines *lines, gconstpointer data)
{
  assert_walk (lines, "");
  lines_put (lines, PH_RECORD_IN, "a\nb");
  lines_put (lines, PH_RECORD_PEER, "silent");
  lines_put (lines, PH_RECORD_NOTE, "note");
  assert_walk (lines, " 2.0 2.1 2.2 4.0");
}

static void
test_hidden_records_are_one_notice (Lines *lines, gconstpointer data)
{
  g_autofree char *words = NULL;

  lines_put (lines, PH_RECORD_NOTE, "before");
  ph_log_source_set_hidden_from (lines->source, 2);
  assert_walk (lines, " 2.0 hidden");
  lines_put (lines, PH_RECORD_NOTE, "meanwhile");
  assert_walk (lines, " 2.0 hidden");
  words = ph_log_words_describe (lines->source, PH_LOG_ENTRY_HIDDEN);
  g_assert_cmpstr (words, ==, "New records are hidden and kept: 1 so far");
  ph_log_source_set_hidden_from (lines->source, G_MAXUINT64);
  assert_walk (lines, " 2.0 3.0");
}

static void
test_a_filter_leaves_only_its_records (Lines *lines, gconstpointer data)
{
  g_autoptr (PhMatches) matches = ph_matches_new ();

  for (guint i = 0; i < 5; i++)
    lines_put (lines, PH_RECORD_NOTE, "note");
  ph_matches_append (matches, 0, 6, &(guint64){ 1 << 2 | 1 << 4 });
  ph_log_filter_set (lines->source, matches);
  assert_walk (lines, " 3.0 5.0");
  g_assert_cmpuint (ph_log_filter_n_shown (lines->source), ==, 2);
  g_assert_cmpuint (ph_log_filter_rank (lines->source, 5), ==, 1);
  g_assert_cmpuint (ph_log_filter_nth (lines->source, 1), ==, 5);
  g_assert_cmpuint (ph_log_filter_nth (lines->source, 7), ==, 5);
  ph_log_filter_set (lines->source, NULL);
}

static void
test_what_the_limit_took_is_a_notice (Lines *lines, gconstpointer data)
{
  g_autofree char *big = g_strnfill (PH_STORE_PAYLOAD_MAX, '.');
  g_autofree char *words = NULL;
  PhLogPos pos;

  lines->format.mode = PH_LOG_MODE_TABLE;
  lines_apply (lines);
  ph_store_set_limit (lines->store, PH_STORE_LIMIT_MIN);
  for (guint i = 0; i < 100; i++)
    {
      lines_put_bytes (lines->store, PH_RECORD_IN, 1, big, PH_STORE_PAYLOAD_MAX);
      ph_store_release (lines->store, ph_store_end (lines->store));
    }
  ph_log_source_advance (lines->source, ph_store_end (lines->store));
  g_assert_cmpuint (ph_store_dropped (lines->store), >, 0);
  g_assert_true (ph_log_walk_first (lines->source, &pos));
  g_assert_cmpuint (pos.entry, ==, PH_LOG_ENTRY_GONE);
  words = ph_log_words_describe (lines->source, pos.entry);
  g_assert_nonnull (strstr (words, "older records are gone"));

  /* The nearest line that exists is the first one that is left. */
  pos = (PhLogPos){ .entry = 3 };
  ph_log_walk_clamp (lines->source, &pos);
  g_assert_cmpuint (pos.entry, ==, ph_store_first (lines->store) + 1);
  pos = (PhLogPos){ .entry = ph_store_end (lines->store), .line = 7 };
  ph_log_walk_clamp (lines->source, &pos);
  g_assert_cmpuint (pos.line, ==, 0);
}

static void
test_a_record_is_a_sentence (Lines *lines, gconstpointer data)
{
  static const struct
  {
    PhRecordKind kind;
    guint32 peer;
    const char *bytes, *words;
  } rows[] = {
    { PH_RECORD_IN, 1, "hi", "Received from 127.0.0.1:4000, 2 bytes: hi" },
    { PH_RECORD_OUT, 1, "a\n", "Sent to 127.0.0.1:4000, 2 bytes: a⟨LF⟩" },
    { PH_RECORD_IN, PH_PEER_NONE, "x", "Received, 1 byte: x" },
    { PH_RECORD_OUT, PH_PEER_NONE, "x", "Sent, 1 byte: x" },
    { PH_RECORD_PEER, 1, "silent", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *words = NULL;

      lines_put_bytes (lines->store, rows[i].kind, rows[i].peer, rows[i].bytes, strlen (rows[i].bytes));
      ph_log_source_advance (lines->source, ph_store_end (lines->store));
      words = ph_log_words_describe (lines->source, ph_store_end (lines->store));
      g_assert_cmpstr (words, ==, rows[i].words);
    }
}

#define ADD(name) g_test_add ("/log/walk/" #name, Lines, NULL, lines_set_up, test_##name, lines_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD (silent_records_have_no_lines);
  ADD (hidden_records_are_one_notice);
  ADD (a_filter_leaves_only_its_records);
  ADD (what_the_limit_took_is_a_notice);
  ADD (a_record_is_a_sentence);

  return g_test_run ();
}
