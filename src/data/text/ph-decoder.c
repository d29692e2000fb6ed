/* ph-decoder.c: bytes of an encoding to text, incremental; bytes without a character become marks
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-charset-private.h"

#include <errno.h>
#include <iconv.h>
#include <string.h>

#include "ph-marks.h"

#define NO_ICONV ((iconv_t) -1)

/* A character of an encoding of single bytes, as UTF-8; its length is 0 for a byte without a character. */
typedef struct
{
  char text[4];
  guint8 length;
} Single;

struct _PhDecoder
{
  const PhCharset *charset;
  gboolean utf8;
  const Single *singles; /* nullable: of each byte, where a character is one */

  iconv_t cd; /* NO_ICONV: not needed, or the system does not know the encoding */
};

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

/**
 * ph_utf8_run:
 * @ret_cut: (out): if fewer than @length bytes are valid: whether @length cuts a character
 *
 * Returns: how many bytes at @bytes are valid UTF-8; NUL is valid
 */
gsize
ph_utf8_run (const guint8 *bytes, gsize length, gboolean *ret_cut)
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

/*
 * Each byte is asked for alone: so it is the same whatever is before it, which does not hold for iconv where it puts letters and
 * marks together (Windows-1255 and -1258).
 */
static Single *
make_singles (iconv_t cd)
{
  Single *singles = g_new0 (Single, 256);

  for (guint i = 0; i < 256; i++)
    {
      char byte = (char) i, *in = &byte, text[16], *to = text;
      gsize left = 1, room = sizeof text, length;

      iconv (cd, NULL, NULL, NULL, NULL);
      if (iconv (cd, &in, &left, &to, &room) == (gsize) -1 || iconv (cd, NULL, NULL, &to, &room) == (gsize) -1)
        continue;
      length = (gsize) (to - text);
      if (length == 0 || length > sizeof singles[i].text)
        continue;
      memcpy (singles[i].text, text, length);
      singles[i].length = (guint8) length;
    }

  return singles;
}

/* Made once for an encoding, and kept for good. NULL if the system does not know the encoding. Any thread. */
static const Single *
find_singles (const PhCharset *charset)
{
  static Single *tables[PH_CHARSETS_MAX]; /* by number; atomic */
  Single *singles = g_atomic_pointer_get (&tables[charset->number]);
  iconv_t cd = singles == NULL ? iconv_open ("UTF-8", charset->iconv_name) : NO_ICONV;

  if (cd == NO_ICONV)
    return singles;
  singles = make_singles (cd);
  iconv_close (cd);
  if (g_atomic_pointer_compare_and_exchange (&tables[charset->number], NULL, singles))
    return singles;
  g_free (singles); /* another thread was faster */

  return g_atomic_pointer_get (&tables[charset->number]);
}

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
  decoder->singles = charset->longest == 1 ? find_singles (charset) : NULL;
  decoder->cd = decoder->utf8 || charset->longest == 1 ? NO_ICONV : iconv_open ("UTF-8", charset->iconv_name);
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

static void
append_singles (const Single *singles, const guint8 *bytes, gsize length, GString *out)
{
  for (gsize i = 0; i < length; i++)
    {
      gsize run = ascii_run (bytes + i, length - i);
      const Single *single;

      g_string_append_len (out, (const char *) bytes + i, (gssize) run);
      if ((i += run) == length)
        break;
      single = &singles[bytes[i]];
      if (single->length > 0)
        g_string_append_len (out, single->text, single->length);
      else
        append_bad (out, bytes + i, 1);
    }
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

/* One run of characters through iconv; @ret_cut as in ph_utf8_run(). */
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

  if (decoder->singles != NULL)
    {
      append_singles (decoder->singles, bytes, length, out);
      return length;
    }
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
          run = ph_utf8_run (bytes + i, length - i, &cut);
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
