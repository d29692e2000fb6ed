/* ph-feed-speed.c: how fast a file goes out, over the last seconds
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-feed-speed.h"

/** ph_feed_speed_note: @sent: bytes that have gone out at @time, in µs */
void
ph_feed_speed_note (PhFeedSpeed *speed, gint64 time, guint64 sent)
{
  speed->times[speed->n % PH_FEED_SPEED_SAMPLES] = time;
  speed->sent[speed->n % PH_FEED_SPEED_SAMPLES] = sent;
  speed->n++;
}

/** ph_feed_speed_get: Returns: bytes a second between the oldest sample and the newest; 0 before there are two */
double
ph_feed_speed_get (const PhFeedSpeed *speed)
{
  guint newest = (speed->n + PH_FEED_SPEED_SAMPLES - 1) % PH_FEED_SPEED_SAMPLES;
  guint oldest = speed->n > PH_FEED_SPEED_SAMPLES ? speed->n % PH_FEED_SPEED_SAMPLES : 0;
  gint64 took = speed->n > 1 ? speed->times[newest] - speed->times[oldest] : 0;

  return took > 0 ? (double) (speed->sent[newest] - speed->sent[oldest]) * G_USEC_PER_SEC / (double) took : 0;
}
