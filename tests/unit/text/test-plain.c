/* test-plain.c: what input methods type and documents hold, as ASCII
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-plain.h"

typedef struct
{
  const char *story, *text, *plain;
} Case;

static const Case cases[] = {
  { "ascii-stays", "[fe80::1%eth0]:80 {0xAA, 'b'} \"~\" \t\r\n", "[fe80::1%eth0]:80 {0xAA, 'b'} \"~\" \t\r\n" },
  { "full-width-digits", "１９２．１６８．０．１", "192.168.0.1" },
  { "full-width-letters-and-brackets", "［ｆｅ８０：：１％ｅｔｈ０］：８０", "[fe80::1%eth0]:80" },
  { "ideographic-dots", "127。0｡0。1", "127.0.0.1" },
  { "brackets-of-input-methods", "【::1】：80 《a》 〈b〉 〔c〕", "[::1]:80 <a> <b> [c]" },
  { "commas", "AA，BB、CC､DD﹐EE", "AA,BB,CC,DD,EE" },
  { "small-forms", "1﹒2﹕3﹔", "1.2:3;" },
  { "small-forms-of-what-input-methods-type", "﹝::1﹞：80﹑AA﹑BB", "[::1]:80,AA,BB" },
  { "braces", "｛0xAA， 0xBB｝", "{0xAA, 0xBB}" },
  { "blanks-of-every-width", "a\u00A0b\u2003c\u2009d\u202Fe\u205Ff\u3000g\u2028h", "a b c d e f g h" },
  { "no-width-is-left-out", "\uFEFF1\u200B2\u200E3\u2060\u00AD4\u202A5\u202C", "12345" },
  { "dashes", "AA–BB—CC‑DD−EE", "AA-BB-CC-DD-EE" },
  { "quotes", "“a” „b“ «c» 「d」 ‘e’", "\"a\" \"b\" \"c\" \"d\" 'e'" },
  { "digits-of-other-scripts", "١٩٢ ۱۲ १", "192 12 1" },
  { "raised-digits-are-not-digits", "10²", "10²" },
  { "letters-of-other-scripts-stay", "例え.jp é 中文", "例え.jp é 中文" },
  { "what-turns-text-around-stays", "a\u202Eb", "a\u202Eb" },
  { "not-utf-8-stays", "\xEF\xBC\x91\xFF", "\xEF\xBC\x91\xFF" },
  { "nothing", "", "" },
};

static void
test_text (gconstpointer data)
{
  const Case *c = data;
  g_autofree char *plain = ph_plain_dup_text (c->text);

  g_assert_cmpstr (plain, ==, c->plain);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/plain/", cases[i].story, NULL);

      g_test_add_data_func (path, &cases[i], test_text);
    }

  return g_test_run ();
}
