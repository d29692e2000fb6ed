/* ph-search-ranges.c: finds the places of matches in a record
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-marks.h"
#include "ph-search-private.h"

#define BACK_MAX (16u * 1024u) /* bytes before a piece that are decoded at most to know where its characters begin */
#define BLOCK 512u             /* bytes decoded together on the way to a place */

static void
append_range (GArray *ranges, gsize start, gsize end)
{
  PhSearchRange range = { (guint32) start, (guint32) end };

  g_array_append_val (ranges, range);
}

/* Appends the matches of the expression in @text. FALSE if it was given up before the end. */
static gboolean
regex_ranges (PhSearch *self, const PhExpressionText *text, gint64 deadline, GArray *ranges)
{
  const PhExpressionBudget budget = { deadline, NULL };
  gsize from = 0, start, end;

  for (;;)
    {
      PhExpressionResult result = ph_expression_next (self->regex, text, from, &budget, &start, &end);

      if (result != PH_EXPRESSION_FOUND)
        return result == PH_EXPRESSION_NONE;
      if (end > start)
        append_range (ranges, start, end);
      from = MAX (end, from);
      if (end <= start)
        from = from < text->length ? (gsize) (g_utf8_next_char (text->text + from) - text->text) : from + 1;
      if (from > text->length)
        return TRUE;
      if (deadline > 0 && g_get_monotonic_time () > deadline)
        return FALSE;
    }
}

/* ---- from places in the text to places in the bytes ---- */

/**
 * Way: through the bytes and the text that they decode to, character by character.
 * @byte: where the next character begins in the bytes
 * @at: where it begins in the text
 */
typedef struct
{
  PhSearch *search;
  const guint8 *bytes;
  gsize length, byte, at;
  const char *text;
  gsize text_length;
  GString *scratch;
} Way;

/* Moves forward by whole blocks, as far as these do not pass @place of the text. */
static void
skip_blocks (Way *way, gsize place)
{
  while (way->byte + BLOCK < way->length && way->at < place)
    {
      PhCarry carry = { .length = 0 };

      g_string_truncate (way->scratch, 0);
      ph_decoder_decode (way->search->decoder, &carry, way->bytes + way->byte, BLOCK, way->scratch);
      if (way->at + way->scratch->len > place)
        return;
      way->byte += BLOCK - carry.length;
      way->at += way->scratch->len;
    }
}

/* Moves forward by one character. */
static void
step (Way *way)
{
  const char *text = way->text + way->at;
  PhCarry carry = { .length = 0 };
  gsize n = 0;
  gunichar c;

  if (ph_marks_next (&text, way->text + way->text_length, &c) != PH_MARK_BAD)
    {
      g_string_truncate (way->scratch, 0);
      while (way->byte + n < way->length && way->scratch->len == 0)
        ph_decoder_decode (way->search->decoder, &carry, way->bytes + way->byte + n++, 1, way->scratch);
    }
  way->byte += MAX (n, 1);
  way->at = text - way->text;
}

/* Changes the ranges from @first on from places in @text to places in the bytes. */
static void
to_bytes (PhSearch *self, const guint8 *bytes, gsize length, const PhExpressionText *text, GArray *ranges, guint first)
{
  g_autoptr (GString) scratch = g_string_new (NULL);
  Way way = { .search = self, .bytes = bytes, .length = length, .text = text->text, .text_length = text->length,
              .scratch = scratch };
  guint done = first;

  for (guint i = first; i < ranges->len && way.byte < length; i++)
    {
      PhSearchRange range = g_array_index (ranges, PhSearchRange, i);
      gsize start = way.byte;

      skip_blocks (&way, range.start);
      while (way.byte < length && way.at < range.end)
        {
          if (way.at <= range.start)
            start = way.byte;
          step (&way);
        }
      if (way.at >= range.end && start < way.byte)
        g_array_index (ranges, PhSearchRange, done++) = (PhSearchRange) { (guint32) start, (guint32) MIN (way.byte, length) };
    }
  g_array_set_size (ranges, done);
}

/* ---- a record ---- */

