/* test-charset.c: every encoding in both directions: cut anywhere, bad anywhere, nothing lost
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-charset.h"
#include "ph-codec.h"
#include "ph-hex.h"
#include "ph-marks.h"

#include <string.h>

#define BYTES(s) .bytes = (const guint8 *) s, .length = sizeof (s) - 1

typedef struct
{
  const char *story;
  const char *charset;
  const guint8 *bytes;
  gsize length;
  const char *shown; /* with bad bytes as marks */
} DecodeCase;

static const DecodeCase decode_cases[] = {
  { "ascii", "utf-8", BYTES ("hello\r\n\0"), "hello\r\n⟨NUL⟩" },
  { "two-three-four-bytes", "utf-8", BYTES ("é中😀"), "é中😀" },
  { "overlong-slash", "utf-8", BYTES ("\xC0\xAF"), "⟨C0⟩⟨AF⟩" },
  { "overlong-three", "utf-8", BYTES ("\xE0\x80\xAF"), "⟨E0⟩⟨80⟩⟨AF⟩" },
  { "overlong-four", "utf-8", BYTES ("\xF0\x80\x80\xAF"), "⟨F0⟩⟨80⟩⟨80⟩⟨AF⟩" },
  { "surrogate-in-utf8", "utf-8", BYTES ("\xED\xA0\x80"), "⟨ED⟩⟨A0⟩⟨80⟩" },
  { "last-before-the-surrogates", "utf-8", BYTES ("\xED\x9F\xBB"), "ퟻ" },
  { "above-unicode", "utf-8", BYTES ("\xF4\x90\x80\x80"), "⟨F4⟩⟨90⟩⟨80⟩⟨80⟩" },
  { "lead-that-never-is", "utf-8", BYTES ("\xF8\x88\x80\x80\x80\xFF"), "⟨F8⟩⟨88⟩⟨80⟩⟨80⟩⟨80⟩⟨FF⟩" },
  { "tail-alone", "utf-8", BYTES ("a\x80"), "a⟨80⟩" },
  { "cut-at-the-end", "utf-8", BYTES ("a\xE4\xB8"), "a⟨E4⟩⟨B8⟩" },
  { "cut-in-the-middle", "utf-8", BYTES ("\xE4\xB8" "a"), "⟨E4⟩⟨B8⟩a" },
  { "cut-by-another", "utf-8", BYTES ("\xF0\x9F\x98\xE4\xB8\xAD"), "⟨F0⟩⟨9F⟩⟨98⟩中" },
  { "forged-bad-byte", "utf-8", BYTES ("\xF4\x8F\xBF\xA4"), "⟨U+10FFE4⟩" },
  { "forged-quote-before-a-bad-byte", "utf-8", BYTES ("\xF4\x8F\xBB\xBF\xE4"), "⟨U+10FEFF⟩⟨E4⟩" },
  { "private-use-below-is-not-quoted", "utf-8", BYTES ("\xF4\x8F\xBB\xBE"), "⟨U+10FEFE⟩" },
  { "gbk", "gbk", BYTES ("\xC4\xE3\xBA\xC3 ok"), "你好 ok" },
  { "gbk-beyond-gb2312", "gbk", BYTES ("\x81\x40\x87\xD6"), "丂囍" },
  { "gbk-tail-below-ascii", "gbk", BYTES ("\x81\x20"), "⟨81⟩ " },
  { "gbk-cut-at-the-end", "gbk", BYTES ("\xC4\xE3\xBA"), "你⟨BA⟩" },
  { "gbk-ff", "gbk", BYTES ("a\xFF\xFF"), "a⟨FF⟩⟨FF⟩" },
  { "gb18030-two-bytes", "gb18030", BYTES ("\xC4\xE3"), "你" },
  { "gb18030-four-bytes", "gb18030", BYTES ("\x94\x39\xFC\x36"), "😀" },
  { "gb18030-four-bytes-of-the-first-plane", "gb18030", BYTES ("\x81\x39\xEE\x39"), "㐀" },
  { "gb18030-cut-after-a-digit", "gb18030", BYTES ("\x81\x30"), "⟨81⟩0" },
  { "gb18030-cut-after-three", "gb18030", BYTES ("\x94\x39\xFC"), "⟨94⟩9⟨FC⟩" },
  { "gb18030-forged-bad-byte", "gb18030", BYTES ("\xE3\x32\x9A\x35"), "⟨U+10FFFF⟩" },
  { "big5", "big5", BYTES ("\xA4\xA4\xA4\xE5"), "中文" },
  { "big5-backslash-as-tail", "big5", BYTES ("\xB3\x5C\\"), "許\\" },
  { "shift-jis", "shift-jis", BYTES ("\x93\xFA\x96\x7B"), "日本" },
  { "shift-jis-half-width-kana", "shift-jis", BYTES ("\xB1\xB2\xDF"), "ｱｲﾟ" },
  { "shift-jis-backslash-as-tail", "shift-jis", BYTES ("\x95\x5C"), "表" },
  { "shift-jis-of-windows", "shift-jis", BYTES ("\x87\x40"), "①" },
  { "shift-jis-cut", "shift-jis", BYTES ("\x93\xFA\x96"), "日⟨96⟩" },
  { "euc-jp", "euc-jp", BYTES ("\xC6\xFC\xCB\xDC"), "日本" },
  { "euc-jp-half-width-kana", "euc-jp", BYTES ("\x8E\xB1"), "ｱ" },
  { "euc-jp-three-bytes", "euc-jp", BYTES ("\x8F\xB0\xA1"), "丂" },
  { "euc-jp-three-bytes-cut", "euc-jp", BYTES ("\x8F\xB0"), "⟨8F⟩⟨B0⟩" },
  { "euc-kr", "euc-kr", BYTES ("\xC7\xD1\xB1\xDB"), "한글" },
  { "euc-kr-of-windows", "euc-kr", BYTES ("\x81\x41"), "갂" },
  { "latin-1", "latin-1", BYTES ("caf\xE9\xFF"), "caféÿ" },
  { "latin-1-c1-controls", "latin-1", BYTES ("\x80\x9F"), "⟨U+0080⟩⟨U+009F⟩" },
  { "utf-16le", "utf-16le", BYTES ("a\0\x2D\x4E"), "a中" },
  { "utf-16be", "utf-16be", BYTES ("\0a\x4E\x2D"), "a中" },
  { "utf-16-pair", "utf-16le", BYTES ("\x3D\xD8\x00\xDE"), "😀" },
  { "utf-16-high-alone", "utf-16le", BYTES ("\x3D\xD8" "a\0"), "⟨3D⟩⟨D8⟩a" },
  { "utf-16-low-alone", "utf-16le", BYTES ("\x00\xDE" "a\0"), "⟨00⟩⟨DE⟩a" },
  { "utf-16-pair-the-wrong-way", "utf-16be", BYTES ("\xDE\x00\xD8\x3D"), "⟨DE⟩⟨00⟩⟨D8⟩⟨3D⟩" },
  { "utf-16-two-highs-then-low", "utf-16be", BYTES ("\xD8\x3D\xD8\x3D\xDE\x00"), "⟨D8⟩⟨3D⟩😀" },
  { "utf-16-high-at-the-end", "utf-16be", BYTES ("\0a\xD8\x3D"), "a⟨D8⟩⟨3D⟩" },
  { "utf-16-odd-byte", "utf-16le", BYTES ("a\0b"), "a⟨62⟩" },
  { "utf-16-pair-cut-in-the-low", "utf-16be", BYTES ("\xD8\x3D\xDE"), "⟨D8⟩⟨3D⟩⟨DE⟩" },
  { "utf-16-mark-of-order-is-a-character", "utf-16le", BYTES ("\xFF\xFE" "a\0"), "⟨U+FEFF⟩a" },
  { "utf-16-forged-bad-byte", "utf-16be", BYTES ("\xDB\xFF\xDF\x41"), "⟨U+10FF41⟩" },
  { "ascii-only", "ascii", BYTES ("a\x80z"), "a⟨80⟩z" },
  { "windows-has-letters-where-iso-has-controls", "windows-1252", BYTES ("\x80\x81\x93ok\x94"), "€⟨81⟩“ok”" },
  { "euro-of-iso", "iso-8859-15", BYTES ("\xA4\x80"), "€⟨U+0080⟩" },
  { "hole-of-iso-greek", "iso-8859-7", BYTES ("\xC1\xD2"), "Α⟨D2⟩" },
  { "russian", "koi8-r", BYTES ("\xF0\xD2\xC9\xD7\xC5\xD4"), "Привет" },
  { "russian-of-dos", "cp866", BYTES ("\x8F\xE0\xA8\xA2\xA5\xE2"), "Привет" },
  { "lines-of-dos", "cp437", BYTES ("\xC9\xCD\xBB\x81"), "╔═╗ü" },
  { "thai", "tis-620", BYTES ("\xCA\xC7\xD1\xCA\x80"), "สวัส⟨80⟩" },
  { "hebrew-points-stand-alone", "windows-1255", BYTES ("\xE5\xCC"), "\u05D5\u05BC" },
  { "vietnamese-marks-stand-alone", "windows-1258", BYTES ("\xEA\xF2"), "\u00EA\u0323" },
  { "nothing", "gb18030", BYTES (""), "" },
};

