/* ph-charset.c: the table of encodings, and conversion in both directions
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-charset.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <iconv.h>
#include <string.h>

#include "ph-codec.h"
#include "ph-marks.h"

/*
 * Windows has supersets of some standard encodings, and the programs of the peers use those: CP936 for GBK, CP950 for
 * Big5, CP932 for Shift-JIS, CP949 for EUC-KR. glibc and GNU libiconv know all of these names. All encodings are
 * stateless: no character depends on the one before.
 */
static const PhCharset charsets[] = {
  { "utf-8", N_("UTF-8"), "UTF-8", 1, 4, 0x80, 1 },
  { "gbk", N_("GBK (Simplified Chinese)"), "CP936", 1, 2, 0x40, 2 },
  { "gb18030", N_("GB18030 (Simplified Chinese)"), "GB18030", 1, 4, 0x30, 3 },
  { "big5", N_("Big5 (Traditional Chinese)"), "CP950", 1, 2, 0x40, 4 },
  { "shift-jis", N_("Shift-JIS (Japanese)"), "CP932", 1, 2, 0x40, 5 },
  { "euc-jp", N_("EUC-JP (Japanese)"), "EUC-JP", 1, 3, 0x80, 6 },
  { "euc-kr", N_("EUC-KR (Korean)"), "CP949", 1, 2, 0x40, 7 },
  { "latin-1", N_("Latin-1 (Western European)"), "ISO-8859-1", 1, 1, 0xFF, 8 },
  { "utf-16le", N_("UTF-16, little-endian"), "UTF-16LE", 2, 4, 0, 9 },
  { "utf-16be", N_("UTF-16, big-endian"), "UTF-16BE", 2, 4, 0, 10 },
  { "ascii", N_("ASCII"), "ASCII", 1, 1, 0xFF, 11 },
};

#define NO_ICONV ((iconv_t) -1)

struct _PhDecoder
{
  const PhCharset *charset;
  gboolean utf8;

  iconv_t cd; /* NO_ICONV: not needed (UTF-8), or the system does not know the encoding */
};

/**
 * ph_charsets:
 *
 * Returns: (array length=ret_n): the table, in the order of the lists that users see; names are not translated
 */
const PhCharset *
ph_charsets (guint *ret_n)
{
  *ret_n = G_N_ELEMENTS (charsets);
  return charsets;
}

/**
 * ph_charset_find:
 * @id: (nullable): case-insensitive
 *
 * Returns: (nullable): the row
 */
const PhCharset *
ph_charset_find (const char *id)
{
  for (gsize i = 0; id != NULL && i < G_N_ELEMENTS (charsets); i++)
    if (g_ascii_strcasecmp (charsets[i].id, id) == 0)
      return &charsets[i];
  return NULL;
}

/**
 * ph_charset_find_number:
 * @number: of ph_record_form()
 *
 * Returns: (nullable): the row
 */
const PhCharset *
ph_charset_find_number (guint number)
{
  for (gsize i = 0; i < G_N_ELEMENTS (charsets); i++)
    if (charsets[i].number == number)
      return &charsets[i];

  return NULL;
}

/**
 * ph_charset_dup_short_name:
 *
 * Returns: (transfer full): its name in every language, without what it is for: “GBK”, “UTF-16LE”
 */
char *
ph_charset_dup_short_name (const PhCharset *charset)
{
  const char *end = strpbrk (charset->name, " ,");

  if (end != NULL && *end == ',')
    return g_ascii_strup (charset->id, -1);
  return end != NULL ? g_strndup (charset->name, (gsize) (end - charset->name)) : g_strdup (charset->name);
}

/* ---- UTF-8 ---- */

/* How many bytes at @bytes are ASCII. Most payloads are, so it looks at eight bytes at a time. */
static gsize
ascii_run (const guint8 *bytes, gsize length)
{
  gsize i = 0;

  for (guint64 word; i + sizeof word <= length; i += sizeof word)
    {
      memcpy (&word, bytes + i, sizeof word);
      if ((word & G_GUINT64_CONSTANT (0x8080808080808080)) != 0)
        break;
    }
  while (i < length && bytes[i] < 0x80)
    i++;
  return i;
}

/*
 * The length of the UTF-8 character at @bytes, which is not ASCII; 0 if it is not valid; -1 if @length cuts it. Overlong
 * forms, surrogates and code points above U+10FFFF are not valid: the second byte shows that.
 */
static int
utf8_character (const guint8 *bytes, gsize length)
{
  guint8 lead = bytes[0];
  guint8 low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
  guint8 high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
  int need = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;

  if (lead < 0xC2 || lead > 0xF4)
    return 0;
  for (int i = 1; i < need; i++)
    {
      if ((gsize) i == length)
        return -1;
      if (bytes[i] < low || bytes[i] > high)
        return 0;
      low = 0x80;
      high = 0xBF;
    }
  return need;
}

