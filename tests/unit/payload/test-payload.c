/* test-payload.c: what is typed becomes bytes, or an error with its place in the text
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-charset.h"
#include "ph-hex.h"
#include "ph-payload.h"
#include "ph-record.h"

#include <string.h>

typedef struct
{
  const char *story;
  PhPayloadFormat format;
  const char *text;
  const char *result; /* hex of the bytes, or "!" and the message */
  PhCodecError code;
  gsize place;        /* of the error, in characters from 0 */
} Case;

#define PLAIN(charset_) { .charset = charset_ }
#define ENDS(charset_, ending_) { .charset = charset_, .line_ending = PH_LINE_ENDING_##ending_ }
#define ESCAPES(charset_, ending_) \
  { .charset = charset_, .escapes = TRUE, .line_ending = PH_LINE_ENDING_##ending_ }
#define ESCAPE_ERROR PH_CODEC_ERROR_ESCAPE

static const Case cases[] = {
  { "text-is-encoded", PLAIN ("gbk"), "中A", "D6 D0 41" },
  { "nothing-is-nothing", PLAIN ("utf-8"), "", "" },
  { "backslash-is-itself-without-escapes", PLAIN ("utf-8"), "a\\n\\q\\", "61 5C 6E 5C 71 5C" },
  { "hex-leaves-the-rest-aside", { .hex = TRUE, .escapes = TRUE, .line_ending = PH_LINE_ENDING_LF }, "0d", "0D" },
  { "hex-is-checked", { .hex = TRUE, .charset = "gbk" }, "4g", "!“g” is not a hex digit (position 2)",
    PH_CODEC_ERROR_HEX, 1 },
  { "line-feed", ENDS ("utf-8", LF), "a", "61 0A" },
  { "carriage-return-and-line-feed", ENDS ("utf-8", CRLF), "a", "61 0D 0A" },
  { "carriage-return", ENDS ("utf-8", CR), "a", "61 0D" },
  { "line-ending-of-nothing", ENDS ("utf-8", LF), "", "0A" },
  { "line-ending-is-encoded", ENDS ("utf-16le", CRLF), "a", "61 00 0D 00 0A 00" },
  { "line-ending-is-encoded-big-endian", ENDS ("utf-16be", LF), "", "00 0A" },
  { "typed-line-break-stays-without-a-line-ending", PLAIN ("utf-8"), "a\nb\r\nc\rd", "61 0A 62 0D 0A 63 0D 64" },
  { "typed-line-break-becomes-the-line-ending", ENDS ("utf-8", CRLF), "a\nb\r\nc", "61 0D 0A 62 0D 0A 63 0D 0A" },
  { "last-line-that-is-ended-gets-no-second-end", ENDS ("utf-8", CRLF), "a\r\n", "61 0D 0A" },
  { "empty-line-at-the-end-stays", ENDS ("utf-8", CRLF), "a\n\n", "61 0D 0A 0D 0A" },
  { "line-break-alone", ENDS ("utf-16le", LF), "\n", "0A 00" },
  { "escaped-line-feed-at-the-end-is-no-line-ending", ESCAPES ("utf-8", CRLF), "a\\n", "61 0A 0D 0A" },
  { "typed-carriage-return-is-a-character", ENDS ("utf-8", LF), "a\rb", "61 0D 62 0A" },
  { "letters", ESCAPES ("utf-8", NONE), "\\n\\r\\t\\0\\\\", "0A 0D 09 00 5C" },
  { "escaped-line-feed-stays-a-line-feed", ESCAPES ("utf-8", CRLF), "a\\n\nb", "61 0A 0D 0A 62 0D 0A" },
  { "escaped-letters-are-encoded", ESCAPES ("utf-16be", NONE), "\\0\\n", "00 00 00 0A" },
  { "byte-goes-as-it-is", ESCAPES ("utf-8", NONE), "a\\xE4\\xBDb", "61 E4 BD 62" },
  { "byte-goes-as-it-is-in-utf16", ESCAPES ("utf-16le", LF), "a\\x00\\xffb", "61 00 00 FF 62 00 0A 00" },
  { "byte-before-an-encoded-line-ending", ESCAPES ("utf-16le", LF), "\\x01", "01 0A 00" },
  { "code-point-is-encoded", ESCAPES ("gbk", NONE), "\\u{4E2D}", "D6 D0" },
  { "short-and-long-code-points", ESCAPES ("utf-8", NONE), "\\u{0}\\u{1F600}\\u{10ffff}",
    "00 F0 9F 98 80 F4 8F BF BF" },
  { "backslash-escape-does-not-begin-another", ESCAPES ("utf-8", NONE), "\\\\n", "5C 6E" },
  { "unknown-escape", ESCAPES ("utf-8", NONE), "中\\q",
    "!“\\q” at position 2 is not an escape: write “\\\\” to send a backslash", ESCAPE_ERROR, 1 },
  { "backslash-at-the-end", ESCAPES ("utf-8", NONE), "a\\",
    "!the “\\” at the end (position 2) begins nothing: write “\\\\” to send one", ESCAPE_ERROR, 1 },
  { "byte-of-one-digit", ESCAPES ("utf-8", NONE), "\\x4", "!“\\x” at position 1 needs two hex digits, such as \\x0A",
    ESCAPE_ERROR, 0 },
  { "byte-of-no-digit", ESCAPES ("utf-8", NONE), "a\\xg1", "!“\\x” at position 2 needs two hex digits, such as \\x0A",
    ESCAPE_ERROR, 1 },
  { "code-points-of-four-and-eight-digits", ESCAPES ("utf-8", NONE), "\\u20ACA\\U0001F600A", "E2 82 AC 41 F0 9F 98 80 41" },
  { "code-point-of-three-digits", ESCAPES ("utf-8", NONE), "\\u20A",
    "!“\\u” at position 1 needs four hex digits or braces, such as \\u20AC or \\u{20AC}", ESCAPE_ERROR, 0 },
  { "long-code-point-of-seven-digits", ESCAPES ("utf-8", NONE), "a\\U0001F60g",
    "!“\\U” at position 2 needs eight hex digits, such as \\U0001F600", ESCAPE_ERROR, 1 },
  { "letters-of-c", ESCAPES ("utf-8", NONE), "\\a\\b\\f\\v\\e\\\"\\'\\?", "07 08 0C 0B 1B 22 27 3F" },
  { "octal-numbers", ESCAPES ("utf-8", NONE), "\\02A\\7\\33\\0339\\377\\08", "02 41 07 1B 1B 39 FF 00 38" },
  { "octal-numbers-are-bytes", ESCAPES ("utf-16le", NONE), "\\377\\0\\00", "FF 00 00 00" },
  { "octal-number-above-a-byte", ESCAPES ("utf-8", NONE), "a\\400",
    "!the octal number at position 2 is more than a byte: the highest is \\377", ESCAPE_ERROR, 1 },
  { "eight-is-no-octal-digit", ESCAPES ("utf-8", NONE), "\\8",
    "!“\\8” at position 1 is not an escape: write “\\\\” to send a backslash", ESCAPE_ERROR, 0 },
  { "code-point-of-no-digit", ESCAPES ("utf-8", NONE), "\\u{}",
    "!“\\u{” at position 1 needs one to six hex digits and a “}”", ESCAPE_ERROR, 0 },
  { "code-point-of-seven-digits", ESCAPES ("utf-8", NONE), "\\u{0000041}",
    "!“\\u{” at position 1 needs one to six hex digits and a “}”", ESCAPE_ERROR, 0 },
  { "code-point-unfinished", ESCAPES ("utf-8", NONE), "\\u{41",
    "!“\\u{” at position 1 needs one to six hex digits and a “}”", ESCAPE_ERROR, 0 },
  { "surrogate", ESCAPES ("utf-8", NONE), "\\u{D800}", "!the code point at position 1 is not a character of Unicode",
    ESCAPE_ERROR, 0 },
  { "surrogate-of-four-digits", ESCAPES ("utf-8", NONE), "\\uD83D", "!the code point at position 1 is not a character of Unicode",
    ESCAPE_ERROR, 0 },
  { "long-above-unicode", ESCAPES ("utf-8", NONE), "\\UFFFFFFFF", "!the code point at position 1 is not a character of Unicode",
    ESCAPE_ERROR, 0 },
  { "above-unicode", ESCAPES ("utf-8", NONE), "\\u{110000}", "!the code point at position 1 is not a character of Unicode",
    ESCAPE_ERROR, 0 },
  { "character-that-the-encoding-does-not-have", PLAIN ("gbk"), "aé😀b", "!cannot encode “😀” (U+1F600) in GBK",
    PH_CODEC_ERROR_ENCODING, 2 },
  { "escaped-character-that-the-encoding-does-not-have", ESCAPES ("ascii", NONE), "\\xE9\\u{E9}",
    "!cannot encode “é” (U+00E9) in ASCII", PH_CODEC_ERROR_ENCODING, 4 },
  { "encoding-that-there-is-not", PLAIN ("klingon"), "a", "!“klingon” is not an encoding of Porthole",
    PH_CODEC_ERROR_ENCODING, 0 },
  { "no-encoding-at-all", PLAIN (NULL), "a", "!“” is not an encoding of Porthole", PH_CODEC_ERROR_ENCODING, 0 },
  { "half-a-byte-behind-others", { .hex = TRUE }, "中", "!“中” is not a hex digit (position 1)", PH_CODEC_ERROR_HEX, 0 },
  { "digits-missing-at-the-end", { .hex = TRUE }, "55 0x", "!no hex digits after “0x” (position 6)", PH_CODEC_ERROR_HEX,
    5 },
  { "bad-escape-behind-many-lines", ESCAPES ("utf-8", CRLF), "中\na\r\n\\q",
    "!“\\q” at position 6 is not an escape: write “\\\\” to send a backslash", ESCAPE_ERROR, 5 },
  { "bad-character-behind-escapes-and-lines", ESCAPES ("gbk", CRLF), "a\\n\\x41\\u{4E2D}\n😀",
    "!cannot encode “😀” (U+1F600) in GBK", PH_CODEC_ERROR_ENCODING, 16 },
  { "bad-character-made-by-an-escape", ESCAPES ("gbk", NONE), "中a\\u{1F600}", "!cannot encode “😀” (U+1F600) in GBK",
    PH_CODEC_ERROR_ENCODING, 2 },
  { "bad-character-in-a-long-text", PLAIN ("ascii"), "0123456789 0123456789 中",
    "!cannot encode “中” (U+4E2D) in ASCII", PH_CODEC_ERROR_ENCODING, 22 },
};

static void
assert_bytes (GBytes *bytes, const char *expected)
{
  g_autoptr (GString) got = g_string_new (NULL);
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  ph_hex_append (got, data, length);
  g_assert_cmpstr (got->str, ==, expected);
}

static void
assert_builds (PhPayload *payload, const char *expected)
{
  g_autoptr (GBytes) first = ph_payload_build (payload, NULL, NULL);
  g_autoptr (GBytes) second = ph_payload_build (payload, NULL, NULL);

  assert_bytes (first, expected);
  g_assert_true (g_bytes_equal (first, second));
}

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (GError) error = NULL;
  gsize place = G_MAXSIZE;
  g_autoptr (PhPayload) payload = ph_payload_new (&c->format, c->text, &place, &error);

  if (*c->result != '!')
    {
      g_assert_no_error (error);
      g_assert_true (ph_payload_is_constant (payload));
      assert_builds (payload, c->result);
      g_assert_cmpuint (place, ==, G_MAXSIZE);
      return;
    }
  g_assert_null (payload);
  g_assert_error (error, PH_CODEC_ERROR, (int) c->code);
  g_assert_cmpstr (error->message, ==, c->result + 1);
  g_assert_cmpuint (place, ==, c->place);
}