/* Subtracts @before from the ranges from @first on, and cuts them to [@from, @to). Those outside are removed. */
static void
keep_between (GArray *ranges, guint first, gsize offset, gsize from, gsize to, gsize before)
{
  guint kept = first;

  for (guint i = first; i < ranges->len; i++)
    {
      PhSearchRange range = g_array_index (ranges, PhSearchRange, i);
      gsize start = MAX (MAX (offset + range.start, from), before), end = MIN (offset + range.end, to);

      if (start < end)
        g_array_index (ranges, PhSearchRange, kept++) = (PhSearchRange) { (guint32) (start - before), (guint32) (end - before) };
    }
  g_array_set_size (ranges, kept);
}

static void
byte_ranges (PhSearch *self, const PhSearchPayload *payload, GArray *ranges)
{
  PhSearchWalk walk = { .done = 0 };
  gsize place = 0, n;

  for (; ph_search_find_bytes (self, &walk, payload, &place, &n); place += n)
    append_range (ranges, place, place + n);
}

static gboolean
decoded_ranges (PhSearch *self, const PhSearchPayload *payload, gint64 deadline, GArray *ranges)
{
  PhExpressionText text = { .limit = G_MAXSIZE };
  guint first = ranges->len;
  gboolean done;

  text.text = ph_search_decode (self, payload, &text.length);
  done = regex_ranges (self, &text, deadline, ranges);
  if (text.text != (const char *) payload->bytes)
    to_bytes (self, payload->bytes, payload->length, &text, ranges, first);

  return done;
}

/**
 * ph_search_ranges:
 * @record: must be a data record
 * @carry: (nullable): the bytes of a character of which the record has the rest
 * @deadline: monotonic µs at which to give up; 0 for none
 * @ranges: (element-type PhSearchRange): is appended to
 *
 * Appends the places of all matches in the payload, in order and without overlap.
 *
 * Returns: %FALSE if the expression was given up, so that there may be more matches
 */
gboolean
ph_search_ranges (PhSearch *search, const PhRecord *record, const PhCarry *carry, const guint8 *payload, gint64 deadline,
                  GArray *ranges)
{
  PhSearch *its = ph_search_for (search, record);
  PhSearchPayload joined = ph_search_join (its, record, carry, payload);
  guint first = ranges->len;
  gboolean done = TRUE;

  if (its->regex != NULL)
    done = decoded_ranges (its, &joined, deadline, ranges);
  else if (its->bytes.needle.length > 0)
    byte_ranges (its, &joined, ranges);
  keep_between (ranges, first, 0, 0, joined.length, joined.before);

  return done;
}

/**
 * ph_search_first:
 * @record: must be a data record
 * @carry: (nullable): the bytes of a character of which the record has the rest
 * @deadline: monotonic µs at which to give up; 0 for none
 * @ret_range: (out): the first match
 *
 * Returns: %FALSE if there is none, or it was given up
 */
