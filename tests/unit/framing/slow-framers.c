/* slow-framers.c: the rules again, for whole streams, without a thought for speed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "slow-framers.h"

#include <string.h>

#define STREAM_MOST 400

/* ---- marks ---- */

static gboolean
is_at (const guint8 *bytes, gsize n, gsize at, const char *mark, gsize length)
{
  return at + length <= n && memcmp (bytes + at, mark, length) == 0;
}

static const char *
up_to (const guint8 *bytes, gsize length, gsize stored_length, gsize *ret_length, GByteArray *stored)
{
  g_byte_array_append (stored, bytes, (guint) stored_length);
  *ret_length = length;

  return "";
}

static const char *
rest (const char *what, const guint8 *bytes, gsize n, gsize *ret_length, GByteArray *stored)
{
  up_to (bytes, n, n, ret_length, stored);

  return what;
}

static const char *
find_mark (const guint8 *bytes, gsize n, const char *mark, gsize mark_length, gboolean drop, gsize *ret_length, GByteArray *stored)
{
  for (gsize at = 0; at < n; at++)
    if (is_at (bytes, n, at, mark, mark_length))
      return up_to (bytes, at + mark_length, drop ? at : at + mark_length, ret_length, stored);

  return rest ("?", bytes, n, ret_length, stored);
}

static const char *
find_lf (const SlowRule *rule, const guint8 *bytes, gsize n, gsize *ret_length, GByteArray *stored)
{
  return find_mark (bytes, n, "\n", 1, FALSE, ret_length, stored);
}

static const char *
find_crlf (const SlowRule *rule, const guint8 *bytes, gsize n, gsize *ret_length, GByteArray *stored)
{
  return find_mark (bytes, n, "\r\n", 2, TRUE, ret_length, stored);
}

static const char *
find_long_mark (const SlowRule *rule, const guint8 *bytes, gsize n, gsize *ret_length, GByteArray *stored)
{
  return find_mark (bytes, n, "\r\n\r\n", 4, FALSE, ret_length, stored);
}

static const char *
find_any (const SlowRule *rule, const guint8 *bytes, gsize n, gsize *ret_length, GByteArray *stored)
{
  for (gsize at = 0; at < n; at++)
    if (is_at (bytes, n, at, "\r\n", 2))
      return up_to (bytes, at + 2, at, ret_length, stored);
    else if (bytes[at] == '\r' || bytes[at] == '\n')
      return up_to (bytes, at + 1, at, ret_length, stored);

  return rest ("?", bytes, n, ret_length, stored);
}

/* ---- between ---- */

static const char *
find_between (const SlowRule *rule, const guint8 *bytes, gsize n, gsize *ret_length, GByteArray *stored)
{
  gboolean escaping = strstr (rule->words, "escape") != NULL;
  gsize start = 0;

  while (start < n && bytes[start] != 2)
    start++;
  if (start > 0)
    return rest ("~", bytes, start, ret_length, stored);
  for (gsize at = 1; at < n; at++)
    if (escaping && bytes[at] == 0x1b)
      at++;
    else if (bytes[at] == 3)
      return rest ("", bytes, at + 1, ret_length, stored);

  return rest ("?", bytes, n, ret_length, stored);
}

/* ---- lengths ---- */

static const char *
find_fixed (const SlowRule *rule, const guint8 *bytes, gsize n, gsize *ret_length, GByteArray *stored)
{
  return rest (n >= 7 ? "" : "?", bytes, MIN (n, 7), ret_length, stored);
}

/* A byte, a length of two bytes that counts what is behind it, low byte first. */
static gsize
length_at (const guint8 *bytes)
{
  return 3 + (bytes[1] | bytes[2] << 8) - 5;
}

static const char *
find_length (const SlowRule *rule, const guint8 *bytes, gsize n, gsize *ret_length, GByteArray *stored)
{
  gsize begin = 0;

  while (begin + 3 <= n && (bytes[begin + 1] | bytes[begin + 2] << 8) < 5)
    begin++;
  if (begin + 3 > n)
    return rest (begin > 0 ? "~" : "?", bytes, n, ret_length, stored);
  if (begin > 0)
    return rest ("~", bytes, begin, ret_length, stored);
  if (length_at (bytes) > n)
    return rest ("?", bytes, n, ret_length, stored);

  return rest ("", bytes, length_at (bytes), ret_length, stored);
}