/* Input that is in its encoding already, or has NUL. */
typedef struct
{
  const char *story;
  PhPayloadFormat format;
  const char *input;
  gsize length;
  const char *result;
} InputCase;

#define ENCODED(charset_) { .charset = charset_, .encoded = TRUE, .line_ending = PH_LINE_ENDING_LF }
#define ENCODED_ESCAPES(charset_) { .charset = charset_, .encoded = TRUE, .escapes = TRUE, .line_ending = PH_LINE_ENDING_LF }

static const InputCase input_cases[] = {
  { "nul-is-encoded", PLAIN ("utf-16le"), "a\0b", 3, "61 00 00 00 62 00" },
  { "nul-behind-escapes", ESCAPES ("utf-8", NONE), "\\n\0\\n", 5, "0A 00 0A" },
  { "nul-in-hex", { .hex = TRUE }, "41\0 42", 6, "!“⟨NUL⟩” is not a hex digit (position 3)" },
  { "what-is-utf-8-too", ENCODED ("gbk"), "\xd0\xbb\xd0\xbb", 4, "D0 BB D0 BB 0A" },
  { "what-is-no-character", ENCODED ("gbk"), "\xFF\0\xFE", 3, "FF 00 FE 0A" },
  { "backslash-inside-of-a-character", ENCODED_ESCAPES ("gbk"), "\xD5\\n\\n", 5, "D5 5C 6E 0A 0A" },
  { "backslash-inside-of-a-character-of-big5", ENCODED_ESCAPES ("big5"), "\xB3\\\xA5\\\\t", 6, "B3 5C A5 5C 09 0A" },
  { "backslash-inside-of-a-character-of-shift-jis", ENCODED_ESCAPES ("shift-jis"), "\x95\\\xB1\\x41", 7, "95 5C B1 41 0A" },
  { "long-character", ENCODED_ESCAPES ("gb18030"), "\x81\x30\x81\x30\\n", 6, "81 30 81 30 0A 0A" },
  { "escaped-character-is-encoded", ENCODED_ESCAPES ("gbk"), "\xC4\xE3\\u597D", 8, "C4 E3 BA C3 0A" },
  { "place-of-an-escape", ENCODED_ESCAPES ("gbk"), "\xC4\xE3\\q", 4,
    "!“\\q” at position 2 is not an escape: write “\\\\” to send a backslash" },
  { "full-width-hex", { .charset = "gbk", .hex = TRUE, .encoded = TRUE }, "\xA3\xC1\xA3\xB2", 4, "A2" },
};

