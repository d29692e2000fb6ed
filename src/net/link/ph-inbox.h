/* ph-inbox.h: the queue of commands from any thread to a worker
 *
 * It is reference-counted: a look-up may end after the worker has gone, and must still find the queue.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-command.h"
#include "ph-plat.h"

G_BEGIN_DECLS

typedef struct _PhInbox PhInbox;

PhInbox *ph_inbox_new (PhPoll *poll);
PhInbox *ph_inbox_ref (PhInbox *inbox);
void ph_inbox_unref (PhInbox *inbox);
PhPoll *ph_inbox_get_poll (PhInbox *inbox);
void ph_inbox_push (PhInbox *inbox, PhCommand *command);
void ph_inbox_push_feed_news (PhInbox *inbox);
PhCommand *ph_inbox_pop (PhInbox *inbox);

G_END_DECLS
