/* test-payload-convert.c: a typed text becomes hex and text again, where no byte is lost
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-payload-convert.h"

static const struct
{
  const char *charset, *text, *hex;
  gboolean escapes;
} messages[] = {
  { "utf-8", "AZ", "41 5A", FALSE },
  { "utf-8", "你", "E4 BD A0", FALSE },
  { "gbk", "你", "C4 E3", FALSE },
  { "utf-8", "a\nb", "61 0A 62", FALSE },
  { "utf-8", "a\\r\\u{0}b", "61 0D 00 62", TRUE },
  { "utf-8", "\\\\", "5C", TRUE },
  { "utf-8", "a\\xFF\\xFEb", "61 FF FE 62", TRUE },
  { "gbk", "你\\xFF", "C4 E3 FF", TRUE },
};

static void
test_messages_go_to_hex_and_back (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (messages); i++)
    {
      const PhPayloadFormat format = { .charset = messages[i].charset, .escapes = messages[i].escapes };
      g_autofree char *hex = ph_payload_convert_to_hex (&format, messages[i].text);
      g_autofree char *text = ph_payload_convert_to_text (&format, messages[i].hex);

      g_assert_cmpstr (hex, ==, messages[i].hex);
      g_assert_cmpstr (text, ==, messages[i].text);
    }
}

static void
test_what_would_lose_bytes_is_not_converted (void)
{
  const PhPayloadFormat utf8 = { .charset = "utf-8" };
  const PhPayloadFormat latin = { .charset = "latin-1" };
  const PhPayloadFormat escapes = { .charset = "utf-8", .escapes = TRUE };

  g_assert_null (ph_payload_convert_to_text (&utf8, "FF FE"));
  g_assert_null (ph_payload_convert_to_text (&utf8, "00"));
  g_assert_null (ph_payload_convert_to_text (&utf8, "4g"));
  g_assert_null (ph_payload_convert_to_hex (&latin, "你"));
  g_assert_null (ph_payload_convert_to_hex (&escapes, "\\q"));
}

/* Each is decoded to a character that is encoded to other bytes. */
static void
test_bytes_that_text_would_change_stay_hex (void)
{
  const PhPayloadFormat shift_jis = { .charset = "shift-jis" };
  const PhPayloadFormat big5 = { .charset = "big5" };
  g_autofree char *text = ph_payload_convert_to_text (&shift_jis, "81 E0");

  g_assert_cmpstr (text, ==, "≒");
  g_assert_null (ph_payload_convert_to_text (&shift_jis, "87 90"));
  g_assert_null (ph_payload_convert_to_text (&shift_jis, "41 ED 40"));
  g_assert_null (ph_payload_convert_to_text (&big5, "A2 CC"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/convert/messages-go-to-hex-and-back", test_messages_go_to_hex_and_back);
  g_test_add_func ("/convert/what-would-lose-bytes-is-not-converted", test_what_would_lose_bytes_is_not_converted);
  g_test_add_func ("/convert/bytes-that-text-would-change-stay-hex", test_bytes_that_text_would_change_stay_hex);

  return g_test_run ();
}
