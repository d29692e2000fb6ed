/* ph-repeater.h: sends messages repeatedly, each at an interval or as fast as possible
 *
 * Worker thread only.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-link.h"
#include "ph-repeat.h"

G_BEGIN_DECLS

/** PhFate: what became of a message of a repeat after it was handed over. */
typedef enum
{
  PH_FATE_QUEUED,  /* it is in one more queue; to all, it may be in the queues of several clients */
  PH_FATE_TAKEN,   /* the system took it after all, as the result of the call says: it waits no more */
  PH_FATE_SENT,    /* the system took all of it out of a queue */
  PH_FATE_REFUSED, /* it left one queue, because the system refused it */
  PH_FATE_LOST,    /* one queue is gone, and the message with it */
} PhFate;

void ph_repeater_start (PhLink *link, PhCommand *command);
void ph_repeater_change (PhLink *link, PhCommand *command);
void ph_repeater_note (PhLink *link, const PhOutgoing *message, PhFate fate);
void ph_repeater_stop (PhLink *link, guint slot);
void ph_repeater_stop_all (PhLink *link);
void ph_repeater_hurry (PhLink *link);
void ph_repeater_write (PhStore *store, const PhRepeat *repeat, PhRepeatState state);

G_END_DECLS
