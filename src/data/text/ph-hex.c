/* ph-hex.c: parses hex digits in the forms in which they are typed and pasted, and prints them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-hex.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ph-codec.h"
#include "ph-marks.h"
#include "ph-plain.h"

/* In place of a character that stands for no ASCII character: no digit and no separator. */
#define STRANGE '\x7F'

/* The text in ASCII, and where its characters come from. */
typedef struct
{
  const char *text;  /* as it was given */
  gsize length;
  GString *plain;
  GArray *places;    /* of gsize: where in @text each character of @plain is, in bytes */
  const char *array; /* in @plain: the first brace; NULL if there is none */
  gboolean prefixed; /* numbers behind it have 0x: there was one, or it is the value of a variable */
  gboolean bare;     /* there was one without */

  gsize *error_place; /* nullable */
  GError **error;
} Hex;

/* Makes the plain text. Characters without width, such as a byte order mark, are left out. */
static void
make_plain (Hex *hex)
{
  const char *end = hex->text + hex->length, *next;

  hex->plain = g_string_sized_new (hex->length);
  hex->places = g_array_sized_new (FALSE, FALSE, sizeof (gsize), (guint) MIN (hex->length, G_MAXUINT / 16));
  for (const char *p = hex->text; p < end; p = next)
    {
      gunichar c = (guchar) *p < 0x80 ? (gunichar) *p : g_utf8_get_char_validated (p, end - p);
      gboolean valid = c < 0x110000;
      gunichar plain = valid ? ph_plain_char (c) : STRANGE;
      gsize place = (gsize) (p - hex->text);

      next = valid ? p + g_unichar_to_utf8 (c, NULL) : p + 1;
      if (plain == 0 && c != 0)
        continue;
      g_string_append_c (hex->plain, plain > 0 && plain < 0x80 ? (char) plain : STRANGE);
      g_array_append_val (hex->places, place);
    }
}

static void
hex_clear (Hex *hex)
{
  g_string_free (hex->plain, TRUE);
  g_array_unref (hex->places);
}

/* ---- errors ---- */

/* Where @at of the plain text is in the text. */
static const char *
original (const Hex *hex, const char *at)
{
  gsize index = (gsize) (at - hex->plain->str);

  return hex->text + (index < hex->places->len ? g_array_index (hex->places, gsize, index) : hex->length);
}

/* Notes @at as the place of the error. Returns it as messages name it: counted in characters from 1. */
static gulong
position (const Hex *hex, const char *at)
{
  const char *end = original (hex, at);
  gulong n = 0;

  for (const char *p = hex->text; p < end; p++)
    n += ((guchar) *p & 0xC0) != 0x80;
  if (hex->error_place != NULL)
    *hex->error_place = n;
  return n + 1;
}

static const char *fail (const Hex *hex, const char *form, ...) G_GNUC_PRINTF (2, 3);

static const char *
fail (const Hex *hex, const char *form, ...)
{
  va_list args;

  va_start (args, form);
  g_propagate_error (hex->error, g_error_new_valist (PH_CODEC_ERROR, PH_CODEC_ERROR_HEX, form, args));
  va_end (args);
  return NULL;
}

static const char *
fail_character (const Hex *hex, const char *at)
{
  g_autofree char *shown = ph_marks_dup_character (original (hex, at), hex->text + hex->length);

  return fail (hex, _("“%s” is not a hex digit (position %lu)"), shown, position (hex, at));
}

/* ---- numbers ---- */

static gboolean
is_separator (char c)
{
  return c != '\0' && (g_ascii_isspace (c) || strchr (",;:-{}[]()\"'", c) != NULL);
}

/* A number ends at a separator, at the end, and where the escape \x begins another one. */
static gboolean
is_end (const Hex *hex, const char *at)
{
  return at == hex->plain->str + hex->plain->len || is_separator (*at) || *at == '\\';
}

static void
append_digits (const char *at, const char *end, GByteArray *out)
{
  for (; at < end; at += 2)
    {
      guint8 byte = (guint8) (g_ascii_xdigit_value (at[0]) << 4 | g_ascii_xdigit_value (at[1]));

      g_byte_array_append (out, &byte, 1);
    }
}

/* "0AAh", as assemblers write it: the 0 is there only because a number has to begin with a digit. */
static gboolean
has_suffix (const Hex *hex, const char **start, const char *end)
{
  gsize n = (gsize) (end - *start);

  if (!(*end == 'h' || *end == 'H') || !is_end (hex, end + 1))
    return FALSE;
  if (n == 3 && **start == '0')
    ++*start, --n;

  return n == 1 || n == 2;
}

/* The digits from @start to @end, which came after a prefix or come before a suffix: a single one is a whole byte. */
static const char *
take_marked (const char *start, const char *end, GByteArray *out)
{
  guint8 byte = (guint8) g_ascii_xdigit_value (*start);

  if (end == start + 1)
    g_byte_array_append (out, &byte, 1);
  else
    append_digits (start, end, out);

  return end;
}

/* In an array of C, a number without 0x is decimal. */
static gboolean
is_clear (Hex *hex, const char *at, gboolean prefix)
{
  if (hex->array == NULL || at < hex->array)
    return TRUE;
  hex->prefixed |= prefix;
  hex->bare |= !prefix;
  if (!hex->bare || !hex->prefixed)
    return TRUE;
  fail (hex, _("the number at position %lu has no “0x”: in an array it would be decimal"), position (hex, at));

  return FALSE;
}

