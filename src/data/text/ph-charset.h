/* ph-charset.h: the table of encodings, and conversion in both directions
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PhCharset:
 * @id: stable: settings, command line, tests ("utf-8", "gbk", "windows-1252")
 * @name: for people, translatable ("UTF-8", "GBK (Simplified Chinese)")
 * @iconv_name: its name in iconv
 * @unit: bytes of a code unit: 1, or 2 for UTF-16
 * @longest: bytes of its longest character
 * @safe_below: bytes below this are never part of a longer character, so decoding may begin behind one;
 *   0 if there are no such bytes (UTF-16)
 * @number: for ph_record_form(): 1 to 63; that of a row that goes is never given to another
 * @aliases: (nullable): other names by which it is found, separated by blanks
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
  const char *aliases;
} PhCharset;

#define PH_CHARSETS_MAX 64u /* more than the number of any */

const PhCharset *ph_charsets (guint *ret_n);
const PhCharset *ph_charset_find (const char *name);
const PhCharset *ph_charset_find_number (guint number);
gboolean ph_charset_matches (const PhCharset *charset, const char *words);
char *ph_charset_dup_short_name (const PhCharset *charset);
gboolean ph_charset_is_known (const PhCharset *charset);
gboolean ph_charset_check (const PhCharset *charset, GError **error);

gssize ph_charset_find_sync (const PhCharset *charset, const guint8 *bytes, gsize length);

/* ---- bytes to text, incremental: one decoder per peer and direction ---- */

#define PH_CARRY_MAX 8

/**
 * PhCarry:
 * The bytes of a character that the end of a read has cut. All zeros at the start of a stream.
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
 * Decodes @carry followed by @bytes and appends UTF-8 to @out. Each byte that cannot be decoded becomes a bad-byte mark
 * (see ph-marks.h): nothing is dropped. A character that is cut at the end is kept in @carry for the next call; without
 * @carry (datagrams) its bytes are bad. Control characters and NUL are appended as they are: ph-marks.h makes text safe
 * to show.
 */
void ph_decoder_decode (PhDecoder *decoder, PhCarry *carry, const guint8 *bytes, gsize length, GString *out);

gsize ph_decoder_character (PhDecoder *decoder, const guint8 *bytes, gsize length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhDecoder, ph_decoder_free)

/* ---- text to bytes ---- */

GBytes *ph_charset_encode (const PhCharset *charset, const char *text, gssize length, gsize *error_offset, GError **error);

G_END_DECLS
