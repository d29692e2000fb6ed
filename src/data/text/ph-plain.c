/* ph-plain.c: characters of input methods, documents and web pages as the ASCII characters that they stand for
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-plain.h"

#include <string.h>

/* Each character of @from stands for the one at the same place of @to. A Chinese input method types "。" for a dot and
 * "【】" for brackets. */
static const struct
{
  const gunichar *from;
  const char *to;
} tables[] = {
  { U"。｡․", "..." },
  { U"、､", ",," },
  { U"∶", ":" },
  { U"⁄∕", "//" },
  { U"‐‑‒–—―−﹘", "--------" },
  { U"“”„‟«»「」『』", "\"\"\"\"\"\"\"\"\"\"" },
  { U"‘’‚‛", "''''" },
  { U"〈〉《》‹›【】〔〕", "<><><>[][]" },
};

/* Characters that take no room: a byte order mark, what a web page allows a line break at, and the marks of direction
 * that come along when an address is copied out of a dialog. Those that turn text around are not among them: with them
 * a text looks otherwise than it is. */
static const gunichar without_width[] = U"\uFEFF\u00AD\u180E\u061C\u200B\u200C\u200D\u200E\u200F\u2060\u202A\u202C"
                                        U"\u202D\u2066\u2068\u2069";

static gboolean
find (const gunichar *list, gunichar c, gsize *ret_index)
{
  for (gsize i = 0; list[i] != 0; i++)
    if (list[i] == c)
      return *ret_index = i, TRUE;

  return FALSE;
}

/**
 * ph_plain_char:
 *
 * Any thread.
 *
 * Returns: the ASCII character that @c stands for: a digit of any script is a digit, a blank of any width is a blank; @c
 *   itself if there is none; 0 if it has no width and is to be left out
 */
gunichar
ph_plain_char (gunichar c)
{
  gunichar large;
  gsize index;

  if (c < 0x80)
    return c;
  if (c >= 0xFF01 && c <= 0xFF5E)
    return c - 0xFF01 + '!';
  if (find (without_width, c, &index))
    return 0;
  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    if (find (tables[i].from, c, &index))
      return (guchar) tables[i].to[index];

  switch (g_unichar_type (c))
    {
    case G_UNICODE_SPACE_SEPARATOR:
    case G_UNICODE_LINE_SEPARATOR:
    case G_UNICODE_PARAGRAPH_SEPARATOR:
      return ' ';
    case G_UNICODE_DECIMAL_NUMBER:
      return '0' + (gunichar) g_unichar_digit_value (c);
    default:
      break;
    }
  /* Small forms of punctuation: of ASCII's, or of what an input method types. */
  if (c >= 0xFE50 && c <= 0xFE6B && g_unichar_fully_decompose (c, TRUE, &large, 1) == 1 && large != c)
    return ph_plain_char (large);

  return c;
}

/**
 * ph_plain_dup_text:
 * @text: what was typed or pasted
 *
 * Any thread.
 *
 * Returns: (transfer full): @text with ph_plain_char() applied; unchanged if it is not UTF-8
 */
char *
ph_plain_dup_text (const char *text)
{
  GString *plain;

  if (!g_utf8_validate (text, -1, NULL))
    return g_strdup (text);
  plain = g_string_sized_new (strlen (text));
  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      gunichar c = ph_plain_char (g_utf8_get_char (text));

      if (c != 0)
        g_string_append_unichar (plain, c);
    }

  return g_string_free (plain, FALSE);
}
