/* ph-command-message.c: the message of a quick command: compiled, and where it goes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-command-message.h"

/**
 * ph_quick_command_compile:
 * @error_place: (out) (optional): written on failure only: where the text is wrong, in characters from 0
 * @error: %PH_CODEC_ERROR or %PH_CHECK_ERROR
 *
 * Returns: (transfer full) (nullable): what is sent, or %NULL
 */
PhPayload *
ph_quick_command_compile (PhQuickCommand *command, gsize *error_place, GError **error)
{
  return ph_payload_new (ph_quick_command_get_format (command), ph_quick_command_get_text (command), error_place, error);
}

/* It names a place for the transport of @session, where one message can go elsewhere than the one before. */
static gboolean
has_own_target (PhQuickCommand *command, PhSession *session)
{
  const PhTransport *transport = ph_session_get_transport (session);
  const char *own = ph_quick_command_get_transport (command);

  return ph_quick_command_get_target (command) != NULL && transport != NULL && !ph_transport_is_stream (transport)
         && (own == NULL || g_str_equal (own, transport->id));
}

/**
 * ph_quick_command_aim:
 * @otherwise: where it goes if it has no target of its own, or if @session is a stream, which has its connections
 * @ret_target: (out): freed by ph_target_clear()
 * @error: %PH_MESSAGE_ERROR, or its target is no address
 *
 * Returns: %FALSE if it goes nowhere
 */
gboolean
ph_quick_command_aim (PhQuickCommand *command, PhSession *session, PhMessageTarget *otherwise, PhTarget *ret_target, GError **error)
{
  PhTarget aimed = { .peer = PH_PEER_NONE };

  if (has_own_target (command, session))
    {
      PhPlace place = { .port = PH_PORT_UNSET };

      if (!ph_place_parse (ph_quick_command_get_target (command), &place, NULL, error))
        return FALSE;
      *ret_target = (PhTarget){ .peer = PH_PEER_NONE, .place = place };
      return TRUE;
    }
  if (!ph_message_target_aim (otherwise, &aimed, error))
    return FALSE;
  ph_target_copy (&aimed, ret_target);

  return TRUE;
}
