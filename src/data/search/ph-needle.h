/* ph-needle.h: finds a byte string in memory; each byte may have two values, such as a letter in both cases
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PhNeedle:
 * @one, @other: the two values that each byte may have: a letter in lower and upper case, otherwise the same value twice
 * @anchors: indices of two bytes that are rare in ordinary data; they are compared first
 */
typedef struct
{
  guint8 *one, *other;
  gsize length;
  gsize anchors[2];
} PhNeedle;

void ph_needle_init (PhNeedle *needle, const guint8 *one, const guint8 *other, gsize length);
void ph_needle_clear (PhNeedle *needle);
const guint8 *ph_needle_find (const PhNeedle *needle, const guint8 *bytes, gsize length);

G_END_DECLS
