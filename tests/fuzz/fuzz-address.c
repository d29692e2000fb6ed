/* fuzz-address.c: whatever is pasted into an address field is a host and a port, or an error that can be shown
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "fuzz.h"

#include "ph-address.h"

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_auto (PhHostPort) parts = { NULL, NULL, 0 }, again = { NULL, NULL, 0 };
  g_autofree char *joined = NULL;
  g_autoptr (GError) error = NULL;

  if (!g_utf8_validate (text, -1, NULL))
    return 0; /* fields hold UTF-8 */
  if (!ph_host_port_parse (text, &parts, &error))
    {
      g_assert_nonnull (error);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      return 0;
    }
  g_assert_no_error (error);
  g_assert_nonnull (parts.host);
  g_assert_cmpint (parts.port, >=, PH_PORT_UNSET);
  g_assert_cmpint (parts.port, <=, 65535);

  if (parts.port == PH_PORT_UNSET)
    return 0;
  joined = ph_host_port_text (parts.host, parts.port);
  g_assert_true (ph_host_port_parse (joined, &again, &error));
  g_assert_cmpstr (again.host, ==, parts.host);
  g_assert_cmpint (again.port, ==, parts.port);
  return 0;
}
