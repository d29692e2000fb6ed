/* test-save-every.c: when a save begins a new file: sizes and times of day as people type them, and the moment that comes next
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-save-every.h"

#include "ph-error.h"

#define SECOND G_GINT64_CONSTANT (1000000000)
#define TIME G_GINT64_CONSTANT (1562918748) /* 2019-07-12 16:05:48 in UTC+8 */

static void
test_sizes_and_times (void)
{
  static const struct
  {
    const char *text;
    guint64 bytes;
    int minute;
  } rows[] = {
    { "64MiB", 64u << 20, -1 },   { " 64 mib ", 64u << 20, -1 }, { "1.5GB", 1500000000, -1 },  { "4096", 4096, -1 },
    { "5 GiB", 5ull << 30, -1 },  { "00:00", 0, 0 },             { "7:30", 0, 450 },           { "23:59", 0, 1439 },
    { "", 0, -1 },                { "  ", 0, -1 },               { "０７：３０", 0, 450 },     { "６４MiB", 64u << 20, -1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      PhSaveEvery every;

      g_assert_true (ph_save_every_parse (rows[i].text, &every, &error));
      g_assert_cmpuint (every.bytes, ==, rows[i].bytes);
      g_assert_cmpint (every.minute, ==, rows[i].minute);
    }
}

static void
test_what_is_none_changes_nothing (void)
{
  static const char *const rows[] = { "0", "4095", "1", "x", "24:00", "7:60", "7:3", "7", ":30", "07:30:00", "-1:30", "123:45", "64MiB 00:00",
                                      "99999999999999999999999", "1e9" };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      PhSaveEvery every = { 7, 7 };

      g_assert_false (ph_save_every_parse (rows[i], &every, &error));
      g_assert_error (error, PH_ERROR, PH_ERROR_INVALID);
      g_assert_cmpuint (every.bytes, ==, 7);
      g_assert_cmpint (every.minute, ==, 7);
    }
}

static void
test_the_next_moment_is_later_than_now_and_within_a_day (void)
{
  static const struct
  {
    int minute;
    gint64 after; /* seconds */
  } rows[] = { { 16 * 60 + 6, 12 }, { 16 * 60 + 5, 24 * 3600 - 48 }, { 0, 28452 }, { 23 * 60 + 59, 28392 }, { -1, 0 } };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const PhSaveEvery every = { 0, rows[i].minute };
      gint64 next = ph_save_every_next (&every, TIME * SECOND);

      if (rows[i].minute < 0)
        g_assert_cmpint (next, ==, G_MAXINT64);
      else
        g_assert_cmpint (next, ==, (TIME + rows[i].after) * SECOND);
    }
}

/* At the moment itself the new file has begun: the next one comes a day later. */
static void
test_the_moment_itself_is_past (void)
{
  const PhSaveEvery every = { 0, 16 * 60 + 6 };
  gint64 moment = (TIME + 12) * SECOND;

  g_assert_cmpint (ph_save_every_next (&every, moment - 1), ==, moment);
  g_assert_cmpint (ph_save_every_next (&every, moment), ==, moment + 24 * 3600 * SECOND);
}

int
main (int argc, char *argv[])
{
  g_setenv ("TZ", "UTC-8", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/save-every/sizes-and-times", test_sizes_and_times);
  g_test_add_func ("/save-every/what-is-none-changes-nothing", test_what_is_none_changes_nothing);
  g_test_add_func ("/save-every/the-next-moment-is-later-than-now-and-within-a-day", test_the_next_moment_is_later_than_now_and_within_a_day);
  g_test_add_func ("/save-every/the-moment-itself-is-past", test_the_moment_itself_is_past);

  return g_test_run ();
}
