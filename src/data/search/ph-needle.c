/* ph-needle.c: finds a byte string in memory; each byte may have two values, such as a letter in both cases
 *
 * Two rare bytes of the string are compared at sixteen places at once; the other bytes only where both fit. The vector types of GCC
 * and Clang become SSE2, NEON or plain code.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-needle.h"

#include <string.h>

#define LANES 16

typedef guint8 Lanes __attribute__ ((vector_size (LANES)));

/* A rough guess how common a byte is in text, hex and counters: 0 is rare, 4 very common. */
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

/* Returns the index of the rarest byte; not @except, unless there is only one byte. */
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
 * @one: (array length=length): copied
 * @other: (array length=length): copied; the other value of each byte, or the same
 * @length: not 0
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

static inline Lanes
fill (guint8 byte)
{
  return (Lanes) { 0 } + byte;
}

/* Sets all bits of those of sixteen bytes that have one of two values. */
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
 * @bytes: (array length=length)
 *
 * Any thread.
 *
 * Returns: (nullable) (transfer none): where the string first occurs in @bytes
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

  for (; bytes <= last; bytes++)
    if (is_here (needle, bytes))
      return bytes;

  return NULL;
}
