/* ph-codec.c: parses the escapes and line breaks of a typed text, and names line endings
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
  const PhTyped *typed;
  const char *end;    /* of the text */
  gsize *error_place; /* nullable */
  GError **error;
} Source;

/* Where the character at @at ends. A byte of a longer character is never taken for a character of its own: in GBK, Big5 and Shift-JIS it
 * may be the byte of a backslash. */
static const char *
next_character (const Source *source, const char *at)
{
  if (source->typed->decoder != NULL)
    return at + ph_decoder_character (source->typed->decoder, (const guint8 *) at, (gsize) (source->end - at));
  for (at++; at < source->end && ((guchar) *at & 0xC0) == 0x80;)
    at++;

  return at;
}

/* Notes @at as the place of the error. Returns it as messages name it: counted in characters from 1. */
static gulong
position (const Source *source, const char *at)
{
  gulong n = 0;

  for (const char *p = source->typed->text; p < at; p = next_character (source, p))
    n++;
  if (source->error_place != NULL)
    *source->error_place = n;
  return n + 1;
}

/* ---- escapes ---- */

static void
piece_clear (gpointer data)
{
  PhPiece *piece = data;

  g_string_free (piece->data, TRUE);
}

/* The last piece, or a new one where that is of another kind. Each variable is a piece of its own. */
static GString *
piece_for (GArray *pieces, PhPieceKind kind)
{
  PhPiece *last = pieces->len > 0 ? &g_array_index (pieces, PhPiece, pieces->len - 1) : NULL;
  PhPiece piece = { .kind = kind };

  if (last != NULL && last->kind == kind && kind != PH_PIECE_VARIABLE)
    return last->data;
  piece.data = g_string_new (NULL);
  g_array_append_val (pieces, piece);
  return piece.data;
}

static const char *fail (const Source *source, PhCodecError code, const char *form, ...) G_GNUC_PRINTF (3, 4);

static const char *
fail (const Source *source, PhCodecError code, const char *form, ...)
{
  va_list args;

  va_start (args, form);
  g_propagate_error (source->error, g_error_new_valist (PH_CODEC_ERROR, (gint) code, form, args));
  va_end (args);
  return NULL;
}

/* The value of the hex digits at @at, at most @most of them; *@ret_end is where they end. */
static gunichar
read_hex (const Source *source, const char *at, guint most, const char **ret_end)
{
  gunichar value = 0;

  for (; most > 0 && at < source->end && g_ascii_isxdigit (*at); at++, most--)
    value = value << 4 | (guint) g_ascii_xdigit_value (*at);
  *ret_end = at;

  return value;
}

/* \x41: a byte, whatever the encoding. */
static const char *
parse_byte (const Source *source, const char *at, GArray *pieces)
{
  const char *end;
  gunichar value = read_hex (source, at + 2, 2, &end);

  if (end != at + 4)
    return fail (source, PH_CODEC_ERROR_ESCAPE, _("“\\x” at position %lu needs two hex digits, such as \\x0A"), position (source, at));
  g_string_append_c (piece_for (pieces, PH_PIECE_BYTES), (char) value);
  return end;
}

/* \101: a byte of one to three octal digits. A lone \0 is the character NUL, which has two bytes in UTF-16. */
static const char *
parse_octal (const Source *source, const char *at, GArray *pieces)
{
  const char *end = at + 1;
  guint value = 0;

  for (; end < source->end && end < at + 4 && *end >= '0' && *end <= '7'; end++)
    value = value << 3 | (guint) (*end - '0');
  if (value > 0xFF)
    return fail (source, PH_CODEC_ERROR_ESCAPE, _("the octal number at position %lu is more than a byte: the highest is \\377"),
                        position (source, at));
  g_string_append_c (piece_for (pieces, value != 0 || end > at + 2 ? PH_PIECE_BYTES : PH_PIECE_TEXT), (char) value);
  return end;
}