static void
make_length (GByteArray *stream)
{
  guint8 size = (guint8) g_test_rand_int_range (0, 30), head[] = { 'L', size, 0 };

  g_byte_array_append (stream, head, sizeof head);
}

/* ---- SLIP and COBS ---- */

static const char *
find_slip (const SlowRule *rule, const guint8 *bytes, gsize n, gsize *ret_length, GByteArray *stored)
{
  gsize at = 0;
  const guint8 end = 0xc0, escape = 0xdb;

  while (at < n && bytes[at] == end)
    at++;
  if (at == n)
    return rest ("~", bytes, n, ret_length, stored);
  if (memchr (bytes + at, end, n - at) == NULL)
    return rest ("?", bytes, n, ret_length, stored);
  for (; bytes[at] != end; at++)
    if (is_at (bytes, n, at, "\xdb\xdc", 2))
      g_byte_array_append (stored, &end, 1), at++;
    else if (is_at (bytes, n, at, "\xdb\xdd", 2))
      g_byte_array_append (stored, &escape, 1), at++;
    else
      g_byte_array_append (stored, bytes + at, 1);
  *ret_length = at + 1;

  return "";
}

static const char *
find_cobs (const SlowRule *rule, const guint8 *bytes, gsize n, gsize *ret_length, GByteArray *stored)
{
  gsize begin = 0, end, next;
  const guint8 zero = 0;

  while (begin < n && bytes[begin] == 0)
    begin++;
  for (end = begin; end < n && bytes[end] != 0;)
    end++;
  if (end == n)
    return rest (begin == n ? "~" : "?", bytes, n, ret_length, stored);
  for (gsize at = begin; at < end; at = next)
    {
      next = at + bytes[at];
      if (next > end)
        {
          g_byte_array_set_size (stored, 0);
          return rest ("~", bytes, end + 1, ret_length, stored);
        }
      for (gsize i = at + 1; i < next; i++)
        g_byte_array_append (stored, bytes + i, 1);
      if (bytes[at] != 0xff && next != end)
        g_byte_array_append (stored, &zero, 1);
    }
  *ret_length = end + 1;

  return "";
}

/* ---- Modbus ---- */

static guint16
crc_of (const guint8 *bytes, gsize n)
{
  guint16 crc = 0xffff;

  for (gsize i = 0; i < n * 8; i++)
    {
      gboolean bit = ((bytes[i / 8] >> i % 8) ^ crc) & 1;

      crc = (guint16) (crc >> 1 ^ (bit ? 0xa001 : 0));
    }

  return crc;
}

static gboolean
is_rtu (const guint8 *bytes, gsize n)
{
  guint8 function = bytes[1];
  gboolean right = n >= 4 && n <= 256 && crc_of (bytes, n - 2) == (bytes[n - 2] | bytes[n - 1] << 8);

  if (!right || function == 0 || (function > 6 && function != 15 && function != 16 && function != 22 && function != 23 && function < 128))
    return right;
  if (function >= 128)
    return n == 5;
  if (function == 22)
    return n == 10;
  if (function == 23)
    return n == 5u + bytes[2] || (n > 10 && n == 13u + bytes[10]);
  if (function < 5)
    return n == 8 || n == 5u + bytes[2];
  if (function < 7)
    return n == 8;

  return n == 8 || (n > 6 && n == 9u + bytes[6]);
}

static const char *
find_rtu (const SlowRule *rule, const guint8 *bytes, gsize n, gsize *ret_length, GByteArray *stored)
{
  for (gsize begin = 0; begin < n; begin++)
    for (gsize length = 4; begin + length <= n && length <= 256; length++)
      if (is_rtu (bytes + begin, length))
        return rest (begin > 0 ? "~" : "", bytes, begin > 0 ? begin : length, ret_length, stored);

  return rest ("~", bytes, n, ret_length, stored);
}

