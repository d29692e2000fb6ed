/* ph-joiner.c: whether an invisible joiner, U+200C or U+200D, joins the characters beside it
 *
 * The rules are those of Unicode for text that must not deceive, with one difference:
 * - UAX #29, GB11: a ZWJ between two pictographs makes them one, such as a family.
 * - UAX #31, A1: a ZWNJ between two letters of one cursive script. Which letters join at all is not asked: people type one behind every
 *   letter that ends a part of a word.
 * - UAX #31, A2 and B: behind a virama, either of them; a ZWJ there needs nothing behind it. Also between a letter and a virama, where Bengali
 *   and Kannada have it.
 * Any other joiner changes nothing that one sees: it would be data that nobody sees.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-joiner.h"

#define VIRAMA 9 /* the combining class */

/* Extended_Pictographic of emoji-data.txt, Unicode 14. Sorted. */
static const struct
{
  guint32 first, last;
} pictographs[] = {
  { 0xA9, 0xA9 },       { 0xAE, 0xAE },       { 0x203C, 0x203C },   { 0x2049, 0x2049 },   { 0x2122, 0x2122 },
  { 0x2139, 0x2139 },   { 0x2194, 0x2199 },   { 0x21A9, 0x21AA },   { 0x231A, 0x231B },   { 0x2328, 0x2328 },
  { 0x2388, 0x2388 },   { 0x23CF, 0x23CF },   { 0x23E9, 0x23F3 },   { 0x23F8, 0x23FA },   { 0x24C2, 0x24C2 },
  { 0x25AA, 0x25AB },   { 0x25B6, 0x25B6 },   { 0x25C0, 0x25C0 },   { 0x25FB, 0x25FE },   { 0x2600, 0x2605 },
  { 0x2607, 0x2612 },   { 0x2614, 0x2685 },   { 0x2690, 0x2705 },   { 0x2708, 0x2712 },   { 0x2714, 0x2714 },
  { 0x2716, 0x2716 },   { 0x271D, 0x271D },   { 0x2721, 0x2721 },   { 0x2728, 0x2728 },   { 0x2733, 0x2734 },
  { 0x2744, 0x2744 },   { 0x2747, 0x2747 },   { 0x274C, 0x274C },   { 0x274E, 0x274E },   { 0x2753, 0x2755 },
  { 0x2757, 0x2757 },   { 0x2763, 0x2767 },   { 0x2795, 0x2797 },   { 0x27A1, 0x27A1 },   { 0x27B0, 0x27B0 },
  { 0x27BF, 0x27BF },   { 0x2934, 0x2935 },   { 0x2B05, 0x2B07 },   { 0x2B1B, 0x2B1C },   { 0x2B50, 0x2B50 },
  { 0x2B55, 0x2B55 },   { 0x3030, 0x3030 },   { 0x303D, 0x303D },   { 0x3297, 0x3297 },   { 0x3299, 0x3299 },
  { 0x1F000, 0x1F0FF }, { 0x1F10D, 0x1F10F }, { 0x1F12F, 0x1F12F }, { 0x1F16C, 0x1F171 }, { 0x1F17E, 0x1F17F },
  { 0x1F18E, 0x1F18E }, { 0x1F191, 0x1F19A }, { 0x1F1AD, 0x1F1E5 }, { 0x1F201, 0x1F20F }, { 0x1F21A, 0x1F21A },
  { 0x1F22F, 0x1F22F }, { 0x1F232, 0x1F23A }, { 0x1F23C, 0x1F23F }, { 0x1F249, 0x1F3FA }, { 0x1F400, 0x1F53D },
  { 0x1F546, 0x1F64F }, { 0x1F680, 0x1F6FF }, { 0x1F774, 0x1F77F }, { 0x1F7D5, 0x1F7FF }, { 0x1F80C, 0x1F80F },
  { 0x1F848, 0x1F84F }, { 0x1F85A, 0x1F85F }, { 0x1F888, 0x1F88F }, { 0x1F8AE, 0x1F8FF }, { 0x1F90C, 0x1F93A },
  { 0x1F93C, 0x1F945 }, { 0x1F947, 0x1FAFF }, { 0x1FC00, 0x1FFFD },
};

