/* test-codec.c: hex, escapes and line endings, good and bad
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-codec.h"

#include <string.h>

typedef struct
{
  const char *story;
  const char *text;
  const char *result; /* hex of the bytes, or "!" and the message */
} HexCase;

static const HexCase hex_cases[] = {
  { "blanks", "55 00 0A", "55 00 0A" },
  { "nothing-between", "55000a", "55 00 0A" },
  { "prefixes", "0x55 0X00", "55 00" },
  { "prefix-once", "0x55000A", "55 00 0A" },
  { "commas-and-semicolons", "55,00;0A", "55 00 0A" },
  { "commas-and-blanks", "0x55, 0x00,", "55 00" },
  { "colons-and-dashes", "00:1b-44", "00 1B 44" },
  { "lines", "55\n00\r\n\t0a\n", "55 00 0A" },
  { "zero-byte", "00", "00" },
  { "zero-byte-with-prefix", "0x00", "00" },
  { "nothing", "", "" },
  { "blanks-only", " \n", "" },
  { "not-a-digit", "4g", "!“g” is not a hex digit (position 2)" },
  { "not-a-digit-at-the-start", "g4", "!“g” is not a hex digit (position 1)" },
  { "not-a-digit-of-any-script", "55 中", "!“中” is not a hex digit (position 4)" },
  { "positions-count-characters", "11 0x中", "!“中” is not a hex digit (position 6)" },
  { "escape-is-told-as-a-picture", "55\033", "!“␛” is not a hex digit (position 3)" },
  { "odd", "555", "!“5” at position 3 is half a byte: write two digits for each byte" },
  { "one-digit", "5", "!“5” at position 1 is half a byte: write two digits for each byte" },
  { "single-digits", "5 0 A", "!“5” at position 1 is half a byte: write two digits for each byte" },
  { "one-digit-behind-a-prefix", "0x5", "!“5” at position 3 is half a byte: write two digits for each byte" },
  { "odd-in-the-middle", "55 000 0A", "!“0” at position 6 is half a byte: write two digits for each byte" },
  { "prefix-alone", "0x", "!no hex digits after “0x” (position 3)" },
  { "prefix-in-the-middle", "550x00", "!“x” is not a hex digit (position 4)" },
};

static char *
hex_of (GBytes *bytes)
{
  GString *out = g_string_new (NULL);
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  ph_hex_append (out, data, length);
  return g_string_free (out, FALSE);
}

static void
assert_result (GBytes *bytes, GError *error, PhCodecError code, const char *expected)
{
  g_autofree char *got = NULL;

  if (bytes != NULL)
    {
      g_assert_no_error (error);
      got = hex_of (bytes);
    }
  else
    {
      g_assert_error (error, PH_CODEC_ERROR, (int) code);
      got = g_strconcat ("!", error->message, NULL);
    }
  g_assert_cmpstr (got, ==, expected);
}

static void
test_hex (gconstpointer data)
{
  const HexCase *c = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = ph_hex_parse (c->text, &error);

  assert_result (bytes, error, PH_CODEC_ERROR_HEX, c->result);
}

static void
test_hex_of_every_byte_comes_back (void)
{
  guint8 all[256];
  g_autoptr (GString) text = g_string_new ("> ");
  g_autoptr (GBytes) back = NULL;

  for (int i = 0; i < 256; i++)
    all[i] = i;
  ph_hex_append (text, all, 0);
  g_assert_cmpstr (text->str, ==, "> ");
  ph_hex_append (text, all, sizeof all);
  g_assert_true (g_str_has_prefix (text->str, "> 00 01 02 "));
  g_assert_true (g_str_has_suffix (text->str, " FD FE FF"));
  g_assert_cmpuint (text->len, ==, 2 + 256 * 3 - 1);

  back = ph_hex_parse (text->str + 2, NULL);
  g_assert_nonnull (back);
  g_assert_cmpmem (g_bytes_get_data (back, NULL), g_bytes_get_size (back), all, sizeof all);
}

typedef struct
{
  const char *story;
  PhSendFormat format;
  const char *text;
  const char *result;
  PhCodecError code;
} SendCase;

