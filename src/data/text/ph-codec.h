/* ph-codec.h: the escapes and line breaks of a typed text, and the names of line endings
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-charset.h"

G_BEGIN_DECLS

#define PH_CODEC_ERROR (ph_codec_error_quark ())
GQuark ph_codec_error_quark (void);

typedef enum
{
  PH_CODEC_ERROR_HEX,      /* not a hex digit, or an odd number of digits */
  PH_CODEC_ERROR_ESCAPE,   /* an unknown escape, or one that is not finished */
  PH_CODEC_ERROR_ENCODING, /* a character that the encoding does not have */
  PH_CODEC_ERROR_VARIABLE, /* an unknown variable, wrong words in one, or a brace that belongs to none */
} PhCodecError;

typedef enum
{
  PH_LINE_ENDING_NONE,
  PH_LINE_ENDING_LF,
  PH_LINE_ENDING_CRLF,
  PH_LINE_ENDING_CR,
} PhLineEnding;

const char *ph_line_ending_id (PhLineEnding ending);
const char *ph_line_ending_text (PhLineEnding ending);
gboolean ph_line_ending_parse (const char *id, PhLineEnding *ret_ending);

typedef enum
{
  PH_PIECE_TEXT,     /* UTF-8 that is still to be encoded */
  PH_PIECE_BYTES,    /* sent as they are */
  PH_PIECE_VARIABLE, /* what stands between two braces, in UTF-8 */
} PhPieceKind;

/**
 * PhPiece: a part of a typed text, with its escapes replaced.
 * @data: may contain NUL
 */
typedef struct
{
  GString *data;
  PhPieceKind kind;
} PhPiece;

/**
 * PhTyped: a text as it was typed or read.
 * @text: (array length=length): UTF-8, or bytes if there is a @decoder; may contain NUL
 * @decoder: (nullable): the text is in the encoding of this one already; only its escapes are to be encoded
 * @escapes: whether the escapes of C are escapes; else a backslash is a character. `\xHH` and octal numbers are bytes, all others
 *   characters, also `\u20AC`, `\U0001F600` and `\u{20AC}`
 * @variables: `{…}` is a variable, and `{{` and `}}` are braces; else a brace is a character
 * @ending: replaces line breaks in the text; with %PH_LINE_ENDING_NONE they stay. The escape `\n` is a LF always
 */
typedef struct
{
  const char *text;
  gsize length;
  PhDecoder *decoder;
  gboolean escapes;
  gboolean variables;
  PhLineEnding ending;
} PhTyped;

GArray *ph_pieces_parse (const PhTyped *typed, gsize *error_place, GError **error);
gsize ph_pieces_locate (const PhTyped *typed, guint index, gsize offset);

G_END_DECLS
