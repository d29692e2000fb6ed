/* ph-rate-words.c: rates as text, with units
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-rate-words.h"

#include "ph-format.h"
#include "ph-number.h"

#include <glib/gi18n.h>

/**
 * ph_rate_words_dup_short:
 *
 * @bucket: one second
 *
 * Returns: (transfer full): sent and received together: “1.20 MB/s · 340/s”
 */
char *
ph_rate_words_dup_short (const PhRateBucket *bucket)
{
  g_autofree char *bytes = ph_number_byte_rate ((double) (bucket->bytes[PH_RATE_RX] + bucket->bytes[PH_RATE_TX]));
  g_autofree char *packets =
    ph_number_packet_rate ((double) (bucket->packets[PH_RATE_RX] + bucket->packets[PH_RATE_TX]));

  return g_strdup_printf ("%s · %s", bytes, packets);
}

static char *
dup_side (const PhRateBucket *bucket, PhRateSide side, double seconds)
{
  g_autofree char *bytes = ph_number_byte_rate ((double) bucket->bytes[side] / seconds);
  g_autofree char *packets = ph_number_packet_rate ((double) bucket->packets[side] / seconds);

  return g_strdup_printf ("%s · %s", bytes, packets);
}

/**
 * ph_rate_words_dup:
 * @seconds: length of @bucket
 * @lost: number of lost datagrams to show, which need not be those of @bucket; 0 shows nothing
 *
 * Returns: (transfer full): “Received 1.20 MB/s · 340/s    Sent 0 B/s · 0/s    Lost 3”
 */
char *
ph_rate_words_dup (const PhRateBucket *bucket, double seconds, guint64 lost)
{
  g_autofree char *received = dup_side (bucket, PH_RATE_RX, seconds);
  g_autofree char *sent = dup_side (bucket, PH_RATE_TX, seconds);
  g_autofree char *count = ph_format_dup_grouped (lost);
  GString *out = g_string_new (NULL);

  /* Translators: rates: “Received 1.20 MB/s · 340/s    Sent 0 B/s · 0/s” */
  g_string_append_printf (out, _("Received %s    Sent %s"), received, sent);
  if (lost > 0)
    /* Translators: a count follows: datagrams that the system dropped */
    g_string_append_printf (out, "    %s %s", _("Lost"), count);

  return g_string_free (out, FALSE);
}
