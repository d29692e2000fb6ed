/* ph-codec.h: hex in and out, escapes, line endings
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
  PH_CODEC_ERROR_ESCAPE,   /* an escape that is not one, or is not finished */
  PH_CODEC_ERROR_ENCODING, /* a character that the encoding does not have */
} PhCodecError;

typedef enum
{
  PH_LINE_ENDING_NONE,
  PH_LINE_ENDING_LF,
  PH_LINE_ENDING_CRLF,
  PH_LINE_ENDING_CR,
} PhLineEnding;

GBytes *ph_hex_parse (const char *text, GError **error);
void ph_hex_append (GString *out, const guint8 *bytes, gsize length);
const char *ph_line_ending_id (PhLineEnding ending);
gboolean ph_line_ending_parse (const char *id, PhLineEnding *ret_ending);

/**
 * PhPiece: a stretch of typed text, its escapes resolved.
 * @raw: whether @data goes as it is (`\xHH`); else it is UTF-8, to be encoded; either may contain NUL
 */
typedef struct
{
  GString *data;
  gboolean raw;
} PhPiece;

GArray *ph_escapes_parse (const char *text, PhLineEnding ending, GError **error);

/**
 * PhSendFormat: how what is typed becomes bytes.
 */
typedef struct
{
  const char *charset; /* a PhCharset id */
  gboolean hex;        /* the text is hex digits; the rest does not apply */
  gboolean escapes;
  PhLineEnding line_ending;
} PhSendFormat;

GBytes *ph_send_format_encode (const PhSendFormat *format, const char *text, GError **error);

G_END_DECLS
