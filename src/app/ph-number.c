/* ph-number.c: counts that people can read
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-number.h"

/**
 * ph_number_grouped:
 * @number: a count
 *
 * Returns: (transfer full): 12345678 as 12,345,678, the same in every language, so that it can be compared with other tools'
 */
char *
ph_number_grouped (guint64 number)
{
  char digits[24];
  GString *out = g_string_new (NULL);
  int n = g_snprintf (digits, sizeof digits, "%" G_GUINT64_FORMAT, number);

  for (int i = 0; i < n; i++)
    {
      if (i > 0 && (n - i) % 3 == 0)
        g_string_append_c (out, ',');
      g_string_append_c (out, digits[i]);
    }

  return g_string_free (out, FALSE);
}
