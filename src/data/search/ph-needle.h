/* ph-needle.h: some bytes, and where they are next among many
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PhNeedle:
 * @one, @other: what each of its bytes may be: the same, or a letter small and great
 * @anchors: two places of it whose bytes are rare in what people send
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
