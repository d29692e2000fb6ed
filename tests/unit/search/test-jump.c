/* test-jump.c: which record is meant by a typed number or time
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-jump.h"

#define SECOND G_GINT64_CONSTANT (1000000000)
#define RECORDS 40000u /* more than a chunk holds */

/* ns since 1970 of a local time. */
static gint64
local (int day, int hour, int minute, int second)
{
  g_autoptr (GDateTime) date = g_date_time_new_local (2019, 7, day, hour, minute, second);

  return g_date_time_to_unix (date) * SECOND;
}

static void
test_times_are_understood_as_people_write_them (void)
{
  const gint64 newest = local (12, 16, 5, 48) + 500;
  const struct
  {
    const char *text;
    gint64 time; /* -1: none */
  } rows[] = {
    { "16:05", local (12, 16, 5, 0) },
    { " 16:05:48 ", local (12, 16, 5, 48) },
    { "16:05:47.417", local (12, 16, 5, 47) + 417000000 },
    { "16:05:47,4", local (12, 16, 5, 47) + 400000000 },
    { "16:05:47.1234567891", local (12, 16, 5, 47) + 123456789 },
    { "0:00", local (12, 0, 0, 0) },
    { "16:06", local (11, 16, 6, 0) }, /* later than now, so it means yesterday */
    { "23:59:59", local (11, 23, 59, 59) },
    { "2019-07-09 08:01", local (9, 8, 1, 0) },
    { "2019-07-13T08:01:02.5", local (13, 8, 1, 2) + 500000000 },
    { "24:00", -1 },
    { "12:60", -1 },
    { "12:00:60", -1 },
    { "12:00.5", -1 },
    { "12:00:00.", -1 },
    { "12:00:00x", -1 },
    { "12", -1 },
    { "", -1 },
    { "2019-13-01 00:00", -1 },
    { "2019-02-30 00:00", -1 },
    { "9999-01-01 00:00", -1 },
    { "0000-01-01 00:00", -1 },
    { "noon", -1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gint64 time = -1;

      g_test_message ("“%s”", rows[i].text);
      g_assert_cmpint (ph_jump_parse_time (rows[i].text, newest, &time), ==, rows[i].time >= 0);
      g_assert_cmpint (time, ==, rows[i].time);
    }
}

static PhStore *
make_store (void)
{
  PhStore *store = ph_store_new (PH_STORE_LIMIT_MIN * 4, NULL, NULL);

  for (guint i = 0; i < RECORDS; i++)
    {
      PhRecord record = { .time = local (12, 16, 0, 0) + i / 10 * 10 * SECOND / 1000, .length = 1, .kind = PH_RECORD_IN };

      ph_store_append (store, &record, "x");
    }

  return store;
}

static void
test_numbers_and_times_lead_to_their_records (void)
{
  g_autoptr (PhStore) store = make_store ();
  const struct
  {
    const char *text;
    guint64 seq;
  } rows[] = {
    { "1", 0 },
    { "#104", 103 },
    { "1,234", 1233 },
    { "0", 0 },
    { "99999999", RECORDS - 1 },
    { "16:00", 0 },
    { "15:59:59", 0 },
    { "16:00:00.010", 10 },
    { "16:00:00.011", 20 }, /* the first record that is not before that time */
    { "16:00:39.990", RECORDS - 10 },
    { "2019-07-13 00:00", RECORDS - 1 },
    { "2019-07-01 00:00", 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      guint64 seq = G_MAXUINT64;

      g_test_message ("“%s”", rows[i].text);
      g_assert_cmpint (ph_jump_find (rows[i].text, local (12, 16, 0, 40), store, RECORDS, &seq, &error), ==, PH_JUMP_FOUND);
      g_assert_no_error (error);
      g_assert_cmpuint (seq, ==, rows[i].seq);
    }
}

static void
test_only_what_is_shown_is_counted (void)
{
  g_autoptr (PhStore) store = ph_store_new (PH_STORE_LIMIT_MIN, NULL, NULL);
  g_autoptr (GError) error = NULL;
  guint64 seq = 0;

  for (guint i = 0; i < 100; i++)
    {
      PhRecord record = { .kind = i % 2 == 0 ? PH_RECORD_PEER : PH_RECORD_IN };

      ph_store_append (store, &record, NULL);
    }
  g_assert_cmpint (ph_jump_find ("2", 0, store, 100, &seq, &error), ==, PH_JUMP_FOUND);
  g_assert_cmpuint (seq, ==, 3);
  g_assert_cmpint (ph_jump_find ("50", 0, store, 100, &seq, &error), ==, PH_JUMP_FOUND);
  g_assert_cmpuint (seq, ==, 99);
  g_assert_cmpint (ph_jump_find ("50", 0, store, 50, &seq, &error), ==, PH_JUMP_FOUND);
  g_assert_cmpuint (seq, ==, 49);
}

static void
test_what_is_neither_is_told (void)
{
  g_autoptr (PhStore) store = make_store ();
  static const char *const rows[] = { "", "#", "x", "12.5", "-1", "99999999999999999999999", "1:2:3:4" };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      guint64 seq;

      g_assert_cmpint (ph_jump_find (rows[i], local (12, 16, 0, 40), store, RECORDS, &seq, &error), ==, PH_JUMP_NONSENSE);
      g_assert_error (error, PH_JUMP_ERROR, PH_JUMP_ERROR_NONSENSE);
    }
}

static void
test_nothing_to_jump_to_is_no_error (void)
{
  g_autoptr (PhStore) store = ph_store_new (PH_STORE_LIMIT_MIN, NULL, NULL);
  g_autoptr (GError) error = NULL;
  guint64 seq;

  g_assert_cmpint (ph_jump_find ("1", local (12, 16, 0, 40), store, 0, &seq, &error), ==, PH_JUMP_NOWHERE);
  g_assert_no_error (error);
  g_assert_cmpint (ph_jump_find ("16:00", local (12, 16, 0, 40), store, 0, &seq, &error), ==, PH_JUMP_NOWHERE);
  g_assert_no_error (error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/jump/times_are_understood_as_people_write_them", test_times_are_understood_as_people_write_them);
  g_test_add_func ("/jump/numbers_and_times_lead_to_their_records", test_numbers_and_times_lead_to_their_records);
  g_test_add_func ("/jump/only_what_is_shown_is_counted", test_only_what_is_shown_is_counted);
  g_test_add_func ("/jump/what_is_neither_is_told", test_what_is_neither_is_told);
  g_test_add_func ("/jump/nothing_to_jump_to_is_no_error", test_nothing_to_jump_to_is_no_error);

  return g_test_run ();
}
