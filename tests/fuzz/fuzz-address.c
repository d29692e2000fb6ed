/* fuzz-address.c: whatever is pasted into an address field is a place that is read as it looks, or an error that can be shown
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "fuzz.h"

#include "ph-place.h"

#include <netdb.h>

/* What is looked up as a name must not be an address to the system's resolver. */
static void
check_host (const char *host)
{
  const struct addrinfo hints = { .ai_flags = AI_NUMERICHOST };
  struct addrinfo *found = NULL;
  PhAddr addr;

  if (*host == '\0' || ph_plat_addr_parse (host, 1, &addr) || ph_plat_addr_is_no_name (host))
    return;
  g_assert_cmpint (getaddrinfo (host, NULL, &hints, &found), !=, 0);
}

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

  if (place.kind == PH_PLACE_IP)
    check_host (place.name);
  if (place.kind == PH_PLACE_IP && place.port == PH_PORT_UNSET)
    return 0;
  written = ph_place_dup_text (&place);
  g_assert_true (ph_place_parse (written, &again, NULL, &error));
  g_assert_true (ph_place_equal (&again, &place));
  return 0;
}