#define PLAIN(charset_) { .charset = charset_ }
#define ENDS(charset_, ending_) { .charset = charset_, .line_ending = PH_LINE_ENDING_##ending_ }
#define ESCAPES(charset_, ending_) \
  { .charset = charset_, .escapes = TRUE, .line_ending = PH_LINE_ENDING_##ending_ }
#define ESCAPE_ERROR PH_CODEC_ERROR_ESCAPE

static const SendCase send_cases[] = {
  { "text-is-encoded", PLAIN ("gbk"), "中A", "D6 D0 41", 0 },
  { "nothing-is-nothing", PLAIN ("utf-8"), "", "", 0 },
  { "backslash-is-itself-without-escapes", PLAIN ("utf-8"), "a\\n\\q\\", "61 5C 6E 5C 71 5C", 0 },
  { "hex-leaves-the-rest-aside", { .hex = TRUE, .escapes = TRUE, .line_ending = PH_LINE_ENDING_LF }, "0d", "0D", 0 },
  { "hex-is-checked", { .hex = TRUE, .charset = "gbk" }, "4g", "!“g” is not a hex digit (position 2)",
    PH_CODEC_ERROR_HEX },
  { "line-feed", ENDS ("utf-8", LF), "a", "61 0A", 0 },
  { "carriage-return-and-line-feed", ENDS ("utf-8", CRLF), "a", "61 0D 0A", 0 },
  { "carriage-return", ENDS ("utf-8", CR), "a", "61 0D", 0 },
  { "line-ending-of-nothing", ENDS ("utf-8", LF), "", "0A", 0 },
  { "line-ending-is-encoded", ENDS ("utf-16le", CRLF), "a", "61 00 0D 00 0A 00", 0 },
  { "line-ending-is-encoded-big-endian", ENDS ("utf-16be", LF), "", "00 0A", 0 },
  { "typed-line-break-stays-without-a-line-ending", PLAIN ("utf-8"), "a\nb\r\nc\rd", "61 0A 62 0D 0A 63 0D 64", 0 },
  { "typed-line-break-becomes-the-line-ending", ENDS ("utf-8", CRLF), "a\nb\r\nc", "61 0D 0A 62 0D 0A 63 0D 0A", 0 },
  { "typed-carriage-return-is-a-character", ENDS ("utf-8", LF), "a\rb", "61 0D 62 0A", 0 },
  { "letters", ESCAPES ("utf-8", NONE), "\\n\\r\\t\\0\\\\", "0A 0D 09 00 5C", 0 },
  { "escaped-line-feed-stays-a-line-feed", ESCAPES ("utf-8", CRLF), "a\\n\nb", "61 0A 0D 0A 62 0D 0A", 0 },
  { "escaped-letters-are-encoded", ESCAPES ("utf-16be", NONE), "\\0\\n", "00 00 00 0A", 0 },
  { "byte-goes-as-it-is", ESCAPES ("utf-8", NONE), "a\\xE4\\xBDb", "61 E4 BD 62", 0 },
  { "byte-goes-as-it-is-in-utf16", ESCAPES ("utf-16le", LF), "a\\x00\\xffb", "61 00 00 FF 62 00 0A 00", 0 },
  { "byte-before-an-encoded-line-ending", ESCAPES ("utf-16le", LF), "\\x01", "01 0A 00", 0 },
  { "code-point-is-encoded", ESCAPES ("gbk", NONE), "\\u{4E2D}", "D6 D0", 0 },
  { "short-and-long-code-points", ESCAPES ("utf-8", NONE), "\\u{0}\\u{1F600}\\u{10ffff}",
    "00 F0 9F 98 80 F4 8F BF BF", 0 },
  { "backslash-escape-does-not-begin-another", ESCAPES ("utf-8", NONE), "\\\\n", "5C 6E", 0 },
  { "unknown-escape", ESCAPES ("utf-8", NONE), "中\\q",
    "!“\\q” at position 2 is not an escape: write “\\\\” to send a backslash", ESCAPE_ERROR },
  { "backslash-at-the-end", ESCAPES ("utf-8", NONE), "a\\",
    "!the “\\” at the end (position 2) begins nothing: write “\\\\” to send one", ESCAPE_ERROR },
  { "byte-of-one-digit", ESCAPES ("utf-8", NONE), "\\x4", "!“\\x” at position 1 needs two hex digits, such as \\x0A",
    ESCAPE_ERROR },
  { "byte-of-no-digit", ESCAPES ("utf-8", NONE), "a\\xg1", "!“\\x” at position 2 needs two hex digits, such as \\x0A",
    ESCAPE_ERROR },
  { "code-point-without-braces", ESCAPES ("utf-8", NONE), "\\u20AC",
    "!“\\u” at position 1 needs a code point in braces, such as \\u{20AC}", ESCAPE_ERROR },
  { "code-point-of-no-digit", ESCAPES ("utf-8", NONE), "\\u{}",
    "!“\\u{” at position 1 needs one to six hex digits and a “}”", ESCAPE_ERROR },
  { "code-point-of-seven-digits", ESCAPES ("utf-8", NONE), "\\u{0000041}",
    "!“\\u{” at position 1 needs one to six hex digits and a “}”", ESCAPE_ERROR },
  { "code-point-unfinished", ESCAPES ("utf-8", NONE), "\\u{41",
    "!“\\u{” at position 1 needs one to six hex digits and a “}”", ESCAPE_ERROR },
  { "surrogate", ESCAPES ("utf-8", NONE), "\\u{D800}", "!“\\u{…}” at position 1 is not a character of Unicode",
    ESCAPE_ERROR },
  { "above-unicode", ESCAPES ("utf-8", NONE), "\\u{110000}", "!“\\u{…}” at position 1 is not a character of Unicode",
    ESCAPE_ERROR },
  { "character-that-the-encoding-does-not-have", PLAIN ("gbk"), "aé😀", "!cannot encode “😀” (U+1F600) in GBK",
    PH_CODEC_ERROR_ENCODING },
  { "escaped-character-that-the-encoding-does-not-have", ESCAPES ("ascii", NONE), "\\xE9\\u{E9}",
    "!cannot encode “é” (U+00E9) in ASCII", PH_CODEC_ERROR_ENCODING },
  { "encoding-that-there-is-not", PLAIN ("klingon"), "a", "!“klingon” is not an encoding of Porthole",
    PH_CODEC_ERROR_ENCODING },
  { "no-encoding-at-all", PLAIN (NULL), "a", "!“” is not an encoding of Porthole", PH_CODEC_ERROR_ENCODING },
};

static void
test_send (gconstpointer data)
{
  const SendCase *c = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = ph_send_format_encode (&c->format, c->text, &error);

  assert_result (bytes, error, c->code, c->result);
}

static void
test_escapes_part_bytes_from_text (void)
{
  g_autoptr (GArray) pieces = ph_escapes_parse ("a\\x41\\x42\\tb", PH_LINE_ENDING_NONE, NULL);
  static const char *const expected[] = { "a", "AB", "\tb" };

  g_assert_nonnull (pieces);
  g_assert_cmpuint (pieces->len, ==, 3);
  for (guint i = 0; i < 3; i++)
    {
      const PhPiece *piece = &g_array_index (pieces, PhPiece, i);

      g_assert_cmpstr (piece->data->str, ==, expected[i]);
      g_assert_cmpint (piece->raw, ==, i == 1);
    }
}

static void
test_line_endings_have_names (void)
{
  static const char *const ids[] = { "none", "lf", "crlf", "cr" };
  PhLineEnding ending = PH_LINE_ENDING_CR;

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_assert_true (ph_line_ending_parse (ids[i], &ending));
      g_assert_cmpint (ending, ==, i);
      g_assert_cmpstr (ph_line_ending_id (ending), ==, ids[i]);
    }
  g_assert_false (ph_line_ending_parse ("LFCR", &ending));
  g_assert_false (ph_line_ending_parse ("", &ending));
  g_assert_false (ph_line_ending_parse (NULL, &ending));
  g_assert_cmpint (ending, ==, PH_LINE_ENDING_CR);
}

#define ADD_TABLE(prefix, table, func) \
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++) \
    { \
      g_autofree char *path = g_strconcat (prefix, table[i].story, NULL); \
\
      g_test_add_data_func (path, &table[i], func); \
    }

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD_TABLE ("/codec/hex/", hex_cases, test_hex);
  ADD_TABLE ("/codec/send/", send_cases, test_send);
  g_test_add_func ("/codec/hex/every-byte-comes-back", test_hex_of_every_byte_comes_back);
  g_test_add_func ("/codec/escapes/part-bytes-from-text", test_escapes_part_bytes_from_text);
  g_test_add_func ("/codec/line-endings/have-names", test_line_endings_have_names);

  return g_test_run ();
}
