/* ph-charset.c: the table of encodings, their names, and which of them the system has
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-charset-private.h"

#include <glib/gi18n.h>
#include <iconv.h>
#include <string.h>

#include "ph-codec.h"

/*
 * Windows has supersets of some standard encodings, and the programs of the peers use those: CP936 for GBK, CP950 for
 * Big5, CP932 for Shift-JIS, CP949 for EUC-KR. glibc and GNU libiconv know all of these names. All encodings are
 * stateless: no character depends on the one before. iconv puts a letter of Windows-1255 or -1258 and the mark behind it
 * together; here each byte is a character of its own, as on Windows (ph-decoder.c).
 *
 * The other names are those of WHATWG, of IANA and of programs that many use. CP874 is none of TIS-620: it has more characters.
 */
static const PhCharset charsets[] = {
  { "utf-8", N_("UTF-8"), "UTF-8", 1, 4, 0x80, 1, "cp65001" },
  { "gbk", N_("GBK (Simplified Chinese)"), "CP936", 1, 2, 0x40, 2, "gb2312 cp936 ms936 windows-936 euc-cn" },
  { "gb18030", N_("GB18030 (Simplified Chinese)"), "GB18030", 1, 4, 0x30, 3, "cp54936" },
  { "big5", N_("Big5 (Traditional Chinese)"), "CP950", 1, 2, 0x40, 4, "cp950 ms950 windows-950" },
  { "shift-jis", N_("Shift-JIS (Japanese)"), "CP932", 1, 2, 0x40, 5, "sjis cp932 ms932 windows-932 windows-31j" },
  { "euc-jp", N_("EUC-JP (Japanese)"), "EUC-JP", 1, 3, 0x80, 6, "ujis" },
  { "euc-kr", N_("EUC-KR (Korean)"), "CP949", 1, 2, 0x40, 7, "cp949 ms949 windows-949 uhc" },
  { "latin-1", N_("Latin-1 (Western European)"), "ISO-8859-1", 1, 1, 0xFF, 8, "iso-8859-1 l1 cp819 ibm819" },
  { "utf-16le", N_("UTF-16, little-endian"), "UTF-16LE", 2, 4, 0, 9, "utf-16 ucs-2 ucs-2le unicode" },
  { "utf-16be", N_("UTF-16, big-endian"), "UTF-16BE", 2, 4, 0, 10, "ucs-2be" },
  { "ascii", N_("ASCII"), "ASCII", 1, 1, 0xFF, 11, "us-ascii iso646-us" },
  { "windows-1250", N_("Windows-1250 (Central European)"), "CP1250", 1, 1, 0xFF, 12, "cp1250 win-1250" },
  { "windows-1251", N_("Windows-1251 (Cyrillic)"), "CP1251", 1, 1, 0xFF, 13, "cp1251 win-1251" },
  { "windows-1252", N_("Windows-1252 (Western European)"), "CP1252", 1, 1, 0xFF, 14, "cp1252 win-1252" },
  { "windows-1253", N_("Windows-1253 (Greek)"), "CP1253", 1, 1, 0xFF, 15, "cp1253 win-1253" },
  { "windows-1254", N_("Windows-1254 (Turkish)"), "CP1254", 1, 1, 0xFF, 16, "cp1254 win-1254" },
  { "windows-1255", N_("Windows-1255 (Hebrew)"), "CP1255", 1, 1, 0xFF, 17, "cp1255 win-1255" },
  { "windows-1256", N_("Windows-1256 (Arabic)"), "CP1256", 1, 1, 0xFF, 18, "cp1256 win-1256" },
  { "windows-1257", N_("Windows-1257 (Baltic)"), "CP1257", 1, 1, 0xFF, 19, "cp1257 win-1257" },
  { "windows-1258", N_("Windows-1258 (Vietnamese)"), "CP1258", 1, 1, 0xFF, 20, "cp1258 win-1258" },
  { "iso-8859-2", N_("ISO 8859-2 (Central European)"), "ISO-8859-2", 1, 1, 0xFF, 21, "latin-2 l2" },
  { "iso-8859-3", N_("ISO 8859-3 (South European)"), "ISO-8859-3", 1, 1, 0xFF, 22, "latin-3 l3" },
  { "iso-8859-4", N_("ISO 8859-4 (North European)"), "ISO-8859-4", 1, 1, 0xFF, 23, "latin-4 l4" },
  { "iso-8859-5", N_("ISO 8859-5 (Cyrillic)"), "ISO-8859-5", 1, 1, 0xFF, 24, NULL },
  { "iso-8859-6", N_("ISO 8859-6 (Arabic)"), "ISO-8859-6", 1, 1, 0xFF, 25, NULL },
  { "iso-8859-7", N_("ISO 8859-7 (Greek)"), "ISO-8859-7", 1, 1, 0xFF, 26, NULL },
  { "iso-8859-8", N_("ISO 8859-8 (Hebrew)"), "ISO-8859-8", 1, 1, 0xFF, 27, NULL },
  { "iso-8859-9", N_("ISO 8859-9 (Turkish)"), "ISO-8859-9", 1, 1, 0xFF, 28, "latin-5 l5" },
  { "iso-8859-10", N_("ISO 8859-10 (Nordic)"), "ISO-8859-10", 1, 1, 0xFF, 29, "latin-6 l6" },
  { "iso-8859-11", N_("ISO 8859-11 (Thai)"), "ISO-8859-11", 1, 1, 0xFF, 30, NULL },
  { "iso-8859-13", N_("ISO 8859-13 (Baltic)"), "ISO-8859-13", 1, 1, 0xFF, 31, "latin-7 l7" },
  { "iso-8859-14", N_("ISO 8859-14 (Celtic)"), "ISO-8859-14", 1, 1, 0xFF, 32, "latin-8 l8" },
  { "iso-8859-15", N_("ISO 8859-15 (Western European)"), "ISO-8859-15", 1, 1, 0xFF, 33, "latin-9 l9" },
  { "iso-8859-16", N_("ISO 8859-16 (Romanian)"), "ISO-8859-16", 1, 1, 0xFF, 34, "latin-10 l10" },
  { "koi8-r", N_("KOI8-R (Russian)"), "KOI8-R", 1, 1, 0xFF, 35, "cp20866 cp878" },
  { "koi8-u", N_("KOI8-U (Ukrainian)"), "KOI8-U", 1, 1, 0xFF, 36, "cp21866" },
  { "cp437", N_("CP437 (DOS)"), "CP437", 1, 1, 0xFF, 37, "ibm437 dos-437" },
  { "cp850", N_("CP850 (DOS, Western European)"), "CP850", 1, 1, 0xFF, 38, "ibm850 dos-850" },
  { "cp852", N_("CP852 (DOS, Central European)"), "CP852", 1, 1, 0xFF, 39, "ibm852 dos-852" },
  { "cp866", N_("CP866 (DOS, Cyrillic)"), "CP866", 1, 1, 0xFF, 40, "ibm866 dos-866" },
  { "tis-620", N_("TIS-620 (Thai)"), "TIS-620", 1, 1, 0xFF, 41, NULL },
  { "macintosh", N_("Macintosh (Western European)"), "MACINTOSH", 1, 1, 0xFF, 42, "mac mac-roman x-mac-roman" },
};