/* Parses a number, up to the next separator. Returns where it ends, or NULL. */
static const char *
parse_number (Hex *hex, const char *start, GByteArray *out)
{
  gboolean escape = start[0] == '\\' && start[1] == 'x';
  gboolean prefix = escape || (start[0] == '0' && (start[1] == 'x' || start[1] == 'X'));
  const char *digits = start + (prefix ? 2 : 0), *end = digits;

  while (g_ascii_isxdigit (*end))
    end++;
  if (!prefix && has_suffix (hex, &digits, end))
    return take_marked (digits, end, out) + 1;
  if (!is_end (hex, end))
    return fail_character (hex, end);
  if (end == digits && prefix)
    return fail (hex, _("no hex digits after “0x” (position %lu)"), position (hex, digits));
  if (end == digits)
    return fail_character (hex, end);
  if (!is_clear (hex, start, prefix && !escape))
    return NULL;
  if (escape && end > digits + 2)
    return fail_character (hex, digits + 2);
  if (prefix && end == digits + 1)
    return take_marked (digits, end, out);
  if ((end - digits) % 2 != 0)
    return fail (hex, _("“%c” at position %lu is half a byte: write two digits for each byte"), end[-1], position (hex, end - 1));
  append_digits (digits, end, out);

  return end;
}

/* ---- what stands around numbers in a program ---- */

/* "unsigned char a[] = {": no hex digits stand before an equals sign. Notes the array; returns where the numbers begin. */
static const char *
skip_declaration (Hex *hex)
{
  const char *start = hex->plain->str, *brace = strchr (start, '{'), *before = brace;

  hex->array = brace;
  while (before > start && g_ascii_isspace (before[-1]))
    before--;
  hex->prefixed = before > start && before[-1] == '=';

  return hex->prefixed ? brace : start;
}

/* "unsigned int a_len = 4;", which "xxd -i" writes behind an array. Returns its end, or @at. */
static const char *
skip_length (const Hex *hex, const char *at)
{
  static const char begin[] = "unsigned int ";
  const char *equals = strchr (at, '=');

  if (hex->array == NULL || !g_str_has_prefix (at, begin) || equals == NULL)
    return at;
  for (const char *p = at + strlen (begin); p < equals; p++)
    if (!g_ascii_isalnum (*p) && *p != '_' && *p != ' ')
      return at;

  return equals + 1 + strspn (equals + 1, " 0123456789");
}

/* A comment, or a backslash that continues a line. Returns its end, or @at. */
static const char *
skip_comment (const char *at)
{
  const char *end = at;

  if (at[0] == '/' && at[1] == '/')
    return at + strcspn (at, "\r\n");
  if (at[0] == '/' && at[1] == '*')
    end = strstr (at + 2, "*/");
  if (end == NULL || end > at)
    return end != NULL ? end + 2 : at;
  if (at[0] == '\\' && (at[1] == '\n' || (at[1] == '\r' && at[2] == '\n')))
    return at + 2;

  return at;
}

/* ---- all of it ---- */

/**
 * ph_hex_parse_bytes:
 * @text: (array length=length): UTF-8; anything else in it is an error
 *
 * The same as ph_hex_parse() for a text that is not terminated, or may contain NUL.
 *
 * Returns: (transfer full) (nullable): the bytes, none for a blank text; or %NULL
 */
GBytes *
ph_hex_parse_bytes (const char *text, gsize length, gsize *error_place, GError **error)
{
  Hex hex = { .text = text, .length = length, .error_place = error_place, .error = error };
  g_autoptr (GByteArray) out = g_byte_array_new ();
  const char *p, *skipped;

  make_plain (&hex);
  p = skip_declaration (&hex);
  while (p != NULL && p < hex.plain->str + hex.plain->len)
    {
      if (is_separator (*p))
        p++;
      else if ((skipped = skip_comment (p)) != p || (skipped = skip_length (&hex, p)) != p)
        p = skipped;
      else
        p = parse_number (&hex, p, out);
    }
  hex_clear (&hex);

  return p != NULL ? g_byte_array_free_to_bytes (g_steal_pointer (&out)) : NULL;
}

/**
 * ph_hex_parse:
 * @text: hex digits: "55 00 0A", "55000a", "55,00;0A", "0x55 0x00", "\x55\x00", "55h 00h", "{0x55, 0x00}",
 *   "unsigned char a[] = { 0x55, 0x00 };", on any number of lines; full-width characters too
 * @error_place: (out) (optional): written on failure only: where @text is wrong, in characters from 0
 * @error: %PH_CODEC_ERROR_HEX
 *
 * Each byte has two digits. Blanks, line breaks, brackets, quotes and `,;:-` may separate bytes. A single digit between separators is
 * an error, because "5 0" may be a "50" that was torn apart; after 0x it is a byte. In an array of C, each number has 0x or none has.
 *
 * Returns: (transfer full) (nullable): the bytes, none for a blank text; or %NULL
 */
GBytes *
ph_hex_parse (const char *text, gsize *error_place, GError **error)
{
  return ph_hex_parse_bytes (text, strlen (text), error_place, error);
}

/**
 * ph_hex_append:
 * @bytes: (array length=length): the bytes
 *
 * Appends two upper case digits for each byte, with blanks between bytes: "55 00 0A".
 */
void
ph_hex_append (GString *out, const guint8 *bytes, gsize length)
{
  static const char digits[] = "0123456789ABCDEF";
  gsize start = out->len;
  char *to;

  if (length == 0)
    return;
  g_string_set_size (out, start + length * 3 - 1);
  to = out->str + start;
  for (gsize i = 0; i < length; i++)
    {
      if (i > 0)
        *to++ = ' ';
      *to++ = digits[bytes[i] >> 4];
      *to++ = digits[bytes[i] & 0xF];
    }
}