/*
 * How many bytes at @bytes are valid UTF-8; NUL is valid. If these are fewer than @length, @ret_cut says whether @length
 * cuts a character.
 */
static gsize
utf8_run (const guint8 *bytes, gsize length, gboolean *ret_cut)
{
  gsize i = 0;

  *ret_cut = FALSE;
  while ((i += ascii_run (bytes + i, length - i)) < length)
    {
      int n = utf8_character (bytes + i, length - i);

      *ret_cut = n < 0;
      if (n <= 0)
        break;
      i += n;
    }
  return i;
}

/* ---- where to begin ---- */

/**
 * ph_charset_find_sync:
 * @bytes: (array length=length): from anywhere in a stream
 *
 * Returns: the last place in @bytes at which decoding may begin anew, whatever is before @bytes; -1 if there is none
 */
gssize
ph_charset_find_sync (const PhCharset *charset, const guint8 *bytes, gsize length)
{
  gsize i = length;

  if (charset->longest == 1)
    return length;
  if (charset->safe_below == 0)
    return -1;

  /* UTF-8 tells by itself where a character begins. */
  if (charset->safe_below == 0x80 && strcmp (charset->id, "utf-8") == 0)
    {
      while (i > 0 && length - i < 4 && (bytes[i - 1] & 0xC0) == 0x80)
        i--;
      if (i > 0 && length - i < 4)
        return i - 1;
    }
  for (i = length; i > 0; i--)
    if (bytes[i - 1] < charset->safe_below)
      return i;

  return -1;
}

/* ---- bytes to text ---- */

/**
 * ph_decoder_new:
 * @charset: a row of the table
 *
 * A decoder serves any number of streams, on one thread at a time. If iconv does not know the encoding, which may come in
 * a package of its own, ASCII is decoded and all other bytes are bad.
 *
 * Returns: (transfer full): a decoder
 */
PhDecoder *
ph_decoder_new (const PhCharset *charset)
{
  PhDecoder *decoder = g_new0 (PhDecoder, 1);

  decoder->charset = charset;
  decoder->utf8 = strcmp (charset->id, "utf-8") == 0;
  decoder->cd = decoder->utf8 ? NO_ICONV : iconv_open ("UTF-8", charset->iconv_name);
  return decoder;
}

/**
 * ph_decoder_free:
 * @decoder: (nullable) (transfer full): a decoder
 */
void
ph_decoder_free (PhDecoder *decoder)
{
  if (decoder == NULL)
    return;
  if (decoder->cd != NO_ICONV)
    iconv_close (decoder->cd);
  g_free (decoder);
}

/**
 * ph_decoder_get_charset:
 *
 * Returns: (transfer none): the row of the table
 */
const PhCharset *
ph_decoder_get_charset (PhDecoder *decoder)
{
  return decoder->charset;
}

static void
append_bad (GString *out, const guint8 *bytes, gsize n)
{
  for (gsize i = 0; i < n; i++)
    g_string_append_unichar (out, PH_MARK_BAD_BYTE + bytes[i]);
}

/*
 * Appends decoded text. A peer may send the characters that stand for bad bytes: they get PH_MARK_QUOTE before them.
 * In UTF-8 they are F4 8F BB BF and F4 8F BC 80 … F4 8F BF BF.
 */
static void
append_decoded (GString *out, const char *text, gsize length)
{
  const char *p = text, *end = text + length, *f4;

  while ((f4 = memchr (p, 0xF4, end - p)) != NULL)
    {
      gunichar c = g_utf8_get_char (f4);

      g_string_append_len (out, p, f4 - p);
      if (c >= PH_MARK_QUOTE)
        g_string_append_unichar (out, PH_MARK_QUOTE);
      g_string_append_unichar (out, c);
      p = f4 + 4;
    }
  g_string_append_len (out, p, end - p);
}

/*
 * glibc's CP949 does not know A2 E8 (㉾), and reports the error after it has skipped the two bytes. @from is where iconv
 * began, @to where it stopped.
 */
static gboolean
went_past (PhDecoder *decoder, const char *from, const char *to, const GString *out)
{
  return to - from >= 2 && memcmp (to - 2, "\xA2\xE8", 2) == 0 && strcmp (decoder->charset->id, "euc-kr") == 0
         && (out->len < strlen ("㉾") || strcmp (out->str + out->len - strlen ("㉾"), "㉾") != 0);
}

