/* ph-payload-convert.c: converts a typed text to hex digits that mean the same bytes, and back
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-payload-convert.h"

#include "ph-charset.h"
#include "ph-hex.h"
#include "ph-payload-recover.h"

/* The bytes of @text alone, without a line ending, which hex does not have. */
static GBytes *
build_bare (const PhPayloadFormat *format, const char *text)
{
  PhPayloadFormat bare = *format;
  g_autoptr (PhPayload) payload = NULL;

  bare.hex = FALSE;
  bare.line_ending = PH_LINE_ENDING_NONE;
  bare.prefix = bare.suffix = bare.check = NULL;
  payload = ph_payload_new (&bare, text, NULL, NULL);

  return payload != NULL && ph_payload_is_constant (payload) ? ph_payload_build (payload, NULL, NULL) : NULL;
}

/**
 * ph_payload_convert_to_hex:
 * @format: of @text; its line ending is left out
 *
 * Returns: (transfer full) (nullable): hex digits; %NULL where @text cannot be encoded or has variables
 */
char *
ph_payload_convert_to_hex (const PhPayloadFormat *format, const char *text)
{
  g_autoptr (GBytes) bytes = build_bare (format, text);
  GString *hex;
  gconstpointer data;
  gsize length;

  if (bytes == NULL)
    return NULL;
  data = g_bytes_get_data (bytes, &length);
  hex = g_string_new (NULL);
  ph_hex_append (hex, data, length);

  return g_string_free (hex, FALSE);
}

/**
 * ph_payload_convert_to_text:
 * @format: of the text to be made
 * @hex: hex digits
 *
 * Returns: (transfer full) (nullable): text that means exactly the same bytes; %NULL where there is none
 */
char *
ph_payload_convert_to_text (const PhPayloadFormat *format, const char *hex)
{
  g_autoptr (GBytes) bytes = ph_hex_parse (hex, NULL, NULL);
  g_autoptr (GBytes) again = NULL;
  g_autoptr (PhDecoder) decoder = NULL;
  g_autoptr (GString) decoded = g_string_new (NULL);
  g_autofree char *typed = NULL;
  gconstpointer data;
  gsize length;

  if (bytes == NULL)
    return NULL;
  data = g_bytes_get_data (bytes, &length);
  decoder = ph_decoder_new (ph_charset_find (format->charset));
  ph_decoder_decode (decoder, NULL, data, length, decoded);
  if (format->variables)
    {
      g_string_replace (decoded, "{", "{{", 0);
      g_string_replace (decoded, "}", "}}", 0);
    }
  typed = ph_payload_dup_typed (decoded, format->escapes);
  if (typed == NULL)
    return NULL;
  /* Some encodings have two codes for a character: encoding gives one of them only. */
  again = build_bare (format, typed);
  if (again == NULL || !g_bytes_equal (again, bytes))
    return NULL;

  return g_steal_pointer (&typed);
}