gboolean
ph_search_first (PhSearch *search, const PhRecord *record, const PhCarry *carry, const guint8 *payload, gint64 deadline,
                 PhSearchRange *ret_range)
{
  PhSearch *its = ph_search_for (search, record);
  PhSearchPayload joined = ph_search_join (its, record, carry, payload);
  g_autoptr (GArray) ranges = g_array_new (FALSE, FALSE, sizeof (PhSearchRange));
  const PhExpressionBudget budget = { deadline, NULL };
  PhExpressionText text = { .limit = G_MAXSIZE };
  PhSearchWalk walk = { .done = 0 };
  gsize start = 0, end, n;

  if (its->regex == NULL && ph_search_find_bytes (its, &walk, &joined, &start, &n))
    append_range (ranges, start, start + n);
  if (its->regex != NULL)
    {
      text.text = ph_search_decode (its, &joined, &text.length);
      if (ph_expression_next (its->regex, &text, 0, &budget, &start, &end) == PH_EXPRESSION_FOUND)
        append_range (ranges, start, end);
      if (text.text != (const char *) joined.bytes)
        to_bytes (its, joined.bytes, joined.length, &text, ranges, 0);
    }
  keep_between (ranges, 0, 0, 0, joined.length, joined.before);
  if (ranges->len == 0)
    return FALSE;
  *ret_range = g_array_index (ranges, PhSearchRange, 0);

  return TRUE;
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
widen (PhSearch *self, const PhSearchPayload *payload, gsize *from, gsize *to)
{
  gsize around = MAX (PH_SEARCH_AROUND, self->bytes.longest), begin = *from - MIN (*from, around);

  *to += MIN (payload->length - *to, self->regex != NULL ? PH_SEARCH_AHEAD : around);
  if (ph_decoder_get_charset (self->decoder)->unit == 2)
    begin -= begin % 2;
  else if (self->inside || self->regex != NULL)
    begin = begin_of_character (self, payload->bytes, begin);
  *from = begin;
}

/* The matches of the expression that begin before @to, in the bytes from @begin to @end. */
static gboolean
piece_ranges (PhSearch *self, const PhSearchPayload *payload, gsize begin, gsize to, gsize end, gint64 deadline, GArray *ranges)
{
  const gboolean cut = payload->cut || end < payload->length;
  const PhSearchPayload head = { .bytes = payload->bytes + begin, .length = to - begin };
  const PhSearchPayload all = { .bytes = payload->bytes + begin, .length = end - begin, .cut = cut };
  PhExpressionText text = { .flags = begin > 0 ? G_REGEX_MATCH_NOTBOL : 0, .open = end < payload->length };
  guint first = ranges->len;
  gboolean done;

  ph_search_decode (self, &head, &text.limit);
  text.limit++; /* a character that begins before @to may end behind it */
  text.text = ph_search_decode (self, &all, &text.length);
  done = regex_ranges (self, &text, deadline, ranges);
  if (text.text != (const char *) all.bytes)
    to_bytes (self, all.bytes, all.length, &text, ranges, first);

  return done;
}

/**
 * ph_search_ranges_between:
 * @record: must be a data record
 * @carry: (nullable): the bytes of a character of which the record has the rest
 * @from: first byte of a piece of the payload
 * @to: one after its last byte
 * @deadline: monotonic µs at which to give up; 0 for none
 * @ranges: (element-type PhSearchRange): is appended to
 *
 * As ph_search_ranges(), but for a piece of the payload, at a cost that does not depend on the length of the record. Of a match that
 * is partly in the piece, that part is appended. A match may begin up to %PH_SEARCH_AROUND bytes before the piece, and depend on
 * up to %PH_SEARCH_AHEAD bytes behind it: one that depends on more is left out.
 *
 * Returns: %FALSE if the expression was given up, so that there may be more matches
 */
gboolean
ph_search_ranges_between (PhSearch *search, const PhRecord *record, const PhCarry *carry, const guint8 *payload, gsize from,
                          gsize to, gint64 deadline, GArray *ranges)
{
  PhSearch *its = ph_search_for (search, record);
  PhSearchPayload joined = ph_search_join (its, record, carry, payload);
  gsize first_byte = from > 0 ? MIN (from + joined.before, joined.length) : 0, end = MIN (to + joined.before, joined.length);
  gsize begin = first_byte, last_byte = end;
  guint first = ranges->len;
  gboolean done = TRUE;

  widen (its, &joined, &begin, &end);
  if (its->regex != NULL)
    done = piece_ranges (its, &joined, begin, last_byte, end, deadline, ranges);
  else if (its->bytes.needle.length > 0)
    {
      const PhSearchPayload piece = { .bytes = joined.bytes + begin, .length = end - begin, .cut = joined.cut || end < joined.length };

      byte_ranges (its, &piece, ranges);
    }
  keep_between (ranges, first, begin, first_byte, last_byte, joined.before);

  return done;
}

/**
 * ph_search_text_ranges:
 * @text: UTF-8: the sentence of an event
 * @length: in bytes
 * @deadline: monotonic µs at which to give up; 0 for none
 * @ranges: (element-type PhSearchRange): is appended to
 *
 * Appends the places of all matches in @text.
 *
 * Returns: %FALSE if the expression was given up, so that there may be more matches
 */
gboolean
ph_search_text_ranges (PhSearch *search, const char *text, gsize length, gint64 deadline, GArray *ranges)
{
  const guint8 *at = (const guint8 *) text, *end = at + length, *found;
  gsize n;

  if (search->regex != NULL)
    return regex_ranges (search, &(PhExpressionText) { .text = text, .length = length, .limit = G_MAXSIZE }, deadline, ranges);
  for (; (found = ph_pattern_find (&search->words, TRUE, at, end - at, &n)) != NULL; at = found + n)
    append_range (ranges, found - (const guint8 *) text, found - (const guint8 *) text + n);

  return TRUE;
}

/**
 * ph_search_get_tries:
 *
 * Returns: how often the expression was tried so far, as a measure of work
 */
guint64
ph_search_get_tries (PhSearch *search)
{
  return search->regex != NULL ? ph_expression_get_tries (search->regex) : 0;
}
