/* test-payload-recover.c: the bytes of a record become a message that can be edited, and means these bytes again
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-charset.h"
#include "ph-payload-recover.h"

#include <string.h>

#define BYTES(s) s, sizeof (s) - 1

static const struct
{
  const char *bytes;
  gsize length;
  PhForm form;
  const char *told, *charset; /* the encoding of the record; the one that is set */
  const char *text, *format;  /* encoding, line ending, form */
} rows[] = {
  { BYTES (""), PH_FORM_TEXT, "utf-8", "utf-8", "", "utf-8 none text" },
  { BYTES ("hello"), PH_FORM_TEXT, "utf-8", "gbk", "hello", "utf-8 none text" },
  { BYTES ("hello"), PH_FORM_NOT_TOLD, NULL, "gbk", "hello", "gbk none text" },
  { BYTES ("hello\r\n"), PH_FORM_TEXT, "utf-8", "gbk", "hello", "utf-8 crlf text" },
  { BYTES ("a\r\nb\r\n"), PH_FORM_TEXT, "utf-8", "gbk", "a\nb", "utf-8 crlf text" },
  { BYTES ("a\nb\n"), PH_FORM_TEXT, "utf-8", "gbk", "a\nb", "utf-8 lf text" },
  { BYTES ("a\nb"), PH_FORM_TEXT, "utf-8", "gbk", "a\nb", "utf-8 none text" },
  { BYTES ("a\r"), PH_FORM_TEXT, "utf-8", "gbk", "a", "utf-8 cr text" },
  { BYTES ("a\nb\r\n"), PH_FORM_TEXT, "utf-8", "gbk", "a\nb\\r\n", "utf-8 none escapes" },
  { BYTES ("a\\b"), PH_FORM_TEXT, "utf-8", "gbk", "a\\b", "utf-8 none text" },
  { BYTES ("\033[2J\\\r\n"), PH_FORM_TEXT, "utf-8", "gbk", "\\u{1B}[2J\\\\", "utf-8 crlf escapes" },
  { BYTES ("a\0b"), PH_FORM_AUTOMATIC, "utf-8", "gbk", "a\\u{0}b", "utf-8 none escapes" },
  { BYTES ("\xC4\xE3"), PH_FORM_TEXT, "gbk", "utf-8", "你", "gbk none text" },
  { BYTES ("\xC4\xE3"), PH_FORM_TEXT, "utf-8", "utf-8", "C4 E3", "utf-8 none hex" },
  { BYTES ("a\0\r\0\n\0"), PH_FORM_TEXT, "utf-16le", "utf-8", "a", "utf-16le crlf text" },
  { BYTES ("\x81\xE0\x87\x90"), PH_FORM_TEXT, "shift-jis", "utf-8", "81 E0 87 90", "shift-jis none hex" },
  { BYTES ("AZ"), PH_FORM_HEX, "utf-8", "utf-8", "41 5A", "utf-8 none hex" },
  { BYTES ("\u2764\uFE0F می\u200Cخ"), PH_FORM_TEXT, "utf-8", "utf-8", "\u2764\uFE0F می\u200Cخ", "utf-8 none text" },
  { BYTES ("a\u200Cb"), PH_FORM_TEXT, "utf-8", "utf-8", "a\\u{200C}b", "utf-8 none escapes" },
};

static void
test_recovered (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (rows[i].bytes, rows[i].length), again = NULL;
      guint number = rows[i].told != NULL ? ph_charset_find (rows[i].told)->number : 0;
      PhPayloadFormat format;
      g_autofree char *text = ph_payload_recover (bytes, ph_record_form (rows[i].form, number), rows[i].charset, &format);
      g_autofree char *words = g_strdup_printf ("%s %s %s", format.charset, ph_line_ending_id (format.line_ending),
                                                format.hex ? "hex" : format.escapes ? "escapes" : "text");
      g_autoptr (PhPayload) payload = ph_payload_new (&format, text, NULL, NULL);

      g_assert_cmpstr (text, ==, rows[i].text);
      g_assert_cmpstr (words, ==, rows[i].format);
      again = ph_payload_build (payload, NULL, NULL);
      g_assert_true (g_bytes_equal (again, bytes));
    }
}

static void
test_bytes_go_again_in_their_form (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("\xFF\0", 2), built = NULL;
  g_autoptr (PhPayload) payload = ph_payload_new_again (bytes, ph_record_form (PH_FORM_HEX, 1));

  built = ph_payload_build (payload, NULL, NULL);
  g_assert_true (g_bytes_equal (built, bytes));
  g_assert_cmpuint (ph_payload_get_form (payload), ==, ph_record_form (PH_FORM_HEX, 1));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/payload/recovered", test_recovered);
  g_test_add_func ("/payload/bytes-go-again-in-their-form", test_bytes_go_again_in_their_form);

  return g_test_run ();
}