/**
 * ph_charsets:
 *
 * Returns: (array length=ret_n): the table, in the order of the lists that users see; names are not translated. What the
 *   system lacks is in it too: see ph_charset_is_known()
 */
const PhCharset *
ph_charsets (guint *ret_n)
{
  *ret_n = G_N_ELEMENTS (charsets);
  return charsets;
}

/* ---- names ---- */

/* The next character of a name that counts: in lower case, without what people leave out or write in another way; 0 at its end. */
static char
next_letter (const char **at, const char *end)
{
  while (*at < end && strchr ("-_ .:", **at) != NULL)
    ++*at;

  return *at < end ? g_ascii_tolower (*(*at)++) : '\0';
}

static gboolean
are_same (const char *name, gsize length, const char *other, gsize other_length)
{
  const char *end = name + length, *other_end = other + other_length;
  char letter;

  do
    if ((letter = next_letter (&name, end)) != next_letter (&other, other_end))
      return FALSE;
  while (letter != '\0');

  return TRUE;
}

/* @names: separated by blanks */
static gboolean
is_one_of (const char *names, const char *name)
{
  while (names != NULL && *names != '\0')
    {
      gsize length = strcspn (names, " ");

      if (are_same (name, strlen (name), names, length))
        return TRUE;
      names += length + (names[length] == ' ');
    }

  return FALSE;
}

/**
 * ph_charset_find:
 * @name: (nullable): an id or another name, such as "utf-8", "UTF8", "gb2312", "cp936" or "iso_8859-5"; upper and lower case are one,
 *   and "-", "_", ".", ":" and blanks do not count
 *
 * What is kept, in settings or files, is the id of the row.
 *
 * Returns: (nullable): the row
 */
