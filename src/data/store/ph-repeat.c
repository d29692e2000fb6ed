/* ph-repeat.c: a repeat: the deadlines of its messages, and its counters as the words of a PH_RECORD_REPEAT
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-repeat.h"

#define MILLISECOND G_GINT64_CONSTANT (1000000)
#define QUICK (10 * MILLISECOND)   /* up to this interval a rate is wanted, above it a pause between messages */
#define MADE_UP (20 * MILLISECOND) /* so short a delay of quick ones is made up for */

/**
 * ph_repeat_next:
 * @due: when the last message was due, in ns
 * @interval: ns, more than 0
 * @now: the time, at or after @due
 * @late: (inout): the number of messages left out is added
 *
 * Deadlines are absolute, so that they do not drift. A message is left out if the next one is due already. But at short
 * intervals and after a short delay it is sent at once, so that as many messages a second go out as were asked for.
 *
 * Returns: when the next message is due; @now or earlier if it is to be sent at once
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
 * @words: (out caller-allocates): the payload of a record
 */
void
ph_repeat_write (const PhRepeat *repeat, PhWords *words)
{
  ph_words_init (words, NULL, NULL);
  ph_words_add_number (words, "sent", repeat->sent);
  ph_words_add_number (words, "waiting", repeat->waiting);
  ph_words_add_number (words, "refused", repeat->refused);
  ph_words_add_number (words, "lost", repeat->lost);
  ph_words_add_number (words, "late", repeat->late);
  if (repeat->earlier > 0)
    ph_words_add_number (words, "earlier", repeat->earlier);
  ph_words_add_number (words, "elapsed", (guint64) repeat->elapsed);
  ph_words_add_number (words, "interval", (guint64) repeat->interval);
  ph_words_add_number (words, "delay", (guint64) repeat->delay);
  ph_words_add_number (words, "delay_most", (guint64) repeat->delay_most);
  if (repeat->slot > 0)
    ph_words_add_number (words, "slot", repeat->slot);
  if (repeat->steps > 0)
    ph_words_add_number (words, "steps", repeat->steps);
  if (repeat->times > 0)
    ph_words_add_number (words, "times", repeat->times);
  if (repeat->name != NULL)
    ph_words_add (words, "name", repeat->name);
}

/* Of a file this may be any number. */
static gint64
read_time (const PhWords *words, const char *name)
{
  guint64 number = 0;

  ph_words_get_number (words, name, &number);
  return (gint64) MIN (number, (guint64) G_MAXINT64);
}

/**
 * ph_repeat_read:
 * @words: what ph_repeat_write() made, or anything
 * @ret_repeat: (out): the numbers; missing ones are 0
 */
void
ph_repeat_read (const PhWords *words, PhRepeat *ret_repeat)
{
  guint64 slot = 0;

  *ret_repeat = (PhRepeat){ .elapsed = read_time (words, "elapsed"),
                            .interval = read_time (words, "interval"),
                            .delay = read_time (words, "delay"),
                            .delay_most = read_time (words, "delay_most") };
  ph_words_get_number (words, "sent", &ret_repeat->sent);
  ph_words_get_number (words, "waiting", &ret_repeat->waiting);
  ph_words_get_number (words, "refused", &ret_repeat->refused);
  ph_words_get_number (words, "lost", &ret_repeat->lost);
  ph_words_get_number (words, "late", &ret_repeat->late);
  ph_words_get_number (words, "earlier", &ret_repeat->earlier);
  ph_words_get_number (words, "slot", &slot);
  ret_repeat->slot = (guint) MIN (slot, PH_REPEAT_SEQUENCE);
  ph_words_get_number (words, "steps", &ret_repeat->steps);
  ph_words_get_number (words, "times", &ret_repeat->times);
}

/**
 * ph_repeat_rate:
 * @repeat: numbers
 *
 * Returns: messages a second, counted from the first message on, or from the first at this interval; 0 if fewer than two were sent
 */
double
ph_repeat_rate (const PhRepeat *repeat)
{
  guint64 sent = repeat->sent - MIN (repeat->earlier, repeat->sent);

  return sent > 1 && repeat->elapsed > 0 ? (double) (sent - 1) * 1e9 / (double) repeat->elapsed : 0;
}
