/* ph-search-ranges.c: where in a record is what was found
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-marks.h"
#include "ph-search-private.h"

#define BACK_MAX (16u * 1024u) /* bytes before a piece that are looked at to know where its characters begin */

static void
append_range (GArray *ranges, gsize start, gsize end)
{
  PhSearchRange range = { (guint32) start, (guint32) end };

  g_array_append_val (ranges, range);
}

/* @deadline: as in ph_search_ranges_between(). */
static gboolean
regex_ranges (PhSearch *self, const char *text, gsize length, GRegexMatchFlags flags, gint64 deadline, GArray *ranges)
{
  g_autoptr (GMatchInfo) info = NULL;
  int start, end;

  g_regex_match_full (self->regex, text, length, 0, flags, &info, NULL);
  while (g_match_info_matches (info))
    {
      if (g_match_info_fetch_pos (info, 0, &start, &end) && end > start)
        append_range (ranges, start, end);
      if (!g_match_info_next (info, NULL))
        break;
      if (deadline > 0 && g_get_monotonic_time () > deadline)
        return FALSE;
    }

  return TRUE;
}

/* Moves *@text behind a character of decoded text. Returns how many of @bytes it was made of. */
static gsize
step (PhSearch *self, const char **text, const char *end, const guint8 *bytes, gsize length, GString *one)
{
  PhCarry carry = { .length = 0 };
  gsize n = 0;
  gunichar c;

  if (ph_marks_next (text, end, &c) == PH_MARK_BAD)
    return 1;
  g_string_truncate (one, 0);
  while (n < length && one->len == 0)
    ph_decoder_decode (self->decoder, &carry, bytes + n++, 1, one);

  return n;
}

/* From places in the decoded text to places in the bytes: both are walked along, character by character. */
static void
to_bytes (PhSearch *self, const guint8 *payload, gsize length, GArray *ranges, guint first)
{
  const char *text = self->scratch->str, *at = text, *end = text + self->scratch->len;
  g_autoptr (GString) one = g_string_new (NULL);
  guint done = first;
  gsize byte = 0;

  for (guint i = first; i < ranges->len && byte < length; i++)
    {
      PhSearchRange range = g_array_index (ranges, PhSearchRange, i);
      gsize start = byte;

      while (byte < length && at < text + range.end)
        {
          if (at <= text + range.start)
            start = byte;
          byte += step (self, &at, end, payload + byte, length - byte, one);
        }
      if (at >= text + range.end && start < byte)
        g_array_index (ranges, PhSearchRange, done++) = (PhSearchRange) { (guint32) start, (guint32) byte };
    }
  g_array_set_size (ranges, done);
}

static void
decoded_ranges (PhSearch *self, const PhRecord *record, const guint8 *payload, GArray *ranges)
{
  guint first = ranges->len;
  gsize length;
  const char *text = ph_search_decode (self, record, payload, &length);

  regex_ranges (self, text, length, 0, 0, ranges);
  if (text != (const char *) payload)
    to_bytes (self, payload, MIN (record->length, PH_SEARCH_DECODED_RANGES), ranges, first);
}

/**
 * ph_search_ranges:
 * @search: a search
 * @record: a data record
 * @payload: its bytes
 * @ranges: (element-type PhSearchRange): what to append to
 *
 * Appends where in the payload it was found, in bytes, in their order, none over another.
 */
void
ph_search_ranges (PhSearch *search, const PhRecord *record, const guint8 *payload, GArray *ranges)
{
  PhSearchWalk walk = { .done = 0 };
  gsize place = 0;

  if (search->regex != NULL)
    decoded_ranges (search, record, payload, ranges);
  else if (search->bytes.length > 0)
    for (; ph_search_find_bytes (search, &walk, payload, record->length, &place); place += search->bytes.length)
      append_range (ranges, place, place + search->bytes.length);
}

/* ---- a piece of a payload ---- */

/* The last place up to @place where a character begins. */
static gsize
begin_of_character (PhSearch *self, const guint8 *payload, gsize place)
{
  const guint8 safe = ph_decoder_get_charset (self->decoder)->safe_below;
  const gsize least = place - MIN (place, BACK_MAX);
  PhCarry carry = { .length = 0 };
  gsize from = place;

  while (from > least && payload[from - 1] >= safe)
    from--;
  g_string_truncate (self->scratch, 0);
  ph_decoder_decode (self->decoder, &carry, payload + from, place - from, self->scratch);

  return place - carry.length;
}

