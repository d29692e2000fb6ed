/* ph-pattern.c: finds a text in all byte sequences that decode to it
 *
 * Most texts have only one byte sequence, or one in lower and one in upper case. That is a needle, which is found fast. Further
 * sequences are rare in data: only where one of them occurs, all sequences are tried at each place.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-pattern.h"

#include <string.h>

#include "ph-case.h"
#include "ph-sequences.h"

#define OTHERS_MAX 8u /* sequences that are looked for one by one; with more of them it is not worth it */

static void
needle_clear (gpointer data)
{
  ph_needle_clear (data);
}

static const PhSequence *
get_sequence (const PhPattern *pattern, guint i)
{
  return &g_array_index (pattern->sequences, PhSequence, i);
}

static guint
get_end (const PhPattern *pattern, guint character)
{
  return g_array_index (pattern->ends, guint, character);
}

/* ---- compiling ---- */

/* Appends the sequences of one character. FALSE if the encoding has none of those that are equal to it. */
static gboolean
append_character (PhPattern *self, gunichar c, const PhCharset *charset, gboolean match_case, GError **error)
{
  g_autoptr (GArray) equal = g_array_new (FALSE, FALSE, sizeof (gunichar));
  gboolean some = FALSE;
  guint end;

  if (match_case)
    g_array_append_val (equal, c);
  else
    ph_case_append_equal (c, equal);
  for (guint i = 0; i < equal->len; i++)
    some = ph_sequences_append (charset, g_array_index (equal, gunichar, i), self->sequences, some || i > 0 ? NULL : error) || some;
  if (some && error != NULL)
    g_clear_error (error);
  end = self->sequences->len;
  g_array_append_val (self->ends, end);

  return some;
}

/* The sequence that the needle takes beside the first one: the other case, if it is as long. */
static const PhSequence *
choose_other (const PhPattern *self, guint first, guint end)
{
  for (guint i = first + 1; i < end; i++)
    if (get_sequence (self, i)->length == get_sequence (self, first)->length)
      return get_sequence (self, i);

  return get_sequence (self, first);
}

static guint
n_different (const PhSequence *a, const PhSequence *b)
{
  guint n = 0;

  for (guint8 i = 0; i < a->length; i++)
    n += a->bytes[i] != b->bytes[i];

  return n;
}

static void
add_other (PhPattern *self, const PhSequence *sequence)
{
  PhNeedle needle;

  for (guint i = 0; i < self->others->len; i++)
    {
      const PhNeedle *known = &g_array_index (self->others, PhNeedle, i);

      if (known->length == sequence->length && memcmp (known->one, sequence->bytes, known->length) == 0)
        return;
    }
  ph_needle_init (&needle, sequence->bytes, sequence->bytes, sequence->length);
  g_array_append_val (self->others, needle);
}

static void
make_needle (PhPattern *self)
{
  g_autoptr (GByteArray) one = g_byte_array_new ();
  g_autoptr (GByteArray) other = g_byte_array_new ();
  guint first = 0;

  for (guint n = 0; n < self->ends->len; first = get_end (self, n++))
    {
      const PhSequence *a = get_sequence (self, first), *b = choose_other (self, first, get_end (self, n));
      gsize longest = 0;

      for (guint i = first; i < get_end (self, n); i++)
        {
          const PhSequence *sequence = get_sequence (self, i);

          longest = MAX (longest, sequence->length);
          self->begins[sequence->bytes[0]] |= n == 0;
          if (sequence != a && sequence != b)
            add_other (self, sequence);
        }
      self->longest += longest;
      self->loose = self->loose || n_different (a, b) > 1;
      g_byte_array_append (one, a->bytes, a->length);
      g_byte_array_append (other, b->bytes, b->length);
    }
  ph_needle_init (&self->needle, one->data, other->data, one->len);
}

/**
 * ph_pattern_init_text:
 * @pattern: (out caller-allocates): zeroed; cleared with ph_pattern_clear() in any case
 * @text: UTF-8, not empty
 *
 * Returns: %FALSE with @error if the encoding lacks a character
 */