/* One run of characters through iconv; @ret_cut as in utf8_run(). */
static gsize
iconv_run (PhDecoder *decoder, const guint8 *bytes, gsize length, GString *out, gboolean *ret_cut)
{
  char *in = (char *) bytes;
  gsize left = length, status;
  int why;

  *ret_cut = FALSE;
  if (decoder->cd == NO_ICONV)
    return 0;

  do
    {
      char text[4096], *to = text;
      const char *from = in;
      gsize room = sizeof text;

      status = iconv (decoder->cd, &in, &left, &to, &room);
      why = status == (gsize) -1 ? errno : 0;
      append_decoded (out, text, to - text);
      if (why == EILSEQ && went_past (decoder, from, in, out))
        {
          append_bad (out, (const guint8 *) in - 2, 2);
          why = E2BIG; /* there is more */
        }
    }
  while (why == E2BIG);

  *ret_cut = why == EINVAL;
  return length - left;
}

/*
 * Whether the bytes may be the beginning of a character. iconv waits for all bytes of a character before it looks at them,
 * but one that is never a part of a longer character ends the wait: what is behind it does not depend on what is before.
 */
static gboolean
may_go_on (const PhCharset *charset, const guint8 *bytes, gsize length)
{
  for (gsize i = 1; i < length; i++)
    if (bytes[i] < charset->safe_below)
      return FALSE;
  return length < charset->longest;
}

/*
 * Decodes @bytes up to a cut character at their end. Returns how many bytes that was; the rest is shorter than the longest
 * character.
 */
static gsize
decode_some (PhDecoder *decoder, const guint8 *bytes, gsize length, GString *out)
{
  const PhCharset *charset = decoder->charset;
  gsize i = 0;

  while (i < length)
    {
      gsize run, bad = charset->unit;
      gboolean cut;

      run = charset->unit == 1 ? ascii_run (bytes + i, length - i) : 0;
      g_string_append_len (out, (const char *) bytes + i, run);
      if ((i += run) == length)
        break;

      if (decoder->utf8)
        {
          run = utf8_run (bytes + i, length - i, &cut);
          append_decoded (out, (const char *) bytes + i, run);
        }
      else
        run = iconv_run (decoder, bytes + i, length - i, out, &cut);

      if ((i += run) == length || (cut && may_go_on (charset, bytes + i, length - i)))
        break;
      bad = MIN (bad, length - i);
      append_bad (out, bytes + i, bad);
      i += bad;
    }
  return i;
}

/*
 * Adds @bytes to the carry, one by one, until the carry ends with a whole character. Returns how many of @bytes that took.
 */
static gsize
finish_carry (PhDecoder *decoder, PhCarry *carry, const guint8 *bytes, gsize length, GString *out)
{
  gsize taken = 0;

  while (carry->length > 0 && taken < length)
    {
      gsize done;

      carry->bytes[carry->length++] = bytes[taken++];
      done = decode_some (decoder, carry->bytes, carry->length, out);
      carry->length -= done;
      memmove (carry->bytes, carry->bytes + done, carry->length);
      if (done > 0 && carry->length <= taken)
        {
          taken -= carry->length; /* the rest of the carry is from @bytes: go on there */
          carry->length = 0;
        }
    }
  return taken;
}

/**
 * ph_decoder_decode:
 * @carry: (nullable) (inout): the cut character of the stream; %NULL for bytes that stand alone
 * @out: the text is appended to it
 *
 * A stream gives the same text wherever its reads were cut. At its end, decode the bytes of the carry with a %NULL carry:
 * they become bad bytes.
 */
void
ph_decoder_decode (PhDecoder *decoder, PhCarry *carry, const guint8 *bytes, gsize length, GString *out)
{
  gsize i = 0;

  if (decoder->cd != NO_ICONV)
    iconv (decoder->cd, NULL, NULL, NULL, NULL);
  if (carry != NULL)
    i = finish_carry (decoder, carry, bytes, length, out);

  while (i < length)
    {
      gsize bad;

      i += decode_some (decoder, bytes + i, length - i, out);
      if (i == length)
        break;
      if (carry != NULL)
        {
          carry->length = length - i;
          memcpy (carry->bytes, bytes + i, carry->length);
          break;
        }
      bad = MIN (decoder->charset->unit, length - i);
      append_bad (out, bytes + i, bad);
      i += bad;
    }
}

/* Whether @length bytes are one character or more, and all of them whole. */
static gboolean
is_whole (PhDecoder *decoder, const guint8 *bytes, gsize length)
{
  char text[16], *in = (char *) bytes, *to = text;
  gsize room = sizeof text;

  iconv (decoder->cd, NULL, NULL, NULL, NULL);

  return iconv (decoder->cd, &in, &length, &to, &room) != (gsize) -1;
}

/**
 * ph_decoder_character:
 * @length: of @bytes, at least 1
 *
 * Returns: how many bytes the first character has; 1 if there is none
 */
