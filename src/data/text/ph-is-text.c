/* ph-is-text.c: whether bytes are text, as far as one can tell
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-is-text.h"

#include "ph-marks.h"

/* Control characters of texts, among them those of terminals. */
static gboolean
is_usual (gunichar c)
{
  return c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\a' || c == '\b' || c == 0x1B;
}

/* Bytes without the zeros at their end, with which strings in C and fields of a fixed length are filled up. */
static gsize
without_zeros (const guint8 *bytes, gsize length, guint unit)
{
  while (length >= unit && bytes[length - 1] == 0 && bytes[length - unit] == 0)
    length -= unit;

  return length;
}

/* Whether the bytes have a control character that texts do not have. No character of these encodings has such a byte in it. */
static gboolean
has_controls (const guint8 *bytes, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if ((bytes[i] < 0x20 && !is_usual (bytes[i])) || bytes[i] == 0x7F)
      return TRUE;

  return FALSE;
}

static gboolean
is_ascii (const guint8 *bytes, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (bytes[i] >= 0x80)
      return FALSE;

  return TRUE;
}

static gboolean
is_of_texts (gunichar c)
{
  return is_usual (c) || (!g_unichar_iscntrl (c) && (c & 0xFFFE) != 0xFFFE && !(c >= 0xFDD0 && c <= 0xFDEF));
}

/* Whether the bytes decode to at least one character, and to nothing else. @cut: the last one may be cut. */
static gboolean
reads_well (PhDecoder *decoder, const guint8 *bytes, gsize length, gboolean cut, GString *scratch)
{
  PhCarry carry = { .length = 0 };
  const char *p, *end;
  gunichar c;

  g_string_truncate (scratch, 0);
  ph_decoder_decode (decoder, cut ? &carry : NULL, bytes, length, scratch);
  p = scratch->str;
  end = p + scratch->len;
  while (p < end)
    if (ph_marks_next (&p, end, &c) == PH_MARK_BAD || !is_of_texts (c))
      return FALSE;

  return scratch->len > 0;
}

/**
 * ph_is_text:
 * @decoder: of the encoding that the text would be in
 * @stream: the bytes are a piece of a stream: they may begin with the rest of a character, and end in one
 * @scratch: its content is lost
 *
 * It depends on nothing but the bytes, of which the first %PH_IS_TEXT_BYTES are looked at. One thread for each @decoder.
 *
 * Returns: whether they are text that people or programs write, without control characters that texts do not have
 */
gboolean
ph_is_text (PhDecoder *decoder, const guint8 *bytes, gsize length, gboolean stream, GString *scratch)
{
  const PhCharset *charset = ph_decoder_get_charset (decoder);
  gsize some = MIN (length, PH_IS_TEXT_BYTES), text = without_zeros (bytes, some, charset->unit);
  gboolean cut = text == some && (some < length || stream);
  guint rest = stream ? charset->longest - 1u : 0;

  if (length == 0)
    return TRUE;
  if (charset->unit == 1 && has_controls (bytes, text))
    return FALSE;
  if (charset->unit == 1 && text > 0 && is_ascii (bytes, text))
    return TRUE;
  for (guint i = 0; i <= rest && i < text; i++)
    if (reads_well (decoder, bytes + i, text - i, cut, scratch))
      return TRUE;

  return FALSE;
}