static const char *
append_code_point (const Source *source, const char *at, gunichar c, const char *end, GArray *pieces)
{
  if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF))
    return fail (source, PH_CODEC_ERROR_ESCAPE, _("the code point at position %lu is not a character of Unicode"), position (source, at));
  g_string_append_unichar (piece_for (pieces, PH_PIECE_TEXT), c);
  return end;
}

/* \u{20AC}: a character, to be encoded. */
static const char *
parse_braces (const Source *source, const char *at, GArray *pieces)
{
  const char *end;
  gunichar c = read_hex (source, at + 3, 6, &end);

  if (end == at + 3 || end == source->end || *end != '}')
    return fail (source, PH_CODEC_ERROR_ESCAPE, _("“\\u{” at position %lu needs one to six hex digits and a “}”"), position (source, at));
  return append_code_point (source, at, c, end + 1, pieces);
}

/* \u20AC and \U000020AC: the same with a fixed number of digits. */
static const char *
parse_code_point (const Source *source, const char *at, GArray *pieces)
{
  guint digits = at[1] == 'u' ? 4 : 8;
  const char *end;
  gunichar c = read_hex (source, at + 2, digits, &end);

  if (end == at + 2 + digits)
    return append_code_point (source, at, c, end, pieces);
  if (digits == 8)
    return fail (source, PH_CODEC_ERROR_ESCAPE, _("“\\U” at position %lu needs eight hex digits, such as \\U0001F600"), position (source, at));
  return fail (source, PH_CODEC_ERROR_ESCAPE, _("“\\u” at position %lu needs four hex digits or braces, such as \\u20AC or \\u{20AC}"),
                      position (source, at));
}

/* Parses the escape at @at; returns where it ends, or NULL. */
static const char *
parse_escape (const Source *source, const char *at, GArray *pieces)
{
  static const char letters[] = "nrtabfve\\\"'?", meanings[] = "\n\r\t\a\b\f\v\x1B\\\"'?";
  const char *letter;
  g_autofree char *shown = NULL;

  if (at + 1 == source->end)
    return fail (source, PH_CODEC_ERROR_ESCAPE, _("the “\\” at the end (position %lu) begins nothing: write “\\\\” to send one"),
                        position (source, at));
  if (at[1] == 'x')
    return parse_byte (source, at, pieces);
  if (at[1] >= '0' && at[1] <= '7')
    return parse_octal (source, at, pieces);
  if (at[1] == 'u' && at + 2 < source->end && at[2] == '{')
    return parse_braces (source, at, pieces);
  if (at[1] == 'u' || at[1] == 'U')
    return parse_code_point (source, at, pieces);

  letter = memchr (letters, at[1], strlen (letters));
  if (letter != NULL)
    {
      g_string_append_c (piece_for (pieces, PH_PIECE_TEXT), meanings[letter - letters]);
      return at + 2;
    }
  shown = ph_marks_dup_character (at + 1, source->end);
  return fail (source, PH_CODEC_ERROR_ESCAPE, _("“\\%s” at position %lu is not an escape: write “\\\\” to send a backslash"), shown,
                      position (source, at));
}

/* ---- variables ---- */

static void
append_decoded (const Source *source, const char *at, const char *end, GString *out)
{
  if (source->typed->decoder != NULL)
    ph_decoder_decode (source->typed->decoder, NULL, (const guint8 *) at, (gsize) (end - at), out);
  else
    g_string_append_len (out, at, end - at);
}

/* Parses the brace at @at: two are one that is sent, and "{" begins a variable. Returns where it ends, or NULL. */
static const char *
parse_brace (const Source *source, const char *at, GArray *pieces)
{
  const char *end = at + 1;

  if (end < source->end && *end == *at)
    {
      g_string_append_c (piece_for (pieces, PH_PIECE_TEXT), *at);
      return end + 1;
    }
  if (*at == '}')
    return fail (source, PH_CODEC_ERROR_VARIABLE, _("the “}” at position %lu ends no variable: write “}}” to send one"),
                 position (source, at));

  while (end < source->end && *end != '}' && *end != '{')
    end = next_character (source, end);
  if (end == source->end || *end == '{')
    return fail (source, PH_CODEC_ERROR_VARIABLE, _("the “{” at position %lu has no “}”: write “{{” to send one"),
                 position (source, at));
  if (end == at + 1)
    return fail (source, PH_CODEC_ERROR_VARIABLE, _("“{}” at position %lu names no variable: write “{{}}” to send both"),
                 position (source, at));
  append_decoded (source, at + 1, end, piece_for (pieces, PH_PIECE_VARIABLE));

  return end + 1;
}

