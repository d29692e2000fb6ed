/* ph-case.c: case folding: which characters are equal where case is ignored
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-case.h"

#define CASED_END 0x1F000u /* there are no letters with case behind it */

typedef struct
{
  gunichar c, folded;
} Pair;

/**
 * ph_case_fold:
 *
 * Returns: the same character for all that are equal without regard to case
 */
gunichar
ph_case_fold (gunichar c)
{
  if (c < 0x80)
    return (gunichar) g_ascii_tolower ((char) c);
  if (c == 0x0130 || c == 0x0131)
    return c;
  if (c == 0x0345)
    return 0x03B9;
  /* GLib has case for letters only: Roman numbers and circled letters have it too. */
  if (c >= 0x2160 && c <= 0x216F)
    return c + 16;
  if (c >= 0x24B6 && c <= 0x24CF)
    return c + 26;

  return g_unichar_tolower (g_unichar_toupper (c));
}

static gpointer
make_pairs_cb (gpointer data)
{
  GArray *pairs = g_array_new (FALSE, FALSE, sizeof (Pair));

  for (gunichar c = 0x80; c < CASED_END; c++)
    {
      Pair pair = { c, ph_case_fold (c) };

      if (pair.folded != c)
        g_array_append_val (pairs, pair);
    }

  return pairs;
}

static void
append_once (GArray *characters, gunichar c)
{
  for (guint i = 0; i < characters->len; i++)
    if (g_array_index (characters, gunichar, i) == c)
      return;
  g_array_append_val (characters, c);
}

/**
 * ph_case_append_equal:
 * @characters: (element-type gunichar): is appended to
 *
 * Appends @c, and then each character that is equal to it without regard to case. Any thread.
 */
void
ph_case_append_equal (gunichar c, GArray *characters)
{
  static GOnce once = G_ONCE_INIT;
  const GArray *pairs = g_once (&once, make_pairs_cb, NULL);
  gunichar folded = ph_case_fold (c);

  append_once (characters, c);
  append_once (characters, folded);
  if (folded < 0x80)
    append_once (characters, (gunichar) g_ascii_toupper ((char) folded));
  for (guint i = 0; i < pairs->len; i++)
    {
      const Pair *pair = &g_array_index (pairs, Pair, i);

      if (pair->folded == folded)
        append_once (characters, pair->c);
    }
}