static void
test_input (gconstpointer data)
{
  const InputCase *c = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PhPayload) payload = ph_payload_new_for_input (&c->format, c->input, c->length, NULL, &error);

  if (*c->result == '!')
    g_assert_cmpstr (error != NULL ? error->message : NULL, ==, c->result + 1);
  else
    assert_builds (payload, c->result);
}

static void
test_a_place_need_not_be_asked_for (void)
{
  const PhPayloadFormat hex = { .hex = TRUE }, ascii = ESCAPES ("ascii", NONE);

  g_assert_null (ph_payload_new (&hex, "4g", NULL, NULL));
  g_assert_null (ph_payload_new (&ascii, "\\q", NULL, NULL));
  g_assert_null (ph_payload_new (&ascii, "中", NULL, NULL));
}

static void
test_bytes_go_as_they_are_before_a_line_ending (void)
{
  const PhPayloadFormat wide = ENDS ("utf-16be", CRLF), none = PLAIN ("utf-8"), unknown = ENDS ("klingon", LF);
  g_autoptr (GBytes) bytes = g_bytes_new_static ("\xFF\0\\", 3);
  g_autoptr (PhPayload) alone = ph_payload_new_for_bytes (bytes, NULL, NULL);
  g_autoptr (PhPayload) unended = ph_payload_new_for_bytes (bytes, &none, NULL);
  g_autoptr (PhPayload) ended = ph_payload_new_for_bytes (bytes, &wide, NULL);
  g_autoptr (GError) error = NULL;

  assert_builds (alone, "FF 00 5C");
  assert_builds (unended, "FF 00 5C");
  assert_builds (ended, "FF 00 5C 00 0D 00 0A");
  g_assert_null (ph_payload_new_for_bytes (bytes, &unknown, &error));
  g_assert_error (error, PH_CODEC_ERROR, PH_CODEC_ERROR_ENCODING);
}

