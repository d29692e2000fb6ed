/* test-variable.c: variables in a text: their values in one message after another, and what is no variable
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-payload.h"

#include <string.h>

#include "ph-hex.h"

#define UTF8 { .charset = "utf-8", .variables = TRUE }
#define ESCAPED { .charset = "utf-8", .variables = TRUE, .escapes = TRUE }
#define HEX { .charset = "utf-8", .variables = TRUE, .hex = TRUE }

/* 2019-07-12 16:05:48.417 UTC */
static const PhValues values = {
  .time = G_GINT64_CONSTANT (1562947548417000000), .random = 1, .peer = "192.0.2.1:9", .local = "[::1]:8",
};

/* @expected: up to three messages, with "|" between them; "!PLACE " and the error. */
static const struct
{
  const char *story;
  PhPayloadFormat format;
  const char *text, *expected;
} cases[] = {
  { "counter", UTF8, "n={counter};", "n=1;|n=2;|n=3;" },
  { "counter-from-and-by", UTF8, "{counter:start=10,step=5}", "10|15|20" },
  { "counter-down-below-zero", UTF8, "{counter:start=1,step=-2}", "1|-1|-3" },
  { "counter-in-hex-digits", UTF8, "{counter:04x,start=254}", "00fe|00ff|0100" },
  { "counter-in-large-hex-digits", UTF8, "{counter:start=254,X}", "FE|FF|100" },
  { "counter-with-spaces", UTF8, "{counter:4d,start=9}", "   9|  10|  11" },
  { "negative-with-zeros", UTF8, "{counter:04d,start=-1}", "-001|0000|0001" },
  { "counter-past-the-largest-number", UTF8, "{counter:start=9223372036854775807}", "9223372036854775807|-9223372036854775808" },
  { "two-counters-count-messages", UTF8, "{counter} {counter:start=7}", "1 7|2 8" },
  { "time", UTF8, "{time:%F %T}", "2019-07-12 16:05:48" },
  { "time-as-usual", UTF8, "{time}", "2019-07-12 16:05:48" },
  { "time-with-microseconds", UTF8, "{time:%T.%f}", "16:05:48.417000" },
  { "time-with-a-colon-and-text", UTF8, "{time:at %H:%M}", "at 16:05" },
  { "unix", UTF8, "{unix} {unix_ms}", "1562947548 1562947548417" },
  { "unix-in-hex", UTF8, "{unix:08X}", "5D28AFDC" },
  { "addresses", UTF8, "{peer}>{local}", "192.0.2.1:9>[::1]:8" },
  { "one-number-only", UTF8, "{random_int:7,7}", "7" },
  { "braces", UTF8, "{{a}} {{{counter}}}", "{a} {1}|{a} {2}" },
  { "escaped-brace-is-no-variable", ESCAPED, "\\x7Bcounter\\x7D{counter}", "{counter}1" },
  { "off", { .charset = "utf-8" }, "{counter} }{", "{counter} }{" },
  { "time-in-an-encoding-of-two-bytes", { .charset = "utf-16be", .variables = TRUE }, "{counter}", "hex:00 31" },
  { "value-that-is-not-ascii", { .charset = "gbk", .variables = TRUE }, "{time:%d日}", "hex:31 32 C8 D5" },
  { "line-ending-and-check-bytes", { .charset = "utf-8", .variables = TRUE, .line_ending = PH_LINE_ENDING_CR, .prefix = "02",
                                     .check = "sum-8", .suffix = "03" }, "{counter}", "hex:02 31 0D 40 03|hex:02 32 0D 41 03" },
  { "among-hex-digits", HEX, "AA {counter:02x} 55", "hex:AA 01 55|hex:AA 02 55" },
  { "number-that-grows-out-of-its-bytes", HEX, "{counter:02x,start=255}", "hex:FF|hex:00" },
  { "spaces-are-no-hex-digits", HEX, "{counter:4x,start=15}{counter:2X}", "hex:00 0F 01|hex:00 10 02" },
  { "negative-among-hex-digits", HEX, "{counter:04x,start=-1}", "hex:FF FF|hex:00 00" },
  { "text-among-hex-digits", HEX, "02{time:%T}03", "hex:02 31 36 3A 30 35 3A 34 38 03" },

  { "unknown", UTF8, "中{conter}", "!1 “{conter}” is not a variable: write “{{” to send a brace" },
  { "without-a-name", UTF8, "a{}", "!1 “{}” at position 2 names no variable: write “{{}}” to send both" },
  { "not-closed", UTF8, "ab{counter", "!2 the “{” at position 3 has no “}”: write “{{” to send one" },
  { "opened-twice", UTF8, "{a{counter}", "!0 the “{” at position 1 has no “}”: write “{{” to send one" },
  { "closed-only", UTF8, "ab}", "!2 the “}” at position 3 ends no variable: write “}}” to send one" },
  { "behind-an-escape", ESCAPED, "\\x41\\n{q}", "!6 “{q}” is not a variable: write “{{” to send a brace" },
  { "value-without-a-character-in-the-encoding", { .charset = "latin-1", .variables = TRUE }, "a{time:日}",
    "!1 cannot encode “日” (U+65E5) in Latin-1" },
  { "wrong-words", UTF8, "{counter:04q}", "!0 “{counter:04q}” is not understood: write it as {counter:04x,start=10,step=5}" },
  { "words-where-there-are-none", UTF8, "{uuid:1}", "!0 “{uuid:1}” is not understood: write it as {uuid}" },
  { "empty-words", UTF8, "{counter:}", "!0 “{counter:}” is not understood: write it as {counter:04x,start=10,step=5}" },
  { "no-random-bytes", UTF8, "{random:0}", "!0 “{random:0}” is not understood: write it as {random:8}" },
  { "too-many-random-bytes", UTF8, "{random:65537}", "!0 “{random:65537}” is not understood: write it as {random:8}" },
  { "limits-the-wrong-way-round", UTF8, "{random_int:2,1}", "!0 “{random_int:2,1}” is not understood: write it as {random_int:1,100}" },
  { "number-of-no-digits-among-hex", HEX, "00 {counter}", "!3 “{counter}” among hex digits needs to say how many digits it has, such as 02x" },
  { "half-a-byte-among-hex", HEX, "{counter:03x}", "!0 “{counter}” among hex digits needs to say how many digits it has, such as 02x" },
  { "byte-around-a-variable", HEX, "A{counter:02x}B", "!0 “A” at position 1 is half a byte: write two digits for each byte" },
  { "wrong-digit-behind-a-variable", HEX, "00{counter:02x}0g", "!16 “g” is not a hex digit (position 17)" },
  { "question-in-the-way", UTF8, "{ask:Name}", "!! “{ask:Name}” has no answer" },
  { "file-in-the-way", UTF8, "{file:a.bin}", "!! the file of “{file:a.bin}” is not read" },
};

