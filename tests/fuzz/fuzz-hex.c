/* fuzz-hex.c: any text is hex that comes back as it was, or an error that can be shown
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "fuzz.h"

#include "ph-hex.h"
#include "ph-marks.h"

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr (GError) error = NULL;
  gsize place = G_MAXSIZE;
  g_autoptr (GBytes) bytes = ph_hex_parse (text, &place, &error);
  g_autoptr (GBytes) again = NULL;
  g_autoptr (GString) out = g_string_new (NULL);

  g_assert_true ((bytes == NULL) == (error != NULL));
  g_assert_true ((bytes == NULL) == (place != G_MAXSIZE));
  if (bytes == NULL)
    {
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      for (const char *p = error->message; *p != '\0'; p = g_utf8_next_char (p))
        g_assert_false (ph_mark_needed (g_utf8_get_char (p)));
      return 0;
    }
  ph_hex_append (out, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  again = ph_hex_parse (out->str, NULL, NULL);
  g_assert_nonnull (again);
  g_assert_true (g_bytes_equal (bytes, again));
  return 0;
}
