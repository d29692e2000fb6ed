/* test-flood.c: in a flood datagrams are received many at a time, and nothing else has to wait
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-flood.h"

#include "ph-plat.h"

#define ROOM 5000 /* datagrams that a receive buffer holds */
#define MILLISECOND G_GINT64_CONSTANT (1000000)

/* What a worker is told at the end of a hundred milliseconds in which @n datagrams come at once every @gap ns. */
static gint64
rest_after (guint n, gint64 gap, gint64 room)
{
  PhFlood flood = { 0 };
  gint64 rest = 0, now = 12345 * MILLISECOND;

  for (gint64 end = now + 100 * MILLISECOND; now < end; now += gap)
    rest = ph_flood_count (&flood, now, n, room);

  return rest;
}

static void
test_a_flood_lets_the_worker_rest_for_less_than_the_buffer_holds (void)
{
  static const struct
  {
    guint n;
    gint64 gap;
  } floods[] = { { 1, 2700 }, { 3, 9000 }, { 64, 150000 }, { 1024, 1500000 } };

  for (guint i = 0; i < G_N_ELEMENTS (floods); i++)
    {
      gint64 rest = rest_after (floods[i].n, floods[i].gap, ROOM);

      g_assert_cmpint (rest, >, 0);
      g_assert_cmpint (rest, <, ROOM * floods[i].gap / floods[i].n / 4);
    }
}

static void
test_what_comes_by_request_and_answer_is_looked_at_at_once (void)
{
  g_assert_cmpint (rest_after (1, 15000, ROOM), ==, 0);
  g_assert_cmpint (rest_after (1, MILLISECOND, ROOM), ==, 0);
  g_assert_cmpint (rest_after (50, MILLISECOND, ROOM), ==, 0);
}

static void
test_a_buffer_that_is_soon_full_is_not_left_alone (void)
{
  g_assert_cmpint (rest_after (1, 2700, 200), ==, 0);
  g_assert_cmpint (rest_after (1, 2700, 0), ==, 0);
}

static void
test_a_flood_that_is_over_is_forgotten (void)
{
  PhFlood flood = { 0 };

  for (gint64 now = MILLISECOND; now < 5 * MILLISECOND; now += 2700)
    ph_flood_count (&flood, now, 1, ROOM);
  g_assert_cmpint (flood.rest, >, 0);
  g_assert_cmpint (ph_flood_count (&flood, 900 * MILLISECOND, 1, ROOM), ==, 0);
}

static void
test_a_nap_lasts_at_least_as_long_as_asked_for (void)
{
  gint64 start = ph_plat_monotonic ();

  g_assert_true (ph_plat_nap (0));
  g_assert_true (ph_plat_nap (-5));
  if (ph_plat_nap (300000))
    g_assert_cmpint (ph_plat_monotonic () - start, >=, 300000);
  else
    g_test_skip ("this system does not sleep so briefly");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/flood/lets-the-worker-rest-for-less-than-the-buffer-holds",
                   test_a_flood_lets_the_worker_rest_for_less_than_the_buffer_holds);
  g_test_add_func ("/flood/what-comes-by-request-and-answer-is-looked-at-at-once",
                   test_what_comes_by_request_and_answer_is_looked_at_at_once);
  g_test_add_func ("/flood/a-buffer-that-is-soon-full-is-not-left-alone", test_a_buffer_that_is_soon_full_is_not_left_alone);
  g_test_add_func ("/flood/one-that-is-over-is-forgotten", test_a_flood_that_is_over_is_forgotten);
  g_test_add_func ("/flood/a-nap-lasts-at-least-as-long-as-asked-for", test_a_nap_lasts_at_least_as_long_as_asked_for);

  return g_test_run ();
}
