/* ph-codec.c: hex in and out, escapes, line endings: how what is typed becomes bytes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-codec.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ph-charset.h"
#include "ph-marks.h"

G_DEFINE_QUARK (ph-codec-error-quark, ph_codec_error)

static const struct
{
  const char *id;
  const char *text;
} line_endings[] = {
  [PH_LINE_ENDING_NONE] = { "none", "" },
  [PH_LINE_ENDING_LF] = { "lf", "\n" },
  [PH_LINE_ENDING_CRLF] = { "crlf", "\r\n" },
  [PH_LINE_ENDING_CR] = { "cr", "\r" },
};

/* Positions in messages count characters from 1, as people do. */
static gulong
position (const char *text, const char *at)
{
  gulong n = 1;

  for (const char *p = text; p < at; p++)
    n += ((guchar) *p & 0xC0) != 0x80;
  return n;
}

/* The character at @at, safe to show in a message. */
static char *
dup_character (const char *at)
{
  g_autoptr (GString) shown = g_string_new (NULL);
  const char *next = at, *end = at + strnlen (at, 4);
  gunichar c;

  ph_marks_next (&next, end, &c);
  ph_marks_show (at, next - at, NULL, shown, NULL);
  return g_string_free (g_steal_pointer (&shown), FALSE);
}

/* ---- hex ---- */

static gboolean
is_separator (char c)
{
  return g_ascii_isspace (c) || c == ',' || c == ';' || c == ':' || c == '-';
}

/* Parses the digits between two separators; they are whole bytes. Returns where they end, or NULL. */
static const char *
parse_digits (const char *text, const char *start, GByteArray *out, GError **error)
{
  const char *p = start;

  if (p[0] == '0' && (p[1] == 'x' || p[1] == 'X'))
    p += 2;
  start = p;
  for (; g_ascii_isxdigit (p[0]) && g_ascii_isxdigit (p[1]); p += 2)
    {
      guint8 byte = g_ascii_xdigit_value (p[0]) << 4 | g_ascii_xdigit_value (p[1]);

      g_byte_array_append (out, &byte, 1);
    }

  if (p > start && (*p == '\0' || is_separator (*p)))
    return p;
  if (g_ascii_isxdigit (*p) && (p[1] == '\0' || is_separator (p[1])))
    g_set_error (error, PH_CODEC_ERROR, PH_CODEC_ERROR_HEX,
                 _("“%c” at position %lu is half a byte: write two digits for each byte"), *p, position (text, p));
  else if (*p == '\0' || is_separator (*p))
    g_set_error (error, PH_CODEC_ERROR, PH_CODEC_ERROR_HEX, _("no hex digits after “0x” (position %lu)"),
                 position (text, p));
  else
    {
      const char *at = g_ascii_isxdigit (*p) ? p + 1 : p;
      g_autofree char *shown = dup_character (at);

      g_set_error (error, PH_CODEC_ERROR, PH_CODEC_ERROR_HEX, _("“%s” is not a hex digit (position %lu)"), shown,
                   position (text, at));
    }
  return NULL;
}

/**
 * ph_hex_parse:
 * @text: hex digits: "55 00 0A", "55000a", "0x55 0x00", "55,00;0A", on any number of lines
 * @error: %PH_CODEC_ERROR_HEX: what is wrong, and at which character
 *
 * Bytes are two digits each. They may be told apart by blanks, line breaks and `,;:-`, or by nothing. A single digit
 * between separators is an error, as nobody can tell "5 0" from a "50" that was torn apart.
 *
 * Returns: (transfer full) (nullable): the bytes, none for a blank text, or %NULL
 */
GBytes *
ph_hex_parse (const char *text, GError **error)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();
  const char *p = text;

  while (*p != '\0')
    {
      if (is_separator (*p))
        p++;
      else if ((p = parse_digits (text, p, out, error)) == NULL)
        return NULL;
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}

/**
 * ph_hex_append:
 * @out: what to append to
 * @bytes: (array length=length): the bytes
 * @length: of @bytes
 *
 * Appends "55 00 0A": two upper case digits a byte, a blank between them.
 */
