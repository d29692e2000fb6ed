/* test-charset-names.c: the ids, other names and numbers of the encodings
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-charset.h"

static void
test_ids_are_found (void)
{
  static const char *const ids[] = { "utf-8", "gbk", "gb18030", "big5", "shift-jis", "euc-jp", "euc-kr", "latin-1", "utf-16le", "utf-16be",
                                     "ascii", "windows-1250", "windows-1251", "windows-1252", "windows-1253", "windows-1254",
                                     "windows-1255", "windows-1256", "windows-1257", "windows-1258", "iso-8859-2", "iso-8859-3",
                                     "iso-8859-4", "iso-8859-5", "iso-8859-6", "iso-8859-7", "iso-8859-8", "iso-8859-9", "iso-8859-10",
                                     "iso-8859-11", "iso-8859-13", "iso-8859-14", "iso-8859-15", "iso-8859-16", "koi8-r", "koi8-u",
                                     "cp437", "cp850", "cp852", "cp866", "tis-620", "macintosh" };
  guint n;
  const PhCharset *charsets = ph_charsets (&n);

  g_assert_cmpuint (n, ==, G_N_ELEMENTS (ids));
  for (guint i = 0; i < n; i++)
    {
      g_assert_cmpstr (charsets[i].id, ==, ids[i]);
      g_assert_true (ph_charset_find (ids[i]) == &charsets[i]);
    }
  g_assert_null (ph_charset_find ("utf-7"));
  g_assert_null (ph_charset_find (""));
  g_assert_null (ph_charset_find ("-"));
  g_assert_null (ph_charset_find (NULL));
}

static void
test_other_names_are_found (void)
{
  static const char *const names[][2] = {
    { "GBK", "gbk" },           { "utf8", "utf-8" },           { "UTF_8", "utf-8" },          { "gb2312", "gbk" },
    { "GB-2312", "gbk" },       { "cp936", "gbk" },            { "ms936", "gbk" },            { "gb-18030", "gb18030" },
    { "sjis", "shift-jis" },    { "Shift_JIS", "shift-jis" },  { "cp932", "shift-jis" },      { "ms932", "shift-jis" },
    { "big-5", "big5" },        { "cp950", "big5" },           { "euc_kr", "euc-kr" },        { "cp949", "euc-kr" },
    { "uhc", "euc-kr" },        { "latin1", "latin-1" },       { "ISO-8859-1", "latin-1" },   { "iso8859_1", "latin-1" },
    { "us-ascii", "ascii" },    { "utf16", "utf-16le" },       { "UTF-16 LE", "utf-16le" },   { "cp1252", "windows-1252" },
    { "win1252", "windows-1252" }, { "Windows 1252", "windows-1252" }, { "iso8859_5", "iso-8859-5" }, { "latin2", "iso-8859-2" },
    { "koi8r", "koi8-r" },      { "KOI8.U", "koi8-u" },        { "ibm437", "cp437" },         { "dos866", "cp866" },
    { "cp:852", "cp852" },      { "tis620", "tis-620" },       { "mac", "macintosh" },        { "MacRoman", "macintosh" },
    { "cp874", NULL },          { "iso-8859-12", NULL },       { "utf", NULL },               { "gbk2", NULL },
    { "cp936 ms936", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const PhCharset *charset = ph_charset_find (names[i][0]);

      g_test_message ("%s", names[i][0]);
      g_assert_cmpstr (charset != NULL ? charset->id : NULL, ==, names[i][1]);
    }
}

static void
test_no_two_rows_have_a_name_in_common (void)
{
  guint n;
  const PhCharset *charsets = ph_charsets (&n);

  for (guint i = 0; i < n; i++)
    {
      g_auto (GStrv) names = g_strsplit (charsets[i].aliases != NULL ? charsets[i].aliases : "", " ", -1);

      for (guint name = 0; names[name] != NULL; name++)
        {
          g_test_message ("%s: %s", charsets[i].id, names[name]);
          g_assert_true (ph_charset_find (names[name]) == &charsets[i]);
        }
    }
}

static void
test_names_are_short_where_there_is_little_room (void)
{
  static const char *const names[][2] = {
    { "utf-8", "UTF-8" },         { "gbk", "GBK" },     { "utf-16le", "UTF-16LE" }, { "windows-1252", "Windows-1252" },
    { "iso-8859-5", "ISO 8859-5" }, { "cp852", "CP852" }, { "macintosh", "Macintosh" }, { "ascii", "ASCII" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *name = ph_charset_dup_short_name (ph_charset_find (names[i][0]));

      g_assert_cmpstr (name, ==, names[i][1]);
    }
}

static void
test_parts_of_names_match (void)
{
  static const struct
  {
    const char *words, *id;
    gboolean matches;
  } rows[] = {
    { "", "gbk", TRUE },        { "gb", "gb18030", TRUE }, { "2312", "gbk", TRUE },          { "sjis", "shift-jis", TRUE },
    { "s jis", "shift-jis", TRUE }, { "JAPAN", "euc-jp", TRUE }, { "8859-5", "iso-8859-5", TRUE }, { "88595", "iso-8859-5", TRUE },
    { "win1252", "windows-1252", TRUE }, { "cyr", "cp866", TRUE }, { "cyr", "koi8-r", FALSE }, { "1252", "windows-1251", FALSE },
    { "gbk gbk", "gbk", FALSE }, { "utf-8x", "utf-8", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("“%s” in %s", rows[i].words, rows[i].id);
      g_assert_cmpint (ph_charset_matches (ph_charset_find (rows[i].id), rows[i].words), ==, rows[i].matches);
    }
}

/* They stand in captures: a number here may be added to, and never changed. */
static void
test_numbers_stay_what_they_are (void)
{
  static const char *const ids[] = { NULL, "utf-8", "gbk", "gb18030", "big5", "shift-jis", "euc-jp", "euc-kr", "latin-1", "utf-16le",
                                     "utf-16be", "ascii", "windows-1250", "windows-1251", "windows-1252", "windows-1253",
                                     "windows-1254", "windows-1255", "windows-1256", "windows-1257", "windows-1258", "iso-8859-2",
                                     "iso-8859-3", "iso-8859-4", "iso-8859-5", "iso-8859-6", "iso-8859-7", "iso-8859-8",
                                     "iso-8859-9", "iso-8859-10", "iso-8859-11", "iso-8859-13", "iso-8859-14", "iso-8859-15",
                                     "iso-8859-16", "koi8-r", "koi8-u", "cp437", "cp850", "cp852", "cp866", "tis-620", "macintosh" };
  const PhCharset *charsets;
  guint64 seen = 0;
  guint n;

  charsets = ph_charsets (&n);
  for (guint i = 0; i < n; i++)
    {
      g_assert_cmpuint (charsets[i].number, >=, 1);
      g_assert_cmpuint (charsets[i].number, <=, 63);
      g_assert_cmpuint (seen >> charsets[i].number & 1, ==, 0);
      seen |= G_GUINT64_CONSTANT (1) << charsets[i].number;
    }
  for (guint8 number = 1; number < G_N_ELEMENTS (ids); number++)
    g_assert_cmpuint (ph_charset_find (ids[number])->number, ==, number);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/charset-names/ids-are-found", test_ids_are_found);
  g_test_add_func ("/charset-names/other-names-are-found", test_other_names_are_found);
  g_test_add_func ("/charset-names/no-two-rows-have-a-name-in-common", test_no_two_rows_have_a_name_in_common);
  g_test_add_func ("/charset-names/names-are-short-where-there-is-little-room", test_names_are_short_where_there_is_little_room);
  g_test_add_func ("/charset-names/parts-of-names-match", test_parts_of_names_match);
  g_test_add_func ("/charset-names/numbers-stay-what-they-are", test_numbers_stay_what_they_are);

  return g_test_run ();
}
