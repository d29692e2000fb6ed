/* ph-format-number.c: numbers to be read by people
 *
 * The same in every language, so that they can be compared with other tools'.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-format-private.h"

#include <string.h>

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

/* As ph_format_dup_size(); in English with a decimal point, whatever the locale. */
char *
ph_format_dup_size_in (guint64 bytes, PhLanguage language)
{
  static const char *const units[] = { "B", "KiB", "MiB", "GiB" };
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  double size = (double) bytes;
  gsize unit = 0;

  while (size >= 1024 && unit < G_N_ELEMENTS (units) - 1)
    {
      size /= 1024;
      unit++;
    }

  if (language == PH_LANGUAGE_ENGLISH)
    return g_strdup_printf ("%s %s", g_ascii_formatd (text, sizeof text, size < 100 ? "%.3g" : "%.0f", size), units[unit]);

  return g_strdup_printf (size < 100 ? "%.3g %s" : "%.0f %s", size, units[unit]);
}

/**
 * ph_format_dup_size:
 *
 * Returns: (transfer full): "208 KiB", "4 MiB", "1.5 GiB"
 */
char *
ph_format_dup_size (guint64 bytes)
{
  return ph_format_dup_size_in (bytes, PH_LANGUAGE_USER);
}