static char *
dup_result (GBytes *bytes, gboolean hex)
{
  GString *text = g_string_new (hex ? "hex:" : "");
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  if (hex)
    ph_hex_append (text, data, length);
  else
    g_string_append_len (text, (const char *) data, (gssize) length);

  return g_string_free (text, FALSE);
}

static void
check_error (gsize n, const char *expected)
{
  gsize place = 0;
  g_autoptr (GError) error = NULL;
  g_autoptr (PhPayload) payload = ph_payload_new (&cases[n].format, cases[n].text, &place, &error);
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *result = NULL;

  if (payload != NULL)
    {
      bytes = ph_payload_build (payload, &values, &error);
      g_assert_null (bytes);
      g_assert_true (ph_payload_is_needy (payload));
      result = g_strdup_printf ("!! %s", error->message);
    }
  else
    result = g_strdup_printf ("!%u %s", (guint) place, error->message);
  g_assert_cmpstr (result, ==, expected);
}

static void
test_case (gconstpointer data)
{
  gsize n = GPOINTER_TO_SIZE (data);
  g_auto (GStrv) expected = g_strsplit (cases[n].expected, "|", -1);
  g_autoptr (GError) error = NULL;
  g_autoptr (PhPayload) payload = NULL;

  if (cases[n].expected[0] == '!')
    {
      check_error (n, cases[n].expected);
      return;
    }
  payload = ph_payload_new (&cases[n].format, cases[n].text, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; expected[i] != NULL; i++)
    {
      PhValues each = values;
      g_autoptr (GBytes) draft = ph_payload_preview (payload, NULL, NULL), bytes = NULL;
      g_autofree char *result = NULL;

      each.number = ph_payload_take_number (payload);
      g_assert_cmpuint (each.number, ==, i);
      bytes = ph_payload_build (payload, &each, &error);
      g_assert_no_error (error);
      g_assert_nonnull (draft);
      result = dup_result (bytes, g_str_has_prefix (expected[i], "hex:"));
      g_assert_cmpstr (result, ==, expected[i]);
    }
}

static void
test_random_values_are_of_their_kind_and_differ (void)
{
  const PhPayloadFormat format = UTF8;
  g_autoptr (PhPayload) bytes = ph_payload_new (&format, "{random:16}{random:16}", NULL, NULL);
  g_autoptr (PhPayload) numbers = ph_payload_new (&format, "{random_int:-2,2}", NULL, NULL);
  g_autoptr (PhPayload) uuid = ph_payload_new (&format, "{uuid}", NULL, NULL);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_bytes_hash, g_bytes_equal, (GDestroyNotify) g_bytes_unref, NULL);
  PhValues each = values;
  guint counts[5] = { 0 };

  for (guint i = 0; i < 1000; i++)
    {
      g_autoptr (GBytes) number = NULL;
      GBytes *random, *id;
      gsize length;
      const char *data;

      ph_random_next (&each.random);
      random = ph_payload_build (bytes, &each, NULL);
      id = ph_payload_build (uuid, &each, NULL);
      number = ph_payload_build (numbers, &each, NULL);
      data = g_bytes_get_data (random, &length);
      g_assert_cmpuint (length, ==, 32);
      g_assert_cmpint (memcmp (data, data + 16, 16), !=, 0);
      data = g_bytes_get_data (id, &length);
      g_assert_cmpuint (length, ==, 36);
      g_assert_true (data[14] == '4' && strchr ("89ab", data[19]) != NULL && data[8] == '-' && data[23] == '-');
      data = g_bytes_get_data (number, &length);
      counts[(data[0] == '-' ? 0 - (data[1] - '0') : data[0] - '0') + 2]++;
      g_assert_true (g_hash_table_add (seen, random));
      g_assert_true (g_hash_table_add (seen, id));
    }
  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    g_assert_cmpuint (counts[i], >, 100);
}

