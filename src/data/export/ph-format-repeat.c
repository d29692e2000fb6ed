/* ph-format-repeat.c: how a repeated sending goes, in words
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-format-private.h"

#include <glib/gi18n.h>

/* "999.9" below ten thousand, without the fraction above, where nobody reads it. */
static char *
dup_rate (double rate)
{
  return rate < 9999.95 ? g_strdup_printf ("%.1f", rate) : ph_format_dup_grouped ((guint64) (rate + 0.5));
}

/**
 * ph_format_dup_repeat:
 *
 * Any thread.
 *
 * Returns: (transfer full): "998.7 messages/s, 3 late, jitter 0.05 ms"; of what goes as fast as possible only the rate
 */
char *
ph_format_dup_repeat (const PhRepeat *repeat, PhLanguage language)
{
  g_autofree char *rate = dup_rate (ph_repeat_rate (repeat));
  g_autofree char *late = ph_format_dup_grouped (repeat->late);
  g_autofree char *jitter = g_strdup_printf ("%.2f", (double) repeat->delay / 1e6);
  const char *const values[] = { rate, late, jitter, NULL };
  GString *out = g_string_new (NULL);

  if (repeat->interval == 0)
    /* Translators: a rate: “123.4 messages/s” */
    ph_format_expand (out, ph_format_say (language, N_("%s messages/s")), values);
  else
    /* Translators: “998.7 messages/s, 3 late, jitter 0.05 ms”: late are those that were left out because the next was due;
     * jitter is how much after its time a message goes out, on average */
    ph_format_expand (out, ph_format_say (language, N_("%s messages/s, %s late, jitter %s ms")), values);

  return g_string_free (out, FALSE);
}
