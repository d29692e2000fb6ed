/* ph-repeat.c: how a repeated sending goes: the numbers of a PH_RECORD_REPEAT, and their words
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-repeat.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ph-format-private.h"

#define MILLISECOND G_GINT64_CONSTANT (1000000)
#define QUICK (10 * MILLISECOND)   /* up to this interval a rate is wanted, above it a pause between messages */
#define MADE_UP (20 * MILLISECOND) /* so short a delay of quick ones is made up for */

/**
 * ph_repeat_next:
 * @due: when the last message was due, in ns
 * @interval: ns, more than 0
 * @now: the time, at or after @due
 * @late: (inout): grows by the messages that are left out
 *
 * Deadlines are absolute, so that they do not drift. A message whose successor is due already is left out, but for quick ones
 * after a short delay: these follow at once, and so many a second remain so many.
 *
 * Returns: when the next one is due; not after @now where it is to be made up for
 */
gint64
ph_repeat_next (gint64 due, gint64 interval, gint64 now, guint64 *late)
{
  gint64 next = due + interval, missed;

  if (next > now || (interval <= QUICK && now - next <= MADE_UP))
    return next;
  missed = (now - next) / interval + 1;
  *late += (guint64) missed;

  return next + missed * interval;
}

/**
 * ph_repeat_write:
 * @repeat: numbers
 * @text: (out): the payload of a record
 */
void
ph_repeat_write (const PhRepeat *repeat, char text[PH_REPEAT_TEXT_MAX])
{
  g_snprintf (text, PH_REPEAT_TEXT_MAX,
              "%" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT
              " %" G_GINT64_FORMAT,
              repeat->sent, repeat->late, repeat->elapsed, repeat->interval, repeat->delay, repeat->delay_most);
}

/**
 * ph_repeat_read:
 * @payload: what ph_repeat_write() made, or anything
 * @length: in bytes
 * @ret_repeat: (out): the numbers; missing ones are 0
 *
 * Returns: whether it was the payload of such a record
 */
gboolean
ph_repeat_read (const guint8 *payload, gsize length, PhRepeat *ret_repeat)
{
  char text[PH_REPEAT_TEXT_MAX] = "";
  guint64 numbers[6] = { 0 };
  const char *p = text;
  guint n = 0;

  memcpy (text, payload, MIN (length, sizeof text - 1));
  while (n < G_N_ELEMENTS (numbers))
    {
      char *end;

      numbers[n] = g_ascii_strtoull (p, &end, 10);
      if (end == p)
        break;
      p = end;
      n++;
    }
  for (guint i = 2; i < G_N_ELEMENTS (numbers); i++)
    numbers[i] = MIN (numbers[i], (guint64) G_MAXINT64);
  *ret_repeat = (PhRepeat){ .sent = numbers[0],
                            .late = numbers[1],
                            .elapsed = (gint64) numbers[2],
                            .interval = (gint64) numbers[3],
                            .delay = (gint64) numbers[4],
                            .delay_most = (gint64) numbers[5] };

  return n == G_N_ELEMENTS (numbers);
}

/**
 * ph_repeat_rate:
 * @repeat: numbers
 *
 * Returns: messages a second, the first one being the start of the clock; 0 before there are two
 */
double
ph_repeat_rate (const PhRepeat *repeat)
{
  return repeat->sent > 1 && repeat->elapsed > 0 ? (double) (repeat->sent - 1) * 1e9 / (double) repeat->elapsed : 0;
}

/* "999.9" below ten thousand, without the fraction above, where nobody reads it. */
static char *
dup_rate (double rate)
{
  return rate < 9999.95 ? g_strdup_printf ("%.1f", rate) : ph_format_dup_grouped ((guint64) (rate + 0.5));
}

/**
 * ph_repeat_describe:
 * @repeat: numbers
 *
 * Any thread.
 *
 * Returns: (transfer full): "998.7 messages/s, 3 late, jitter 0.05 ms", translated; of what goes as fast as possible only
 *   the rate
 */
char *
ph_repeat_describe (const PhRepeat *repeat)
{
  g_autofree char *rate = dup_rate (ph_repeat_rate (repeat));
  g_autofree char *late = ph_format_dup_grouped (repeat->late);
  g_autofree char *jitter = g_strdup_printf ("%.2f", (double) repeat->delay / 1e6);

  if (repeat->interval == 0)
    /* Translators: a rate: “123.4 messages/s” */
    return g_strdup_printf (_("%s messages/s"), rate);

  /* Translators: “998.7 messages/s, 3 late, jitter 0.05 ms”: late are those that were left out because the next was due;
   * jitter is how much after its time a message goes out, on average */
  return g_strdup_printf (_("%s messages/s, %s late, jitter %s ms"), rate, late, jitter);
}
