/* ph-format-repeat.c: the progress of a repeat, and what it did not send, as text
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-format-private.h"

#include <glib/gi18n.h>

/* "999.9" below ten thousand, without the fraction above, where nobody reads it. */
static char *
dup_rate (double rate)
{
  return ph_format_dup_decimal (rate, rate < 9999.95 ? 1 : 0);
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
  g_autofree char *jitter = ph_format_dup_decimal ((double) repeat->delay / 1e6, 2);
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

/**
 * ph_format_dup_undone:
 *
 * Any thread.
 *
 * Returns: (transfer full) (nullable): what became of the messages that were not sent: "139 waiting, 1,790 refused"; %NULL if there
 *   are none
 */
char *
ph_format_dup_undone (const PhRepeat *repeat, PhLanguage language)
{
  g_autofree char *waiting = ph_format_dup_grouped (repeat->waiting);
  g_autofree char *refused = ph_format_dup_grouped (repeat->refused);
  g_autofree char *lost = ph_format_dup_grouped (repeat->lost);
  const char *const values[] = { waiting, refused, lost, NULL };
  GString *out;

  if (repeat->waiting == 0 && repeat->refused == 0 && repeat->lost == 0)
    return NULL;
  out = g_string_new (NULL);
  if (repeat->lost == 0)
    /* Translators: numbers of messages: “139 waiting, 1,790 refused” */
    ph_format_expand (out, ph_format_say (language, N_("%s waiting, %s refused")), values);
  else
    /* Translators: numbers of messages: “139 waiting, 1,790 refused, 12 lost” */
    ph_format_expand (out, ph_format_say (language, N_("%s waiting, %s refused, %s lost")), values);

  return g_string_free (out, FALSE);
}
