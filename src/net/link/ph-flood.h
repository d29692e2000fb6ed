/* ph-flood.h: when so much comes that it is better fetched many at a time
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PhFlood: zero at first.
 * @since: when it began to count, monotonic ns
 * @count: datagrams since
 * @rest: what the count before this one led to
 */
typedef struct
{
  gint64 since;
  guint64 count;
  gint64 rest;
} PhFlood;

gint64 ph_flood_count (PhFlood *self, gint64 now, guint n, guint64 room);

G_END_DECLS