void
ph_hex_append (GString *out, const guint8 *bytes, gsize length)
{
  static const char digits[] = "0123456789ABCDEF";
  gsize start = out->len;
  char *to;

  if (length == 0)
    return;
  g_string_set_size (out, start + length * 3 - 1);
  to = out->str + start;
  for (gsize i = 0; i < length; i++)
    {
      if (i > 0)
        *to++ = ' ';
      *to++ = digits[bytes[i] >> 4];
      *to++ = digits[bytes[i] & 0xF];
    }
}

/* ---- escapes ---- */

static void
piece_clear (gpointer data)
{
  PhPiece *piece = data;

  g_string_free (piece->data, TRUE);
}

/* The piece to append to: the last one, or a new one if that is of the other kind. */
static GString *
piece_for (GArray *pieces, gboolean raw)
{
  PhPiece *last = pieces->len > 0 ? &g_array_index (pieces, PhPiece, pieces->len - 1) : NULL;
  PhPiece piece = { .raw = raw };

  if (last != NULL && last->raw == raw)
    return last->data;
  piece.data = g_string_new (NULL);
  g_array_append_val (pieces, piece);
  return piece.data;
}

static const char *fail_escape (GError **error, const char *form, ...) G_GNUC_PRINTF (2, 3);

static const char *
fail_escape (GError **error, const char *form, ...)
{
  va_list args;

  va_start (args, form);
  g_propagate_error (error, g_error_new_valist (PH_CODEC_ERROR, PH_CODEC_ERROR_ESCAPE, form, args));
  va_end (args);
  return NULL;
}

/* \x41: a byte, which goes as it is whatever the encoding. */
static const char *
parse_byte (GArray *pieces, const char *text, const char *at, GError **error)
{
  if (!g_ascii_isxdigit (at[2]) || !g_ascii_isxdigit (at[3]))
    return fail_escape (error, _("“\\x” at position %lu needs two hex digits, such as \\x0A"), position (text, at));
  g_string_append_c (piece_for (pieces, TRUE), g_ascii_xdigit_value (at[2]) << 4 | g_ascii_xdigit_value (at[3]));
  return at + 4;
}

/* \u{20AC}: a character, which goes in the chosen encoding. */
static const char *
parse_code_point (GArray *pieces, const char *text, const char *at, GError **error)
{
  gunichar c = 0;
  const char *p = at + 3;

  if (at[2] != '{')
    return fail_escape (error, _("“\\u” at position %lu needs a code point in braces, such as \\u{20AC}"),
                        position (text, at));
  for (; g_ascii_isxdigit (*p) && p < at + 9; p++)
    c = c << 4 | g_ascii_xdigit_value (*p);
  if (p == at + 3 || *p != '}')
    return fail_escape (error, _("“\\u{” at position %lu needs one to six hex digits and a “}”"), position (text, at));
  if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF))
    return fail_escape (error, _("“\\u{…}” at position %lu is not a character of Unicode"), position (text, at));
  g_string_append_unichar (piece_for (pieces, FALSE), c);
  return p + 1;
}

/* Parses the escape at @at; returns where it ends, or NULL. */
static const char *
parse_escape (GArray *pieces, const char *text, const char *at, GError **error)
{
  static const char letters[] = "nrt0\\", meanings[] = "\n\r\t\0\\";
  const char *letter;
  g_autofree char *shown = NULL;

  if (at[1] == '\0')
    return fail_escape (error, _("the “\\” at the end (position %lu) begins nothing: write “\\\\” to send one"),
                        position (text, at));
  if (at[1] == 'x')
    return parse_byte (pieces, text, at, error);
  if (at[1] == 'u')
    return parse_code_point (pieces, text, at, error);

  letter = strchr (letters, at[1]);
  if (letter != NULL)
    {
      g_string_append_c (piece_for (pieces, FALSE), meanings[letter - letters]);
      return at + 2;
    }
  shown = dup_character (at + 1);
  return fail_escape (error, _("“\\%s” at position %lu is not an escape: write “\\\\” to send a backslash"), shown,
                      position (text, at));
}

/* How many bytes the typed line break at @p has, 0 if there is none. A lone CR is a character like any other. */
static gsize
line_break (const char *p)
{
  return p[0] == '\n' ? 1 : p[0] == '\r' && p[1] == '\n' ? 2 : 0;
}