static const GUnicodeScript cursive[] = {
  G_UNICODE_SCRIPT_ARABIC,          G_UNICODE_SCRIPT_SYRIAC,          G_UNICODE_SCRIPT_MONGOLIAN, G_UNICODE_SCRIPT_NKO,
  G_UNICODE_SCRIPT_PHAGS_PA,        G_UNICODE_SCRIPT_MANDAIC,         G_UNICODE_SCRIPT_MANICHAEAN,
  G_UNICODE_SCRIPT_PSALTER_PAHLAVI, G_UNICODE_SCRIPT_HANIFI_ROHINGYA, G_UNICODE_SCRIPT_SOGDIAN,   G_UNICODE_SCRIPT_ADLAM,
  G_UNICODE_SCRIPT_CHORASMIAN,
};

gboolean
ph_joiner_is (gunichar c)
{
  return c == PH_JOINER_NONE || c == PH_JOINER_JOIN;
}

static gboolean
is_pictograph (gunichar c)
{
  gsize low = 0, high = G_N_ELEMENTS (pictographs);

  while (low < high)
    {
      gsize middle = (low + high) / 2;

      if (c > pictographs[middle].last)
        low = middle + 1;
      else if (c < pictographs[middle].first)
        high = middle;
      else
        return TRUE;
    }
  return FALSE;
}

/* What may stand between a pictograph and the joiner behind it: a selector and a colour of the skin. */
static gboolean
is_picture_part (gunichar c)
{
  return c == 0xFE0F || (c >= 0x1F3FB && c <= 0x1F3FF);
}

static gboolean
is_cursive (GUnicodeScript script)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cursive); i++)
    if (cursive[i] == script)
      return TRUE;

  return FALSE;
}

/* 0 at the end, or where there is no UTF-8 */
static gunichar
char_at (const char *at, const char *end)
{
  gunichar c = at < end ? g_utf8_get_char_validated (at, end - at) : 0;

  return c <= 0x10FFFF ? c : 0;
}

/* The character that ends at *@at, which is moved to its start; 0 if there is none. */
static gunichar
char_before (const char *start, const char **at)
{
  const char *before = *at > start ? g_utf8_find_prev_char (start, *at) : NULL;
  gunichar c = before != NULL ? char_at (before, *at) : 0;

  if (c == 0 || g_utf8_next_char (before) != *at)
    return 0;
  *at = before;

  return c;
}

static gboolean
joins_pictures (const char *start, const char *at, gunichar after)
{
  gunichar before = char_before (start, &at);

  while (is_picture_part (before))
    before = char_before (start, &at);

  return is_pictograph (before) && is_pictograph (after);
}

static gboolean
same_script (gunichar a, gunichar b)
{
  return a != 0 && b != 0 && g_unichar_get_script (a) == g_unichar_get_script (b);
}

/* The letter before @at; the marks in between belong to it. 0 if there is none. */
static gunichar
letter_before (const char *start, const char *at, gboolean *ret_virama)
{
  gunichar c = char_before (start, &at), virama = 0;

  for (; c != 0 && g_unichar_ismark (c); c = char_before (start, &at))
    if (g_unichar_combining_class (c) == VIRAMA)
      virama = c;
  *ret_virama = same_script (c, virama);

  return g_unichar_isalpha (c) ? c : 0;
}

static gboolean
joins_letters (const char *start, const char *at, gunichar joiner, gunichar after)
{
  gboolean virama;
  gunichar before = letter_before (start, at, &virama);

  if (before == 0)
    return FALSE;
  if (virama && joiner == PH_JOINER_JOIN)
    return !ph_joiner_is (after) && !g_unichar_ismark (after);
  if (!same_script (before, after))
    return FALSE;
  if (virama)
    return g_unichar_isalpha (after);

  return g_unichar_combining_class (after) == VIRAMA
         || (g_unichar_isalpha (after) && is_cursive (g_unichar_get_script (before)));
}

/**
 * ph_joiner_joins:
 * @start: of the text, which may be no UTF-8
 * @at: a joiner in it
 * @end: of the text
 *
 * Returns: whether one sees what the joiner does, so that it may stay as it is
 */
gboolean
ph_joiner_joins (const char *start, const char *at, const char *end)
{
  gunichar joiner = g_utf8_get_char (at), after = char_at (g_utf8_next_char (at), end);

  return (joiner == PH_JOINER_JOIN && joins_pictures (start, at, after)) || joins_letters (start, at, joiner, after);
}