static GString *
decode_whole (const PhCharset *charset, const guint8 *bytes, gsize length)
{
  g_autoptr (PhDecoder) decoder = ph_decoder_new (charset);
  GString *out = g_string_new (NULL);

  ph_decoder_decode (decoder, NULL, bytes, length, out);
  return out;
}

/* Decodes a stream cut after each of the bytes whose bit in @cuts is set, and what is left at its end. */
static GString *
decode_cut (const PhCharset *charset, const guint8 *bytes, gsize length, guint64 cuts)
{
  g_autoptr (PhDecoder) decoder = ph_decoder_new (charset);
  GString *out = g_string_new (NULL);
  PhCarry carry = { .length = 0 };
  gsize start = 0;

  for (gsize i = 0; i < length; i++)
    if (i + 1 == length || (cuts & (G_GUINT64_CONSTANT (1) << (i % 64))) != 0)
      {
        ph_decoder_decode (decoder, &carry, bytes + start, i + 1 - start, out);
        g_assert_cmpuint (carry.length, <, charset->longest);
        start = i + 1;
      }
  ph_decoder_decode (decoder, NULL, carry.bytes, carry.length, out);
  return out;
}

static void
test_decode (gconstpointer data)
{
  const DecodeCase *c = data;
  const PhCharset *charset = ph_charset_find (c->charset);
  g_autoptr (GString) text = decode_whole (charset, c->bytes, c->length);
  g_autoptr (GString) shown = g_string_new (NULL);

  if (!ph_charset_is_known (charset))
    {
      g_test_skip ("this system lacks it");
      return;
    }
  g_assert_true (g_utf8_validate_len (text->str, strlen (text->str), NULL));
  ph_marks_show (text->str, text->len, "\r\n", shown, NULL);
  g_assert_cmpstr (shown->str, ==, c->shown);

  g_assert_cmpuint (c->length, <, 16);
  for (guint64 cuts = 0; c->length > 0 && cuts < G_GUINT64_CONSTANT (1) << (c->length - 1); cuts++)
    {
      g_autoptr (GString) pieces = decode_cut (charset, c->bytes, c->length, cuts);

      g_assert_cmpmem (pieces->str, pieces->len, text->str, text->len);
    }
}

