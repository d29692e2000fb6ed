/* ph-framer-json.c: JSON texts one after another (RFC 8259)
 *
 * Only the brackets of objects and arrays are counted, and strings skipped: a text with another mistake is shown as it is.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-framer-private.h"

#include <string.h>

typedef enum
{
  STATE_BEFORE, /* white space */
  STATE_NESTED, /* in an object or array */
  STATE_STRING,
  STATE_WORD,   /* a number, true, false or null */
  STATE_OUTSIDE,
} State;

#define STATE_BITS 7u
#define IN_STRING 8u  /* of something nested */
#define ESCAPED 16u
#define DEPTH 32u     /* one level */
#define WORD_MOST 64u /* bytes of a number */

static gboolean
is_space (guint8 byte)
{
  return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

static gboolean
opens (guint8 byte)
{
  return byte == '{' || byte == '[';
}

static gboolean
is_of_word (guint8 byte)
{
  return g_ascii_isalnum (byte) || byte == '-' || byte == '+' || byte == '.';
}

static gsize
skip_space (const PhScan *scan)
{
  gsize at = 0;

  while (at < scan->n && is_space (scan->bytes[at]))
    at++;

  return at;
}

static gsize
skip_digits (const guint8 *bytes, gsize n, gsize at)
{
  while (at < n && g_ascii_isdigit (bytes[at]))
    at++;

  return at;
}

static gboolean
is_number (const guint8 *bytes, gsize n)
{
  gsize begin = n > 0 && bytes[0] == '-' ? 1 : 0, at = skip_digits (bytes, n, begin), from;

  if (at == begin || (bytes[begin] == '0' && at > begin + 1))
    return FALSE;
  if (at < n && bytes[at] == '.')
    {
      from = at + 1;
      at = skip_digits (bytes, n, from);
      if (at == from)
        return FALSE;
    }
  if (at < n && (bytes[at] == 'e' || bytes[at] == 'E'))
    {
      from = at + 1 < n && (bytes[at + 1] == '+' || bytes[at + 1] == '-') ? at + 2 : at + 1;
      at = skip_digits (bytes, n, from);
      if (at == from)
        return FALSE;
    }

  return at == n;
}

static gboolean
is_word (const guint8 *bytes, gsize n)
{
  static const char *const words[] = { "true", "false", "null" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (n == strlen (words[i]) && memcmp (bytes, words[i], n) == 0)
      return TRUE;

  return is_number (bytes, n);
}

/* All up to @end is a text, without the white space before it. */
static gboolean
found_text (PhScan *scan, gsize end)
{
  ph_framer_found (scan, end);
  scan->from = skip_space (scan);
  scan->size = end - scan->from;

  return TRUE;
}

static void
begin (PhScan *scan, guint8 byte)
{
  if (opens (byte))
    scan->state = STATE_NESTED | DEPTH;
  else if (byte == '"')
    scan->state = STATE_STRING;
  else if (is_of_word (byte))
    scan->state = STATE_WORD;
  else if (!is_space (byte))
    scan->state = STATE_OUTSIDE;
}

/* Returns whether the string ends with this byte. */
static gboolean
pass_string (PhScan *scan, guint8 byte)
{
  gboolean escaped = (scan->state & ESCAPED) != 0;

  scan->state = escaped || byte != '\\' ? scan->state & ~ESCAPED : scan->state | ESCAPED;

  return byte == '"' && !escaped;
}

/* Returns whether the object or array ends with this byte. */
static gboolean
pass_nested (PhScan *scan, guint8 byte)
{
  if ((scan->state & IN_STRING) != 0)
    {
      if (pass_string (scan, byte))
        scan->state &= ~IN_STRING;
    }
  else if (byte == '"')
    scan->state |= IN_STRING;
  else if (opens (byte))
    scan->state += DEPTH;
  else if (byte == '}' || byte == ']')
    scan->state -= DEPTH;

  return scan->state < DEPTH;
}

/* The word before @end is over. */
static gboolean
end_word (PhScan *scan, gsize end)
{
  gsize from = skip_space (scan);

  if (end - from <= WORD_MOST && is_word (scan->bytes + from, end - from))
    return found_text (scan, end);
  scan->state = STATE_OUTSIDE;

  return FALSE;
}

static gboolean
pass (PhScan *scan, guint8 byte)
{
  switch (scan->state & STATE_BITS)
    {
    case STATE_BEFORE:
      begin (scan, byte);
      return FALSE;
    case STATE_NESTED:
      return pass_nested (scan, byte) && found_text (scan, scan->at + 1);
    case STATE_STRING:
      return pass_string (scan, byte) && found_text (scan, scan->at + 1);
    case STATE_WORD:
      return (!is_of_word (byte) || scan->at - skip_space (scan) > WORD_MOST) && end_word (scan, scan->at);
    default:
      return opens (byte) && ph_framer_found_outside (scan, scan->at);
    }
}

static gboolean
scan_json (const PhFrameRule *rule, PhScan *scan)
{
  for (; scan->at < scan->n; scan->at++)
    {
      if (pass (scan, scan->bytes[scan->at]))
        return TRUE;
      /* What ended a word that is none may begin a text. */
      if (scan->state == STATE_OUTSIDE && opens (scan->bytes[scan->at]))
        return ph_framer_found_outside (scan, scan->at);
    }
  if (scan->ended && scan->state == STATE_WORD && end_word (scan, scan->n))
    return TRUE;
  scan->outside = scan->state == STATE_OUTSIDE || scan->state == STATE_BEFORE;

  return FALSE;
}

const PhFramer ph_framer_json = { .id = "json", .scan = scan_json };
