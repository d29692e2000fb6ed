/* ph-log-index.c: finds where the lines of a payload begin
 *
 * The ends of lines are looked for in the bytes, with memchr(). Only lines on screen are decoded.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-log-index.h"

#include <string.h>

#include "ph-marks.h"

#define MARK_CHARS 4u     /* of a mark, for each byte that it stands for */
#define PIECE_SHOWN 1400u /* characters of a piece, about */
#define PIECE_LEAST 256u  /* bytes */
#define LOOK_BACK 64u     /* bytes before the end of a piece in which a place to cut is looked for without decoding */

static guint
unit_at (const PhCharset *charset, const guint8 *bytes)
{
  if (charset->unit == 1)
    return bytes[0];

  return g_str_has_suffix (charset->id, "be") ? bytes[0] << 8 | bytes[1] : bytes[1] << 8 | bytes[0];
}

/* The end of the line that begins at @start, its line break included. */
static gsize
find_line_end (const PhCharset *charset, const guint8 *bytes, gsize start, gsize length)
{
  if (charset->unit == 1)
    {
      const guint8 *found = memchr (bytes + start, '\n', length - start);

      return found != NULL ? (gsize) (found - bytes) + 1 : length;
    }
  for (gsize i = start; i + 2 <= length; i += 2)
    if (unit_at (charset, bytes + i) == '\n')
      return i + 2;

  return length;
}

/**
 * ph_log_index_ending:
 * @start: where a line of the payload @bytes begins
 * @end: where the next line begins
 *
 * Returns: the line break at the end of the line
 */
PhLogEnding
ph_log_index_ending (const PhCharset *charset, const guint8 *bytes, gsize start, gsize end)
{
  PhLogEnding ending = { 0, FALSE };
  gsize unit = charset->unit;

  if (end - start < unit || unit_at (charset, bytes + end - unit) != '\n')
    return ending;
  ending.length = unit;
  if (end - start >= 2 * unit && unit_at (charset, bytes + end - 2 * unit) == '\r')
    {
      ending.cr = TRUE;
      ending.length = 2 * unit;
    }

  return ending;
}

/* A place at or before @limit that is not within a character, found without decoding; 0 if none is found. */
static gsize
find_easy_cut (const PhCharset *charset, const guint8 *bytes, gsize limit)
{
  if (charset->longest == 1)
    return limit;
  for (gsize i = limit; i > limit - LOOK_BACK && charset->safe_below > 0; i--)
    if (bytes[i - 1] < charset->safe_below)
      return i;
  if (strcmp (charset->id, "utf-8") == 0)
    for (gsize i = limit; i > limit - 4; i--)
      if ((bytes[i] & 0xC0) != 0x80)
        return i;

  return 0;
}

/* Bytes of the piece at @start: fewer where many of them are shown as marks, which take several characters each. */
static gsize
piece_size (const PhCharset *charset, const guint8 *bytes, gsize start)
{
  gsize shown = PH_LOG_PIECE;

  for (gsize i = start; i < start + PH_LOG_PIECE; i += charset->unit)
    {
      guint unit = unit_at (charset, bytes + i);

      if (charset->unit == 1 ? unit < 0x20 || unit == 0x7F : ph_mark_needed (unit))
        shown += MARK_CHARS * charset->unit;
    }
  if (shown <= PIECE_SHOWN)
    return PH_LOG_PIECE;

  return MAX (PH_LOG_PIECE * PIECE_SHOWN / shown & ~(gsize) 1, PIECE_LEAST);
}

/* The end of the piece that begins at @start. More than one piece of the line is left there. */
static gsize
cut_piece (PhDecoder *decoder, const PhCarry *before, const guint8 *bytes, gsize start, GString *scratch)
{
  gsize size = piece_size (ph_decoder_get_charset (decoder), bytes, start);
  gsize limit = start + size;
  gsize cut = find_easy_cut (ph_decoder_get_charset (decoder), bytes, limit);
  PhCarry carry = { .length = 0 };

  if (cut > start)
    return cut;
  if (start == 0 && before != NULL)
    carry = *before;
  g_string_truncate (scratch, 0);
  ph_decoder_decode (decoder, &carry, bytes + start, size, scratch);

  return limit - carry.length;
}

/* Whether the payload begins with the character @unit. */
gboolean
ph_log_index_begins_with (const PhCharset *charset, const guint8 *bytes, gsize length, guint unit)
{
  return length >= charset->unit && unit_at (charset, bytes) == unit;
}

/* Whether it ends with the character @unit. */
gboolean
ph_log_index_ends_with (const PhCharset *charset, const guint8 *bytes, gsize length, guint unit)
{
  return length >= charset->unit && unit_at (charset, bytes + length - charset->unit) == unit;
}

/* Bytes of the first line of the payload with its line break, not counted beyond one piece. */
gsize
ph_log_index_first (const PhCharset *charset, const guint8 *bytes, gsize length)
{
  return find_line_end (charset, bytes, 0, MIN (length, PH_LOG_PIECE));
}

/* Bytes of the last line of the payload, not counted beyond one piece; 0 if it ends with a line break. */
gsize
ph_log_index_last (const PhCharset *charset, const guint8 *bytes, gsize length)
{
  gsize n = 0;

  for (gsize most = MIN (length, PH_LOG_PIECE); n + charset->unit <= most; n += charset->unit)
    if (ph_log_index_ends_with (charset, bytes, length - n, '\n'))
      return n;

  return MIN (length, PH_LOG_PIECE);
}

/**
 * ph_log_index_new:
 * @decoder: of the encoding
 * @carry: (nullable): the first bytes of a character whose rest is at the start of the payload; %NULL if the payload is not
 *   a piece of a stream
 * @after_cr: the payload begins with the line feed of a line that the payload before it shows: it ends no line
 * @bytes: the payload, at most 4 GiB
 *
 * A line includes its line break. A line that is longer than a piece is cut between two characters.
 *
 * Returns: (transfer full) (element-type guint32): where each line begins; empty for an empty payload
 */
GArray *
ph_log_index_new (PhDecoder *decoder, const PhCarry *carry, gboolean after_cr, const guint8 *bytes, gsize length)
{
  const PhCharset *charset = ph_decoder_get_charset (decoder);
  gsize shift = carry != NULL && charset->unit == 2 && carry->length % 2 == 1 ? 1 : 0;
  GArray *starts = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (GString) scratch = NULL;
  gsize start = 0;

  while (start < length)
    {
      gsize from = start == 0 ? MIN (shift + (after_cr ? charset->unit : 0), length) : start;
      gsize end = find_line_end (charset, bytes, from, length);
      gsize content = end - ph_log_index_ending (charset, bytes, from, end).length;
      guint32 at = start;

      g_array_append_val (starts, at);
      while (content - at > PH_LOG_PIECE)
        {
          if (scratch == NULL)
            scratch = g_string_new (NULL);
          at = cut_piece (decoder, carry, bytes, at, scratch);
          g_array_append_val (starts, at);
        }
      start = end;
    }

  return starts;
}
