/* ph-codec.c: parses and prints hex, parses escapes, and names line endings
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-codec.h"

#include <glib/gi18n.h>
#include <string.h>

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

/* The text that is parsed, and where its first error goes. */
typedef struct
{
  const char *text;
  gsize *error_place; /* nullable */
  GError **error;
} Source;

/* Notes @at as the place of the error. Returns it as messages name it: counted in characters from 1. */
static gulong
position (const Source *source, const char *at)
{
  gulong n = 0;

  for (const char *p = source->text; p < at; p++)
    n += ((guchar) *p & 0xC0) != 0x80;
  if (source->error_place != NULL)
    *source->error_place = n;
  return n + 1;
}

/* The character at @at, with a mark in place of what cannot be shown. */
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

/* Parses the digits up to the next separator. Returns where they end, or NULL. */
static const char *
parse_digits (const Source *source, const char *start, GByteArray *out)
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
    g_set_error (source->error, PH_CODEC_ERROR, PH_CODEC_ERROR_HEX,
                 _("“%c” at position %lu is half a byte: write two digits for each byte"), *p, position (source, p));
  else if (*p == '\0' || is_separator (*p))
    g_set_error (source->error, PH_CODEC_ERROR, PH_CODEC_ERROR_HEX, _("no hex digits after “0x” (position %lu)"),
                 position (source, p));
  else
    {
      const char *at = g_ascii_isxdigit (*p) ? p + 1 : p;
      g_autofree char *shown = dup_character (at);

      g_set_error (source->error, PH_CODEC_ERROR, PH_CODEC_ERROR_HEX, _("“%s” is not a hex digit (position %lu)"), shown,
                   position (source, at));
    }
  return NULL;
}

/**
 * ph_hex_parse:
 * @text: hex digits: "55 00 0A", "55000a", "0x55 0x00", "55,00;0A", on any number of lines
 * @error_place: (out) (optional): written on failure only: where @text is wrong, in characters from 0
 * @error: %PH_CODEC_ERROR_HEX
 *
 * Each byte has two digits. Blanks, line breaks and `,;:-` may separate bytes. A single digit between separators is an
 * error, because "5 0" may be a "50" that was torn apart.
 *
 * Returns: (transfer full) (nullable): the bytes, none for a blank text; or %NULL
 */
GBytes *
ph_hex_parse (const char *text, gsize *error_place, GError **error)
{
  const Source source = { text, error_place, error };
  g_autoptr (GByteArray) out = g_byte_array_new ();
  const char *p = text;

  while (*p != '\0')
    {
      if (is_separator (*p))
        p++;
      else if ((p = parse_digits (&source, p, out)) == NULL)
        return NULL;
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}

/**
 * ph_hex_append:
 * @bytes: (array length=length): the bytes
 *
 * Appends two upper case digits for each byte, with blanks between bytes: "55 00 0A".
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

/* The last piece, or a new one where that is of the other kind. */
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

static const char *fail_escape (const Source *source, const char *form, ...) G_GNUC_PRINTF (2, 3);

static const char *
fail_escape (const Source *source, const char *form, ...)
{
  va_list args;

  va_start (args, form);
  g_propagate_error (source->error, g_error_new_valist (PH_CODEC_ERROR, PH_CODEC_ERROR_ESCAPE, form, args));
  va_end (args);
  return NULL;
}

/* \x41: a byte, whatever the encoding. */
static const char *
parse_byte (const Source *source, const char *at, GArray *pieces)
{
  if (!g_ascii_isxdigit (at[2]) || !g_ascii_isxdigit (at[3]))
    return fail_escape (source, _("“\\x” at position %lu needs two hex digits, such as \\x0A"), position (source, at));
  g_string_append_c (piece_for (pieces, TRUE), g_ascii_xdigit_value (at[2]) << 4 | g_ascii_xdigit_value (at[3]));
  return at + 4;
}

/* \u{20AC}: a character, to be encoded. */
static const char *
parse_code_point (const Source *source, const char *at, GArray *pieces)
{
  gunichar c = 0;
  const char *p = at + 3;

  if (at[2] != '{')
    return fail_escape (source, _("“\\u” at position %lu needs a code point in braces, such as \\u{20AC}"),
                        position (source, at));
  for (; g_ascii_isxdigit (*p) && p < at + 9; p++)
    c = c << 4 | g_ascii_xdigit_value (*p);
  if (p == at + 3 || *p != '}')
    return fail_escape (source, _("“\\u{” at position %lu needs one to six hex digits and a “}”"), position (source, at));
  if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF))
    return fail_escape (source, _("“\\u{…}” at position %lu is not a character of Unicode"), position (source, at));
  g_string_append_unichar (piece_for (pieces, FALSE), c);
  return p + 1;
}

