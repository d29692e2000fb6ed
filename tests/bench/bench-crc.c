/* bench-crc.c: how fast check bytes are computed
 *
 * Usage: bench-crc TIMES ID…. Computes each check so many times over the same MiB, whose bytes count from 0 to 255 again and again, and
 * prints {"ID": {"seconds": of processor time, "value": of the check}, …}.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-check.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define LENGTH (1u << 20)

static void
measure (const char *id, const guint8 *bytes, int times, const char *before)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PhCrc) crc = NULL;
  PhCheckSpec spec;
  guint64 value = 0;
  clock_t start;

  if (!ph_check_parse (id, &spec, &error) || spec.row.kind != PH_CHECK_CRC)
    g_error ("no CRC “%s”", id);
  crc = ph_crc_new (&spec.row.crc);
  start = clock ();
  for (int i = 0; i < times; i++)
    value = ph_crc_compute (crc, bytes, LENGTH);
  printf ("%s\"%s\": {\"seconds\": %.6f, \"value\": %" G_GUINT64_FORMAT "}", before, id, (double) (clock () - start) / CLOCKS_PER_SEC,
          value);
}

int
main (int argc, char **argv)
{
  g_autofree guint8 *bytes = g_malloc (LENGTH);

  if (argc < 3)
    return 2;
  for (guint i = 0; i < LENGTH; i++)
    bytes[i] = (guint8) i;
  for (int i = 2; i < argc; i++)
    measure (argv[i], bytes, atoi (argv[1]), i == 2 ? "{" : ", ");
  printf ("}\n");

  return 0;
}
