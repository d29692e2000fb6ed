/* ph-payload.h: a template of what is sent: compiled once from what was typed, then built for each message
 *
 * A payload never changes, so any thread may hold a reference and build.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-codec.h"

G_BEGIN_DECLS

/**
 * PhPayloadFormat: what a typed text means, and what goes around it. Its strings live as long as the program.
 * @charset: (nullable): a PhCharset id
 * @hex: the text is hex digits; escapes and line ending do not apply
 * @escapes: escapes in the text are replaced
 * @variables: {counter} and other variables in the text are replaced
 * @encoded: the text is in @charset already, and not in UTF-8: its bytes stay as they are
 * @line_ending: replaces line breaks in the text, and ends the last line if none does
 * @prefix, @suffix: (nullable): hex digits of bytes before the text, and behind it and the check bytes
 * @check: (nullable): words for ph_check_parse(): check bytes of @prefix, text and line ending
 */
typedef struct
{
  const char *charset;
  gboolean hex;
  gboolean escapes;
  gboolean variables; /* {counter} and other variables in the text are replaced */
  gboolean encoded;
  PhLineEnding line_ending;
  const char *prefix, *suffix, *check;
} PhPayloadFormat;

typedef struct _PhPayload PhPayload;

PhPayload *ph_payload_new (const PhPayloadFormat *format, const char *text, gsize *error_place, GError **error);
PhPayload *ph_payload_new_for_input (const PhPayloadFormat *format, const char *input, gsize length, gsize *error_place,
                                     GError **error);
PhPayload *ph_payload_new_for_bytes (GBytes *bytes, const PhPayloadFormat *format, GError **error);
PhPayload *ph_payload_new_again (GBytes *bytes, guint8 form);
PhPayload *ph_payload_ref (PhPayload *payload);
void ph_payload_unref (PhPayload *payload);

gboolean ph_payload_is_constant (const PhPayload *payload);
GBytes *ph_payload_build (const PhPayload *payload);
GBytes *ph_payload_preview (const PhPayload *payload, gsize *ret_check_at, gsize *ret_check_length);
guint8 ph_payload_get_form (const PhPayload *payload);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhPayload, ph_payload_unref)

G_END_DECLS
