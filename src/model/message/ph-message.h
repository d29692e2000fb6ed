/* ph-message.h: a message as it is typed: text, options and target
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-message-target.h"
#include "ph-send-options.h"

G_BEGIN_DECLS

#define PH_MESSAGE_NO_PLACE G_MAXSIZE

#define PH_TYPE_MESSAGE (ph_message_get_type ())
G_DECLARE_FINAL_TYPE (PhMessage, ph_message, PH, MESSAGE, GObject)

/*
 * Property: "text" (string, read-write). It follows the option "hex" where that loses no byte.
 * Signal: "not-converted" (char *reason, guint64 place): the text stays as it is, and "hex" is what it was again. @place is where
 *   the text is wrong, in characters from 0, or %PH_MESSAGE_NO_PLACE
 */
PhMessage *ph_message_new (PhSendOptions *options, PhMessageTarget *target);
PhSendOptions *ph_message_get_options (PhMessage *message);
PhMessageTarget *ph_message_get_target (PhMessage *message);
const char *ph_message_get_text (PhMessage *message);
void ph_message_set_text (PhMessage *message, const char *text);
void ph_message_set_foreign (PhMessage *message, gboolean foreign);
gboolean ph_message_is_foreign (PhMessage *message);
void ph_message_set_input (PhMessage *message, GBytes *input, gboolean encoded);
void ph_message_recall (PhMessage *message, const char *text, const PhPayloadFormat *format);
PhPayload *ph_message_compile (PhMessage *message, gsize *error_place, GError **error);

gboolean ph_session_send_payload (PhSession *session, PhMessageTarget *target, PhPayload *payload, GError **error);
gboolean ph_session_send_message (PhSession *session, PhMessage *message, gsize *error_place, GError **error);
gboolean ph_session_send_compiled (PhSession *session, PhMessage *message, PhPayload *payload, GError **error);
gboolean ph_session_change_message (PhSession *session, PhMessage *message, gsize *error_place, GError **error);

G_END_DECLS