gsize
ph_decoder_character (PhDecoder *decoder, const guint8 *bytes, gsize length)
{
  gsize longest = MIN (decoder->charset->longest, length);

  if (decoder->charset->unit == 1 && bytes[0] < 0x80)
    return 1;
  if (decoder->utf8)
    return (gsize) MAX (utf8_character (bytes, length), 1);
  for (gsize n = decoder->charset->unit; decoder->cd != NO_ICONV && n <= longest; n++)
    if (is_whole (decoder, bytes, n))
      return n;

  return 1;
}

/* ---- text to bytes ---- */

/* Names the character and its code point; a mark stands for a character that cannot be shown. */
static void
set_encode_error (GError **error, const PhCharset *charset, const char *at)
{
  g_autoptr (GString) shown = g_string_new (NULL);
  g_autofree char *name = g_ascii_strup (charset->id, -1);

  ph_marks_show (at, g_utf8_next_char (at) - at, NULL, shown, NULL);
  /* Translators: a character, its code point, the name of an encoding */
  g_set_error (error, PH_CODEC_ERROR, PH_CODEC_ERROR_ENCODING, _("cannot encode “%s” (U+%04X) in %s"),
               shown->str, g_utf8_get_char (at), name);
}

/* Encodes up to a character that the encoding does not have. Returns how many bytes of @text that was. */
static gsize
encode_some (iconv_t to, const char *text, gsize length, GByteArray *out)
{
  char *in = (char *) text;
  gsize left = length, status;

  do
    {
      char bytes[4096], *p = bytes;
      gsize room = sizeof bytes;

      status = iconv (to, &in, &left, &p, &room);
      g_byte_array_append (out, (guint8 *) bytes, p - bytes);
    }
  while (status == (gsize) -1 && errno == E2BIG);
  return length - left;
}

/*
 * The offset of the first tag character (U+E0000 … U+E007F: F3 A0 80 80 … F3 A0 81 BF), or @length. glibc's iconv drops
 * them silently if the encoding does not have them.
 */
static gsize
find_tag (const char *text, gsize length)
{
  const char *p = text, *end = text + length;

  while ((p = memchr (p, 0xF3, end - p)) != NULL)
    {
      if (g_utf8_get_char (p) >> 7 == 0xE0000 >> 7)
        return p - text;
      p += 4;
    }
  return length;
}

/* Returns how many bytes of @text were encoded: fewer than @length where the encoding does not have the next character. */
static gsize
encode (iconv_t to, const char *text, gsize length, GByteArray *out)
{
  gsize i = 0;

  while (i < length)
    {
      gsize tag = i + find_tag (text + i, length - i);
      gsize piece = tag == i ? 4 : tag - i;
      guint before = out->len;
      gsize done = encode_some (to, text + i, piece, out);

      if (done < piece || (tag == i && out->len == before))
        return i + (tag == i ? 0 : done);
      i += piece;
    }
  return i;
}

/**
 * ph_charset_encode:
 * @text: UTF-8; may contain NUL
 * @length: of @text in bytes, or -1 if it ends with a NUL
 * @error_offset: (out) (optional): written on failure only: the byte of @text that cannot be encoded
 * @error: %PH_CODEC_ERROR_ENCODING: names the first character that the encoding does not have
 *
 * UTF-16 gets no byte order mark.
 *
 * Returns: (transfer full) (nullable): the bytes, or %NULL
 */
GBytes *
ph_charset_encode (const PhCharset *charset, const char *text, gssize length, gsize *error_offset, GError **error)
{
  g_autoptr (GByteArray) out = NULL;
  gsize size = length < 0 ? strlen (text) : (gsize) length, done = 0;
  gboolean cut;
  gsize valid = utf8_run ((const guint8 *) text, size, &cut);
  iconv_t to;

  if (valid < size)
    {
      if (error_offset != NULL)
        *error_offset = valid;
      g_set_error (error, PH_CODEC_ERROR, PH_CODEC_ERROR_ENCODING,
                   _("the text is not UTF-8: byte %02X at position %lu"),
                   (guint8) text[valid], (gulong) g_utf8_pointer_to_offset (text, text + valid) + 1);
      return NULL;
    }
  if (strcmp (charset->id, "utf-8") == 0)
    return g_bytes_new (text, size);

  to = iconv_open (charset->iconv_name, "UTF-8");
  if (to == NO_ICONV)
    {
      if (error_offset != NULL)
        *error_offset = 0;
      g_set_error (error, PH_CODEC_ERROR, PH_CODEC_ERROR_ENCODING, _("this system does not know the encoding %s"),
                   charset->iconv_name);
      return NULL;
    }
  out = g_byte_array_sized_new (MIN (size, G_MAXUINT / 4));
  done = encode (to, text, size, out);
  iconv_close (to);
  if (done == size)
    return g_byte_array_free_to_bytes (g_steal_pointer (&out));

  set_encode_error (error, charset, text + done);
  if (error_offset != NULL)
    *error_offset = done;
  return NULL;
}
