/* ph-search-ranges.c: where in a record is what was found
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-search-private.h"

static void
append_range (GArray *ranges, gsize start, gsize end)
{
  PhSearchRange range = { (guint32) start, (guint32) end };

  g_array_append_val (ranges, range);
}

static void
regex_ranges (PhSearch *self, const char *text, gsize length, GArray *ranges)
{
  g_autoptr (GMatchInfo) info = NULL;
  int start, end;

  g_regex_match_full (self->regex, text, length, 0, 0, &info, NULL);
  while (g_match_info_matches (info))
    {
      if (g_match_info_fetch_pos (info, 0, &start, &end) && end > start)
        append_range (ranges, start, end);
      if (!g_match_info_next (info, NULL))
        break;
    }
}

/* From places in the decoded text to places in the bytes: these are decoded one by one, and both are walked along. */
static void
to_bytes (PhSearch *self, const guint8 *payload, gsize length, GArray *ranges, guint first)
{
  PhCarry carry = { .length = 0 };
  gsize byte = 0, whole = 0;
  guint done = first;

  g_string_truncate (self->scratch, 0);
  for (guint i = first; i < ranges->len && byte < length; i++)
    {
      PhSearchRange *range = &g_array_index (ranges, PhSearchRange, i);
      gsize start = whole;

      while (byte < length && self->scratch->len < range->end)
        {
          if (self->scratch->len <= range->start)
            start = whole;
          ph_decoder_decode (self->decoder, &carry, payload + byte, 1, self->scratch);
          byte++;
          whole = byte - carry.length;
        }
      if (self->scratch->len >= range->end)
        g_array_index (ranges, PhSearchRange, done++) = (PhSearchRange) { (guint32) start, (guint32) whole };
    }
  g_array_set_size (ranges, done);
}

static void
decoded_ranges (PhSearch *self, const PhRecord *record, const guint8 *payload, GArray *ranges)
{
  guint first = ranges->len;
  gsize length;
  const char *text = ph_search_decode (self, record, payload, &length);

  regex_ranges (self, text, length, ranges);
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
    regex_ranges (search, text, length, ranges);
  else if (search->words.length > 0)
    for (; (found = ph_needle_find (&search->words, at, end - at)) != NULL; at = found + search->words.length)
      append_range (ranges, found - (const guint8 *) text, found - (const guint8 *) text + search->words.length);
}