static void
test_answers_and_files_fill_what_needs_them (void)
{
  const PhPayloadFormat format = { .charset = "gbk", .variables = TRUE, .check = "xor-8" }, hex = HEX;
  g_autoptr (PhPayload) payload = ph_payload_new (&format, "{ask:Name} {counter} {file:a}", NULL, NULL);
  g_autoptr (PhPayload) digits = ph_payload_new (&hex, "01{ask:byte}", NULL, NULL);
  g_autoptr (GArray) needs = ph_payload_get_needs (payload);
  g_autoptr (GBytes) answer = g_bytes_new_static ("中", 3), file = g_bytes_new_static ("\0\xFF", 2), byte = g_bytes_new_static ("0a", 2);
  GBytes *contents[] = { answer, file }, *cyrillic[] = { file, file };
  g_autoptr (GError) error = NULL;
  g_autoptr (PhPayload) filled = ph_payload_fill (payload, contents, NULL, &error), wrong = NULL, whole = NULL;
  g_autoptr (GBytes) message = NULL;
  guint failed = 9;

  g_assert_cmpuint (needs->len, ==, 2);
  g_assert_cmpstr (g_array_index (needs, PhNeed, 0).name, ==, "Name");
  g_assert_cmpint (g_array_index (needs, PhNeed, 1).kind, ==, PH_NEED_FILE);
  g_assert_no_error (error);
  g_assert_false (ph_payload_is_needy (filled));
  ph_payload_take_number (payload);
  message = ph_payload_build (filled, &(PhValues){ .number = ph_payload_take_number (filled) }, &error);
  g_assert_cmpmem (g_bytes_get_data (message, NULL), g_bytes_get_size (message), "\xD6\xD0 2 \0\xFF\xCB", 8);

  wrong = ph_payload_fill (payload, cyrillic, &failed, &error);
  g_assert_null (wrong);
  g_assert_cmpuint (failed, ==, 0);
  g_assert_error (error, PH_CODEC_ERROR, PH_CODEC_ERROR_ENCODING);

  whole = ph_payload_fill (digits, &byte, NULL, NULL);
  g_assert_true (ph_payload_is_constant (whole));
  g_assert_cmpmem (g_bytes_get_data (ph_payload_get_message (whole), NULL), 2, "\x01\x0A", 2);
}

static void
test_a_preview_says_where_the_check_bytes_are (void)
{
  const PhPayloadFormat format = { .charset = "utf-8", .variables = TRUE, .check = "crc-16/modbus", .suffix = "0D" };
  gsize at = 9, length = 9;

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (PhPayload) payload = ph_payload_new (&format, i == 0 ? "abc" : "{counter}23", NULL, NULL);
      g_autoptr (GBytes) draft = ph_payload_preview (payload, &at, &length);

      g_assert_cmpuint (at, ==, 3);
      g_assert_cmpuint (length, ==, 2);
      g_assert_cmpuint (g_bytes_get_size (draft), ==, 6);
      g_assert_cmpuint (ph_payload_take_number (payload), ==, 0);
    }
}

static void
test_each_variable_can_be_written_as_its_example (void)
{
  const PhPayloadFormat format = UTF8;
  const PhVariableRow *row;

  for (guint i = 0; (row = ph_variable_at (i)) != NULL; i++)
    {
      g_autoptr (PhPayload) payload = ph_payload_new (&format, row->example, NULL, NULL);

      g_assert_nonnull (payload);
      g_assert_false (ph_payload_is_constant (payload));
      g_assert_true (g_str_has_prefix (row->example + 1, row->id));
    }
}

int
main (int argc, char **argv)
{
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/variable/", cases[i].story, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_case);
    }
#define ADD(name, test) g_test_add_func ("/variable/" name, test_##test)
  ADD ("random-values-are-of-their-kind-and-differ", random_values_are_of_their_kind_and_differ);
  ADD ("answers-and-files-fill-what-needs-them", answers_and_files_fill_what_needs_them);
  ADD ("a-preview-says-where-the-check-bytes-are", a_preview_says_where_the_check_bytes_are);
  ADD ("each-variable-can-be-written-as-its-example", each_variable_can_be_written_as_its_example);

  return g_test_run ();
}
