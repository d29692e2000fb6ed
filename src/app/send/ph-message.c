/* ph-message.c: converts a typed message between text and hex when the user switches between them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-message.h"

#include "ph-charset.h"
#include "ph-marks.h"

/* Hex has no line ending. */
static GBytes *
encode_bare (const PhSendFormat *format, const char *text)
{
  PhSendFormat bare = *format;

  bare.hex = FALSE;
  bare.line_ending = PH_LINE_ENDING_NONE;

  return ph_send_format_encode (&bare, text, NULL);
}

/**
 * ph_message_to_hex:
 * @format: how the text is encoded; its line ending is left out, as hex has none
 * @text: what was typed
 *
 * Returns: (transfer full) (nullable): the bytes as hex digits, or %NULL where the text has none in this encoding
 */
char *
ph_message_to_hex (const PhSendFormat *format, const char *text)
{
  g_autoptr (GBytes) bytes = encode_bare (format, text);
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

/* A line feed and a tab can be typed; with escapes a backslash is two, and other control characters have escapes. */
static gboolean
append_typed (GString *out, PhMarkKind kind, gunichar c, gboolean escapes)
{
  if (kind == PH_MARK_BAD)
    return FALSE;
  if (escapes && c == '\\')
    g_string_append (out, "\\\\");
  else if (kind == PH_MARK_NONE || c == '\n' || c == '\t')
    g_string_append_unichar (out, c);
  else if (!escapes)
    return FALSE;
  else if (c == '\r')
    g_string_append (out, "\\r");
  else
    g_string_append_printf (out, "\\u{%X}", c);

  return TRUE;
}

/**
 * ph_message_from_hex:
 * @format: how text is to be encoded when it is sent
 * @text: hex digits
 *
 * Returns: (transfer full) (nullable): text that is sent as the same bytes, or %NULL where there is none
 */
char *
ph_message_from_hex (const PhSendFormat *format, const char *text)
{
  g_autoptr (GBytes) bytes = ph_hex_parse (text, NULL);
  g_autoptr (GBytes) again = NULL;
  g_autoptr (PhDecoder) decoder = NULL;
  g_autoptr (GString) decoded = g_string_new (NULL);
  g_autoptr (GString) typed = g_string_new (NULL);
  gconstpointer data;
  const char *at;
  gsize length;

  if (bytes == NULL)
    return NULL;
  data = g_bytes_get_data (bytes, &length);
  decoder = ph_decoder_new (ph_charset_find (format->charset));
  ph_decoder_decode (decoder, NULL, data, length, decoded);
  at = decoded->str;
  while (at < decoded->str + decoded->len)
    {
      gunichar c;
      PhMarkKind kind = ph_marks_next (&at, decoded->str + decoded->len, &c);

      if (!append_typed (typed, kind, c, format->escapes))
        return NULL;
    }
  /* Some encodings have a character twice. */
  again = encode_bare (format, typed->str);
  if (again == NULL || !g_bytes_equal (again, bytes))
    return NULL;

  return g_string_free (g_steal_pointer (&typed), FALSE);
}