/* Some systems have this character, and one steps over it. */
static void
test_decode_steps_over_nothing (void)
{
  static const guint8 bytes[] = "a\xA2\xE8" "b\xA2\xE8" "c\0\xC7\xD1\xA2\xE8\xFF";
  const PhCharset *charset = ph_charset_find ("euc-kr");
  g_autoptr (GString) text = decode_whole (charset, bytes, sizeof bytes - 1);
  g_autoptr (GString) shown = g_string_new (NULL);

  ph_marks_show (text->str, text->len, NULL, shown, NULL);
  if (strstr (shown->str, "㉾") != NULL)
    g_assert_cmpstr (shown->str, ==, "a㉾b㉾c⟨NUL⟩한㉾⟨FF⟩");
  else
    g_assert_cmpstr (shown->str, ==, "a⟨A2⟩⟨E8⟩b⟨A2⟩⟨E8⟩c⟨NUL⟩한⟨A2⟩⟨E8⟩⟨FF⟩");
  for (guint64 cuts = 0; cuts < G_GUINT64_CONSTANT (1) << (sizeof bytes - 2); cuts++)
    {
      g_autoptr (GString) pieces = decode_cut (charset, bytes, sizeof bytes - 1, cuts);

      g_assert_cmpmem (pieces->str, pieces->len, text->str, text->len);
    }
}

