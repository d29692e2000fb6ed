/* ph-format-number.c: numbers to be read by people: 1,234,567 and 0.5
 *
 * The form is the same in every language and locale, so that numbers can be compared. All that the window and the command line say goes
 * through here, but not what people type (ports, values of options) and what programs read (JSON).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-format-private.h"

#include <string.h>

#define LARGEST 1e18 /* a file may claim more than fits into 64 bits */

/**
 * ph_format_dup_grouped:
 *
 * Returns: (transfer full): "1,234,567": long counts are read, not computed with
 */
char *
ph_format_dup_grouped (guint64 number)
{
  g_autofree char *digits = g_strdup_printf ("%" G_GUINT64_FORMAT, number);
  GString *out = g_string_new (NULL);
  gsize n = strlen (digits);

  for (gsize i = 0; i < n; i++)
    {
      if (i > 0 && (n - i) % 3 == 0)
        g_string_append_c (out, ',');
      g_string_append_c (out, digits[i]);
    }
  return g_string_free (out, FALSE);
}

/**
 * ph_format_dup_decimal:
 * @number: not negative; above 1e18 it is shown as that
 * @digits: 0 to 9 behind the point
 *
 * Returns: (transfer full): "0.50", "1,234.5"
 */
char *
ph_format_dup_decimal (double number, guint digits)
{
  char format[] = "%.0f", text[G_ASCII_DTOSTR_BUF_SIZE], *point;
  g_autofree char *whole = NULL;

  format[2] = (char) ('0' + digits);
  g_ascii_formatd (text, sizeof text, format, number > 0 ? MIN (number, LARGEST) : 0);
  whole = ph_format_dup_grouped (g_ascii_strtoull (text, &point, 10));

  return g_strconcat (whole, point, NULL);
}

/**
 * ph_format_dup_size:
 *
 * Returns: (transfer full): "208 KiB", "4 MiB", "1.5 GiB"
 */
char *
ph_format_dup_size (guint64 bytes)
{
  static const char *const units[] = { "B", "KiB", "MiB", "GiB", "TiB" };
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  double size = (double) bytes;
  gsize unit = 0;
  g_autofree char *whole = NULL;

  /* What would be rounded to 1024 is one of the next unit. */
  for (; size >= 1023.5 && unit < G_N_ELEMENTS (units) - 1; unit++)
    size /= 1024;
  if (size < 99.5)
    return g_strdup_printf ("%s %s", g_ascii_formatd (text, sizeof text, "%.3g", size), units[unit]);
  whole = ph_format_dup_grouped ((guint64) (size + 0.5));

  return g_strdup_printf ("%s %s", whole, units[unit]);
}

/**
 * ph_format_dup_bytes:
 *
 * Returns: (transfer full): "1 byte", "1,400 bytes"
 */
char *
ph_format_dup_bytes (guint64 bytes, PhLanguage language)
{
  g_autofree char *number = ph_format_dup_grouped (bytes);
  GString *out = g_string_new (NULL);

  ph_format_expand (out, ph_format_say_many (language, NP_("%s byte", "%s bytes"), bytes), (const char *const[]){ number, NULL });

  return g_string_free (out, FALSE);
}
