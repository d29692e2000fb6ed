/* ph-needle.c: some bytes, and where they are next among many
 *
 * Two of its bytes are compared with sixteen places at once; only where both are right the others are looked at. What is
 * written as vectors here the compilers make SSE2, NEON or plain code of.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-needle.h"

#include <string.h>

#define LANES 16

typedef guint8 Lanes __attribute__ ((vector_size (LANES)));

/* How often a byte is met, roughly, in text, hex and counters. */
static guint
commonness (guint8 byte)
{
  if (byte == 0 || byte == ' ' || byte == 0xFF)
    return 4;
  if (g_ascii_isdigit (byte) || (byte != 0 && strchr ("etaoinsr", byte) != NULL))
    return 3;
  if (g_ascii_isalpha (byte))
    return 2;

  return byte < 0x20 ? 1 : 0;
}

/* The rarest byte but the one at @except. */
static gsize
choose_anchor (const PhNeedle *needle, gsize except)
{
  gsize best = except == 0 && needle->length > 1 ? 1 : 0;

  for (gsize i = 0; i < needle->length; i++)
    if (i != except && commonness (needle->one[i]) < commonness (needle->one[best]))
      best = i;

  return best;
}

/**
 * ph_needle_init:
 * @needle: (out caller-allocates): cleared with ph_needle_clear()
 * @one: (array length=length): the bytes
 * @other: (array length=length): what else each of them may be; the same bytes where nothing else will do
 * @length: of @one and @other; not 0
 */
void
ph_needle_init (PhNeedle *needle, const guint8 *one, const guint8 *other, gsize length)
{
  needle->one = g_memdup2 (one, length);
  needle->other = g_memdup2 (other, length);
  needle->length = length;
  needle->anchors[0] = choose_anchor (needle, G_MAXSIZE);
  needle->anchors[1] = choose_anchor (needle, needle->anchors[0]);
}

void
ph_needle_clear (PhNeedle *needle)
{
  g_clear_pointer (&needle->one, g_free);
  g_clear_pointer (&needle->other, g_free);
  needle->length = 0;
}

static gboolean
is_here (const PhNeedle *needle, const guint8 *bytes)
{
  for (gsize i = 0; i < needle->length; i++)
    if (bytes[i] != needle->one[i] && bytes[i] != needle->other[i])
      return FALSE;

  return TRUE;
}

static const guint8 *
find_slowly (const PhNeedle *needle, const guint8 *bytes, const guint8 *last)
{
  for (; bytes <= last; bytes++)
    if (is_here (needle, bytes))
      return bytes;

  return NULL;
}

static inline Lanes
fill (guint8 byte)
{
  return (Lanes) { 0 } + byte;
}

/* Which of sixteen bytes are one of two: all bits of those are set. */
static inline Lanes
equal (const guint8 *bytes, Lanes one, Lanes other)
{
  Lanes lanes;

  memcpy (&lanes, bytes, sizeof lanes);

  return (Lanes) ((lanes == one) | (lanes == other));
}

static inline gboolean
any (Lanes lanes)
{
  guint64 halves[2];

  memcpy (halves, &lanes, sizeof halves);

  return (halves[0] | halves[1]) != 0;
}

/**
 * ph_needle_find:
 * @needle: what to look for
 * @bytes: (array length=length): where
 * @length: of @bytes
 *
 * Any thread.
 *
 * Returns: (nullable) (transfer none): the first place in @bytes where it is
 */
const guint8 *
ph_needle_find (const PhNeedle *needle, const guint8 *bytes, gsize length)
{
  const gsize first = needle->anchors[0], second = needle->anchors[1];
  const Lanes one_1 = fill (needle->one[first]), other_1 = fill (needle->other[first]);
  const Lanes one_2 = fill (needle->one[second]), other_2 = fill (needle->other[second]);
  const guint8 *last;

  if (length < needle->length)
    return NULL;
  last = bytes + length - needle->length;
  for (; last - bytes >= LANES; bytes += LANES)
    {
      Lanes hits = equal (bytes + first, one_1, other_1) & equal (bytes + second, one_2, other_2);

      if (!any (hits))
        continue;
      for (guint i = 0; i < LANES; i++)
        if (hits[i] != 0 && is_here (needle, bytes + i))
          return bytes + i;
    }

  return find_slowly (needle, bytes, last);
}
