/* test-name-pattern.c: names of files by a pattern: what they become, what is refused and where, and that none leaves its folder
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-name-pattern.h"

#include "ph-error.h"

#include <string.h>

#define TIME G_GINT64_CONSTANT (1562918748417123456) /* 2019-07-12 16:05:48 in UTC+8 */

static char *
dup_name (const char *pattern, const char *local, const char *peer, guint64 number)
{
  const PhNameValues values = { local, peer, TIME, number };
  g_autoptr (GError) error = NULL;
  g_autoptr (PhNamePattern) parsed = ph_name_pattern_new (pattern, NULL, &error);

  g_assert_no_error (error);

  return ph_name_pattern_dup_name (parsed, &values);
}

static void
test_names (void)
{
  static const struct
  {
    const char *pattern, *local, *peer;
    guint64 number;
    const char *name;
  } rows[] = {
    { "log.txt", NULL, NULL, 1, "log.txt" },
    { PH_NAME_PATTERN_DEFAULT, "0.0.0.0:7788", "192.168.56.1:4089", 3, "0.0.0.0-7788-192.168.56.1-4089-2019-07-12_160548-3.txt" },
    { "{local}", NULL, NULL, 1, "local" },
    { "{peer}", NULL, NULL, 1, "all" },
    { "{time}", NULL, NULL, 1, "2019-07-12_160548" },
    { "{time:%H:%M:%S}", NULL, NULL, 1, "16-05-48" },
    { "{time:%Y/%m/%d}", NULL, NULL, 1, "2019-07-12" },
    { "{n}", NULL, NULL, G_MAXUINT64, "18446744073709551615" },
    { "{{n}}-{n}", NULL, NULL, 7, "{n}-7" },
    { "{peer}", NULL, "[fe80::1%eth0]:80", 1, "fe80-1-eth0-80" },
    { "{peer}", NULL, "[::1]:80", 1, "1-80" },
    { "{peer}.txt", NULL, "../../etc/passwd", 1, "..-..-etc-passwd.txt" },
    { "{peer}", NULL, "..", 1, "_" },
    { "..", NULL, NULL, 1, "_" },
    { "name. .", NULL, NULL, 1, "name" },
    { "{peer}", NULL, "/run/a\\b", 1, "run-a-b" },
    { "{peer}", NULL, "a\033[31m\nb", 1, "a-31m-b" },
    { "{peer}", NULL, "a\u202Egnp.exe", 1, "a-gnp.exe" },
    { "{peer}-x", NULL, "", 1, "_-x" },
    { "con", NULL, NULL, 1, "_con" },
    { "NUL.txt", NULL, NULL, 1, "_NUL.txt" },
    { "{peer}.log", NULL, "COM1", 1, "_COM1.log" },
    { "lpt9", NULL, NULL, 1, "_lpt9" },
    { "com10.txt", NULL, NULL, 1, "com10.txt" },
    { "aux .txt", NULL, NULL, 1, "_aux .txt" },
    { "日志-{n}.txt", NULL, NULL, 2, "日志-2.txt" },
    { " a", NULL, NULL, 1, "_ a" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *name = dup_name (rows[i].pattern, rows[i].local, rows[i].peer, rows[i].number);

      g_assert_cmpstr (name, ==, rows[i].name);
    }
}

static void
test_what_is_wrong_is_told_with_its_place (void)
{
  static const struct
  {
    const char *pattern;
    gsize at;
  } rows[] = {
    { "", 0 },       { "a/b", 1 },       { "a\\b", 1 },     { "C:x", 1 },          { "日?", 1 },        { "ab{", 2 },
    { "ab}", 2 },    { "{port}", 0 },    { "x{n:3}", 1 },   { "x{time:}", 1 },     { "{n", 0 },         { "{}", 0 },
    { "{N}", 0 },    { "a\nb", 1 },      { "a\u202Eb", 1 }, { "{local", 0 },       { "{time:%Q}", 0 },  { "{n}}", 3 },
    { "{{n}", 3 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      gsize at = G_MAXSIZE;

      g_assert_null (ph_name_pattern_new (rows[i].pattern, &at, &error));
      g_assert_error (error, PH_ERROR, PH_ERROR_INVALID);
      g_assert_cmpuint (at, ==, rows[i].at);
    }
}

static void
test_a_pattern_and_its_name_have_limits (void)
{
  g_autofree char *longest = g_strnfill (PH_NAME_PATTERN_MAX, 'x'), *longer = g_strnfill (PH_NAME_PATTERN_MAX + 1, 'x');
  g_autofree char *address = g_strnfill (5000, 'a'), *part = dup_name ("{peer}", NULL, address, 1), *name = NULL;
  g_autofree char *much = dup_name ("{peer}{peer}{peer}{peer}{peer}{peer}.txt", NULL, address, 1);
  GString *wide = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  gsize at;

  g_assert_cmpuint (strlen (part), ==, PH_NAME_PATTERN_PART_MAX);
  g_assert_cmpuint (strlen (much), ==, PH_NAME_PATTERN_BYTES_MAX - 1);
  g_assert_true (g_str_has_suffix (much, ".txt"));
  name = dup_name (longest, NULL, NULL, 1);
  g_assert_cmpuint (strlen (name), ==, PH_NAME_PATTERN_BYTES_MAX - 1);
  g_assert_null (ph_name_pattern_new (longer, &at, &error));
  g_assert_cmpuint (at, ==, PH_NAME_PATTERN_MAX);

  /* No character is cut. */
  for (guint i = 0; i < PH_NAME_PATTERN_MAX; i++)
    g_string_append (wide, "日");
  g_free (name);
  name = dup_name (wide->str, NULL, NULL, 1);
  g_assert_cmpuint (strlen (name), <, PH_NAME_PATTERN_BYTES_MAX);
  g_assert_true (g_utf8_validate (name, -1, NULL));
  g_string_free (wide, TRUE);
}

static void
test_whether_there_is_a_number_is_known (void)
{
  g_autoptr (PhNamePattern) with = ph_name_pattern_new ("a-{n}.txt", NULL, NULL), without = ph_name_pattern_new ("{{n}}", NULL, NULL);

  g_assert_true (ph_name_pattern_has_number (with));
  g_assert_false (ph_name_pattern_has_number (without));
}

int
main (int argc, char *argv[])
{
  g_setenv ("TZ", "UTC-8", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/name-pattern/names", test_names);
  g_test_add_func ("/name-pattern/what-is-wrong-is-told-with-its-place", test_what_is_wrong_is_told_with_its_place);
  g_test_add_func ("/name-pattern/a-pattern-and-its-name-have-limits", test_a_pattern_and_its_name_have_limits);
  g_test_add_func ("/name-pattern/whether-there-is-a-number-is-known", test_whether_there_is_a_number_is_known);

  return g_test_run ();
}
