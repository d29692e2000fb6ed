/* fuzz-save-every.c: any words for a size or a time of day are refused, or mean a size that is not too small, or a minute of the day
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "fuzz.h"

#include "ph-save-every.h"

#define DAY (G_GINT64_CONSTANT (24) * 3600 * 1000000000)
#define TIME G_GINT64_CONSTANT (1562918748417123456)

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *copy = g_strndup ((const char *) data, size), *text = g_utf8_make_valid (copy, -1);
  g_autoptr (GError) error = NULL;
  PhSaveEvery every = { 1, 1 };
  gint64 next;

  if (!ph_save_every_parse (text, &every, &error))
    {
      g_assert_nonnull (error);
      g_assert_true (every.bytes == 1 && every.minute == 1);
      return 0;
    }
  g_assert_true (every.bytes == 0 || (every.bytes >= PH_SAVE_EVERY_MIN && every.minute == -1));
  g_assert_cmpint (every.minute, >=, -1);
  g_assert_cmpint (every.minute, <, 24 * 60);
  next = ph_save_every_next (&every, TIME);
  if (every.minute < 0)
    g_assert_cmpint (next, ==, G_MAXINT64);
  else
    g_assert_true (next > TIME && next <= TIME + 2 * DAY);

  return 0;
}