/* ---- encode ---- */

typedef struct
{
  const char *story;
  const char *charset;
  const char *text;
  const char *result; /* hex, or "!" and the message */
} EncodeCase;

static const EncodeCase encode_cases[] = {
  { "utf-8", "utf-8", "é中😀", "C3 A9 E4 B8 AD F0 9F 98 80" },
  { "gbk", "gbk", "你好 ok", "C4 E3 BA C3 20 6F 6B" },
  { "gb18030", "gb18030", "你😀", "C4 E3 94 39 FC 36" },
  { "big5", "big5", "中文", "A4 A4 A4 E5" },
  { "shift-jis", "shift-jis", "日本ｱ①", "93 FA 96 7B B1 87 40" },
  { "euc-jp", "euc-jp", "日本ｱ", "C6 FC CB DC 8E B1" },
  { "euc-kr", "euc-kr", "한글갂", "C7 D1 B1 DB 81 41" },
  { "latin-1", "latin-1", "café", "63 61 66 E9" },
  { "utf-16-has-no-mark-of-order", "utf-16le", "a中😀", "61 00 2D 4E 3D D8 00 DE" },
  { "utf-16be", "utf-16be", "a中😀", "00 61 4E 2D D8 3D DE 00" },
  { "ascii", "ascii", "abc", "61 62 63" },
  { "windows", "windows-1252", "€“é”", "80 93 E9 94" },
  { "vietnamese-letters-are-taken-apart", "windows-1258", "ệ", "EA F2" },
  { "nothing", "gbk", "", "" },
  { "no-emoji-in-gbk", "gbk", "你😀好", "!cannot encode “😀” (U+1F600) in GBK" },
  { "no-chinese-in-latin-1", "latin-1", "é中", "!cannot encode “中” (U+4E2D) in Latin-1" },
  { "names-with-blanks-are-whole", "iso-8859-5", "é", "!cannot encode “é” (U+00E9) in ISO 8859-5" },
  { "no-accent-in-ascii", "ascii", "abcé", "!cannot encode “é” (U+00E9) in ASCII" },
  { "no-accent-in-big5", "big5", "é", "!cannot encode “é” (U+00E9) in Big5" },
  { "the-first-one-is-named", "ascii", "a中é", "!cannot encode “中” (U+4E2D) in ASCII" },
  { "what-cannot-be-shown-is-a-mark", "gbk", "\u202E", "!cannot encode “⟨U+202E⟩” (U+202E) in GBK" },
  { "tag-characters-are-not-left-out", "gbk", "a\U000E0041b", "!cannot encode “⟨U+E0041⟩” (U+E0041) in GBK" },
  { "tag-characters-go-where-they-can", "utf-16be", "a\U000E0041b", "00 61 DB 40 DC 41 00 62" },
  { "not-utf8", "gbk", "a\xFF", "!the text is not UTF-8: byte FF at position 2" },
  { "not-utf8-into-utf8", "utf-8", "中\xC0\xAF", "!the text is not UTF-8: byte C0 at position 2" },
};

