/* ph-command.c: a command to a worker: open, close, send, repeat, disconnect a peer and so on
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-command.h"

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
  g_clear_pointer (&command->addrs, g_array_unref);
  g_clear_error (&command->error);
  g_free (command->name);
  g_free (command);
}
