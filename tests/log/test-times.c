/* test-times.c: the time of a record is shown as one of day, or since the opening or the record before
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "lines-fixture.h"
#include "ph-log-filter.h"

#define MS G_GINT64_CONSTANT (1000000)

static void
put (Lines *lines, PhOpened *opened, PhRecordKind kind, gint64 ms, const char *bytes)
{
  const PhRecord record = { .time = ms * MS, .length = (guint32) strlen (bytes), .peer = 1, .kind = kind };

  if (opened != NULL)
    ph_opened_record (opened, ph_store_end (lines->store), &record);
  ph_store_append (lines->store, &record, bytes);
  ph_store_notify (lines->store);
}

/* Record @entry begins with @text, but for the tab. */
static void
assert_time (Lines *lines, guint64 entry, const char *text)
{
  g_autoptr (PhLogLine) line = NULL;

  ph_log_source_advance (lines->source, ph_store_end (lines->store));
  line = ph_log_source_dup_line (lines->source, entry, 0);
  g_assert_nonnull (line);
  g_test_message ("%s", line->text);
  g_assert_true (g_str_has_prefix (strchr (line->text, '\t') + 1, text));
}

static void
show_as (Lines *lines, PhTimeKind kind, PhTimeFormat format)
{
  lines->format.time = kind;
  lines->format.time_format = format;
  lines_apply (lines);
}

static void
test_since_the_opening (Lines *lines, gconstpointer data)
{
  g_autoptr (PhOpened) opened = ph_opened_new ();

  ph_log_source_set_opened (lines->source, opened);
  show_as (lines, PH_TIME_SINCE_OPENING, PH_TIME_MILLISECONDS);
  put (lines, opened, PH_RECORD_IN, 1000, "before");
  put (lines, opened, PH_RECORD_OPENING, 2000, "");
  put (lines, opened, PH_RECORD_OPEN, 2017, "127.0.0.1:1");
  put (lines, opened, PH_RECORD_IN, 3000, "x");
  put (lines, opened, PH_RECORD_IN, 64017, "y");
  assert_time (lines, 2, "           –");
  assert_time (lines, 3, "      +0.000");
  assert_time (lines, 4, "      +0.017");
  assert_time (lines, 5, "      +0.983");
  assert_time (lines, 6, "   +1:02.000");
  show_as (lines, PH_TIME_SINCE_OPENING, PH_TIME_MICROSECONDS);
  assert_time (lines, 5, "      +0.983000");
}

static void
test_since_the_record_before (Lines *lines, gconstpointer data)
{
  show_as (lines, PH_TIME_SINCE_RECORD, PH_TIME_MILLISECONDS);
  put (lines, NULL, PH_RECORD_IN, 1000, "first");
  put (lines, NULL, PH_RECORD_PEER, 1200, "127.0.0.1:4000");
  put (lines, NULL, PH_RECORD_IN, 1500, "second");
  put (lines, NULL, PH_RECORD_IN, 1400, "earlier");
  assert_time (lines, 2, "           –"); /* behind a record that is not shown */
  assert_time (lines, 4, "      +0.500");
  assert_time (lines, 5, "      -0.100");
}

static void
test_since_the_record_before_that_is_shown (Lines *lines, gconstpointer data)
{
  static const guint64 bits[] = { 1 << 1 | 1 << 3 };
  g_autoptr (PhMatches) matches = ph_matches_new ();

  show_as (lines, PH_TIME_SINCE_RECORD, PH_TIME_MILLISECONDS);
  put (lines, NULL, PH_RECORD_IN, 1000, "a");
  put (lines, NULL, PH_RECORD_IN, 1500, "b");
  put (lines, NULL, PH_RECORD_IN, 1700, "c");
  assert_time (lines, 4, "      +0.200");
  ph_matches_append (matches, 0, 4, bits);
  ph_log_filter_set (lines->source, matches);
  assert_time (lines, 4, "      +0.700");
  ph_log_filter_set (lines->source, NULL);
  assert_time (lines, 4, "      +0.200");
}

#define ADD(name) g_test_add ("/log/times/" #name, Lines, NULL, lines_set_up, test_##name, lines_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD (since_the_opening);
  ADD (since_the_record_before);
  ADD (since_the_record_before_that_is_shown);

  return g_test_run ();
}