static void
test_encode (gconstpointer data)
{
  const EncodeCase *c = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = ph_charset_encode (ph_charset_find (c->charset), c->text, -1, NULL, &error);
  g_autoptr (GString) got = g_string_new (NULL);

  if (bytes != NULL)
    {
      g_assert_no_error (error);
      ph_hex_append (got, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
    }
  else
    {
      g_assert_error (error, PH_CODEC_ERROR, PH_CODEC_ERROR_ENCODING);
      g_string_printf (got, "!%s", error->message);
    }
  g_assert_cmpstr (got->str, ==, c->result);
}

static void
test_encode_takes_nul_and_long_texts (void)
{
  const PhCharset *charset = ph_charset_find ("utf-16le");
  g_autoptr (GBytes) nul = ph_charset_encode (charset, "a\0b", 3, NULL, NULL);
  g_autofree char *text = g_strnfill (100000, 'x');
  g_autoptr (GBytes) many = ph_charset_encode (charset, text, -1, NULL, NULL);

  g_assert_nonnull (nul);
  g_assert_cmpmem (g_bytes_get_data (nul, NULL), g_bytes_get_size (nul), "a\0\0\0b\0", 6);
  g_assert_nonnull (many);
  g_assert_cmpuint (g_bytes_get_size (many), ==, 200000);
}

/* ---- properties: of every encoding, on bytes from a fixed seed ---- */

#define ROUNDS 1500
#define PIECE 60

static void
assert_cuts_do_not_matter (const PhCharset *charset, GRand *rand, const guint8 *bytes, gsize length)
{
  g_autoptr (GString) whole = decode_whole (charset, bytes, length);
  g_autoptr (GString) single = decode_cut (charset, bytes, length, G_MAXUINT64);

  g_assert_cmpmem (single->str, single->len, whole->str, whole->len);
  for (int i = 0; i < 4; i++)
    {
      guint64 cuts = (guint64) g_rand_int (rand) << 32 | g_rand_int (rand);
      g_autoptr (GString) pieces = decode_cut (charset, bytes, length, cuts);

      g_assert_cmpmem (pieces->str, pieces->len, whole->str, whole->len);
    }
}

/* What decoded text says the bytes were. */
static GByteArray *
recover (const PhCharset *charset, const GString *text)
{
  GByteArray *out = g_byte_array_new ();
  const char *p = text->str, *end = text->str + text->len;

  while (p < end)
    {
      gunichar c;
      guint8 byte;
      char utf8[6];

      if (ph_marks_next (&p, end, &c) == PH_MARK_BAD)
        {
          byte = c;
          g_byte_array_append (out, &byte, 1);
        }
      else
        {
          g_autoptr (GBytes) bytes = ph_charset_encode (charset, utf8, g_unichar_to_utf8 (c, utf8), NULL, NULL);

          g_assert_nonnull (bytes);
          g_byte_array_append (out, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
        }
    }
  return out;
}

/*
 * The text and its marks give the bytes back. Some encodings of East Asia have characters twice, so what comes back may
 * be the other one: of the same length, but for the one-byte euro of CP936.
 */
static void
assert_nothing_is_lost (const PhCharset *charset, const guint8 *bytes, gsize length)
{
  g_autoptr (GString) text = decode_whole (charset, bytes, length);
  g_autoptr (GByteArray) back = recover (charset, text);
  gboolean has_doubles = !g_str_has_prefix (charset->id, "utf") && charset->longest > 1;
  g_autoptr (GString) again = decode_whole (charset, back->data, back->len);

  if (!has_doubles)
    g_assert_cmpmem (back->data, back->len, bytes, length);
  else if (memchr (bytes, 0x80, length) == NULL)
    g_assert_cmpuint (back->len, ==, length);
  if (has_doubles && strchr (text->str, '\xF4') == NULL && memchr (bytes, 0x80, length) == NULL)
    g_assert_cmpmem (again->str, again->len, text->str, text->len);
}

/* Bytes that are likely to fall together: leads, tails, digits, ASCII. */
static gsize
random_bytes (GRand *rand, guint8 *bytes)
{
  static const guint8 borders[] = { 0x00, 0x30, 0x39, 0x40, 0x5C, 0x7E, 0x7F, 0x80, 0x81, 0x8E, 0x8F, 0xA1, 0xBF, 0xC0,
                                    0xC2, 0xD8, 0xDC, 0xDF, 0xE0, 0xED, 0xEF, 0xF0, 0xF4, 0xF5, 0xFC, 0xFE, 0xFF };
  gsize length = g_rand_int_range (rand, 0, PIECE);

  for (gsize i = 0; i < length; i++)
    bytes[i] = g_rand_boolean (rand) ? borders[g_rand_int_range (rand, 0, G_N_ELEMENTS (borders))]
                                     : g_rand_int_range (rand, 0, 256);
  return length;
}

static void
test_random_bytes (gconstpointer data)
{
  const PhCharset *charset = data;
  g_autoptr (GRand) rand = g_rand_new_with_seed (20190712);
  guint8 bytes[PIECE];

  for (int i = 0; i < ROUNDS; i++)
    {
      gsize length = random_bytes (rand, bytes);

      assert_cuts_do_not_matter (charset, rand, bytes, length);
      assert_nothing_is_lost (charset, bytes, length);
    }
}

/* Characters of all kinds that @charset has. */
static GString *
random_text (const PhCharset *charset, GRand *rand, GByteArray *bytes)
{
  static const struct { gunichar first, last; } kinds[] = {
    { 0x00, 0x7F }, { 0xA0, 0x17F }, { 0x391, 0x451 }, { 0x3041, 0x30FE }, { 0x4E00, 0x9FA5 }, { 0xAC00, 0xD7A3 },
    { 0xFF61, 0xFF9F }, { 0x1F600, 0x1F64F }, { 0x20000, 0x20100 },
  };
  GString *text = g_string_new (NULL);

  for (int i = 0; i < PIECE; i++)
    {
      gsize kind = g_rand_int_range (rand, 0, G_N_ELEMENTS (kinds));
      gunichar c = g_rand_int_range (rand, kinds[kind].first, kinds[kind].last + 1);
      char utf8[6];
      int n = g_unichar_to_utf8 (c, utf8);
      g_autoptr (GBytes) encoded = ph_charset_encode (charset, utf8, n, NULL, NULL);

      if (encoded == NULL)
        continue;
      g_string_append_len (text, utf8, n);
      g_byte_array_append (bytes, g_bytes_get_data (encoded, NULL), g_bytes_get_size (encoded));
    }
  return text;
}

static void
test_random_text (gconstpointer data)
{
  const PhCharset *charset = data;
  g_autoptr (GRand) rand = g_rand_new_with_seed (7788);
  gsize longest = 0;

  for (int i = 0; i < ROUNDS / 10; i++)
    {
      g_autoptr (GByteArray) bytes = g_byte_array_new ();
      g_autoptr (GString) text = random_text (charset, rand, bytes);
      g_autoptr (GBytes) whole = ph_charset_encode (charset, text->str, text->len, NULL, NULL);
      g_autoptr (GString) back = decode_whole (charset, bytes->data, bytes->len);
      g_autoptr (GBytes) again = ph_charset_encode (charset, back->str, back->len, NULL, NULL);

      g_assert_cmpmem (g_bytes_get_data (whole, NULL), g_bytes_get_size (whole), bytes->data, bytes->len);
      g_assert_cmpmem (g_bytes_get_data (again, NULL), g_bytes_get_size (again), bytes->data, bytes->len);
      /* Windows-1258 takes letters apart. Japan's encodings have one place for ¥ and \, for ¬ and ￢, and GNU libiconv's Big5 has
       * one for ¥ and ￥: there the other of the two may come back. */
      if (strstr (charset->name, "Japan") == NULL && strcmp (charset->id, "big5") != 0
          && strcmp (charset->id, "windows-1258") != 0)
        g_assert_cmpmem (back->str, back->len, text->str, text->len);
      assert_cuts_do_not_matter (charset, rand, bytes->data, bytes->len);
      longest = MAX (longest, text->len);
    }
  g_assert_cmpuint (longest, >, 4);
}

/* A decoder is used for many streams in turn: none leaves a trace. */
static void
test_one_decoder_serves_many_streams (gconstpointer data)
{
  const PhCharset *charset = data;
  g_autoptr (PhDecoder) decoder = ph_decoder_new (charset);
  g_autoptr (GRand) rand = g_rand_new_with_seed (4089);
  guint8 a[PIECE], b[PIECE];

  g_assert_true (ph_decoder_get_charset (decoder) == charset);
  for (int i = 0; i < ROUNDS; i++)
    {
      gsize n = random_bytes (rand, a), m = random_bytes (rand, b);
      g_autoptr (GString) expected = decode_whole (charset, a, n);
      g_autoptr (GString) got = g_string_new (NULL), other = g_string_new (NULL);
      PhCarry carry = { .length = 0 }, carry_b = { .length = 0 };

      ph_decoder_decode (decoder, &carry, a, n / 2, got);
      ph_decoder_decode (decoder, &carry_b, b, m, other);
      ph_decoder_decode (decoder, &carry, a + n / 2, n - n / 2, got);
      ph_decoder_decode (decoder, NULL, carry.bytes, carry.length, got);
      g_assert_cmpmem (got->str, got->len, expected->str, expected->len);
    }
}

static void
test_long_payloads (gconstpointer data)
{
  const PhCharset *charset = data;
  gboolean asian = charset->longest > 1;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GString) back = NULL;

  while (text->len < 100000)
    g_string_append (text, asian ? "中x中 plain " : "plain text ");
  bytes = ph_charset_encode (charset, text->str, text->len, NULL, NULL);
  g_assert_nonnull (bytes);
  back = decode_whole (charset, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_assert_cmpmem (back->str, back->len, text->str, text->len);
}

/* The two promises of a row that others build upon. */
static void
test_row_is_true (gconstpointer data)
{
  const PhCharset *charset = data;
  guint8 ascii = 0;

  g_assert_cmpuint (charset->longest, <=, PH_CARRY_MAX);
  for (guint lead = 0x80; lead < 0x100 && charset->unit == 1; lead++)
    for (guint tail = 0; tail < charset->safe_below; tail++)
      {
        guint8 pair[2] = { lead, tail };
        g_autoptr (GString) both = decode_whole (charset, pair, 2);
        g_autoptr (GString) first = decode_whole (charset, pair, 1);
        g_autoptr (GString) second = decode_whole (charset, pair + 1, 1);

        g_string_append_len (first, second->str, second->len);
        g_assert_cmpmem (both->str, both->len, first->str, first->len);
      }
  for (; ascii < 0x80 && charset->unit == 1; ascii++)
    {
      g_autoptr (GString) text = decode_whole (charset, &ascii, 1);

      g_assert_cmpmem (text->str, text->len, &ascii, 1);
    }
}

/* Each byte of a set of single bytes is a character that is encoded as it, or a mark. */
static void
test_every_byte_comes_back (gconstpointer data)
{
  const PhCharset *charset = data;
  g_autoptr (PhDecoder) decoder = ph_decoder_new (charset);

  if (charset->longest > 1)
    {
      g_test_skip ("of single bytes only");
      return;
    }
  for (guint i = 0; i < 256; i++)
    {
      guint8 byte = (guint8) i;
      g_autoptr (GString) text = decode_whole (charset, &byte, 1);
      g_autoptr (GByteArray) back = recover (charset, text);

      g_assert_cmpmem (back->data, back->len, &byte, 1);
      g_assert_cmpuint (ph_decoder_character (decoder, &byte, 1), ==, 1);
    }
}

/* What ends the wait for the rest of a character is shown at once, and not with the next read. */
static void
test_decode_waits_for_nothing_that_cannot_come (void)
{
  static const struct
  {
    const char *charset, *bytes, *text;
    guint8 carried;
  } rows[] = {
    { "gb18030", "\x82\x36\x1B", "⟨82⟩6⟨ESC⟩", 0 }, { "gb18030", "\x82\x36", "", 2 },   { "gb18030", "\x82\x36\x81", "", 3 },
    { "euc-jp", "\x8F\x41", "⟨8F⟩A", 0 },      { "euc-jp", "\x8F\xB0", "", 2 },    { "gbk", "\xC4", "", 1 },
    { "shift-jis", "\x81\x20", "⟨81⟩ ", 0 },   { "utf-8", "\xE4\x20", "⟨E4⟩ ", 0 }, { "utf-8", "\xE4\xBD", "", 2 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (PhDecoder) decoder = ph_decoder_new (ph_charset_find (rows[i].charset));
      g_autoptr (GString) decoded = g_string_new (NULL), shown = g_string_new (NULL);
      PhCarry carry = { .length = 0 };

      ph_decoder_decode (decoder, &carry, (const guint8 *) rows[i].bytes, strlen (rows[i].bytes), decoded);
      ph_marks_show (decoded->str, decoded->len, NULL, shown, NULL);
      g_assert_cmpstr (shown->str, ==, rows[i].text);
      g_assert_cmpuint (carry.length, ==, rows[i].carried);
    }
}

/* A system may lack an encoding's table: what it cannot decode is marked, what it cannot encode is told. */
static void
test_encoding_that_the_system_does_not_know (void)
{
  static const PhCharset unknown = { "unknown", "Unknown", "NO-SUCH-ENCODING", 1, 2, 0x40, 63, NULL };
  g_autoptr (GString) text = decode_whole (&unknown, (const guint8 *) "a\xC4\xE3", 3);
  g_autoptr (GString) shown = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  ph_marks_show (text->str, text->len, NULL, shown, NULL);
  g_assert_cmpstr (shown->str, ==, "a⟨C4⟩⟨E3⟩");
  g_assert_false (ph_charset_is_known (&unknown));
  g_assert_null (ph_charset_encode (&unknown, "a", -1, NULL, &error));
  g_assert_error (error, PH_CODEC_ERROR, PH_CODEC_ERROR_ENCODING);
  g_assert_cmpstr (error->message, ==, "the iconv of this system has no UNKNOWN");
  g_clear_error (&error);
  g_assert_false (ph_charset_check (&unknown, &error));
  g_assert_error (error, PH_CODEC_ERROR, PH_CODEC_ERROR_ENCODING);
}

static void
add (const char *topic, const char *story, gconstpointer data, GTestDataFunc func)
{
  g_autofree char *path = g_strdup_printf ("/charset/%s/%s", topic, story);

  g_test_add_data_func (path, data, func);
}

int
main (int argc, char *argv[])
{
  guint n;
  const PhCharset *charsets = ph_charsets (&n);

  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (decode_cases); i++)
    add ("decode", decode_cases[i].story, &decode_cases[i], test_decode);
  for (gsize i = 0; i < G_N_ELEMENTS (encode_cases); i++)
    add ("encode", encode_cases[i].story, &encode_cases[i], test_encode);
  for (guint i = 0; i < n; i++)
    {
      if (!ph_charset_is_known (&charsets[i]))
        continue;
      add ("row-is-true", charsets[i].id, &charsets[i], test_row_is_true);
      add ("random-bytes", charsets[i].id, &charsets[i], test_random_bytes);
      add ("random-text", charsets[i].id, &charsets[i], test_random_text);
      add ("many-streams", charsets[i].id, &charsets[i], test_one_decoder_serves_many_streams);
      add ("every-byte", charsets[i].id, &charsets[i], test_every_byte_comes_back);
      add ("long-payloads", charsets[i].id, &charsets[i], test_long_payloads);
    }
  g_test_add_func ("/charset/decode/steps-over-nothing", test_decode_steps_over_nothing);
  g_test_add_func ("/charset/decode/waits-for-nothing-that-cannot-come", test_decode_waits_for_nothing_that_cannot_come);
  g_test_add_func ("/charset/encode/takes-nul-and-long-texts", test_encode_takes_nul_and_long_texts);
  g_test_add_func ("/charset/unknown-to-the-system", test_encoding_that_the_system_does_not_know);

  return g_test_run ();
}