/* Splits typed text into pieces; without @escapes there is one at most. */
static GArray *
split (const char *text, gboolean escapes, PhLineEnding ending, GError **error)
{
  g_autoptr (GArray) pieces = g_array_new (FALSE, FALSE, sizeof (PhPiece));
  const char *p = text;

  g_array_set_clear_func (pieces, piece_clear);
  while (*p != '\0')
    {
      gsize n = line_break (p);

      if (n > 0 && ending != PH_LINE_ENDING_NONE)
        {
          g_string_append (piece_for (pieces, FALSE), line_endings[ending].text);
          p += n;
        }
      else if (*p == '\\' && escapes)
        {
          p = parse_escape (pieces, text, p, error);
          if (p == NULL)
            return NULL;
        }
      else
        {
          n = 1 + strcspn (p + 1, "\\\r\n");
          g_string_append_len (piece_for (pieces, FALSE), p, n);
          p += n;
        }
    }
  return g_steal_pointer (&pieces);
}

/**
 * ph_escapes_parse:
 * @text: what was typed: `\n \r \t \0 \\`, `\xHH` (a byte) and `\u{…}` (a character) are escapes
 * @ending: what line breaks that were typed become; with %PH_LINE_ENDING_NONE they stay as they are. `\n` always is a
 *   LF
 * @error: %PH_CODEC_ERROR_ESCAPE: what is wrong, and at which character
 *
 * Returns: (transfer full) (nullable) (element-type PhPiece): text to encode and bytes that go as they are, in turn
 */
GArray *
ph_escapes_parse (const char *text, PhLineEnding ending, GError **error)
{
  return split (text, TRUE, ending, error);
}

/* ---- line endings ---- */

/**
 * ph_line_ending_id:
 * @ending: a line ending
 *
 * Returns: (transfer none): its stable name: "none", "lf", "crlf", "cr"
 */
const char *
ph_line_ending_id (PhLineEnding ending)
{
  return line_endings[ending].id;
}

/**
 * ph_line_ending_parse:
 * @id: (nullable): a name as of ph_line_ending_id()
 * @ret_ending: (out): the line ending
 *
 * Returns: whether there is one of that name
 */
gboolean
ph_line_ending_parse (const char *id, PhLineEnding *ret_ending)
{
  for (gsize i = 0; id != NULL && i < G_N_ELEMENTS (line_endings); i++)
    if (strcmp (line_endings[i].id, id) == 0)
      {
        *ret_ending = i;
        return TRUE;
      }
  return FALSE;
}

/* ---- all of it ---- */

static gboolean
append_piece (GByteArray *out, const PhCharset *charset, const PhPiece *piece, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;

  if (piece->raw)
    bytes = g_bytes_new (piece->data->str, piece->data->len);
  else
    bytes = ph_charset_encode (charset, piece->data->str, piece->data->len, error);
  if (bytes == NULL)
    return FALSE;
  g_byte_array_append (out, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  return TRUE;
}

/**
 * ph_send_format_encode:
 * @format: how
 * @text: what was typed, UTF-8
 * @error: %PH_CODEC_ERROR: what is wrong, and where
 *
 * The bytes to send for a text. The line ending is appended, and is what typed line breaks become; without one they are
 * sent as typed, and the Enter key types a LF. Both are in the encoding: in UTF-16 a LF is two bytes. Without escapes a
 * backslash is a backslash.
 *
 * Returns: (transfer full) (nullable): the bytes, or %NULL
 */
GBytes *
ph_send_format_encode (const PhSendFormat *format, const char *text, GError **error)
{
  g_autoptr (GByteArray) out = NULL;
  g_autoptr (GArray) pieces = NULL;
  const PhCharset *charset = ph_charset_find (format->charset);

  if (format->hex)
    return ph_hex_parse (text, error);
  if (charset == NULL)
    {
      g_set_error (error, PH_CODEC_ERROR, PH_CODEC_ERROR_ENCODING, _("“%s” is not an encoding of Porthole"),
                   format->charset != NULL ? format->charset : "");
      return NULL;
    }
  pieces = split (text, format->escapes, format->line_ending, error);
  if (pieces == NULL)
    return NULL;

  if (format->line_ending != PH_LINE_ENDING_NONE)
    g_string_append (piece_for (pieces, FALSE), line_endings[format->line_ending].text);
  out = g_byte_array_new ();
  for (guint i = 0; i < pieces->len; i++)
    if (!append_piece (out, charset, &g_array_index (pieces, PhPiece, i), error))
      return NULL;
  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}
