/* ph-command.c: a command to a worker: open, close, send, repeat, disconnect a peer and so on
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-command.h"

static void
step_clear (gpointer data)
{
  PhSequenceStep *step = data;

  ph_target_clear (&step->target);
  ph_payload_unref (step->payload);
}

/** ph_sequence_steps_new: Returns: (transfer full) (element-type PhSequenceStep): an empty sequence */
GArray *
ph_sequence_steps_new (void)
{
  GArray *steps = g_array_new (FALSE, FALSE, sizeof (PhSequenceStep));

  g_array_set_clear_func (steps, step_clear);

  return steps;
}

/**
 * ph_sequence_steps_add:
 * @target: copied
 * @payload: a reference is kept
 * @delay: ns to wait before it
 */
void
ph_sequence_steps_add (GArray *steps, const PhTarget *target, PhPayload *payload, gint64 delay)
{
  PhSequenceStep step = { .payload = ph_payload_ref (payload), .delay = delay };

  ph_target_copy (target, &step.target);
  g_array_append_val (steps, step);
}

/**
 * ph_command_free:
 * @command: (transfer full):
 */
void
ph_command_free (PhCommand *command)
{
  g_clear_pointer (&command->endpoint, ph_endpoint_free);
  ph_target_clear (&command->target);
  g_clear_pointer (&command->payload, ph_payload_unref);
  g_clear_pointer (&command->feed, ph_feed_unref);
  g_clear_pointer (&command->addrs, g_array_unref);
  g_clear_error (&command->error);
  g_free (command->name);
  g_clear_pointer (&command->steps, g_array_unref);
  g_free (command);
}
