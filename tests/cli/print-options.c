/* print-options.c: the options of the transports, as tests in Python read them: a JSON object a line
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-transport.h"

static void
print_option (const PhOptionSpec *spec)
{
  const PhTransport *transport;
  const char *separator = "";

  g_print ("{\"id\": \"%s\", \"label\": \"%s\", \"help\": \"%s\", \"unit\": \"%s\", ", spec->id, spec->label, spec->help,
           spec->unit != NULL ? spec->unit : "");
  g_print ("\"min\": %u, \"max\": %u, \"default\": %u, \"transports\": [", spec->min, spec->max, spec->initial);
  for (guint i = 0; (transport = ph_transport_at (i)) != NULL; i++)
    if (ph_transport_has_option (transport, spec))
      {
        g_print ("%s\"%s\"", separator, transport->id);
        separator = ", ";
      }
  g_print ("]}\n");
}

int
main (int argc, char **argv)
{
  const PhOptionSpec *spec;

  for (guint i = 0; (spec = ph_option_at (i)) != NULL; i++)
    print_option (spec);

  return 0;
}
