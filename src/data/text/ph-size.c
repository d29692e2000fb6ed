/* ph-size.c: a number of bytes as people type it: 4096, 64k, 64KiB, 1.5 MB
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-size.h"

#include <string.h>

#include "ph-plain.h"

#define DIGITS_MAX 20 /* of the largest number */

/* Bytes of a unit: nothing or B, then k, M, G or T with nothing, B or iB behind it. 0 if it is none. */
static guint64
unit_size (const char *unit)
{
  static const char letters[] = "kmgt";
  const char *letter;
  guint64 size = 1;
  gboolean thousands;

  if (*unit == '\0' || g_ascii_strcasecmp (unit, "B") == 0)
    return 1;
  letter = strchr (letters, g_ascii_tolower (*unit));
  thousands = g_ascii_strcasecmp (unit + 1, "B") == 0;
  if (letter == NULL || (unit[1] != '\0' && !thousands && g_ascii_strcasecmp (unit + 1, "iB") != 0))
    return 0;
  for (gssize i = 0; i <= letter - letters; i++)
    size *= thousands ? 1000 : 1024;

  return size;
}

/* "1.5" in units of @unit bytes. Digits behind the sixth would change no byte that anybody cares for. */
static gboolean
multiply (const char *number, guint64 unit, guint64 *ret_bytes)
{
  char *end;
  guint64 whole = g_ascii_strtoull (number, &end, 10), tenths = 1, part = 0;

  if (whole > G_MAXUINT64 / unit)
    return FALSE;
  for (guint i = 1; i <= 6 && *end == '.' && end[i] != '\0'; i++)
    {
      part = part * 10 + (guint64) g_ascii_digit_value (end[i]);
      tenths *= 10;
    }
  part = part * unit / tenths;
  if (part > G_MAXUINT64 - whole * unit)
    return FALSE;
  *ret_bytes = whole * unit + part;

  return TRUE;
}

/**
 * ph_size_parse:
 * @text: UTF-8, also full-width
 *
 * Units are those of dd and other tools: k, M, G, T and KiB, MiB, GiB, TiB are powers of 1024, kB, MB, GB and TB of 1000. Upper
 * and lower case are alike. A fraction of a byte is cut off.
 *
 * Returns: %FALSE if @text is no size, or a larger one than 64 bits hold; then @ret_bytes is unchanged
 */
gboolean
ph_size_parse (const char *text, guint64 *ret_bytes)
{
  g_autofree char *plain = g_strstrip (ph_plain_dup_text (text)), *number = NULL;
  gsize whole = strspn (plain, "0123456789"), length = whole;
  guint64 unit;

  if (whole > 0 && plain[length] == '.' && g_ascii_isdigit (plain[length + 1]))
    length += 1 + strspn (plain + length + 1, "0123456789");
  unit = unit_size (plain + length + strspn (plain + length, " "));
  if (whole == 0 || whole > DIGITS_MAX || unit == 0)
    return FALSE;
  number = g_strndup (plain, length);
  if (whole == DIGITS_MAX && strncmp (number, "18446744073709551615", DIGITS_MAX) > 0)
    return FALSE;

  return multiply (number, unit, ret_bytes);
}
