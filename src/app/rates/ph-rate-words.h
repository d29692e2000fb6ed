/* ph-rate-words.h: rates as text, with units
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-rates.h"

G_BEGIN_DECLS

char *ph_rate_words_dup_short (const PhRateBucket *bucket);
char *ph_rate_words_dup (const PhRateBucket *bucket, double seconds, guint64 lost);

G_END_DECLS
