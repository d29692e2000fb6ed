/* ph-flood.h: detects a flood of datagrams, in which a short pause between two receive calls saves CPU
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PhFlood: all zero at first.
 * @since: when counting began anew, ns on the monotonic clock
 * @count: datagrams since then
 * @rest: the pause between two receive calls that the count before that called for, in ns; 0: none
 */
typedef struct
{
  gint64 since;
  guint64 count;
  gint64 rest;
} PhFlood;

gint64 ph_flood_count (PhFlood *self, gint64 now, guint n, guint64 room);

G_END_DECLS
