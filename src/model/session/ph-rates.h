/* ph-rates.h: bytes and packets by time: one bucket a second for the last ten minutes, wider ones for all of it
 *
 * Buckets go by the times of the records, not by a clock. The memory is fixed: the width of the wide buckets doubles when
 * they are full. Main thread only.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define PH_RATES_RECENT 600u /* buckets of a second */
#define PH_RATES_WHOLE 512u  /* wide buckets; at least half of them are in use once their width has doubled */

/** PhRateSide: received or sent. */
typedef enum
{
  PH_RATE_RX,
  PH_RATE_TX,
  PH_RATE_SIDES,
} PhRateSide;

/** PhRateBucket: the traffic of some time, by #PhRateSide; lost counts datagrams. */
typedef struct
{
  guint64 bytes[PH_RATE_SIDES];
  guint64 packets[PH_RATE_SIDES];
  guint64 lost;
} PhRateBucket;

typedef struct _PhRates PhRates;

PhRates *ph_rates_new (void);
void ph_rates_free (PhRates *rates);
void ph_rates_add (PhRates *rates, gint64 time, PhRateSide side, guint64 bytes, guint64 packets);
void ph_rates_add_lost (PhRates *rates, gint64 time, guint64 lost);
gint64 ph_rates_second (gint64 time);
gboolean ph_rates_is_empty (PhRates *rates);
gint64 ph_rates_newest (PhRates *rates);
void ph_rates_get_recent (PhRates *rates, gint64 first, guint n, PhRateBucket *ret_buckets);
guint ph_rates_get_whole (PhRates *rates, PhRateBucket *ret_buckets, gint64 *ret_first, gint64 *ret_width);
gboolean ph_rate_buckets_are_empty (const PhRateBucket *buckets, guint n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhRates, ph_rates_free)

G_END_DECLS