/* Parses the escape at @at; returns where it ends, or NULL. */
static const char *
parse_escape (const Source *source, const char *at, GArray *pieces)
{
  static const char letters[] = "nrt0\\", meanings[] = "\n\r\t\0\\";
  const char *letter;
  g_autofree char *shown = NULL;

  if (at[1] == '\0')
    return fail_escape (source, _("the “\\” at the end (position %lu) begins nothing: write “\\\\” to send one"),
                        position (source, at));
  if (at[1] == 'x')
    return parse_byte (source, at, pieces);
  if (at[1] == 'u')
    return parse_code_point (source, at, pieces);

  letter = strchr (letters, at[1]);
  if (letter != NULL)
    {
      g_string_append_c (piece_for (pieces, FALSE), meanings[letter - letters]);
      return at + 2;
    }
  shown = dup_character (at + 1);
  return fail_escape (source, _("“\\%s” at position %lu is not an escape: write “\\\\” to send a backslash"), shown,
                      position (source, at));
}

/* The length of the line break at @p, 0 if there is none. A CR alone is a character like any other. */
static gsize
line_break (const char *p)
{
  return p[0] == '\n' ? 1 : p[0] == '\r' && p[1] == '\n' ? 2 : 0;
}

/* Parses one escape, one line break, or a run of other characters. Returns where it ends, or NULL. */
static const char *
parse_token (const Source *source, const char *at, gboolean escapes, PhLineEnding ending, GArray *pieces)
{
  gsize n = line_break (at);

  if (n > 0 && ending != PH_LINE_ENDING_NONE)
    {
      g_string_append (piece_for (pieces, FALSE), line_endings[ending].text);
      return at + n;
    }
  if (*at == '\\' && escapes)
    return parse_escape (source, at, pieces);

  n = 1 + strcspn (at + 1, "\\\r\n");
  g_string_append_len (piece_for (pieces, FALSE), at, n);
  return at + n;
}

static GArray *
pieces_new (void)
{
  GArray *pieces = g_array_new (FALSE, FALSE, sizeof (PhPiece));

  g_array_set_clear_func (pieces, piece_clear);
  return pieces;
}

/**
 * ph_pieces_parse:
 * @text: UTF-8, as it was typed
 * @escapes: whether `\n \r \t \0 \\`, `\xHH` (a byte) and `\u{…}` (a character) are escapes; else a backslash is a
 *   character
 * @ending: replaces line breaks in @text; with %PH_LINE_ENDING_NONE they stay. The escape `\n` is a LF always
 * @error_place: (out) (optional): written on failure only: where @text is wrong, in characters from 0
 * @error: %PH_CODEC_ERROR_ESCAPE
 *
 * Returns: (transfer full) (nullable) (element-type PhPiece): text to encode and bytes, in turn; or %NULL
 */
GArray *
ph_pieces_parse (const char *text, gboolean escapes, PhLineEnding ending, gsize *error_place, GError **error)
{
  const Source source = { text, error_place, error };
  g_autoptr (GArray) pieces = pieces_new ();

  for (const char *p = text; *p != '\0';)
    {
      p = parse_token (&source, p, escapes, ending, pieces);
      if (p == NULL)
        return NULL;
    }
  return g_steal_pointer (&pieces);
}

/**
 * ph_pieces_locate:
 * @text: a text that ph_pieces_parse() has parsed
 * @escapes: as there
 * @ending: as there
 * @index: of a piece
 * @offset: in its data, in bytes
 *
 * Returns: the place in @text, in characters from 0, that this byte was made from; the length of @text if there is none
 */
gsize
ph_pieces_locate (const char *text, gboolean escapes, PhLineEnding ending, guint index, gsize offset)
{
  const Source source = { text, NULL, NULL };
  g_autoptr (GArray) pieces = pieces_new ();
  const char *p = text, *next;

  for (; *p != '\0' && (next = parse_token (&source, p, escapes, ending, pieces)) != NULL; p = next)
    {
      const PhPiece *piece = pieces->len > index ? &g_array_index (pieces, PhPiece, index) : NULL;
      gsize before;

      if (piece == NULL || piece->data->len <= offset)
        continue;
      /* A run of characters stays as it is; an escape is never as long as what it stands for. */
      before = piece->data->len - (gsize) (next - p);
      if (piece->data->len >= (gsize) (next - p) && offset >= before && memcmp (piece->data->str + before, p, next - p) == 0)
        p += offset - before;
      break;
    }
  return (gsize) g_utf8_pointer_to_offset (text, p);
}

/* ---- line endings ---- */

/**
 * ph_line_ending_id:
 *
 * Returns: the stable name of @ending: "none", "lf", "crlf", "cr"
 */
const char *
ph_line_ending_id (PhLineEnding ending)
{
  return line_endings[ending].id;
}

/**
 * ph_line_ending_text:
 *
 * Returns: the characters of @ending, "" for none
 */
const char *
ph_line_ending_text (PhLineEnding ending)
{
  return line_endings[ending].text;
}

/**
 * ph_line_ending_parse:
 * @id: (nullable): a name as of ph_line_ending_id()
 *
 * Returns: %FALSE if there is no line ending of that name
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
