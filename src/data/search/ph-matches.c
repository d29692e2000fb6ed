/* ph-matches.c: the matches of a search: a sorted set of sequence numbers, kept as one bit for each record searched
 *
 * The bits are kept in parts of up to 65,536 records. Each part knows how many matches are before it, so next, previous, rank and
 * n-th are a binary search for the part and a look at its bits.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-matches.h"

#include <string.h>

#define PART_RECORDS 65536u /* most records of a part that has matches and grows */

/* Records [first, first + n). */
typedef struct
{
  guint64 first, n;
  guint64 before; /* matches in all earlier parts, trimmed ones included */
  guint32 count;  /* matches in this part */
  guint64 *bits;  /* NULL if and only if count is 0 */
} Part;

struct _PhMatches
{
  GArray *parts; /* of Part, in order; there are gaps where records were dropped before they were searched */
  guint64 end;
  guint64 trimmed; /* matches removed at the start */
};

static void
part_clear (gpointer data)
{
  g_free (((Part *) data)->bits);
}

static guint
count_bits (guint64 word)
{
  return (guint) __builtin_popcountll (word);
}

static guint
lowest_bit (guint64 word)
{
  return (guint) __builtin_ctzll (word);
}

/* A word with bit @n and all higher bits set. */
static guint64
bits_from (guint64 n)
{
  return G_MAXUINT64 << n;
}

PhMatches *
ph_matches_new (void)
{
  PhMatches *self = g_new0 (PhMatches, 1);

  self->parts = g_array_new (FALSE, FALSE, sizeof (Part));
  g_array_set_clear_func (self->parts, part_clear);

  return self;
}

void
ph_matches_free (PhMatches *self)
{
  g_array_unref (self->parts);
  g_free (self);
}

/**
 * ph_matches_reset:
 * @first: the first record that will be searched
 *
 * Removes all matches.
 */
void
ph_matches_reset (PhMatches *self, guint64 first)
{
  g_array_set_size (self->parts, 0);
  self->end = first;
  self->trimmed = 0;
}

static Part *
part_at (const PhMatches *self, guint index)
{
  return &g_array_index (self->parts, Part, index);
}

static Part *
last_part (const PhMatches *self)
{
  return self->parts->len > 0 ? part_at (self, self->parts->len - 1) : NULL;
}

static guint32
count_all (const guint64 *bits, guint64 n)
{
  guint32 count = 0;

  for (guint64 i = 0; i < (n + 63) / 64; i++)
    count += count_bits (bits[i]);

  return count;
}

/* Appends @n records to @part, of which @count match. */
static void
extend (Part *part, guint32 n, const guint64 *bits, guint32 count)
{
  gsize words = (part->n + n + 63) / 64;

  if (part->bits == NULL && count > 0)
    part->bits = g_new0 (guint64, PART_RECORDS / 64);
  for (guint32 i = 0; i < (n + 63) / 64 && count > 0; i++)
    {
      gsize at = part->n / 64 + i;
      guint shift = part->n % 64;

      part->bits[at] |= bits[i] << shift;
      if (shift > 0 && at + 1 < words)
        part->bits[at + 1] |= bits[i] >> (64 - shift);
    }
  part->count += count;
  part->n += n;
}

/**
 * ph_matches_append:
 * @first: the first record that was searched; not before ph_matches_end()
 * @n: number of records that were searched
 * @bits: (nullable): one bit for each record, from the lowest bit of the first word; bits behind @n are 0. %NULL only if @n is 0
 */
void
ph_matches_append (PhMatches *self, guint64 first, guint32 n, const guint64 *bits)
{
  guint32 count = count_all (bits, n);
  Part *last = last_part (self);
  gboolean empty = last != NULL && last->count == 0 && count == 0;

  if (last == NULL || first != self->end || (!empty && last->n + n > PART_RECORDS))
    {
      Part part = { .first = first, .before = self->trimmed + ph_matches_count (self) };

      g_array_append_val (self->parts, part);
      last = last_part (self);
    }
  if (n > PART_RECORDS && count > 0)
    {
      last->bits = g_new0 (guint64, (n + 63) / 64);
      memcpy (last->bits, bits, (n + 63) / 64 * sizeof *bits);
      last->n = n;
      last->count = count;
    }
  else
    extend (last, n, bits, count);
  self->end = first + n;
}

/* Removes the matches before @first from the first part. */
static void
cut_part (PhMatches *self, Part *part, guint64 first)
{
  guint64 cut = first - part->first;
  guint32 gone = 0;

  if (part->bits == NULL)
    return;
  for (guint64 i = 0; i <= cut / 64 && i < (part->n + 63) / 64; i++)
    {
      guint64 keep = i < cut / 64 ? 0 : bits_from (cut % 64);

      gone += count_bits (part->bits[i] & ~keep);
      part->bits[i] &= keep;
    }
  part->count -= gone;
  part->before += gone;
  self->trimmed += gone;
  if (part->count == 0)
    g_clear_pointer (&part->bits, g_free); /* without matches the part may grow beyond the bits: see ph_matches_append() */
}

