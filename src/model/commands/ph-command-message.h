/* ph-command-message.h: the message of a quick command: compiled, and where it goes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-message-target.h"
#include "ph-quick-command.h"

G_BEGIN_DECLS

PhPayload *ph_quick_command_compile (PhQuickCommand *command, gsize *error_place, GError **error);
gboolean ph_quick_command_aim (PhQuickCommand *command, PhSession *session, PhMessageTarget *otherwise, PhTarget *ret_target, GError **error);

G_END_DECLS
