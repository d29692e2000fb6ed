/* print-options.c: the tables of transports and their options, for programs in Python: a JSON object a line
 *
 * Usage: print-options [--transports]
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

static void
print_transport (const PhTransport *transport)
{
  g_print ("{\"id\": \"%s\", \"summary\": \"%s\", \"remote\": %s}\n", transport->id, transport->summary,
           ph_transport_has_remote (transport) ? "true" : "false");
}

int
main (int argc, char **argv)
{
  const PhTransport *transport;
  const PhOptionSpec *spec;

  if (argc > 1 && g_str_equal (argv[1], "--transports"))
    {
      for (guint i = 0; (transport = ph_transport_at (i)) != NULL; i++)
        print_transport (transport);
      return 0;
    }
  for (guint i = 0; (spec = ph_option_at (i)) != NULL; i++)
    print_option (spec);

  return 0;
}
