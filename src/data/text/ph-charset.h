/* ph-charset.h: the encodings on offer, and iconv in both directions
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PhCharset:
 * @id: stable: settings, command line, tests ("utf-8", "gbk", "gb18030", "big5", "shift-jis", "euc-jp", "euc-kr",
 *   "latin-1", "utf-16le", "utf-16be", "ascii")
 * @name: for people, translatable ("UTF-8", "GBK (Simplified Chinese)")
 * @iconv_name: the name iconv knows it by
 * @unit: bytes of a code unit: 1, or 2 for UTF-16
 * @longest: bytes of its longest character
 * @safe_below: a byte below this never is part of a longer character, so decoding may begin anew behind it;
 *   0 where no such byte exists (UTF-16)
 * @number: for ph_record_form(): 1 to 63; that of a row that goes is never given to another
 */
typedef struct
{
  const char *id;
  const char *name;
  const char *iconv_name;
  guint8 unit;
  guint8 longest;
  guint8 safe_below;
  guint8 number;
} PhCharset;

const PhCharset *ph_charsets (guint *ret_n);
const PhCharset *ph_charset_find (const char *id);

/* ---- bytes to text, incremental: one decoder per peer and direction ---- */

#define PH_CARRY_MAX 8

/**
 * PhCarry:
 * The bytes of a character that was cut at the end of a read. All zero at the start of a stream.
 */
typedef struct
{
  guint8 bytes[PH_CARRY_MAX];
  guint8 length;
} PhCarry;

typedef struct _PhDecoder PhDecoder;

PhDecoder *ph_decoder_new (const PhCharset *charset);
void ph_decoder_free (PhDecoder *decoder);
const PhCharset *ph_decoder_get_charset (PhDecoder *decoder);

/*
 * Appends to @out the UTF-8 of @carry followed by @bytes. What cannot be decoded is appended as a bad-byte mark, one
 * per byte (see ph-marks.h): nothing is left out. If @carry is given, an unfinished character at the end is kept in it
 * for the next call; if it is NULL (datagrams), an unfinished character is bad bytes. Everything else, control
 * characters and NUL included, is appended as decoded: making it safe to show is ph-marks.h's part.
 */
void ph_decoder_decode (PhDecoder *decoder, PhCarry *carry, const guint8 *bytes, gsize length, GString *out);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhDecoder, ph_decoder_free)

/* ---- text to bytes ---- */

GBytes *ph_charset_encode (const PhCharset *charset, const char *text, gssize length, gsize *error_offset, GError **error);

G_END_DECLS
