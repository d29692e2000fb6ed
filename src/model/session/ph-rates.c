/* ph-rates.c: bytes and packets by time: one bucket a second for the last ten minutes, wider ones for all of it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-rates.h"

#include <string.h>

#define SECOND G_GINT64_CONSTANT (1000000000) /* ns */

struct _PhRates
{
  gboolean empty;

  /* The newest second, kept apart: most records belong to the same second as the record before. */
  gint64 second;
  PhRateBucket now;

  /* A ring: the index of a second is its remainder. */
  gint64 newest;
  PhRateBucket recent[PH_RATES_RECENT];

  /* Bucket i covers the seconds s with s >> shift == first + i. */
  guint shift;
  gint64 first, last;
  PhRateBucket whole[PH_RATES_WHOLE];
};

static void
bucket_add (PhRateBucket *bucket, const PhRateBucket *more)
{
  for (guint side = 0; side < PH_RATE_SIDES; side++)
    {
      bucket->bytes[side] += more->bytes[side];
      bucket->packets[side] += more->packets[side];
    }
  bucket->lost += more->lost;
}

static PhRateBucket *
recent_at (PhRates *rates, gint64 second)
{
  gint64 remainder = second % PH_RATES_RECENT;

  return &rates->recent[remainder < 0 ? remainder + PH_RATES_RECENT : remainder];
}

/* Makes room for @second. The seconds up to it become empty. If it is older than the ring, the clock was set back, and the
 * ring begins anew. */
static void
recent_reach (PhRates *rates, gint64 second)
{
  if (second > rates->newest - PH_RATES_RECENT && second <= rates->newest)
    return;
  if (second <= rates->newest || second - rates->newest >= PH_RATES_RECENT)
    memset (rates->recent, 0, sizeof rates->recent);
  else
    for (gint64 at = rates->newest + 1; at <= second; at++)
      memset (recent_at (rates, at), 0, sizeof (PhRateBucket));
  rates->newest = second;
}

static void
whole_halve (PhRates *rates)
{
  gint64 first = rates->first >> 1;

  for (gint64 i = 0; i <= rates->last - rates->first; i++)
    {
      PhRateBucket bucket = rates->whole[i];

      memset (&rates->whole[i], 0, sizeof bucket);
      bucket_add (&rates->whole[((rates->first + i) >> 1) - first], &bucket);
    }
  rates->first = first;
  rates->last >>= 1;
  rates->shift++;
}

/* Makes room for @second: doubles the width until all buckets fit, then moves them if @second comes before the first. */
static void
whole_reach (PhRates *rates, gint64 second)
{
  gint64 back;

  while (MAX (rates->last, second >> rates->shift) - MIN (rates->first, second >> rates->shift) >= PH_RATES_WHOLE)
    whole_halve (rates);
  rates->last = MAX (rates->last, second >> rates->shift);
  back = rates->first - (second >> rates->shift);
  if (back <= 0)
    return;
  memmove (rates->whole + back, rates->whole, (PH_RATES_WHOLE - (gsize) back) * sizeof *rates->whole);
  memset (rates->whole, 0, (gsize) back * sizeof *rates->whole);
  rates->first -= back;
}

/* Adds the newest second to both sets of buckets. */
static void
settle (PhRates *rates)
{
  if (ph_rate_buckets_are_empty (&rates->now, 1))
    return;
  if (rates->empty)
    {
      rates->empty = FALSE;
      rates->newest = rates->first = rates->last = rates->second;
    }
  recent_reach (rates, rates->second);
  bucket_add (recent_at (rates, rates->second), &rates->now);
  whole_reach (rates, rates->second);
  bucket_add (&rates->whole[(rates->second >> rates->shift) - rates->first], &rates->now);
  memset (&rates->now, 0, sizeof rates->now);
}

static inline void
turn_to (PhRates *rates, gint64 time)
{
  gint64 second = ph_rates_second (time);

  if (second == rates->second)
    return;
  settle (rates);
  rates->second = second;
}

