/* test-rates.c: records in, buckets out, as short strings: bursts, gaps, clocks that are set, days of silence
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-rates.h"

#include <string.h>

#define NS G_GINT64_CONSTANT (1000000000)
#define BASE G_GINT64_CONSTANT (1700000000) /* a second on which nothing depends */

/* A record: so many ms behind the base, a way (r, t, or l for lost), bytes. A way of 0 ends the list. */
typedef struct
{
  gint64 ms;
  char way;
  guint64 bytes;
} Step;

typedef struct
{
  const char *story;
  Step steps[8];
  const char *recent; /* seconds behind the base:received/packets+sent/packets, and -lost */
  const char *whole;  /* the same, begun by the buckets' width */
} Case;

static const Case cases[] = {
  { "nothing-is-empty", { { 0 } }, "", "" },
  { "a-burst-is-one-bucket", { { 1, 'r', 10 }, { 2, 'r', 20 }, { 999, 'r', 1 } }, "0:31/3+0/0", "1 0:31/3+0/0" },
  { "a-second-ends-at-its-end",
    { { 999, 'r', 1 }, { 1000, 'r', 2 } },
    "0:1/1+0/0 1:2/1+0/0",
    "1 0:1/1+0/0 1:2/1+0/0" },
  { "both-ways-and-the-lost-are-kept-apart",
    { { 0, 'r', 5 }, { 1, 't', 7 }, { 2, 'l', 3 } },
    "0:5/1+7/1-3",
    "1 0:5/1+7/1-3" },
  { "an-empty-datagram-is-something", { { 0, 'r', 0 } }, "0:0/1+0/0", "1 0:0/1+0/0" },
  { "a-gap-is-empty", { { 0, 'r', 1 }, { 9000, 't', 2 } }, "0:1/1+0/0 9:0/0+2/1", "1 0:1/1+0/0 9:0/0+2/1" },
  { "a-little-backwards-belongs-where-it-says",
    { { 5000, 'r', 1 }, { 3000, 'r', 2 }, { 5500, 'r', 4 } },
    "3:2/1+0/0 5:5/2+0/0",
    "1 3:2/1+0/0 5:5/2+0/0" },
  { "what-is-ten-minutes-old-leaves-the-recent",
    { { 0, 'r', 1 }, { 1000, 'r', 2 }, { 600000, 'r', 4 } },
    "1:2/1+0/0 600:4/1+0/0",
    "2 0:3/2+0/0 600:4/1+0/0" },
  { "after-hours-of-silence-only-the-new-is-recent",
    { { 0, 'r', 1 }, { 36000000, 'r', 2 } },
    "36000:2/1+0/0",
    "128 0:1/1+0/0 36000:2/1+0/0" },
  { "a-clock-set-back-by-an-hour-goes-on-from-there",
    { { 3600000, 'r', 1 }, { 0, 'r', 2 }, { 1000, 'r', 4 } },
    "0:2/1+0/0 1:4/1+0/0",
    "8 0:6/2+0/0 3600:1/1+0/0" },
};

static void
append (GString *out, gint64 second, const PhRateBucket *b)
{
  if (ph_rate_buckets_are_empty (b, 1))
    return;
  g_string_append_printf (out, "%s%d:%u/%u+%u/%u", out->len > 0 ? " " : "", (int) (second - BASE),
                          (guint) b->bytes[PH_RATE_RX], (guint) b->packets[PH_RATE_RX], (guint) b->bytes[PH_RATE_TX],
                          (guint) b->packets[PH_RATE_TX]);
  if (b->lost > 0)
    g_string_append_printf (out, "-%u", (guint) b->lost);
}

static void
assert_recent (PhRates *rates, const char *expected)
{
  g_autoptr (GString) out = g_string_new (NULL);
  PhRateBucket buckets[2 * PH_RATES_RECENT];
  gint64 first = ph_rates_is_empty (rates) ? 0 : ph_rates_newest (rates) - G_N_ELEMENTS (buckets) + 100;

  ph_rates_get_recent (rates, first, G_N_ELEMENTS (buckets), buckets);
  for (guint i = 0; i < G_N_ELEMENTS (buckets); i++)
    append (out, first + i, &buckets[i]);
  g_assert_cmpstr (out->str, ==, expected);
}

