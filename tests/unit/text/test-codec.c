/* test-codec.c: hex, escapes and line endings, good and bad
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-codec.h"
#include "ph-hex.h"

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
  { "escape-is-told-as-a-picture", "55\033", "!“⟨ESC⟩” is not a hex digit (position 3)" },
  { "odd", "555", "!“5” at position 3 is half a byte: write two digits for each byte" },
  { "one-digit", "5", "!“5” at position 1 is half a byte: write two digits for each byte" },
  { "single-digits", "5 0 A", "!“5” at position 1 is half a byte: write two digits for each byte" },
  { "one-digit-behind-a-prefix", "0x5, 0xA", "05 0A" },
  { "three-digits-behind-a-prefix", "0x555", "!“5” at position 5 is half a byte: write two digits for each byte" },
  { "odd-in-the-middle", "55 000 0A", "!“0” at position 6 is half a byte: write two digits for each byte" },
  { "prefix-alone", "0x", "!no hex digits after “0x” (position 3)" },
  { "prefix-in-the-middle", "550x00", "!“x” is not a hex digit (position 4)" },
  { "escapes", "\\xAA\\xBB", "AA BB" },
  { "escapes-in-quotes-on-lines", "\"\\xAA\\x00\" \\\n  \"\\x0a\"", "AA 00 0A" },
  { "text-behind-an-escape", "\\x41BC", "!“B” is not a hex digit (position 5)" },
  { "escape-that-is-no-byte", "41 \\n", "!“\\” is not a hex digit (position 4)" },
  { "braces", "{0xAA, 0xBB}", "AA BB" },
  { "brackets", "[AA, BB]", "AA BB" },
  { "braces-without-prefixes", "{AA, BB}", "AA BB" },
  { "semicolon-at-the-end", "0xAA,0xBB;", "AA BB" },
  { "array-of-c", "unsigned char a[2] = { 0xAA, 0xB };", "AA 0B" },
  { "array-of-xxd", "unsigned char a_bin[] = {\n  0x61, 0x0a\n};\nunsigned int a_bin_len = 2;\n", "61 0A" },
  { "array-with-comments", "static const uint8_t a[] = { 0x01, /* one */\n0x02 // AA\n, 0x03 }", "01 02 03" },
  { "decimal-in-an-array", "unsigned char a[] = { 10, 20 };",
    "!the number at position 23 has no “0x”: in an array it would be decimal" },
  { "decimal-beside-hex", "{0xAA, 10}", "!the number at position 8 has no “0x”: in an array it would be decimal" },
  { "hex-beside-decimal", "{10, 0xAA}", "!the number at position 6 has no “0x”: in an array it would be decimal" },
  { "name-without-an-array", "abcdefgh", "!“g” is not a hex digit (position 7)" },
  { "assembler", "AAh 0BBh 0Ch", "AA BB 0C" },
  { "assembler-word", "AABBh", "!“h” is not a hex digit (position 5)" },
  { "full-width", "ＡＡ，ｂｂ；０ｘＣＣ", "AA BB CC" },
  { "full-width-and-ideographic-blanks", "１２　３４、５６", "12 34 56" },
  { "no-break-blanks", "12\u00A034\u202F56", "12 34 56" },
  { "byte-order-mark-and-no-width", "\uFEFF12\u200B 34", "12 34" },
  { "position-behind-full-width", "\uFEFFＡＡ，中", "!“中” is not a hex digit (position 5)" },
  { "dashes-of-a-document", "AA–BB—CC", "AA BB CC" },
  { "address-is-no-hex", "10.20", "!“.” is not a hex digit (position 3)" },
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
  g_autoptr (GBytes) bytes = ph_hex_parse (c->text, NULL, &error);

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

  back = ph_hex_parse (text->str + 2, NULL, NULL);
  g_assert_nonnull (back);
  g_assert_cmpmem (g_bytes_get_data (back, NULL), g_bytes_get_size (back), all, sizeof all);
}

static void
test_escapes_part_bytes_from_text (void)
{
  static const char text[] = "a\\x41\\x42\\tb";
  const PhTyped typed = { .text = text, .length = strlen (text), .escapes = TRUE };
  g_autoptr (GArray) pieces = ph_pieces_parse (&typed, NULL, NULL);
  static const char *const expected[] = { "a", "AB", "\tb" };

  g_assert_nonnull (pieces);
  g_assert_cmpuint (pieces->len, ==, 3);
  for (guint i = 0; i < 3; i++)
    {
      const PhPiece *piece = &g_array_index (pieces, PhPiece, i);

      g_assert_cmpstr (piece->data->str, ==, expected[i]);
      g_assert_cmpint (piece->kind, ==, i == 1 ? PH_PIECE_BYTES : PH_PIECE_TEXT);
    }
}

static void
test_a_piece_knows_where_it_came_from (void)
{
  /* pieces: "ab\r\nä", A, "€c" */
  static const char text[] = "ab\nä\\x41\\u{20AC}c";
  static const struct
  {
    guint index;
    gsize offset, place;
  } cases[] = { { 0, 0, 0 }, { 0, 1, 1 }, { 0, 2, 2 }, { 0, 3, 2 }, { 0, 4, 3 }, { 1, 0, 4 }, { 2, 0, 8 }, { 2, 3, 16 },
                { 2, 4, 17 }, { 3, 0, 17 } };
  const PhTyped typed = { .text = text, .length = strlen (text), .escapes = TRUE, .ending = PH_LINE_ENDING_CRLF };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpuint (ph_pieces_locate (&typed, cases[i].index, cases[i].offset), ==, cases[i].place);
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
  g_test_add_func ("/codec/hex/every-byte-comes-back", test_hex_of_every_byte_comes_back);
  g_test_add_func ("/codec/escapes/part-bytes-from-text", test_escapes_part_bytes_from_text);
  g_test_add_func ("/codec/escapes/a-piece-knows-where-it-came-from", test_a_piece_knows_where_it_came_from);
  g_test_add_func ("/codec/line-endings/have-names", test_line_endings_have_names);

  return g_test_run ();
}
