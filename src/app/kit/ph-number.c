/* ph-number.c: rates as short text, with a decimal point in every language, so that they can be compared
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-number.h"

#include "ph-format.h"

#include <glib/gi18n.h>

#define RATE_MAX 1e18 /* a file may claim more than fits into 64 bits */

/* Three significant digits: 9.87, 98.7, 987. */
static char *
dup_short (double number)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  return g_strdup (g_ascii_formatd (text, sizeof text, number < 9.995 ? "%.2f" : number < 99.95 ? "%.1f" : "%.0f",
                                    number));
}

/**
 * ph_number_byte_rate:
 * @rate: bytes a second
 *
 * Returns: (transfer full): “1.20 MB/s”
 */
char *
ph_number_byte_rate (double rate)
{
  g_autofree char *number = NULL;
  guint unit = 0;

  for (; rate >= 999.5 && unit < 3; unit++)
    rate /= 1000;
  number = unit == 0 ? g_strdup_printf ("%u", (guint) (rate + 0.5)) : dup_short (rate);

  switch (unit)
    {
    case 0:
      /* Translators: bytes a second */
      return g_strdup_printf (_("%s B/s"), number);
    case 1:
      return g_strdup_printf (_("%s kB/s"), number);
    case 2:
      return g_strdup_printf (_("%s MB/s"), number);
    default:
      return g_strdup_printf (_("%s GB/s"), number);
    }
}

/**
 * ph_number_packet_rate:
 * @rate: datagrams, or reads of a stream, a second
 *
 * Returns: (transfer full): “1,234/s”; below 10 with one decimal, unless it is a whole number
 */
char *
ph_number_packet_rate (double rate)
{
  guint64 whole = (guint64) (MIN (rate, RATE_MAX) + 0.5);
  g_autofree char *number = NULL;

  if (rate < 9.95 && (rate - (double) whole > 0.05 || (double) whole - rate > 0.05))
    {
      char text[G_ASCII_DTOSTR_BUF_SIZE];

      number = g_strdup (g_ascii_formatd (text, sizeof text, "%.1f", rate));
    }
  else
    number = ph_format_dup_grouped (whole);

  /* Translators: so many a second */
  return g_strdup_printf (_("%s/s"), number);
}

/**
 * ph_number_packets:
 * @packets: how many
 * @stream: they are reads or writes, whose limits mean nothing to the peer
 *
 * Returns: (transfer full): “1,234 packets”
 */
char *
ph_number_packets (guint64 packets, gboolean stream, gboolean sent)
{
  g_autofree char *number = ph_format_dup_grouped (packets);
  gulong n = (gulong) MIN (packets, G_MAXULONG);

  if (!stream)
    return g_strdup_printf (ngettext ("%s packet", "%s packets", n), number);
  if (sent)
    /* Translators: how often something was written to a connection */
    return g_strdup_printf (ngettext ("%s write", "%s writes", n), number);

  /* Translators: how often something was read from a connection */
  return g_strdup_printf (ngettext ("%s read", "%s reads", n), number);
}
