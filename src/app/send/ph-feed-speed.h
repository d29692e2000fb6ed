/* ph-feed-speed.h: how fast a file goes out, over the last seconds
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define PH_FEED_SPEED_SAMPLES 12u

/** PhFeedSpeed: all zero at the beginning. The newest samples, in a ring. */
typedef struct
{
  gint64 times[PH_FEED_SPEED_SAMPLES]; /* µs */
  guint64 sent[PH_FEED_SPEED_SAMPLES]; /* bytes */
  guint n;
} PhFeedSpeed;

void ph_feed_speed_note (PhFeedSpeed *speed, gint64 time, guint64 sent);
double ph_feed_speed_get (const PhFeedSpeed *speed);

G_END_DECLS
