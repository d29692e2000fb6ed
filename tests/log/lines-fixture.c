/* lines-fixture.c: the lines of a log without a view: a store, its source, and records to put in it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "lines-fixture.h"

#include <string.h>
#include <time.h>

#include "ph-log-walk.h"

static guint16 data_flags;

/* What is put from now on belongs to streams, until the next test. */
void
lines_make_stream (void)
{
  data_flags = PH_RECORD_STREAM;
}

void
lines_put_bytes (PhStore *store, PhRecordKind kind, guint32 peer, const void *bytes, gsize length)
{
  PhRecord record = { .time = G_GINT64_CONSTANT (1562918765417123456), .length = length, .peer = peer, .kind = kind };

  record.flags = ph_record_is_data (&record) ? data_flags : 0;
  ph_store_append (store, &record, bytes);
}

void
lines_put (Lines *lines, PhRecordKind kind, const char *text)
{
  lines_put_bytes (lines->store, kind, 1, text, strlen (text));
  ph_store_notify (lines->store);
}

static const char *
names_cb (gpointer data, const PhRecord *record, const char **ret_to)
{
  return record->peer == 1 ? "127.0.0.1:4000" : NULL;
}

/* Shows the records of another store, which outlives the fixture. */
void
lines_show (Lines *lines, PhStore *store)
{
  g_clear_pointer (&lines->source, ph_log_source_free);
  lines->store = store;
  lines->source = ph_log_source_new (store, names_cb, NULL);
  lines_apply (lines);
}

void
lines_set_up (Lines *lines, gconstpointer data)
{
  data_flags = 0;
  lines->format = (PhLogFormat){ .mode = PH_LOG_MODE_COMFORTABLE, .form = PH_FORM_TEXT, .charset = ph_charset_find ("utf-8"),
                                 .time = PH_TIME_NONE, .row = 16 };
  lines->session = ph_session_new ();
  lines_show (lines, ph_session_get_store (lines->session));
  lines_put (lines, PH_RECORD_PEER, "127.0.0.1:4000");
}

void
lines_tear_down (Lines *lines, gconstpointer data)
{
  ph_log_source_free (lines->source);
  g_assert_finalize_object (lines->session);
}

void
lines_apply (Lines *lines)
{
  ph_log_source_set_format (lines->source, &lines->format);
}

/* Until a record of a file was read. */
void
lines_wait (Lines *lines, guint64 entry)
{
  while (ph_log_source_awaits (lines->source, entry))
    g_thread_yield ();
}

/* Line @n of all that are shown, from 0. */
PhLogLine *
lines_dup (Lines *lines, guint n)
{
  PhLogPos pos;
  PhLogLine *line;

  ph_log_source_advance (lines->source, ph_store_end (lines->store));
  g_assert_true (ph_log_walk_first (lines->source, &pos));
  for (lines_wait (lines, pos.entry); n > 0; n--, lines_wait (lines, pos.entry))
    g_assert_true (ph_log_walk_next (lines->source, &pos));
  line = ph_log_source_dup_line (lines->source, pos.entry, pos.line);
  g_assert_nonnull (line);

  return line;
}

/* The same from the end: 0 is the last line. */
PhLogLine *
lines_dup_last (Lines *lines, guint n)
{
  PhLogPos pos;
  PhLogLine *line;

  ph_log_source_advance (lines->source, ph_store_end (lines->store));
  g_assert_true (ph_log_walk_last (lines->source, &pos));
  while (n-- > 0)
    g_assert_true (ph_log_walk_previous (lines->source, &pos));
  line = ph_log_source_dup_line (lines->source, pos.entry, pos.line);
  g_assert_nonnull (line);

  return line;
}

/* All lines; without a line feed where a line is joined to the next. */
char *
lines_dup_all (Lines *lines)
{
  GString *all = g_string_new (NULL);
  PhLogPos pos;
  gboolean more;

  ph_log_source_advance (lines->source, ph_store_end (lines->store));
  for (more = ph_log_walk_first (lines->source, &pos); more; more = ph_log_walk_next (lines->source, &pos))
    {
      g_autoptr (PhLogLine) line = ph_log_source_dup_line (lines->source, pos.entry, pos.line);

      if (line->continues && all->len > 0)
        g_string_truncate (all, all->len - 1);
      g_string_append_len (all, line->text + line->lead, line->tail - line->lead);
      if (!line->joined)
        g_string_append_c (all, '\n');
    }
  if (all->len > 0)
    g_string_truncate (all, all->len - 1);

  return g_string_free (all, FALSE);
}

void
lines_assert (Lines *lines, const char *expected)
{
  g_autofree char *all = lines_dup_all (lines);

  g_assert_cmpstr (all, ==, expected);
}

/* What this thread has worked, in µs: a machine that is busy with something else does not count. */
gint64
lines_get_cpu (void)
{
  struct timespec time;

  g_assert_cmpint (clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time), ==, 0);

  return (gint64) time.tv_sec * G_TIME_SPAN_SECOND + time.tv_nsec / 1000;
}