static void
test_a_constant_message_is_not_copied (void)
{
  const PhPayloadFormat format = ENDS ("utf-8", LF);
  g_autoptr (PhPayload) payload = ph_payload_new (&format, "a", NULL, NULL);
  g_autoptr (GBytes) first = ph_payload_build (payload, NULL, NULL);
  g_autoptr (GBytes) second = ph_payload_build (payload, NULL, NULL);

  g_assert_true (first == second);
}

static void
test_records_are_told_how_it_was_typed (void)
{
  const PhPayloadFormat text = PLAIN ("gbk"), hex = { .charset = "utf-16le", .hex = TRUE }, bare = { .hex = TRUE };
  g_autoptr (GBytes) bytes = g_bytes_new_static ("a", 1);
  g_autoptr (PhPayload) typed = ph_payload_new (&text, "a", NULL, NULL);
  g_autoptr (PhPayload) digits = ph_payload_new (&hex, "61", NULL, NULL);
  g_autoptr (PhPayload) only_digits = ph_payload_new (&bare, "61", NULL, NULL);
  g_autoptr (PhPayload) raw = ph_payload_new_for_bytes (bytes, &text, NULL);

  g_assert_cmpuint (ph_payload_get_form (typed), ==, ph_record_form (PH_FORM_TEXT, ph_charset_find ("gbk")->number));
  g_assert_cmpuint (ph_payload_get_form (digits), ==, ph_record_form (PH_FORM_HEX, ph_charset_find ("utf-16le")->number));
  g_assert_cmpuint (ph_payload_get_form (only_digits), ==, ph_record_form (PH_FORM_HEX, 0));
  g_assert_cmpuint (ph_payload_get_form (raw), ==, ph_record_form (PH_FORM_NOT_TOLD, 0));
}

