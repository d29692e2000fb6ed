/* ph-payload-recover.c: a text and its format, from the bytes that were sent
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-payload-recover.h"

#include <string.h>

#include "ph-charset.h"
#include "ph-hex.h"
#include "ph-marks.h"

/* The line ending that @text ends with. */
static PhLineEnding
ending_of (const GString *text)
{
  if (text->len == 0)
    return PH_LINE_ENDING_NONE;
  if (text->str[text->len - 1] == '\r')
    return PH_LINE_ENDING_CR;
  if (text->str[text->len - 1] != '\n')
    return PH_LINE_ENDING_NONE;

  return text->len > 1 && text->str[text->len - 2] == '\r' ? PH_LINE_ENDING_CRLF : PH_LINE_ENDING_LF;
}

/* What one types for @decoded: without the ending of its last line, and with LF for each other one. */
static GString *
without_endings (const GString *decoded, PhLineEnding ending)
{
  static const char *const bytes[] = {
    [PH_LINE_ENDING_NONE] = "", [PH_LINE_ENDING_LF] = "\n", [PH_LINE_ENDING_CRLF] = "\r\n", [PH_LINE_ENDING_CR] = "\r",
  };
  GString *text = g_string_new_len (decoded->str, (gssize) (decoded->len - strlen (bytes[ending])));

  if (ending == PH_LINE_ENDING_CRLF || ending == PH_LINE_ENDING_CR)
    g_string_replace (text, bytes[ending], "\n", 0);

  return text;
}

/* Appends one decoded character, or a byte that is none, as it would be typed. FALSE where it cannot be typed: without escapes,
 * control characters other than LF and tab. */
static gboolean
append_typed (GString *out, PhMarkKind kind, gunichar c, gboolean escapes)
{
  if (kind == PH_MARK_BAD && escapes)
    g_string_append_printf (out, "\\x%02X", c);
  else if (kind == PH_MARK_BAD)
    return FALSE;
  else if (escapes && c == '\\')
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
 * ph_payload_dup_typed:
 * @text: as ph_decoder_decode() makes it
 *
 * Returns: (transfer full) (nullable): what one types for it, with escapes or without; %NULL where it cannot be typed
 */
char *
ph_payload_dup_typed (const GString *text, gboolean escapes)
{
  g_autoptr (GString) typed = g_string_new (NULL);
  const char *p = text->str, *end = text->str + text->len;

  while (p < end)
    {
      const char *at = p;
      gunichar c;
      PhMarkKind kind = ph_marks_next_in (text->str, &p, end, &c);

      if (!append_typed (typed, kind, c, escapes))
        return NULL;
      /* A variation selector comes with its character. */
      if (kind == PH_MARK_NONE)
        g_string_append_len (typed, g_utf8_next_char (at), p - g_utf8_next_char (at));
    }

  return g_string_free (g_steal_pointer (&typed), FALSE);
}

static gboolean
has_bad (const GString *text)
{
  const char *p = text->str, *end = text->str + text->len;
  gunichar c;

  while (p < end)
    if (ph_marks_next_in (text->str, &p, end, &c) == PH_MARK_BAD)
      return TRUE;

  return FALSE;
}

/* NULL where there is no text that can be typed and means @bytes. Bytes that are no text are better read as hex digits. */
static char *
try_text (GBytes *bytes, const GString *decoded, const PhPayloadFormat *format)
{
  g_autoptr (GString) text = without_endings (decoded, format->line_ending);
  g_autofree char *typed = has_bad (text) ? NULL : ph_payload_dup_typed (text, format->escapes);
  g_autoptr (PhPayload) payload = typed != NULL ? ph_payload_new (format, typed, NULL, NULL) : NULL;
  g_autoptr (GBytes) again = payload != NULL ? ph_payload_build (payload, NULL, NULL) : NULL;

  return again != NULL && g_bytes_equal (again, bytes) ? g_steal_pointer (&typed) : NULL;
}

static char *
dup_hex (GBytes *bytes)
{
  GString *hex = g_string_new (NULL);
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  ph_hex_append (hex, data, length);

  return g_string_free (hex, FALSE);
}

/**
 * ph_payload_recover:
 * @form: ph_record_form() of a record with these bytes
 * @charset: a PhCharset id, if @form has no encoding
 * @ret_format: (out): what the text means; its charset lives for ever
 *
 * A text is preferred, with a line ending where all lines have the same one, then a text with escapes, then hex digits. What was typed as
 * hex stays hex.
 *
 * Returns: (transfer full): a text that means exactly @bytes
 */
char *
ph_payload_recover (GBytes *bytes, guint8 form, const char *charset, PhPayloadFormat *ret_format)
{
  const PhCharset *told = ph_charset_find_number (form >> 2), *used = told != NULL ? told : ph_charset_find (charset);
  g_autoptr (GString) decoded = g_string_new (NULL);
  g_autoptr (PhDecoder) decoder = ph_decoder_new (used);
  PhPayloadFormat format = { .charset = used->id };
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  PhLineEnding ending;
  char *text = NULL;

  ph_decoder_decode (decoder, NULL, data, length, decoded);
  ending = ending_of (decoded);
  for (guint i = 0; i < 4 && text == NULL && (form & 3) != PH_FORM_HEX; i++)
    {
      format.escapes = i >= 2;
      format.line_ending = i % 2 == 0 ? ending : PH_LINE_ENDING_NONE;
      text = try_text (bytes, decoded, &format);
    }
  if (text == NULL)
    format = (PhPayloadFormat) { .charset = used->id, .hex = TRUE };
  *ret_format = format;

  return text != NULL ? text : dup_hex (bytes);
}
