/* fuzz-rate.c: any text is a rate or is none; a rate in bytes is the size that it is without what stands behind it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "fuzz.h"

#include "ph-rate.h"
#include "ph-size.h"

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_utf8_make_valid ((const char *) data, (gssize) size);
  g_autofree char *slower = g_strconcat (text, "/s", NULL);
  guint64 rate = 1, again = 1, bytes;
  gboolean in_pieces = FALSE, again_in_pieces = FALSE, is_rate = ph_rate_parse (text, &rate, &in_pieces);

  if (!is_rate)
    g_assert_true (rate == 1 && !in_pieces && !ph_size_parse (text, &bytes));
  else if (!in_pieces && ph_size_parse (text, &bytes))
    g_assert_cmpuint (rate, ==, bytes);
  if (is_rate && !g_str_has_suffix (text, "s") && ph_rate_parse (slower, &again, &again_in_pieces))
    g_assert_true (again == rate && again_in_pieces == in_pieces);

  return 0;
}
