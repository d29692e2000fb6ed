/* ph-flood.h: when datagrams come so fast that a short pause between two receive calls saves CPU
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PhFlood: all zero at first.
 * @since: start of the present window, ns on the monotonic clock
 * @count: datagrams in it
 * @rest: the result of the window before it
 */
typedef struct
{
  gint64 since;
  guint64 count;
  gint64 rest;
} PhFlood;

gint64 ph_flood_count (PhFlood *self, gint64 now, guint n, guint64 room);

G_END_DECLS
