/* ph-codec.h: hex in both directions, escapes, line endings
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define PH_CODEC_ERROR (ph_codec_error_quark ())
GQuark ph_codec_error_quark (void);

typedef enum
{
  PH_CODEC_ERROR_HEX,      /* not a hex digit, or an odd number of digits */
  PH_CODEC_ERROR_ESCAPE,   /* an unknown escape, or one that is not finished */
  PH_CODEC_ERROR_ENCODING, /* a character that the encoding does not have */
} PhCodecError;

typedef enum
{
  PH_LINE_ENDING_NONE,
  PH_LINE_ENDING_LF,
  PH_LINE_ENDING_CRLF,
  PH_LINE_ENDING_CR,
} PhLineEnding;

GBytes *ph_hex_parse (const char *text, gsize *error_place, GError **error);
void ph_hex_append (GString *out, const guint8 *bytes, gsize length);
const char *ph_line_ending_id (PhLineEnding ending);
const char *ph_line_ending_text (PhLineEnding ending);
gboolean ph_line_ending_parse (const char *id, PhLineEnding *ret_ending);

/**
 * PhPiece: a part of a typed text, with its escapes replaced.
 * @data: UTF-8 that is still to be encoded, or bytes; either may contain NUL
 * @raw: whether @data is bytes (`\xHH`)
 */
typedef struct
{
  GString *data;
  gboolean raw;
} PhPiece;

GArray *ph_pieces_parse (const char *text, gboolean escapes, PhLineEnding ending, gsize *error_place, GError **error);
gsize ph_pieces_locate (const char *text, gboolean escapes, PhLineEnding ending, guint index, gsize offset);

G_END_DECLS
