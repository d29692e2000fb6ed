/* print-options.c: the tables of transports, their options and encodings, for programs in Python: a JSON object a line
 *
 * Usage: print-options [--transports | --encodings]
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-charset.h"
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

static void
print_encoding (const PhCharset *charset)
{
  g_print ("{\"id\": \"%s\", \"name\": \"%s\", \"iconv\": \"%s\", \"aliases\": \"%s\", \"longest\": %u}\n", charset->id, charset->name,
           charset->iconv_name, charset->aliases != NULL ? charset->aliases : "", charset->longest);
}

int
main (int argc, char **argv)
{
  const PhTransport *transport;
  const PhOptionSpec *spec;
  const PhCharset *charsets;
  guint n;

  if (argc > 1 && g_str_equal (argv[1], "--transports"))
    {
      for (guint i = 0; (transport = ph_transport_at (i)) != NULL; i++)
        print_transport (transport);
      return 0;
    }
  if (argc > 1 && g_str_equal (argv[1], "--encodings"))
    {
      charsets = ph_charsets (&n);
      for (guint i = 0; i < n; i++)
        print_encoding (&charsets[i]);
      return 0;
    }
  for (guint i = 0; (spec = ph_option_at (i)) != NULL; i++)
    print_option (spec);

  return 0;
}
