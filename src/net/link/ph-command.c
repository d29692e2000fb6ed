/* ph-command.c: what a worker is told, and the box the words wait in
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-command.h"

struct _PhInbox
{
  GAsyncQueue *queue; /* of PhCommand */
  PhPoll *poll;       /* owned: a late push may still want to wake it */
};

/**
 * ph_command_free:
 * @command: (transfer full): a command
 */
void
ph_command_free (PhCommand *command)
{
  g_clear_pointer (&command->endpoint, ph_endpoint_free);
  g_clear_pointer (&command->bytes, g_bytes_unref);
  g_clear_pointer (&command->addrs, g_array_unref);
  g_clear_error (&command->error);
  g_free (command->host);
  g_free (command);
}

/**
 * ph_inbox_new:
 * @poll: (transfer full): woken by each push
 *
 * Returns: (transfer full): an empty box
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
clear_inbox (gpointer box)
{
  PhInbox *inbox = box;

  g_async_queue_unref (inbox->queue);
  ph_plat_poll_free (inbox->poll);
}

/**
 * ph_inbox_ref:
 * @inbox: a box
 *
 * Any thread.
 *
 * Returns: (transfer full): @inbox
 */
PhInbox *
ph_inbox_ref (PhInbox *inbox)
{
  return g_atomic_rc_box_acquire (inbox);
}

/**
 * ph_inbox_unref:
 * @inbox: (transfer full): a box; the last reference frees what is still in it
 *
 * Any thread.
 */
void
ph_inbox_unref (PhInbox *inbox)
{
  g_atomic_rc_box_release_full (inbox, clear_inbox);
}

/**
 * ph_inbox_get_poll:
 * @inbox: a box
 *
 * Returns: (transfer none): the poll set that a push wakes
 */
PhPoll *
ph_inbox_get_poll (PhInbox *inbox)
{
  return inbox->poll;
}

/**
 * ph_inbox_push:
 * @inbox: a box
 * @command: (transfer full): a command
 *
 * Any thread.
 */
void
ph_inbox_push (PhInbox *inbox, PhCommand *command)
{
  g_async_queue_push (inbox->queue, command);
  ph_plat_poll_wake (inbox->poll);
}

/**
 * ph_inbox_pop:
 * @inbox: a box
 *
 * The worker.
 *
 * Returns: (transfer full) (nullable): the oldest command, if there is one
 */
PhCommand *
ph_inbox_pop (PhInbox *inbox)
{
  return g_async_queue_try_pop (inbox->queue);
}