/* What goes out: a text of format, and where its check bytes are told to be. */
static const struct
{
  PhPayloadFormat format;
  const char *text, *bytes;
  gsize at, length;
} previews[] = {
  { { .hex = TRUE, .check = "crc-16/modbus" }, "01 03 00 00 00 0A", "01 03 00 00 00 0A C5 CD", 6, 2 },
  { { .hex = TRUE, .check = "crc-16/modbus", .prefix = "AA", .suffix = "0D 0A" }, "01", "AA 01 BE D0 0D 0A", 2, 2 },
  { { .hex = TRUE, .prefix = "AA", .suffix = "0D 0A" }, "01", "AA 01 0D 0A", 0, 0 },
  { { .hex = TRUE }, "01", "01", 0, 0 },
  { { .hex = TRUE, .check = "xor-8,form=hex" }, "3C", "3C 33 63", 1, 2 },
  { { .hex = TRUE, .check = "sum-8" }, "", "00", 0, 1 },
  { { .charset = "utf-8", .check = "nmea", .line_ending = PH_LINE_ENDING_NONE, .suffix = "0D0A" }, "$A", "24 41 2A 34 31 0D 0A", 2, 3 },
};

static void
test_where_the_check_bytes_are_is_told (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (previews); i++)
    {
      g_autoptr (PhPayload) payload = ph_payload_new (&previews[i].format, previews[i].text, NULL, NULL);
      gsize at = 99, length = 99;
      g_autoptr (GBytes) bytes = ph_payload_preview (payload, &at, &length);
      g_autoptr (GBytes) expected = ph_hex_parse (previews[i].bytes, NULL, NULL);

      g_assert_true (g_bytes_equal (bytes, expected));
      g_assert_cmpuint (at, ==, previews[i].at);
      g_assert_cmpuint (length, ==, previews[i].length);
    }
}

static gpointer
build_cb (gpointer data)
{
  g_autoptr (PhPayload) payload = data;

  for (guint i = 0; i < 1000; i++)
    {
      g_autoptr (PhPayload) again = ph_payload_ref (payload);

      assert_builds (again, "61 62");
    }
  return NULL;
}

static void
test_threads_share_one (void)
{
  const PhPayloadFormat format = PLAIN ("utf-8");
  g_autoptr (PhPayload) payload = ph_payload_new (&format, "ab", NULL, NULL);
  GThread *thread = g_thread_new ("builder", build_cb, ph_payload_ref (payload));

  build_cb (ph_payload_ref (payload));
  g_thread_join (thread);
  assert_builds (payload, "61 62");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/payload/", cases[i].story, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (input_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/payload/input/", input_cases[i].story, NULL);

      g_test_add_data_func (path, &input_cases[i], test_input);
    }
  g_test_add_func ("/payload/a-place-need-not-be-asked-for", test_a_place_need_not_be_asked_for);
  g_test_add_func ("/payload/bytes-go-as-they-are-before-a-line-ending", test_bytes_go_as_they_are_before_a_line_ending);
  g_test_add_func ("/payload/a-constant-message-is-not-copied", test_a_constant_message_is_not_copied);
  g_test_add_func ("/payload/records-are-told-how-it-was-typed", test_records_are_told_how_it_was_typed);
  g_test_add_func ("/payload/where-the-check-bytes-are-is-told", test_where_the_check_bytes_are_is_told);
  g_test_add_func ("/payload/threads-share-one", test_threads_share_one);

  return g_test_run ();
}