const PhCharset *
ph_charset_find (const char *name)
{
  if (name == NULL || *name == '\0')
    return NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (charsets); i++)
    if (strcmp (charsets[i].id, name) == 0)
      return &charsets[i];
  for (gsize i = 0; i < G_N_ELEMENTS (charsets); i++)
    if (are_same (name, strlen (name), charsets[i].id, strlen (charsets[i].id)) || is_one_of (charsets[i].aliases, name))
      return &charsets[i];

  return NULL;
}

/* Whether the letters of @part that count follow each other somewhere in @text. */
static gboolean
has_part (const char *text, const char *part)
{
  const char *end = text + strlen (text), *part_end = part + strlen (part);

  for (; text < end; text++)
    {
      const char *at = text, *wanted = part;
      char letter;

      while ((letter = next_letter (&wanted, part_end)) != '\0' && letter == next_letter (&at, end))
        ;
      if (letter == '\0')
        return TRUE;
    }

  return FALSE;
}

/**
 * ph_charset_matches:
 * @words: what somebody has typed to look for an encoding
 *
 * Returns: whether a part of its id, of its name in English, or of one of its other names is @words, as ph_charset_find() compares them
 */
gboolean
ph_charset_matches (const PhCharset *charset, const char *words)
{
  g_auto (GStrv) aliases = charset->aliases != NULL ? g_strsplit (charset->aliases, " ", -1) : NULL;

  if (has_part (charset->id, words) || has_part (charset->name, words))
    return TRUE;
  for (guint i = 0; aliases != NULL && aliases[i] != NULL; i++)
    if (has_part (aliases[i], words))
      return TRUE;

  return FALSE;
}

/**
 * ph_charset_find_number:
 * @number: of ph_record_form()
 *
 * Returns: (nullable): the row
 */
const PhCharset *
ph_charset_find_number (guint number)
{
  for (gsize i = 0; i < G_N_ELEMENTS (charsets); i++)
    if (charsets[i].number == number)
      return &charsets[i];

  return NULL;
}

/**
 * ph_charset_dup_short_name:
 *
 * Returns: (transfer full): its name in every language, without what it is for: “GBK”, “ISO 8859-5”, “UTF-16LE”
 */
char *
ph_charset_dup_short_name (const PhCharset *charset)
{
  const char *end = strstr (charset->name, " (");

  if (end != NULL)
    return g_strndup (charset->name, (gsize) (end - charset->name));

  return g_ascii_strup (charset->id, -1);
}

/* ---- what the system has ---- */

static gboolean
opens (const char *to, const char *from)
{
  iconv_t cd = iconv_open (to, from);

  if (cd != (iconv_t) -1)
    iconv_close (cd);

  return cd != (iconv_t) -1;
}

/**
 * ph_charset_is_known:
 * @charset: a row of the table
 *
 * Asks the system once, which may read its tables from a disk: not for the main thread of the window. Any thread.
 *
 * Returns: whether the iconv of this system has the encoding, in both directions
 */
gboolean
ph_charset_is_known (const PhCharset *charset)
{
  enum { NOT_ASKED, KNOWN, LACKING };
  static int answers[PH_CHARSETS_MAX]; /* by number; atomic */
  int answer = g_atomic_int_get (&answers[charset->number]);

  if (answer == NOT_ASKED)
    {
      answer = opens ("UTF-8", charset->iconv_name) && opens (charset->iconv_name, "UTF-8") ? KNOWN : LACKING;
      g_atomic_int_set (&answers[charset->number], answer);
    }

  return answer == KNOWN;
}

/* Sets an error: iconv does not have the encoding. */
void
ph_charset_set_lacking (GError **error, const PhCharset *charset)
{
  g_autofree char *name = ph_charset_dup_short_name (charset);

  /* Translators: the name of an encoding; iconv is the part of the system that converts encodings */
  g_set_error (error, PH_CODEC_ERROR, PH_CODEC_ERROR_ENCODING, _("the iconv of this system has no %s"), name);
}

/**
 * ph_charset_check:
 * @error: %PH_CODEC_ERROR_ENCODING
 *
 * As ph_charset_is_known(), with words. Any thread.
 *
 * Returns: %FALSE with @error if this system lacks the encoding
 */
gboolean
ph_charset_check (const PhCharset *charset, GError **error)
{
  if (ph_charset_is_known (charset))
    return TRUE;
  ph_charset_set_lacking (error, charset);

  return FALSE;
}