static gboolean
is_brace (const PhTyped *typed, char c)
{
  return typed->variables && (c == '{' || c == '}');
}

/* The length of the line break at @p, 0 if there is none. A CR alone is a character like any other. */
static gsize
line_break (const Source *source, const char *p)
{
  return p[0] == '\n' ? 1 : p[0] == '\r' && p + 1 < source->end && p[1] == '\n' ? 2 : 0;
}

/* Parses one escape, one brace, one line break, or a run of other characters. Returns where it ends, or NULL. */
static const char *
parse_token (const Source *source, const char *at, GArray *pieces)
{
  const PhTyped *typed = source->typed;
  const char *end = at;
  gsize n = line_break (source, at);

  if (n > 0 && typed->ending != PH_LINE_ENDING_NONE)
    {
      g_string_append (piece_for (pieces, PH_PIECE_TEXT), line_endings[typed->ending].text);
      return at + n;
    }
  if (*at == '\\' && typed->escapes)
    return parse_escape (source, at, pieces);
  if (is_brace (typed, *at))
    return parse_brace (source, at, pieces);

  do
    end = typed->decoder != NULL ? next_character (source, end) : end + 1;
  while (end < source->end && *end != '\\' && *end != '\r' && *end != '\n' && !is_brace (typed, *end));
  g_string_append_len (piece_for (pieces, typed->decoder != NULL ? PH_PIECE_BYTES : PH_PIECE_TEXT), at, end - at);
  return end;
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
 * @error_place: (out) (optional): written on failure only: where the text is wrong, in characters from 0
 * @error: %PH_CODEC_ERROR_ESCAPE or %PH_CODEC_ERROR_VARIABLE
 *
 * Returns: (transfer full) (nullable) (element-type PhPiece): the parts in their order; or %NULL
 */
GArray *
ph_pieces_parse (const PhTyped *typed, gsize *error_place, GError **error)
{
  const Source source = { typed, typed->text + typed->length, error_place, error };
  g_autoptr (GArray) pieces = pieces_new ();

  for (const char *p = typed->text; p < source.end;)
    {
      p = parse_token (&source, p, pieces);
      if (p == NULL)
        return NULL;
    }
  return g_steal_pointer (&pieces);
}

/**
 * ph_pieces_locate:
 * @typed: a text that ph_pieces_parse() has parsed
 * @index: of a piece
 * @offset: in its data, in bytes
 *
 * Returns: the place in the text, in characters from 0, that this byte was made from; the length of the text if there is none
 */
gsize
ph_pieces_locate (const PhTyped *typed, guint index, gsize offset)
{
  const Source source = { typed, typed->text + typed->length, NULL, NULL };
  g_autoptr (GArray) pieces = pieces_new ();
  const char *p = typed->text, *next;

  for (; p < source.end && (next = parse_token (&source, p, pieces)) != NULL; p = next)
    {
      const PhPiece *piece = pieces->len > index ? &g_array_index (pieces, PhPiece, index) : NULL;
      gsize length = (gsize) (next - p), before;

      if (piece == NULL || piece->data->len <= offset)
        continue;
      if (piece->kind == PH_PIECE_VARIABLE)
        break;
      /* A run of characters stays as it is; an escape is never as long as what it stands for. */
      before = piece->data->len - length;
      if (piece->data->len >= length && offset >= before && memcmp (piece->data->str + before, p, length) == 0)
        p += offset - before;
      break;
    }
  return position (&source, p) - 1;
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