/* Wide buckets are named by the second of the base they hold, so that the tables do not depend on their alignment. */
static void
assert_whole (PhRates *rates, const char *expected)
{
  g_autoptr (GString) out = g_string_new (NULL);
  PhRateBucket buckets[PH_RATES_WHOLE];
  gint64 first, width;
  guint n = ph_rates_get_whole (rates, buckets, &first, &width);

  if (n > 0)
    g_string_append_printf (out, "%d", (int) width);
  for (guint i = 0; i < n; i++)
    {
      gint64 begin = first + i * width, name = begin;

      for (const char *at = expected; (at = strchr (at, ' ')) != NULL; at++)
        if (BASE + g_ascii_strtoll (at, NULL, 10) >= begin && BASE + g_ascii_strtoll (at, NULL, 10) < begin + width)
          name = BASE + g_ascii_strtoll (at, NULL, 10);
      append (out, name, &buckets[i]);
    }
  g_assert_cmpstr (out->str, ==, expected);
}

static void
test_case (gconstpointer data)
{
  const Case *one = data;
  g_autoptr (PhRates) rates = ph_rates_new ();

  for (const Step *step = one->steps; step->way != 0; step++)
    {
      gint64 time = BASE * NS + step->ms * 1000000;

      if (step->way == 'l')
        ph_rates_add_lost (rates, time, step->bytes);
      else
        ph_rates_add (rates, time, step->way == 'r' ? PH_RATE_RX : PH_RATE_TX, step->bytes, 1);
    }
  assert_recent (rates, one->recent);
  assert_whole (rates, one->whole);
}

static guint64
sum_whole (PhRates *rates, guint *ret_n, gint64 *ret_first, gint64 *ret_width)
{
  PhRateBucket buckets[PH_RATES_WHOLE];
  guint64 sum = 0;

  *ret_n = ph_rates_get_whole (rates, buckets, ret_first, ret_width);
  for (guint i = 0; i < *ret_n; i++)
    sum += buckets[i].bytes[PH_RATE_RX];

  return sum;
}

static void
test_a_week_keeps_every_byte_in_the_same_memory (void)
{
  g_autoptr (PhRates) rates = ph_rates_new ();
  gint64 first, width, seconds = 7 * 24 * 3600;
  guint n;

  for (gint64 s = 0; s < seconds; s++)
    ph_rates_add (rates, (BASE + s) * NS, PH_RATE_RX, 3, 1);
  g_assert_cmpuint (sum_whole (rates, &n, &first, &width), ==, 3 * (guint64) seconds);
  g_assert_cmpuint (n, <=, PH_RATES_WHOLE);
  g_assert_cmpuint (n, >=, PH_RATES_WHOLE / 2);
  g_assert_cmpint (first, <=, BASE);
  g_assert_cmpint (first + n * width, >=, BASE + seconds);
}

/* Whatever a damaged file says of its times, nothing is lost and nothing goes wrong. */
static void
test_any_time_has_a_place (void)
{
  const gint64 times[] = { G_MAXINT64, G_MININT64, 0, -1, 1, BASE * NS, G_MININT64, -NS, G_MAXINT64 - NS };
  g_autoptr (PhRates) rates = ph_rates_new ();
  PhRateBucket buckets[PH_RATES_RECENT];
  gint64 first, width;
  guint n;

  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    {
      ph_rates_add (rates, times[i], PH_RATE_RX, 1, 1);
      ph_rates_get_recent (rates, ph_rates_second (times[i]), 1, buckets);
      g_assert_cmpuint (buckets[0].bytes[PH_RATE_RX], >=, 1);
      g_assert_cmpuint (sum_whole (rates, &n, &first, &width), ==, i + 1);
    }
}

static void
test_random_times_add_up (void)
{
  for (guint round = 0; round < 200; round++)
    {
      g_autoptr (PhRates) rates = ph_rates_new ();
      gint64 first, width, low = G_MAXINT64, high = G_MININT64;
      guint64 sum = 0;
      guint n, steps = 1 + (guint) g_test_rand_int_range (0, 50);

      for (guint i = 0; i < steps; i++)
        {
          gint64 second = BASE + g_test_rand_int_range (-5000, 5000) * (gint64) g_test_rand_int_range (1, 5000);
          guint64 bytes = (guint64) g_test_rand_int_range (0, 1000);

          low = MIN (low, second);
          high = MAX (high, second);
          sum += bytes;
          ph_rates_add (rates, second * NS + g_test_rand_int_range (0, NS), PH_RATE_RX, bytes, 1);
        }
      g_assert_cmpuint (sum_whole (rates, &n, &first, &width), ==, sum);
      g_assert_cmpint (first, <=, low);
      g_assert_cmpint (first + width, >, low);
      g_assert_cmpint (first + n * width, >, high);
      g_assert_cmpint (first + (n - 1) * width, <=, high);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/rates/%s", cases[i].story);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/rates/a-week-keeps-every-byte-in-the-same-memory", test_a_week_keeps_every_byte_in_the_same_memory);
  g_test_add_func ("/rates/any-time-has-a-place", test_any_time_has_a_place);
  g_test_add_func ("/rates/random-times-add-up", test_random_times_add_up);

  return g_test_run ();
}