static void
make_rtu (GByteArray *stream)
{
  static const guint8 functions[] = { 1, 3, 4, 5, 6, 15, 16, 22, 23, 0x83, 0x41 };
  guint8 frame[64] = { 1, functions[g_test_rand_int_range (0, G_N_ELEMENTS (functions))] };
  gsize n = 6;
  guint16 crc;

  for (gsize i = 2; i < sizeof frame; i++)
    frame[i] = (guint8) g_test_rand_int_range (0, 8);
  if (frame[1] >= 0x80)
    n = 3;
  else if (frame[1] < 5 && g_test_rand_bit ())
    n = 3u + frame[2];
  else if (frame[1] == 15 || frame[1] == 16)
    n = g_test_rand_bit () ? 7u + frame[6] : 6;
  else if (frame[1] == 22)
    n = 8;
  else if (frame[1] == 23)
    n = g_test_rand_bit () ? 11u + frame[10] : 3u + frame[2];
  crc = crc_of (frame, n);
  frame[n] = (guint8) crc;
  frame[n + 1] = (guint8) (crc >> 8);
  g_byte_array_append (stream, frame, (guint) n + 2);
}

static const char *
find_tcp (const SlowRule *rule, const guint8 *bytes, gsize n, gsize *ret_length, GByteArray *stored)
{
  for (gsize at = 0; at + 6 <= n; at++)
    if (bytes[at + 2] == 0 && bytes[at + 3] == 0 && bytes[at + 4] == 0 && bytes[at + 5] >= 2 && bytes[at + 5] <= 254)
      {
        gsize length = 6u + bytes[at + 5];

        if (at > 0)
          return rest ("~", bytes, at, ret_length, stored);
        return rest (length <= n ? "" : "?", bytes, MIN (length, n), ret_length, stored);
      }

  return rest ("~", bytes, n, ret_length, stored);
}

static void
make_tcp (GByteArray *stream)
{
  guint8 frame[16] = { 0, 7, 0, 0, 0, (guint8) g_test_rand_int_range (2, 9), 1, 3 };

  g_byte_array_append (stream, frame, 6u + frame[5]);
}

/* ---- text ---- */

static const char *
find_nmea (const SlowRule *rule, const guint8 *bytes, gsize n, gsize *ret_length, GByteArray *stored)
{
  gsize begin = 0, end = 1;

  while (begin < n && bytes[begin] != '$' && bytes[begin] != '!')
    begin++;
  if (begin > 0)
    return rest ("~", bytes, begin, ret_length, stored);
  while (end < n && bytes[end] != '\n' && bytes[end] != '$')
    end++;
  if (end == n)
    return rest ("?", bytes, n, ret_length, stored);

  return bytes[end] == '$' ? rest ("~", bytes, end, ret_length, stored) : rest ("", bytes, end + 1, ret_length, stored);
}

/* Where the object or array at @at ends; 0: nowhere. */
static gsize
end_of_nested (const guint8 *bytes, gsize n, gsize at)
{
  gboolean string = FALSE;
  int depth = 0;

  for (; at < n; at++)
    if (string && bytes[at] == '\\')
      at++;
    else if (bytes[at] == '"')
      string = !string;
    else if (!string && strchr ("{[", bytes[at]) != NULL && bytes[at] != 0)
      depth++;
    else if (!string && strchr ("}]", bytes[at]) != NULL && bytes[at] != 0 && --depth == 0)
      return at + 1;

  return 0;
}

static gsize
end_of_string (const guint8 *bytes, gsize n, gsize at)
{
  for (at++; at < n; at++)
    if (bytes[at] == '\\')
      at++;
    else if (bytes[at] == '"')
      return at + 1;

  return 0;
}

static const char *
json_garbage (const guint8 *bytes, gsize n, gsize from, gsize *ret_length, GByteArray *stored)
{
  while (from < n && bytes[from] != '{' && bytes[from] != '[')
    from++;

  return rest ("~", bytes, from, ret_length, stored);
}

