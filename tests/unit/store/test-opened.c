/* test-opened.c: from which opening the time of a record counts
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-opened.h"

static void
add (PhOpened *opened, guint64 seq, PhRecordKind kind)
{
  const PhRecord record = { .kind = kind, .time = (gint64) seq * 100 };

  ph_opened_record (opened, seq, &record);
}

/* -1 if there is none */
static gint64
find (const PhOpened *opened, guint64 seq)
{
  gint64 time = -1;

  return ph_opened_find (opened, seq, &time) ? time : -1;
}

static void
test_the_newest_opening_before_a_record (void)
{
  static const struct
  {
    guint64 seq;
    gint64 time;
  } rows[] = {
    { 0, -1 }, { 2, -1 },
    { 3, 300 }, /* an opening begins a count */
    { 4, 300 },
    { 5, 300 }, /* "open" tells how long the opening took */
    { 6, 500 }, { 9, 500 },
    { 10, 1000 }, { 11, 1000 }, { 12, 1100 }, { G_MAXUINT32, 1100 },
  };
  g_autoptr (PhOpened) opened = ph_opened_new ();

  add (opened, 3, PH_RECORD_OPENING);
  add (opened, 4, PH_RECORD_PEER);
  add (opened, 5, PH_RECORD_OPEN);
  add (opened, 6, PH_RECORD_IN);
  add (opened, 8, PH_RECORD_CLOSED);
  add (opened, 10, PH_RECORD_OPENING);
  add (opened, 11, PH_RECORD_OPEN);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (find (opened, rows[i].seq), ==, rows[i].time);
}

/* A file that begins with the second half of an opening. */
static void
test_open_without_an_opening_counts_from_itself (void)
{
  g_autoptr (PhOpened) opened = ph_opened_new ();

  add (opened, 7, PH_RECORD_OPEN);
  g_assert_cmpint (find (opened, 7), ==, 700);
  g_assert_cmpint (find (opened, 8), ==, 700);
}

static void
test_the_number_of_openings_is_limited (void)
{
  g_autoptr (PhOpened) opened = ph_opened_new ();

  for (guint i = 0; i < PH_OPENED_MAX + 1; i++)
    add (opened, i, PH_RECORD_OPENING);
  g_assert_cmpint (find (opened, PH_OPENED_MAX), ==, (gint64) PH_OPENED_MAX * 100);
  g_assert_cmpint (find (opened, PH_OPENED_MAX / 2), ==, (gint64) PH_OPENED_MAX / 2 * 100);
  g_assert_cmpint (find (opened, PH_OPENED_MAX / 2 - 1), ==, -1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/opened/the-newest-opening-before-a-record", test_the_newest_opening_before_a_record);
  g_test_add_func ("/opened/open-without-an-opening-counts-from-itself", test_open_without_an_opening_counts_from_itself);
  g_test_add_func ("/opened/their-number-is-limited", test_the_number_of_openings_is_limited);

  return g_test_run ();
}