/**
 * ph_rates_new:
 *
 * Returns: (transfer full): empty; its memory never grows
 */
PhRates *
ph_rates_new (void)
{
  PhRates *rates = g_new0 (PhRates, 1);

  rates->empty = TRUE;

  return rates;
}

/**
 * ph_rates_free:
 * @rates: (transfer full): rates
 */
void
ph_rates_free (PhRates *rates)
{
  g_free (rates);
}

/**
 * ph_rates_add:
 * @time: of the record, in ns since 1970
 * @side: received or sent
 * @bytes: how many
 * @packets: 0 if a later record has the rest of the packet
 */
void
ph_rates_add (PhRates *rates, gint64 time, PhRateSide side, guint64 bytes, guint64 packets)
{
  turn_to (rates, time);
  rates->now.bytes[side] += bytes;
  rates->now.packets[side] += packets;
}

/**
 * ph_rates_add_lost:
 * @time: when the loss was noticed, in ns since 1970
 * @lost: datagrams
 */
void
ph_rates_add_lost (PhRates *rates, gint64 time, guint64 lost)
{
  turn_to (rates, time);
  rates->now.lost += lost;
}

/**
 * ph_rates_second:
 * @time: in ns since 1970
 *
 * Returns: seconds since 1970, rounded down
 */
gint64
ph_rates_second (gint64 time)
{
  return time >= 0 ? time / SECOND : -1 - (-1 - time) / SECOND;
}

/**
 * ph_rates_is_empty:
 *
 * Returns: whether nothing was ever added
 */
gboolean
ph_rates_is_empty (PhRates *rates)
{
  settle (rates);

  return rates->empty;
}

/**
 * ph_rates_newest:
 * @rates: rates that are not empty
 *
 * Returns: the newest second that something was added for
 */
gint64
ph_rates_newest (PhRates *rates)
{
  settle (rates);

  return rates->newest;
}

/**
 * ph_rates_get_recent:
 * @first: a second, since 1970
 * @n: how many seconds
 * @ret_buckets: (out caller-allocates) (array length=n): one for each second; empty where nothing is known
 */
void
ph_rates_get_recent (PhRates *rates, gint64 first, guint n, PhRateBucket *ret_buckets)
{
  settle (rates);
  for (guint i = 0; i < n; i++)
    {
      gint64 second = first + i;

      if (rates->empty || second > rates->newest || second <= rates->newest - PH_RATES_RECENT)
        ret_buckets[i] = (PhRateBucket) { .lost = 0 };
      else
        ret_buckets[i] = *recent_at (rates, second);
    }
}

/**
 * ph_rates_get_whole:
 * @ret_buckets: (out caller-allocates): room for %PH_RATES_WHOLE
 * @ret_first: (out): the first second of the first bucket, since 1970
 * @ret_width: (out): seconds of each bucket
 *
 * Returns: how many buckets there are, 0 if nothing was ever added
 */
guint
ph_rates_get_whole (PhRates *rates, PhRateBucket *ret_buckets, gint64 *ret_first, gint64 *ret_width)
{
  guint n;

  settle (rates);
  n = rates->empty ? 0 : (guint) (rates->last - rates->first + 1);
  memcpy (ret_buckets, rates->whole, n * sizeof *ret_buckets);
  *ret_width = G_GINT64_CONSTANT (1) << rates->shift;
  *ret_first = rates->first * *ret_width;

  return n;
}

/**
 * ph_rate_buckets_are_empty:
 * @buckets: (array length=n):
 *
 * Returns: whether all counts are 0
 */
gboolean
ph_rate_buckets_are_empty (const PhRateBucket *buckets, guint n)
{
  for (guint i = 0; i < n; i++)
    if (buckets[i].packets[PH_RATE_RX] > 0 || buckets[i].packets[PH_RATE_TX] > 0 || buckets[i].bytes[PH_RATE_RX] > 0
        || buckets[i].bytes[PH_RATE_TX] > 0 || buckets[i].lost > 0)
      return FALSE;

  return TRUE;
}
