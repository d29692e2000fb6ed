/* test-words.c: the words of an event are what was written, and nothing that a file claims breaks them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-words.h"

#include <string.h>

/* "name=value, name=value" */
static char *
describe (const PhWords *words)
{
  GString *out = g_string_new (NULL);
  char name[PH_WORDS_NAME_MAX + 1];
  const char *value;
  gsize at = 0;

  while (ph_words_next (words, &at, name, &value))
    g_string_append_printf (out, "%s%s=%s", out->len > 0 ? ", " : "", name, value);

  return g_string_free (out, FALSE);
}

static const struct
{
  const char *story;
  const char *payload;
  gsize length;
  const char *words;
} cases[] = {
#define PAYLOAD(text) text, sizeof (text) - 1
  { "nothing", PAYLOAD (""), "" },
  { "one", PAYLOAD ("action=connect\0"), "action=connect" },
  { "several-in-their-order", PAYLOAD ("b=2\0a=1\0"), "b=2, a=1" },
  { "an-empty-value", PAYLOAD ("on=\0"), "on=" },
  { "a-value-with-an-equals-sign", PAYLOAD ("on=a=b\0"), "on=a=b" },
  { "the-last-one-without-a-nul", PAYLOAD ("a=1\0b=2"), "a=1, b=2" },
  { "a-second-one-of-a-name-is-left-out", PAYLOAD ("a=1\0b=2\0a=3\0"), "a=1, b=2" },
  { "a-name-that-begins-like-another", PAYLOAD ("ab=1\0a=2\0abc=3\0"), "ab=1, a=2, abc=3" },
  { "no-equals-sign", PAYLOAD ("sentence\0a=1\0"), "a=1" },
  { "no-name", PAYLOAD ("=1\0a=1\0"), "a=1" },
  { "nothing-between-two-nuls", PAYLOAD ("\0\0a=1\0\0"), "a=1" },
  { "names-of-other-characters", PAYLOAD ("A=1\0" "1a=1\0" "a-b=1\0" "a\"=1\0" "\xc3\xa4=1\0" "a_1=1\0"), "a_1=1" },
  { "the-longest-name", PAYLOAD ("abcdefghijklmnopqrstuvwx=1\0"), "abcdefghijklmnopqrstuvwx=1" },
  { "a-name-that-is-too-long", PAYLOAD ("abcdefghijklmnopqrstuvwxy=1\0"), "" },
};

static void
test_case (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autofree guint8 *payload = g_memdup2 (cases[i].payload, cases[i].length); /* so that a read too far is found */
  g_autofree char *described = NULL;
  PhWords words;

  ph_words_read (&words, payload, cases[i].length);
  described = describe (&words);
  g_assert_cmpstr (described, ==, cases[i].words);
}

static void
test_what_was_written_is_read (void)
{
  PhWords written, read;
  guint64 number;

  ph_words_init (&written, "send", "127.0.0.1:9");
  ph_words_add (&written, "cause", NULL);
  ph_words_add_number (&written, "bytes", G_MAXUINT64);
  ph_words_read (&read, (const guint8 *) written.bytes, written.length);
  g_assert_cmpmem (read.bytes, read.length, written.bytes, written.length);
  g_assert_cmpstr (ph_words_get (&read, "action"), ==, "send");
  g_assert_cmpstr (ph_words_get (&read, "on"), ==, "127.0.0.1:9");
  g_assert_null (ph_words_get (&read, "cause"));
  g_assert_true (ph_words_get_number (&read, "bytes", &number));
  g_assert_cmpuint (number, ==, G_MAXUINT64);
}

static void
test_what_is_no_number_is_none (void)
{
  static const char *const values[] = { "", "-1", "+1", " 1", "1 ", "0x10", "1e3", "18446744073709551616", "99999999999999999999999999" };
  guint64 number = 7;
  PhWords words;

  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    {
      ph_words_init (&words, NULL, NULL);
      ph_words_add (&words, "count", values[i]);
      g_assert_false (ph_words_get_number (&words, "count", &number));
    }
  g_assert_false (ph_words_get_number (&words, "limit", &number));
  g_assert_cmpuint (number, ==, 7);
}

static void
test_what_has_no_room_is_cut (void)
{
  g_autofree char *path = g_strnfill (2 * PH_WORDS_MAX, 'x');
  PhWords words;

  ph_words_init (&words, "write", path);
  ph_words_add (&words, "cause", "ENOENT");
  g_assert_cmpuint (words.length, ==, PH_WORDS_MAX);
  g_assert_cmpuint (strlen (ph_words_get (&words, "on")), ==, PH_WORDS_MAX - strlen ("action=write") - 1 - strlen ("on=") - 1);
  g_assert_null (ph_words_get (&words, "cause"));
}

static void
test_a_payload_without_end_has_a_limit (void)
{
  g_autoptr (GString) payload = g_string_new (NULL);
  g_autofree char *described = NULL;
  PhWords words;
  guint n = 1;

  for (guint i = 0; i < 10000; i++)
    {
      g_string_append_printf (payload, "a%u=", i);
      g_string_append_c (payload, '\0');
    }
  ph_words_read (&words, (const guint8 *) payload->str, payload->len);
  described = describe (&words);
  for (const char *p = described; (p = strchr (p, ',')) != NULL; p++)
    n++;
  g_assert_cmpuint (n, ==, PH_WORDS_MOST);

  g_string_assign (payload, "a=");
  g_string_set_size (payload, 1 << 20);
  memset (payload->str + 2, 'x', payload->len - 2);
  ph_words_read (&words, (const guint8 *) payload->str, payload->len);
  g_assert_cmpuint (words.length, ==, PH_WORDS_MAX);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/words/", cases[i].story, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_case);
    }
  g_test_add_func ("/words/what-was-written-is-read", test_what_was_written_is_read);
  g_test_add_func ("/words/what-is-no-number-is-none", test_what_is_no_number_is_none);
  g_test_add_func ("/words/what-has-no-room-is-cut", test_what_has_no_room_is_cut);
  g_test_add_func ("/words/a-payload-without-end-has-a-limit", test_a_payload_without_end_has_a_limit);

  return g_test_run ();
}
