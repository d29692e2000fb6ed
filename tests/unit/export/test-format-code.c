/* test-format-code.c: bytes as C, as Python and as a command, which mean these bytes again
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-format-code.h"

#include <string.h>

#define BYTES(s) s, sizeof (s) - 1

static const struct
{
  const char *bytes;
  gsize length;
  const char *c, *python, *ncat;
} rows[] = {
  { BYTES (""), "static const unsigned char data[1] = { 0 };\n", "data = b''\n", "printf '' | ncat 10.0.0.1 80\n" },
  { BYTES ("hi\r\n\t"), "static const unsigned char data[5] = {\n  0x68, 0x69, 0x0D, 0x0A, 0x09,\n};\n", "data = b'hi\\r\\n\\t'\n",
    "printf 'hi\\r\\n\\t' | ncat 10.0.0.1 80\n" },
  { BYTES ("\0\xFF" "1"), "static const unsigned char data[3] = {\n  0x00, 0xFF, 0x31,\n};\n", "data = b'\\x00\\xff1'\n",
    "printf '\\000\\3771' | ncat 10.0.0.1 80\n" },
  { BYTES ("-'\\%!$`\""), "static const unsigned char data[8] = {\n  0x2D, 0x27, 0x5C, 0x25, 0x21, 0x24, 0x60, 0x22,\n};\n",
    "data = b'-\\'\\\\%!$`\"'\n", "printf '\\055\\047\\\\%%!$`\"' | ncat 10.0.0.1 80\n" },
};

static void
test_bytes (void)
{
  const PhFormatNcat ncat = { .host = "10.0.0.1", .port = "80" };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const guint8 *bytes = (const guint8 *) rows[i].bytes;
      g_autofree char *c = ph_format_dup_c (bytes, rows[i].length), *python = ph_format_dup_python (bytes, rows[i].length);
      g_autofree char *command = ph_format_dup_ncat (bytes, rows[i].length, &ncat);

      g_assert_cmpstr (c, ==, rows[i].c);
      g_assert_cmpstr (python, ==, rows[i].python);
      g_assert_cmpstr (command, ==, rows[i].ncat);
    }
}

static void
test_long_bytes_have_several_lines (void)
{
  g_autofree char *bytes = g_strnfill (100, 'a');
  g_autofree char *first = g_strnfill (72, 'a'), *second = g_strnfill (28, 'a');
  g_autofree char *expected = g_strdup_printf ("data = (\n    b'%s'\n    b'%s'\n)\n", first, second);
  g_autofree char *python = ph_format_dup_python ((const guint8 *) bytes, 100), *c = ph_format_dup_c ((const guint8 *) bytes, 13);

  g_assert_cmpstr (python, ==, expected);
  g_assert_nonnull (strstr (c, "0x61,\n  0x61,\n};"));
}

static void
test_where_ncat_goes (void)
{
  static const struct
  {
    PhFormatNcat ncat;
    const char *command; /* NULL: none */
  } commands[] = {
    { { "::1", "7788", TRUE, FALSE }, "printf 'x' | ncat -u ::1 7788\n" },
    { { "fe80::1%eth0", "80", FALSE, FALSE }, "printf 'x' | ncat fe80::1%eth0 80\n" },
    { { NULL, "9100", FALSE, TRUE }, "printf 'x' | ncat -l 9100\n" },
    { { "127.0.0.1", "9100", TRUE, TRUE }, "printf 'x' | ncat -u -l 127.0.0.1 9100\n" },
    { { NULL, "9100", FALSE, FALSE }, NULL },
    { { "a;reboot", "1", FALSE, FALSE }, NULL },
    { { "-e/bin/sh", "1", FALSE, FALSE }, NULL },
    { { "a", "1 2", FALSE, FALSE }, NULL },
    { { "a", NULL, FALSE, FALSE }, NULL },
    { { "", "1", FALSE, FALSE }, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_autofree char *command = ph_format_dup_ncat ((const guint8 *) "x", 1, &commands[i].ncat);

      g_assert_cmpstr (command, ==, commands[i].command);
    }
}

/* What a shell makes of the command. */
static void
test_a_shell_prints_the_bytes_again (void)
{
  guint8 bytes[256];
  g_autofree char *command = NULL, *script = NULL, *out = NULL;
  g_autoptr (GError) error = NULL;
  const PhFormatNcat ncat = { .host = "a", .port = "1" };
  char *argv[] = { (char *) "sh", (char *) "-c", NULL, NULL }, *pipe;
  g_autoptr (GString) read = g_string_new (NULL);

  for (guint i = 0; i < 256; i++)
    bytes[i] = (guint8) (i + '-');
  command = ph_format_dup_ncat (bytes, sizeof bytes, &ncat);
  pipe = strstr (command, " | ncat a 1\n");
  *pipe = '\0';
  script = g_strconcat (command, " | od -An -v -tx1", NULL);
  argv[2] = script;
  g_assert_true (g_spawn_sync (NULL, argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &out, NULL, NULL, &error));
  g_assert_no_error (error);
  for (const char *p = out; *p != '\0'; p++)
    if (g_ascii_isxdigit (*p) && g_ascii_isxdigit (p[1]))
      {
        g_string_append_c (read, (char) (g_ascii_xdigit_value (*p) * 16 + g_ascii_xdigit_value (p[1])));
        p++;
      }
  g_assert_cmpmem (read->str, read->len, bytes, sizeof bytes);
}

int
main (int argc, char *argv[])
{
  g_autofree char *shell = g_find_program_in_path ("sh"), *od = g_find_program_in_path ("od");

  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/format-code/bytes", test_bytes);
  g_test_add_func ("/format-code/long-bytes-have-several-lines", test_long_bytes_have_several_lines);
  g_test_add_func ("/format-code/where-ncat-goes", test_where_ncat_goes);
  if (shell != NULL && od != NULL)
    g_test_add_func ("/format-code/a-shell-prints-the-bytes-again", test_a_shell_prints_the_bytes_again);

  return g_test_run ();
}