/**
 * ph_matches_trim:
 * @first: matches before this record are removed
 */
void
ph_matches_trim (PhMatches *self, guint64 first)
{
  guint n = 0;

  while (n < self->parts->len && part_at (self, n)->first + part_at (self, n)->n <= first)
    self->trimmed += part_at (self, n++)->count;
  if (n > 0)
    g_array_remove_range (self->parts, 0, n);
  if (self->parts->len > 0 && part_at (self, 0)->first < first)
    cut_part (self, part_at (self, 0), first);
  self->end = MAX (self->end, first);
}

/**
 * ph_matches_end:
 *
 * Returns: one after the last record that was searched
 */
guint64
ph_matches_end (const PhMatches *self)
{
  return self->end;
}

guint64
ph_matches_count (const PhMatches *self)
{
  Part *last = last_part (self);

  return last != NULL ? last->before + last->count - self->trimmed : 0;
}

/* Returns the index of the first part that ends behind @seq; the number of parts if there is none. */
static guint
find_part (const PhMatches *self, guint64 seq)
{
  guint low = 0, high = self->parts->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (part_at (self, middle)->first + part_at (self, middle)->n > seq)
        high = middle;
      else
        low = middle + 1;
    }

  return low;
}

gboolean
ph_matches_contains (const PhMatches *self, guint64 seq)
{
  guint index = find_part (self, seq);
  const Part *part;

  if (index == self->parts->len)
    return FALSE;
  part = part_at (self, index);

  return part->bits != NULL && seq >= part->first
         && (part->bits[(seq - part->first) / 64] >> (seq - part->first) % 64 & 1) != 0;
}

/* Finds the first match of a part from its record @from on. */
static gboolean
next_in_part (const Part *part, guint64 from, guint64 *ret_seq)
{
  guint64 mask = bits_from (from % 64);

  for (guint64 i = from / 64; part->bits != NULL && i < (part->n + 63) / 64; i++, mask = G_MAXUINT64)
    if ((part->bits[i] & mask) != 0)
      {
        *ret_seq = part->first + i * 64 + lowest_bit (part->bits[i] & mask);
        return TRUE;
      }

  return FALSE;
}

/**
 * ph_matches_next:
 * @ret_seq: (out): the first match at or after @seq
 *
 * Returns: %FALSE if there is none
 */
gboolean
ph_matches_next (const PhMatches *self, guint64 seq, guint64 *ret_seq)
{
  for (guint i = find_part (self, seq); i < self->parts->len; i++)
    {
      const Part *part = part_at (self, i);

      if (part->count > 0 && next_in_part (part, seq > part->first ? seq - part->first : 0, ret_seq))
        return TRUE;
    }

  return FALSE;
}

/**
 * ph_matches_previous:
 * @ret_seq: (out): the last match before @seq
 *
 * Returns: %FALSE if there is none
 */
gboolean
ph_matches_previous (const PhMatches *self, guint64 seq, guint64 *ret_seq)
{
  guint64 rank = ph_matches_rank (self, seq);

  return rank > 0 && ph_matches_nth (self, rank - 1, ret_seq);
}

/**
 * ph_matches_rank:
 *
 * Returns: number of matches before @seq
 */
guint64
ph_matches_rank (const PhMatches *self, guint64 seq)
{
  guint index = find_part (self, seq);
  const Part *part;
  guint64 rank, inside;

  if (index == self->parts->len)
    return ph_matches_count (self);
  part = part_at (self, index);
  rank = part->before - self->trimmed;
  inside = seq > part->first ? seq - part->first : 0;
  if (part->bits == NULL)
    return rank;
  rank += count_all (part->bits, inside / 64 * 64);
  if (inside % 64 > 0)
    rank += count_bits (part->bits[inside / 64] & ~bits_from (inside % 64));

  return rank;
}

/* Returns the part with match number @n, which must exist. */
static const Part *
part_of_nth (const PhMatches *self, guint64 n)
{
  guint low = 0, high = self->parts->len - 1;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      const Part *part = part_at (self, middle);

      if (part->before + part->count - self->trimmed > n)
        high = middle;
      else
        low = middle + 1;
    }

  return part_at (self, low);
}

/**
 * ph_matches_nth:
 * @n: counted from 0 at the oldest match
 * @ret_seq: (out): that match
 *
 * Returns: %FALSE if there are not so many
 */
gboolean
ph_matches_nth (const PhMatches *self, guint64 n, guint64 *ret_seq)
{
  const Part *part;
  guint64 left;

  if (n >= ph_matches_count (self))
    return FALSE;
  part = part_of_nth (self, n);
  left = n - (part->before - self->trimmed);
  for (guint64 i = 0;; i++)
    {
      guint64 word = part->bits[i];

      if (left >= count_bits (word))
        {
          left -= count_bits (word);
          continue;
        }
      while (left-- > 0)
        word &= word - 1;
      *ret_seq = part->first + i * 64 + lowest_bit (word);
      return TRUE;
    }
}
