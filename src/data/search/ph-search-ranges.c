/* ph-search-ranges.c: finds the places of matches in a record
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-marks.h"
#include "ph-search-private.h"

#define BACK_MAX (16u * 1024u) /* bytes before a piece that are decoded at most to know where its characters begin */

static void
append_range (GArray *ranges, gsize start, gsize end)
{
  PhSearchRange range = { (guint32) start, (guint32) end };

  g_array_append_val (ranges, range);
}

/* Appends the matches of the expression in @text. Deadline and result as in ph_search_ranges_between(). */
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

/* Moves *@text behind one character of the decoded text. Returns the number of @bytes that it was decoded from. */
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

/* Changes the ranges from @first on from places in the decoded text to places in the bytes. Walks both character by character. */
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
 * @record: must be a data record
 * @ranges: (element-type PhSearchRange): is appended to
 *
 * Appends the places of all matches in the payload, in order and without overlap.
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

/* Returns the last place up to @place where a character begins. */
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

/* Widens a piece by as much on both sides as a match in it may need, so that it begins with a whole character. */
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

/* Adds @offset to the ranges from @first on, and cuts them to [@from, @to). Those outside are removed. */
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
 * @record: must be a data record
 * @from: first byte of a piece of the payload
 * @to: one after its last byte
 * @deadline: monotonic time in µs at which to give up; 0 for none
 * @ranges: (element-type PhSearchRange): is appended to
 *
 * As ph_search_ranges(), but for a piece of the payload, at a cost that does not depend on the length of the record. Of a match that
 * is partly in the piece, that part is appended. A match may extend or look ahead up to %PH_SEARCH_AROUND bytes beyond the piece.
 *
 * Returns: %FALSE if the deadline passed, so that there may be more matches
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
 * @text: UTF-8: the sentence of an event
 * @length: in bytes
 * @ranges: (element-type PhSearchRange): is appended to
 *
 * Appends the places of all matches in @text.
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
