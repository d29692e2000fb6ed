/* ph-repeat.h: a repeat: the deadlines of its messages, and its counters as the words of a PH_RECORD_REPEAT
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-words.h"

G_BEGIN_DECLS

#define PH_REPEAT_SLOTS_MAX 256u /* of the repeat list */
#define PH_REPEAT_SEQUENCE (PH_REPEAT_SLOTS_MAX + 1) /* the slot of a sequence */

/**
 * PhRepeat:
 * @sent: messages that the system took
 * @waiting: messages in a queue, of which the system has not taken all
 * @refused: messages that were neither sent nor queued
 * @lost: messages that were queued, and were lost with the connection
 * @late: messages that were not sent because the next one was due already
 * @earlier: of @sent, those before the interval was last changed
 * @elapsed: ns from the first message to the last, whatever became of them; since the interval was last changed
 * @interval: ns that were asked for; 0: as fast as possible
 * @delay: ns between the deadline of a message and its sending, on average
 * @delay_most: the longest @delay of one message
 * @slot: 0: the message that is typed; %PH_REPEAT_SEQUENCE, or the place in the repeat list
 * @steps: messages of a round of a sequence; else 0
 * @times: how many messages were asked for; 0: no end
 * @name: (nullable): of what is repeated; not read back
 */
typedef struct
{
  guint64 sent;
  guint64 waiting;
  guint64 refused;
  guint64 lost;
  guint64 late;
  guint64 earlier;
  gint64 elapsed;
  gint64 interval;
  gint64 delay;
  gint64 delay_most;
  guint slot;
  guint64 steps, times;
  const char *name;
} PhRepeat;

void ph_repeat_write (const PhRepeat *repeat, PhWords *words);
void ph_repeat_read (const PhWords *words, PhRepeat *ret_repeat);
gint64 ph_repeat_next (gint64 due, gint64 interval, gint64 now, guint64 *late);
double ph_repeat_rate (const PhRepeat *repeat);

G_END_DECLS