gboolean
ph_pattern_init_text (PhPattern *pattern, const char *text, const PhCharset *charset, gboolean match_case, GError **error)
{
  gboolean never = FALSE;
  guint end = 0;

  pattern->sequences = g_array_new (FALSE, FALSE, sizeof (PhSequence));
  pattern->ends = g_array_new (FALSE, FALSE, sizeof (guint));
  pattern->others = g_array_new (FALSE, FALSE, sizeof (PhNeedle));
  g_array_set_clear_func (pattern->others, needle_clear);
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      if (!append_character (pattern, g_utf8_get_char (p), charset, match_case, error))
        return FALSE;
      never = never || pattern->sequences->len == end; /* it is encoded as another character, so nothing decodes to it */
      end = pattern->sequences->len;
    }
  if (!never)
    make_needle (pattern);

  return TRUE;
}

/**
 * ph_pattern_init_bytes:
 * @pattern: (out caller-allocates): zeroed
 * @length: not 0
 */
void
ph_pattern_init_bytes (PhPattern *pattern, const guint8 *bytes, gsize length)
{
  ph_needle_init (&pattern->needle, bytes, bytes, length);
  pattern->longest = length;
}

void
ph_pattern_clear (PhPattern *pattern)
{
  ph_needle_clear (&pattern->needle);
  g_clear_pointer (&pattern->sequences, g_array_unref);
  g_clear_pointer (&pattern->ends, g_array_unref);
  g_clear_pointer (&pattern->others, g_array_unref);
}

/* ---- finding ---- */

static gsize
fits (const PhSequence *sequence, const guint8 *bytes, gsize length)
{
  return sequence->length <= length && memcmp (sequence->bytes, bytes, sequence->length) == 0 ? sequence->length : 0;
}

/* Returns how many bytes at @bytes are the text; 0 if they are not. No sequence of an encoding begins with another one, so each
 * character has one at most that fits. */
static gsize
match_here (const PhPattern *self, const guint8 *bytes, gsize length)
{
  guint i = 0;
  gsize done = 0;

  for (guint n = 0; n < self->ends->len; n++)
    {
      gsize fit = 0;

      for (; i < get_end (self, n) && fit == 0; i++)
        fit = fits (get_sequence (self, i), bytes + done, length - done);
      if (fit == 0)
        return 0;
      done += fit;
      i = get_end (self, n);
    }

  return done;
}

/**
 * ph_pattern_has_others:
 * @bytes: (array length=length): a long block
 *
 * Returns: whether there may be matches that the needle does not find
 */
gboolean
ph_pattern_has_others (const PhPattern *pattern, const guint8 *bytes, gsize length)
{
  guint n = pattern->others != NULL ? pattern->others->len : 0;

  if (pattern->needle.length == 0 || n > OTHERS_MAX)
    return n > 0;
  for (guint i = 0; i < n; i++)
    if (ph_needle_find (&g_array_index (pattern->others, PhNeedle, i), bytes, length) != NULL)
      return TRUE;

  return FALSE;
}

/**
 * ph_pattern_find:
 * @others: whether there may be matches that the needle does not find
 * @bytes: (array length=length)
 * @ret_length: (out): bytes of the match
 *
 * Any thread.
 *
 * Returns: (nullable) (transfer none): where the text first occurs in @bytes; it may begin within a character
 */
const guint8 *
ph_pattern_find (const PhPattern *pattern, gboolean others, const guint8 *bytes, gsize length, gsize *ret_length)
{
  const guint8 *end = bytes + length, *at = bytes;

  if (pattern->needle.length == 0)
    return NULL;
  while (!others && (at = ph_needle_find (&pattern->needle, at, end - at)) != NULL)
    {
      *ret_length = pattern->loose ? match_here (pattern, at, end - at) : pattern->needle.length;
      if (*ret_length > 0)
        return at;
      at++;
    }
  for (; others && at < end; at++)
    if (pattern->begins[*at] && (*ret_length = match_here (pattern, at, end - at)) > 0)
      return at;

  return NULL;
}