/* Takes in as much before and behind as may belong to what is found there, from where a character begins. */
static void
widen (PhSearch *self, const guint8 *payload, gsize length, gsize *from, gsize *to)
{
  gsize around = MAX (PH_SEARCH_AROUND, self->bytes.length), begin = *from - MIN (*from, around);

  *to += MIN (length - *to, around);
  if (ph_decoder_get_charset (self->decoder)->unit == 2)
    begin -= begin % 2;
  else if (self->inside || self->regex != NULL)
    begin = begin_of_character (self, payload, begin);
  *from = begin;
}

/* Only what lies in a piece that begins @from bytes into the payload, and there. */
static void
keep_between (GArray *ranges, guint first, gsize offset, gsize from, gsize to)
{
  guint kept = first;

  for (guint i = first; i < ranges->len; i++)
    {
      PhSearchRange range = g_array_index (ranges, PhSearchRange, i);
      gsize start = MAX (offset + range.start, from), end = MIN (offset + range.end, to);

      if (start < end)
        g_array_index (ranges, PhSearchRange, kept++) = (PhSearchRange) { (guint32) start, (guint32) end };
    }
  g_array_set_size (ranges, kept);
}

static gboolean
piece_ranges (PhSearch *self, const PhRecord *piece, const guint8 *payload, GRegexMatchFlags flags, gint64 deadline,
              GArray *ranges)
{
  guint first = ranges->len;
  const char *text;
  gboolean done;
  gsize length;

  if (self->regex == NULL)
    {
      ph_search_ranges (self, piece, payload, ranges);
      return TRUE;
    }
  text = ph_search_decode (self, piece, payload, &length);
  done = regex_ranges (self, text, length, flags, deadline, ranges);
  if (text != (const char *) payload)
    to_bytes (self, payload, piece->length, ranges, first);

  return done;
}

/**
 * ph_search_ranges_between:
 * @search: a search
 * @record: a data record
 * @payload: its bytes
 * @from: the first byte of a piece of the payload
 * @to: the one behind its last
 * @deadline: monotonic µs after which no more is looked for; 0 for none
 * @ranges: (element-type PhSearchRange): what to append to
 *
 * As ph_search_ranges(), but only of what lies in a piece, so that it costs the same however long the record is. Of what
 * reaches out of the piece the part in it is appended. What is %PH_SEARCH_AROUND bytes away counts for nothing.
 *
 * Returns: %FALSE if it took too long: there may be more
 */
gboolean
ph_search_ranges_between (PhSearch *search, const PhRecord *record, const guint8 *payload, gsize from, gsize to,
                          gint64 deadline, GArray *ranges)
{
  guint first = ranges->len;
  gsize begin = MIN (from, record->length), end = MIN (to, record->length);
  GRegexMatchFlags flags = 0;
  PhRecord piece = *record;
  gboolean done;

  widen (search, payload, record->length, &begin, &end);
  flags |= begin > 0 ? G_REGEX_MATCH_NOTBOL : 0;
  flags |= end < record->length ? G_REGEX_MATCH_NOTEOL : 0;
  piece.length = (guint32) (end - begin);
  done = piece_ranges (search, &piece, payload + begin, flags, deadline, ranges);
  keep_between (ranges, first, begin, from, to);

  return done;
}

/**
 * ph_search_text_ranges:
 * @search: a search
 * @text: UTF-8: the words of an event
 * @length: of @text in bytes
 * @ranges: (element-type PhSearchRange): what to append to
 *
 * Appends where in @text it is found.
 */
void
ph_search_text_ranges (PhSearch *search, const char *text, gsize length, GArray *ranges)
{
  const guint8 *at = (const guint8 *) text, *end = at + length, *found;

  if (search->regex != NULL)
    regex_ranges (search, text, length, 0, 0, ranges);
  else if (search->words.length > 0)
    for (; (found = ph_needle_find (&search->words, at, end - at)) != NULL; at = found + search->words.length)
      append_range (ranges, found - (const guint8 *) text, found - (const guint8 *) text + search->words.length);
}