static const char *
find_json (const SlowRule *rule, const guint8 *bytes, gsize n, gsize *ret_length, GByteArray *stored)
{
  gsize at = 0, end;

  while (at < n && strchr (" \t\r\n", bytes[at]) != NULL && bytes[at] != 0)
    at++;
  if (at == n)
    return rest ("~", bytes, n, ret_length, stored);
  if (bytes[at] == '{' || bytes[at] == '[' || bytes[at] == '"')
    {
      end = bytes[at] == '"' ? end_of_string (bytes, n, at) : end_of_nested (bytes, n, at);
      if (end == 0)
        return rest ("?", bytes, n, ret_length, stored);
    }
  else
    {
      g_autofree char *word = NULL;

      for (end = at; end < n && (g_ascii_isalnum (bytes[end]) || (bytes[end] != 0 && strchr ("+-.", bytes[end]) != NULL));)
        end++;
      word = g_strndup ((const char *) bytes + at, end - at);
      if (!g_regex_match_simple ("^(true|false|null|-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?)$", word, G_REGEX_RAW, 0))
        return json_garbage (bytes, n, at, ret_length, stored);
    }
  g_byte_array_append (stored, bytes + at, (guint) (end - at));
  *ret_length = end;

  return "";
}

/* ---- all of them ---- */

const SlowRule slow_rules[] = {
  { "line", "a\n", NULL, find_lf },
  { "line:crlf,drop", "a\r\n", NULL, find_crlf },
  { "line:any,drop", "a\r\n", NULL, find_any },
  { "delimiter:0D0A0D0A", "a\r\n", NULL, find_long_mark },
  { "between:02,03", "a\x02\x03", NULL, find_between },
  { "between:02,03,escape=1B", "a\x02\x03\x1b", NULL, find_between },
  { "fixed:7", "ab", NULL, find_fixed },
  { "length:offset=1,size=2,order=little,add=-2", "\x01\x02", make_length, find_length },
  { "slip", "a\xc0\xdb\xdc\xdd", NULL, find_slip },
  { "cobs", "\x01\x02\x03\xff", NULL, find_cobs },
  { "modbus-tcp", "\x01\x02", make_tcp, find_tcp },
  { "modbus-rtu", "\x01\x03", make_rtu, find_rtu },
  { "nmea", "$!a\r\n", NULL, find_nmea },
  { "json", "{}[]\"\\ 10,a.e-\n", NULL, find_json },
};

const guint slow_n = G_N_ELEMENTS (slow_rules);

GByteArray *
slow_stream (const SlowRule *rule)
{
  GByteArray *stream = g_byte_array_new ();
  gsize n = (gsize) g_test_rand_int_range (0, STREAM_MOST), choices = strlen (rule->bytes) + 1; /* NUL is one of them */

  while (stream->len < n)
    {
      guint8 byte = g_test_rand_int_range (0, 12) == 0 ? (guint8) g_test_rand_int_range (0, 256)
                                                       : (guint8) rule->bytes[g_test_rand_int_range (0, (gint32) choices)];

      g_byte_array_append (stream, &byte, 1);
      if (rule->make != NULL && g_test_rand_int_range (0, 4) == 0)
        rule->make (stream);
    }

  return stream;
}

char *
slow_frames (const SlowRule *rule, const guint8 *bytes, gsize n)
{
  GString *shown = g_string_new (NULL);

  for (gsize at = 0, length = 0; at < n; at += length)
    {
      g_autoptr (GByteArray) stored = g_byte_array_new ();
      const char *what = rule->find (rule, bytes + at, n - at, &length, stored);

      g_string_append_printf (shown, "|%s", what);
      slow_show (shown, stored->data, stored->len);
    }

  return g_string_free (shown, FALSE);
}

/* ---- bytes in words ---- */

void
slow_show (GString *out, const guint8 *bytes, gsize n)
{
  for (gsize i = 0; i < n; i++)
    if (g_ascii_isprint (bytes[i]) && bytes[i] != '\\')
      g_string_append_c (out, (char) bytes[i]);
    else
      g_string_append_printf (out, "\\x%02X", bytes[i]);
}

void
slow_unescape (GString *out, const char *text)
{
  for (; *text != '\0'; text++)
    if (*text != '\\')
      g_string_append_c (out, *text);
    else if (g_ascii_isdigit (*++text))
      {
        g_string_append_c (out, (char) ((text[0] - '0') << 6 | (text[1] - '0') << 3 | (text[2] - '0')));
        text += 2;
      }
    else
      g_string_append_c (out, *text == 'n' ? '\n' : *text == 'r' ? '\r' : *text);
}
