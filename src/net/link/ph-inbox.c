/* ph-inbox.c: the queue of commands from any thread to a worker
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-inbox.h"

struct _PhInbox
{
  GAsyncQueue *queue; /* of PhCommand */
  PhPoll *poll;       /* owned: a push may come after the worker has ended, and wakes it all the same */
};

/**
 * ph_inbox_new:
 * @poll: (transfer full): woken by each push
 *
 * Returns: (transfer full):
 */
PhInbox *
ph_inbox_new (PhPoll *poll)
{
  PhInbox *inbox = g_atomic_rc_box_new0 (PhInbox);

  inbox->queue = g_async_queue_new_full ((GDestroyNotify) ph_command_free);
  inbox->poll = poll;

  return inbox;
}

static void
clear_inbox (gpointer data)
{
  PhInbox *inbox = data;

  g_async_queue_unref (inbox->queue);
  ph_plat_poll_free (inbox->poll);
}

/** ph_inbox_ref: any thread. Returns: (transfer full): @inbox */
PhInbox *
ph_inbox_ref (PhInbox *inbox)
{
  return g_atomic_rc_box_acquire (inbox);
}

/**
 * ph_inbox_unref:
 * @inbox: (transfer full):
 *
 * Any thread. The last reference frees the commands that are still queued.
 */
void
ph_inbox_unref (PhInbox *inbox)
{
  g_atomic_rc_box_release_full (inbox, clear_inbox);
}

/** ph_inbox_get_poll: Returns: (transfer none): the poll set that a push wakes */
PhPoll *
ph_inbox_get_poll (PhInbox *inbox)
{
  return inbox->poll;
}

/**
 * ph_inbox_push:
 * @command: (transfer full):
 *
 * Any thread.
 */
void
ph_inbox_push (PhInbox *inbox, PhCommand *command)
{
  g_async_queue_push (inbox->queue, command);
  ph_plat_poll_wake (inbox->poll);
}

/** ph_inbox_push_feed_news: has the worker look at its feed again. Any thread. */
void
ph_inbox_push_feed_news (PhInbox *inbox)
{
  PhCommand *command = g_new0 (PhCommand, 1);

  command->kind = PH_COMMAND_FEED_NEWS;
  ph_inbox_push (inbox, command);
}

/**
 * ph_inbox_pop:
 *
 * Worker thread only. Does not wait.
 *
 * Returns: (transfer full) (nullable): the oldest command
 */
PhCommand *
ph_inbox_pop (PhInbox *inbox)
{
  return g_async_queue_try_pop (inbox->queue);
}
