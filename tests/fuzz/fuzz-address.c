/* fuzz-address.c: whatever is pasted into an address field is a place, or an error that can be shown
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "fuzz.h"

#include "ph-place.h"

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_auto (PhPlace) place = { 0 }, again = { 0 };
  g_autofree char *written = NULL;
  g_autoptr (GError) error = NULL;

  if (!g_utf8_validate (text, -1, NULL))
    return 0; /* fields hold UTF-8 */
  if (!ph_place_parse (text, &place, NULL, &error))
    {
      g_assert_nonnull (error);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      return 0;
    }
  g_assert_no_error (error);
  g_assert_nonnull (place.name);
  g_assert_cmpint (place.port, >=, PH_PORT_UNSET);
  g_assert_cmpint (place.port, <=, 65535);

  if (place.kind == PH_PLACE_IP && place.port == PH_PORT_UNSET)
    return 0;
  written = ph_place_dup_text (&place);
  g_assert_true (ph_place_parse (written, &again, NULL, &error));
  g_assert_true (ph_place_equal (&again, &place));
  return 0;
}
